"""Messages taken today and those still on the rack (N6, Q2)."""

from pms.departments import Department
from pms.reporting import LANDSCAPE, NIGHTLY, Column, heading, kinds, table
from pms.reporting.texts import word
from pms.say import say

from . import _words as words
from .forms.message_slip import FOLLOW_UPS

TITLE = say("Messages")
ABOUT = say("Message slips taken on the date and those still on the rack.")
CODE = "N6-09"
WHEN = NIGHTLY
PAPER = LANDSCAPE
FOR = (Department.CONCIERGE, Department.OPERATOR)
RESTRICTED_FOR = words.DESK_ONLY

STATUSES = {
    "on_rack": say("On the rack"),
    "delivered": say("Delivered"),
    "cancelled": say("Cancelled"),
    "taken_off": say("Taken off"),
}

COLUMNS = (
    Column(say("Room"), "room", 12, kinds.room),
    Column(say("Time"), "taken_at", 22, kinds.moment),
    Column(say("Guest"), words.masked_guest, 42),
    Column(say("Caller"), lambda row: " ".join(filter(None, (row.caller, row.contact))), 46),
    Column(say("Message"), "text", 74),
    Column(say("Follow-up"), lambda row: word(FOLLOW_UPS, row.wants), 28, kinds.fixed),
    Column(say("Status"), lambda row: STATUSES[row.status], 20, kinds.fixed),
    Column(say("By whom"), "by", 26),
)


def story(read, day):
    rows = read("messages", day)
    waiting = sum(row.status == "on_rack" for row in rows)
    yield heading(TITLE, day, say("{count} messages, {waiting} on the rack", count=len(rows), waiting=waiting))
    yield table(COLUMNS, rows, empty=say("No messages."))
