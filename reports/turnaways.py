"""Business the house did not get, this month to the date (R6): by reason, and every caller."""

from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from pms.departments import Department
from pms.reporting import ON_DEMAND, Column, heading, kinds, table
from pms.reservations.words import SOURCES, WHY_LOST
from pms.say import say

TITLE = say("Lost business")
ABOUT = say("Callers who did not book, this month to the date, with the reason.")
CODE = "R6-01"
WHEN = ON_DEMAND
FOR = (Department.RESERVATIONS, Department.SALES)


class ReasonLine(NamedTuple):
    why: str
    callers: int
    nights: int


BY_REASON = (
    Column(say("Reason"), lambda row: WHY_LOST[row.why], 60),
    Column(say("Callers"), "callers", 24, kinds.number),
    Column(say("Room nights"), "nights", 28, kinds.number),
)
COLUMNS = (
    Column(say("When"), "at", 26, kinds.moment),
    Column(say("Reason"), lambda row: WHY_LOST[row.why], 36),
    Column(say("Arrival"), "arrival", 20, kinds.short_day),
    Column(say("Departure"), "departure", 20, kinds.short_day),
    Column(say("Rooms"), "rooms", 14, kinds.number),
    Column(say("Type"), "type", 14, kinds.fixed),
    Column(say("Source"), lambda row: SOURCES[row.source], 26),
    Column(say("Note"), "note", 36),
    Column(say("By whom"), "by", 26),
)


def by_reason(rows):
    parts = groupby(sorted(rows, key=attrgetter("why")), key=attrgetter("why"))
    found = [(why, list(of)) for why, of in parts]
    return [ReasonLine(why, len(of), sum(row.nights for row in of)) for why, of in found]


def story(read, day):
    rows = read("turnaways", day)
    reasons = by_reason(rows)
    nights = sum(row.nights for row in rows)
    yield heading(TITLE, day, say("{callers} callers, {nights} room nights", callers=len(rows), nights=nights))
    if reasons:
        total = {"callers": len(rows), "nights": nights}
        yield table(BY_REASON, reasons, title=say("By reason"), total=total)
    yield table(COLUMNS, rows, empty=say("Nothing was lost."))
