"""Safe-deposit boxes in use, those whose guests leave first on top (N6, L6)."""

from pms.departments import Department
from pms.reporting import NIGHTLY, Cell, Column, heading, kinds, table
from pms.say import say

from . import _words as words

TITLE = say("Safe-deposit boxes in use")
ABOUT = say("Safe-deposit boxes that guests have when the date closes: who leaves tomorrow, who has left, lost keys.")
CODE = "N6-25"
WHEN = NIGHTLY
FOR = (Department.FRONT_DESK, Department.CASHIER, Department.ASSISTANT_MANAGER)
RESTRICTED_FOR = words.DESK_ONLY


def remark(row):
    """What somebody must see to: the guest is gone or goes tomorrow, the key is lost."""
    if not row.in_house:
        return Cell(say("Guest has left"), bold=True)
    if row.key_lost:
        return Cell(say("Key lost"), bold=True)
    return Cell(say("Due out tomorrow"), bold=True) if row.leaves_next else None


COLUMNS = (
    Column(say("Box"), "number", 14, kinds.room),
    Column(say("Room"), "room", 14, kinds.room),
    Column(say("Whose"), words.masked_guest, 44),
    Column(say("In use since"), "given_at", 28, kinds.moment),
    Column(say("Times opened"), "openings", 26, kinds.number),
    Column(say("Departure"), "departure", 22, kinds.short_day),
    Column(say("Remarks"), remark, 36, kinds.fixed),
)


def story(read, day):
    rows = read("safe_boxes", day)
    leaving = sum(row.leaves_next for row in rows)
    yield heading(TITLE, day, say("{count} boxes, {leaving} with guests who leave", count=len(rows), leaving=leaving))
    yield table(COLUMNS, rows, empty=say("No box is in use."))
