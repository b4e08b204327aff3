"""Mail, parcels, things to hand on, lost and found that are with us (N6, L3, L5, L7)."""

from pms.departments import Department
from pms.reporting import LANDSCAPE, NIGHTLY, Cell, Column, heading, kinds, table
from pms.say import say

from . import _words as words

TITLE = say("Things kept, lost and found")
ABOUT = say("Mail, parcels, things to hand on and things found that are with us, the overdue ones first.")
CODE = "N6-12"
WHEN = NIGHTLY
PAPER = LANDSCAPE
FOR = (Department.CONCIERGE, Department.HOUSEKEEPING, Department.SECURITY)
RESTRICTED_FOR = words.DESK_ONLY

KINDS = {
    "mail": say("Mail"),
    "parcel": say("Parcel"),
    "fax": say("Fax"),
    "handing_on": say("To hand on"),
    "found": say("Found"),
}

COLUMNS = (
    Column(say("Number"), "number", 18, kinds.room),
    Column(say("Kind"), lambda row: KINDS[row.kind], 26, kinds.fixed),
    Column(say("What"), "what", 66),
    Column(say("Where"), "place", 24),
    Column(say("Shelf"), "shelf", 16, kinds.fixed),
    Column(say("Whose"), words.masked_guest, 44),
    Column(say("Brought by"), "giver", 36),
    Column(say("Since"), "kept_on", 18, kinds.short_day),
    Column(say("Told"), "told", 14, kinds.dot),
    Column(say("Kept until"), "due_on", 18, kinds.short_day),
    Column(say("Overdue"), lambda row: Cell(say("Overdue"), bold=True) if row.overdue else None, 20, kinds.fixed),
)


def story(read, day):
    rows = read("things_kept", day)
    late = sum(row.overdue for row in rows)
    yield heading(TITLE, day, say("{count} things, {late} overdue", count=len(rows), late=late))
    yield table(COLUMNS, rows, empty=say("Nothing is kept."))
