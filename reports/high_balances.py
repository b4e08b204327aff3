"""Guests in house who owe more than their card secures (N6): whom the desk asks for a further deposit."""

from pms.departments import Department
from pms.reporting import NIGHTLY, Column, heading, kinds, table
from pms.say import say

from . import _words as words

TITLE = say("High balances")
ABOUT = say("Who owes more than the house holds as pre-authorisation, the largest gap first.")
CODE = "N6-19"
WHEN = NIGHTLY
NEEDS = "see_revenue"
FOR = (Department.ASSISTANT_MANAGER, Department.CASHIER)

COLUMNS = (
    Column(say("Guest"), words.masked_guest, 60),
    words.ROOM,
    Column(say("Departure"), "departure", 20, kinds.short_day),
    Column(say("Balance"), "balance", 28, kinds.money),
    Column(say("Authorised"), "authorised", 28, kinds.money),
    Column(say("Gap"), "gap", 28, kinds.money),
)


def story(read, day):
    rows = read("high_balances", day)
    gap = sum(row.gap for row in rows)
    yield heading(TITLE, day, say("Guests: {count}", count=len(rows)))
    yield table(COLUMNS, rows, empty=say("Nobody owes more than is secured."), total={"gap": gap})
