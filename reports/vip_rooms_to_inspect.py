"""Rooms of tomorrow's VIPs 贵宾房检查表 (P1, C6): the AM inspects them before others are told, and signs."""

from datetime import timedelta

from pms.departments import Department
from pms.reporting import EVENING, LANDSCAPE, Column, heading, kinds, table
from pms.say import say

from . import _words as words

TITLE = say("VIP rooms to inspect")
ABOUT = say("Tomorrow’s VIPs with their rooms, for the AM to inspect and sign (18:00).")
CODE = "P1-01"
WHEN = EVENING
PAPER = LANDSCAPE
FOR = (Department.ASSISTANT_MANAGER, Department.HOUSEKEEPING)
RESTRICTED_FOR = words.DESK_ONLY

COLUMNS = (
    words.ROOM,
    Column(say("Type"), words.booked_type, 16, kinds.fixed),
    words.GUEST,
    Column(say("Level"), words.vip, 9, kinds.plate),
    Column(say("Time"), "eta", 12, kinds.fixed),
    Column(say("Host"), "host", 26),
    Column(say("Amenities"), "amenities", 34),
    Column(say("Specials"), words.special, 56),
    Column(say("Inspected, signature and time"), lambda row: "", 46),
)


def story(read, day):
    rows = sorted((row for row in read("next_day_arrivals", day) if row.vip), key=lambda row: (row.vip, row.room))
    without = sum(not row.room for row in rows)
    yield heading(
        TITLE,
        day + timedelta(days=1),
        say("VIPs: {count}, without a room yet: {without}", count=len(rows), without=without),
    )
    yield table(COLUMNS, rows, empty=say("No VIP arrives."))
    yield from words.explained(rows)
