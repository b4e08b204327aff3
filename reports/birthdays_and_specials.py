"""Birthdays and special arrangements (R10, N6): what is done for whom, by whom, and what is still open."""

from pms.departments import DEPARTMENT_NAMES, Department
from pms.reporting import NIGHTLY, Column, heading, kinds, table
from pms.reservations.words import SPECIALS
from pms.say import say

from . import _words as words

TITLE = say("Birthdays and special arrangements")
ABOUT = say("Flowers, fruit, cars, pick-ups and birthdays of the date, with who sees to it.")
CODE = "N6-14"
WHEN = NIGHTLY
FOR = (Department.RESERVATIONS, Department.HOUSEKEEPING, Department.CONCIERGE, Department.RESTAURANTS)
RESTRICTED_FOR = words.DESK_ONLY

COLUMNS = (
    words.ROOM,
    Column(say("Guest"), words.masked_guest, 42),
    Column(say("Arrangement"), lambda row: SPECIALS[row.kind], 28),
    Column(say("Particulars"), "what", 50),
    Column(say("Time"), "due_at", 14, kinds.fixed),
    Column(say("Who sees to it"), lambda row: DEPARTMENT_NAMES[row.department] if row.department else "", 34),
    Column(say("Done"), "done_at", 24, kinds.moment),
)


def story(read, day):
    rows = read("specials", day)
    open_ = sum(row.done_at is None for row in rows)
    yield heading(TITLE, day, say("{count} arrangements, {open} open", count=len(rows), open=open_))
    yield table(COLUMNS, rows, empty=say("Nothing special today."))
