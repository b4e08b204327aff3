"""Requests, repairs and complaints that are not settled, with how late they are (N6, S2, S3, S6)."""

from pms.departments import DEPARTMENT_NAMES, Department
from pms.reporting import LANDSCAPE, NIGHTLY, Cell, Column, heading, kinds, table
from pms.reporting.texts import Bilingual
from pms.requests.words import CALLED_BACK, KIND_NAMES, STATE_NAMES
from pms.say import say

from . import _words as words

TITLE = say("Requests, repairs and complaints open")
ABOUT = say("What guests asked for, reported or complained of and is not settled, complaints first.")
CODE = "N6-10"
WHEN = NIGHTLY
PAPER = LANDSCAPE
FOR = (Department.ENGINEERING, Department.HOUSEKEEPING, Department.SERVICE_CENTRE, Department.ASSISTANT_MANAGER)
RESTRICTED_FOR = words.DESK_ONLY


def _call_back(row):
    if row.satisfied is False:
        return Cell(say("not satisfied"), bold=True)
    if row.state == "done":
        return Cell(say("To be called back"), bold=True)
    return say("afterwards") if row.kind in CALLED_BACK else ""


def _what(row):
    said = " ".join(filter(None, (row.service_en, row.text))), " ".join(filter(None, (row.service_zh, row.text)))
    return Bilingual(*said)


COLUMNS = (
    Column(say("Number"), "number", 16, kinds.room),
    Column(say("Kind"), lambda row: KIND_NAMES[row.kind], 22, kinds.fixed),
    Column(say("Room"), "room", 16, kinds.room),
    Column(say("Guest"), words.masked_guest, 36),
    Column(say("What is asked"), _what, 58),
    Column(say("Opened"), "opened_at", 24, kinds.moment),
    Column(say("Due"), "due_at", 24, kinds.moment),
    Column(say("Department"), lambda row: DEPARTMENT_NAMES[row.department] if row.department else "", 28),
    Column(say("Status"), lambda row: STATE_NAMES[row.state], 28),
    Column(say("Late by"), lambda row: Cell(say("{n} h", n=row.late_hours), bold=True) if row.late_hours else "", 14),
    Column(say("Call back"), _call_back, 24),
)


def story(read, day):
    rows = read("open_calls", day)
    late = sum(bool(row.late_hours) for row in rows)
    yield heading(TITLE, day, say("{count} open, {late} late", count=len(rows), late=late))
    yield table(COLUMNS, rows, empty=say("Everything is settled."))
