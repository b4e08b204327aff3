"""Who moved today, from where to where and why (N6); housekeeping and the operator work from it."""

from pms.departments import Department
from pms.reporting import LANDSCAPE, NIGHTLY, Column, heading, kinds, table
from pms.say import say

from . import _words as words

TITLE = say("Room changes")
ABOUT = say("Guests who changed rooms on the date, from where to where and why.")
CODE = "N6-05"
WHEN = NIGHTLY
PAPER = LANDSCAPE
FOR = (Department.HOUSEKEEPING, Department.OPERATOR, Department.CONCIERGE)
RESTRICTED_FOR = words.DESK_ONLY

COLUMNS = (
    Column(say("Time"), "at", 12, kinds.clock),
    Column(say("Guest"), words.masked_guest, 44),
    Column(say("From"), "from_room", 14, kinds.room),
    Column(say("To"), "to_room", 14, kinds.room),
    Column(say("Types"), lambda row: words.change(row.from_type, row.to_type), 20, kinds.fixed),
    Column(say("Reason"), "reason", 58),
    Column(say("Asked by"), lambda row: say("House") if row.asked_by_house else say("Guest"), 18, kinds.fixed),
    Column(say("Consent"), "consent", 40),
    Column(say("By"), "by", 26),
    Column(say("Rate effect"), "rate_effect", 24, kinds.money),
)


def story(read, day):
    rows = read("room_changes", day)
    by_house = sum(row.asked_by_house for row in rows)
    sub = say("{moves} changes, {by_house} asked by the house", moves=len(rows), by_house=by_house)
    yield heading(TITLE, day, sub)
    yield table(COLUMNS, rows, empty=say("Nobody moved."))
