"""Who is to be woken, by the clock: tonight's list for the operator (N6, Q4)."""

from pms.departments import Department
from pms.reporting import NIGHTLY, Cell, Column, heading, kinds, table
from pms.say import say

from . import _words as words

TITLE = say("Wake-ups")
ABOUT = say("Wake-up calls of the date and the next one by the clock, with what came of them.")
CODE = "N6-11"
WHEN = NIGHTLY
FOR = (Department.OPERATOR, Department.CONCIERGE)
RESTRICTED_FOR = words.DESK_ONLY

STATES = {
    "waiting": say("To ring"),
    "go_up": say("Somebody goes up"),
    "answered": say("Answered"),
    "woken": say("Woken in person"),
}

COLUMNS = (
    Column(say("Date"), lambda row: row.wall[:10], 26, kinds.fixed),
    Column(say("Time"), lambda row: row.wall[11:], 16, kinds.room),
    Column(say("Room"), "room", 16, kinds.room),
    Column(say("Guest"), words.masked_guest, 56),
    Column(say("Group"), "group", 22, kinds.fixed),
    Column(say("Second call"), lambda row: Cell(say("Yes"), bold=True) if row.unanswered else "", 22, kinds.fixed),
    Column(say("Status"), lambda row: STATES[row.state], 34, kinds.fixed),
)


def story(read, day):
    rows = read("wake_ups", day)
    waiting = sum(row.state in ("waiting", "go_up") for row in rows)
    yield heading(TITLE, day, say("{count} calls, {waiting} to ring", count=len(rows), waiting=waiting))
    yield table(COLUMNS, rows, empty=say("Nobody is to be woken."))
