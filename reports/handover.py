"""The day's handovers 工作移交表 with their signatures, the cash drawer and the log 工作日志 (N6, H1-H3)."""

from itertools import groupby

from pms.departments import Department
from pms.handover.rules import NOTE_KINDS
from pms.reporting import LANDSCAPE, NIGHTLY, Column, band, banded, heading, kinds, table
from pms.reporting.texts import word
from pms.say import from_json, say
from pms.shifts import SHIFT_NAMES, Shift

from . import _words as words

TITLE = say("Handover")
ABOUT = say("What each shift handed over and who signed and acknowledged it; the cash drawer; the log.")
CODE = "N6-24"
WHEN = NIGHTLY
PAPER = LANDSCAPE
FOR = (Department.FRONT_DESK, Department.ASSISTANT_MANAGER)
RESTRICTED_FOR = words.DESK_ONLY

COLUMNS = (
    Column(say("Room"), "room", 12, kinds.room),
    Column(say("Guest"), words.masked_guest, 46),
    Column(say("Point"), lambda row: from_json(row.text), 120),
    Column(say("Handed over by"), "given_by", 30),
    Column(say("Taken over by"), "taken_by", 30),
    Column(say("Acknowledged"), "acknowledged_by", 32),
    Column(say("At"), "acknowledged_at", 24, kinds.moment),
)
CASH_COLUMNS = (
    Column(say("Time"), "at", 26, kinds.moment),
    Column(say("Expected"), "expected", 28, kinds.money),
    Column(say("Counted"), "counted", 28, kinds.money),
    Column(say("Difference"), lambda row: row.counted - row.expected, 26, kinds.money),
    Column(say("Kept"), "kept", 28, kinds.money),
    Column(say("Why it differs"), "reason", 70),
    Column(say("By whom"), "by", 34),
    Column(say("Seen by"), "witness", 34),
)
LOG_COLUMNS = (
    Column(say("Time"), "at", 26, kinds.moment),
    Column(say("Kind"), lambda row: word(NOTE_KINDS, row.kind), 26, kinds.bilingual),
    Column(say("What happened"), "text", 150),
    Column(say("By whom"), "by", 34),
    Column(say("Dealt with"), "settled_at", 26, kinds.moment),
)


def story(read, day):
    rows = read("handovers", day)
    shifts = [(key, list(lines)) for key, lines in groupby(rows, key=lambda row: (row.day, row.shift))]
    yield heading(TITLE, day, say("{count} handovers", count=len(shifts)))
    yield banded(
        COLUMNS,
        [band(signed(lines[0]), [line for line in lines if line.text] or lines[:1]) for _, lines in shifts],
        empty=say("Nothing was handed over."),
    )
    yield table(CASH_COLUMNS, read("cash_counts", day), title=say("Cash drawer"), empty=say("Not counted."))
    yield table(LOG_COLUMNS, read("shift_notes", day), title=say("Log"), empty=say("Nothing was written."))


def signed(line):
    """The shift with both signatures, or what is missing of them."""
    shift = SHIFT_NAMES[Shift(line.shift)]
    if not line.given_by:
        return say("{shift}: a draft, signed by nobody", shift=shift)
    if not line.taken_by:
        return say("{shift}: handed over by {given}, taken over by nobody yet", shift=shift, given=line.given_by)
    return say(
        "{shift}: handed over by {given}, taken over by {taken}", shift=shift, given=line.given_by, taken=line.taken_by
    )
