"""Whose departure was moved today (N6): later departures, and those who leave early."""

from pms.departments import Department
from pms.reporting import NIGHTLY, Column, band, banded, guests, heading, kinds
from pms.say import say

from . import _words as words

TITLE = say("Extensions")
ABOUT = say("Stays that were made longer or shorter on the date, and by whom.")
CODE = "N6-06"
WHEN = NIGHTLY
FOR = (Department.HOUSEKEEPING, Department.RESERVATIONS, Department.SERVICE_CENTRE)
RESTRICTED_FOR = words.DESK_ONLY

COLUMNS = (
    words.ROOM,
    Column(say("Guest"), words.masked_guest, 44),
    Column(say("Old departure"), "old_departure", 26, kinds.short_day),
    Column(say("New departure"), "new_departure", 26, kinds.short_day),
    Column(say("Rate"), "price", 22, kinds.money),
    Column(say("Approved by"), lambda row: row.approved_by or row.by, 30),
)


def story(read, day):
    rows = read("extensions", day)
    longer = [row for row in rows if row.new_departure > row.old_departure]
    shorter = [row for row in rows if row.new_departure < row.old_departure]
    sub = say("{longer} extended, {shorter} leave early", longer=len(longer), shorter=len(shorter))
    yield heading(TITLE, day, sub)
    parts = (
        band(say("Extensions"), longer, guests(len(longer))),
        band(say("Early departures"), shorter, guests(len(shorter))),
    )
    yield banded(COLUMNS, parts, empty=say("No departure was moved."))
