"""Rooms that were slept in and not sold 免费房、自用房 (N6), with who stands behind each."""

from pms.departments import Department
from pms.reporting import LANDSCAPE, NIGHTLY, Column, heading, kinds, table
from pms.reservations.words import USES
from pms.say import say

from . import _words as words

TITLE = say("Complimentary and house use")
ABOUT = say("Rooms slept in without being sold, and who approved it.")
CODE = "N6-21"
WHEN = NIGHTLY
PAPER = LANDSCAPE
NEEDS = "see_revenue"
FOR = (Department.ASSISTANT_MANAGER, Department.CASHIER)

COLUMNS = (
    words.ROOM,
    Column(say("Guest"), words.masked_guest, 42),
    Column(say("Kind"), lambda row: USES[row.use], 30, kinds.bilingual),
    Column(say("Type"), "type", 12, kinds.fixed),
    Column(say("Arrival"), "arrival", 16, kinds.short_day),
    Column(say("Departure"), "departure", 18, kinds.short_day),
    Column(say("Persons"), "persons", 16, kinds.number),
    Column(say("Price"), "price", 18, kinds.money),
    Column(say("Remarks"), "remarks", 46),
    Column(say("Approved by"), "approved_by", 30),
)


def story(read, day):
    rows = read("complimentary_and_house_use", day)
    yield heading(TITLE, day, words.n_rooms(len(rows)))
    yield table(COLUMNS, rows, empty=say("Every room slept in was sold."))
