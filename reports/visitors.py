"""Who came to see guests, who is still in the house (N6, Q3)."""

from pms.departments import Department
from pms.reporting import LANDSCAPE, NIGHTLY, Cell, Column, heading, kinds, table
from pms.reporting.texts import word
from pms.say import say

from . import _words as words

TITLE = say("Visitors")
ABOUT = say("Visitors of the date, what the guest said, in and out; those still in the house stand in bold.")
CODE = "N6-26"
WHEN = NIGHTLY
PAPER = LANDSCAPE
FOR = (Department.SECURITY, Department.FRONT_DESK, Department.CONCIERGE, Department.ASSISTANT_MANAGER)
RESTRICTED_FOR = words.DESK_ONLY

DOCUMENTS = {
    "passport": say("Passport"),
    "resident_id": say("Resident ID card"),
    "travel_permit": say("Travel permit"),
    "other": say("Other document"),
}
ANSWERS = {
    "asking": say("Being asked"),
    "comes_up": say("Goes up"),
    "lobby": say("Meets in the lobby"),
    "no_answer": say("No answer"),
    "refused": say("Guest declines"),
    "nobody": say("Nobody of that name"),
}


def still_here(row):
    return row.in_at is not None and row.out_at is None


def out(row):
    return Cell(say("In the house"), bold=True) if still_here(row) else row.out_at and Cell(row.out_at, kinds.moment)


COLUMNS = (
    Column(say("Came"), "came_at", 26, kinds.moment),
    Column(say("Visitor"), "name", 40),
    Column(say("Document seen"), lambda row: word(DOCUMENTS, row.document), 30, kinds.fixed),
    Column(say("Wants to see"), lambda row: "" if row.guest_incognito else row.asked_name, 38),
    Column(say("Room"), "room", 14, kinds.room),
    Column(say("Guest"), words.masked_guest, 44),
    Column(say("Appointment"), "by_appointment", 24, kinds.dot),
    Column(say("Answer"), lambda row: ANSWERS[row.answer], 34, kinds.fixed),
    Column(say("In"), "in_at", 26, kinds.moment),
    Column(say("Out"), out, 26, kinds.fixed),
)


def story(read, day):
    rows = read("visitors", day)
    here = sum(map(still_here, rows))
    yield heading(TITLE, day, say("{count} visitors, {here} still in the house", count=len(rows), here=here))
    yield table(COLUMNS, rows, empty=say("Nobody came."))
