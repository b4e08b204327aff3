"""Who lives in the house tonight (N6).

Guests who want no disclosure are absent from the ordinary paper and marked on the restricted one: two files, each with
its own readers.
"""

from pms.departments import Department
from pms.reporting import LANDSCAPE, NIGHTLY, Column, heading, kinds, table
from pms.say import say

from . import _words as words

TITLE = say("In house")
ABOUT = say("Everybody who sleeps in the house, by room.")
CODE = "N6-03"
WHEN = NIGHTLY
PAPER = LANDSCAPE
FOR = (Department.HOUSEKEEPING, Department.CONCIERGE, Department.OPERATOR, Department.RESTAURANTS, Department.SECURITY)
RESTRICTED_FOR = words.DESK_ONLY

COLUMNS = (
    words.ROOM,
    words.GUEST,
    words.VIP,
    Column(say("Nat."), "nationality", 10, kinds.fixed),
    Column(say("Arrival"), "arrival", 15, kinds.short_day),
    Column(say("Departure"), "departure", 16, kinds.short_day),
    Column(say("Persons"), "persons", 13, kinds.number),
    Column(say("Type"), "type", 12, kinds.fixed),
    Column(say("Price"), "rate", 19, kinds.money),
    Column(say("Balance"), "balance", 21, kinds.money),
    Column(say("Remarks"), words.remarks, 74),
)


def story(read, day):
    rows = read("in_house", day)
    yield heading(TITLE, day, words.rooms_and_guests(rows))
    yield table(COLUMNS, rows, empty=say("Nobody is in house."), total=totals(rows))
    yield from words.explained(rows)


def totals(rows):
    return {
        "persons": sum(row.persons for row in rows),
        "rate": sum(row.rate or 0 for row in rows),
        "balance": sum(row.balance for row in rows),
    }
