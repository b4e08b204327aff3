"""Nights at another price than the plan's (N6): discounts and prices by hand, with who stands behind each."""

from pms.departments import Department
from pms.reporting import NIGHTLY, Column, heading, kinds, table
from pms.say import say

from . import _words as words

TITLE = say("Rate variance")
ABOUT = say("Nights posted at another price than the rate plan or the group's agreement says.")
CODE = "N6-20"
WHEN = NIGHTLY
NEEDS = "see_revenue"
FOR = (Department.ASSISTANT_MANAGER, Department.CASHIER, Department.RESERVATIONS)

COLUMNS = (
    words.ROOM,
    Column(say("Guest"), words.masked_guest, 44),
    Column(say("Rate"), "rate_code", 16, kinds.fixed),
    Column(say("Discount, %"), "discount_percent", 20, kinds.number),
    Column(say("Posted"), "posted", 22, kinds.money),
    Column(say("Expected"), "expected", 22, kinds.money),
    Column(say("Difference"), "difference", 24, kinds.money),
    Column(say("By whom"), "by", 32),
)


def story(read, day):
    rows = read("rate_variance", day)
    difference = sum(row.difference or 0 for row in rows)
    yield heading(TITLE, day, say("Nights: {count}", count=len(rows)))
    yield table(COLUMNS, rows, empty=say("Every night was posted as priced."), total={"difference": difference})
