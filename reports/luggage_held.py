"""What guests left with the concierge and when it is to be collected (N6, L5)."""

from pms.departments import Department
from pms.reporting import NIGHTLY, Cell, Column, heading, kinds, table
from pms.say import say

from . import _words as words

TITLE = say("Luggage held")
ABOUT = say("Luggage and items held at the concierge’s, the overdue ones first.")
CODE = "N6-08"
WHEN = NIGHTLY
FOR = (Department.CONCIERGE, Department.SECURITY)
RESTRICTED_FOR = words.DESK_ONLY

COLUMNS = (
    Column(say("Tag"), "tag", 16, kinds.room),
    Column(say("Pieces"), "pieces", 12, kinds.number),
    Column(say("What"), "description", 40),
    Column(say("Where"), "shelf", 16, kinds.fixed),
    Column(say("Whose"), words.masked_guest, 42),
    Column(say("Room"), "room", 12, kinds.room),
    Column(say("Due"), "due_at", 26, kinds.moment),
    Column(say("Overdue"), lambda row: Cell(say("Overdue"), bold=True) if row.overdue else None, 18, kinds.fixed),
)


def story(read, day):
    rows = read("luggage_held", day)
    late = sum(row.overdue for row in rows)
    pieces = sum(row.pieces for row in rows)
    sub = say("{tags} tags, {pieces} pieces, {late} overdue", tags=len(rows), pieces=pieces, late=late)
    yield heading(TITLE, day, sub)
    yield table(COLUMNS, rows, empty=say("No luggage is held."), total={"pieces": pieces})
