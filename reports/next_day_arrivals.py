"""Next-day arrivals: VIPs, individuals and groups 次日抵店贵宾、散客及团队报表 (N1), at 18:00 for the departments."""

from collections import defaultdict
from datetime import timedelta
from typing import NamedTuple

from pms.reporting import EVENING, EVERYBODY, LANDSCAPE, Column, banded, heading, kinds, table
from pms.say import say

from . import _words as words
from . import arrivals

TITLE = say("Next-day arrivals")
ABOUT = say("Tomorrow’s VIPs, individuals and groups, for every department (18:00).")
CODE = "N1-01"
WHEN = EVENING
PAPER = LANDSCAPE
FOR = EVERYBODY
RESTRICTED_FOR = words.DESK_ONLY

SPANS = (("–06", 0, 6), ("06–12", 6, 12), ("12–15", 12, 15), ("15–18", 15, 18), ("18–21", 18, 21), ("21–24", 21, 24))

COLUMNS = arrivals.COLUMNS


class TypeTotal(NamedTuple):
    """Rooms of a type, by the hour at which they are expected; the last is those without an hour."""

    type: str
    rooms: int
    persons: int
    by_hour: tuple[int, ...]


def type_totals(rows):
    by_type = defaultdict(list)
    for row in rows:
        by_type[row.assigned_type].append(row)
    return [
        TypeTotal(code, len(found), sum(row.persons for row in found), by_hour(found))
        for code, found in sorted(by_type.items())
    ]


def by_hour(rows):
    hours = [int(row.eta[:2]) for row in rows if row.eta]
    counts = tuple(sum(first <= hour < last for hour in hours) for _, first, last in SPANS)
    return (*counts, len(rows) - len(hours))


def at(position):
    return lambda row: row.by_hour[position]


TOTAL_COLUMNS = (
    Column(say("Type"), "type", 30, kinds.fixed),
    Column(say("Rooms"), "rooms", 20, kinds.number),
    Column(say("Persons"), "persons", 20, kinds.number),
    *(Column(say("{hours} h", hours=span[0]), at(position), 20, kinds.number) for position, span in enumerate(SPANS)),
    Column(say("No hour"), at(-1), 20, kinds.number),
)


def story(read, day):
    rows = read("next_day_arrivals", day)
    yield heading(TITLE, day + timedelta(days=1), words.rooms_and_guests(rows))
    yield banded(COLUMNS, arrivals.parts(rows), empty=say("Nobody arrives."), total=arrivals.totals(rows))
    found = type_totals(rows)
    if found:
        hours = {column.of: sum(column.value(row) for row in found) for column in TOTAL_COLUMNS[1:]}
        yield table(TOTAL_COLUMNS, found, title=say("By type and hour of arrival"), total=hours)
    yield from words.explained(rows)
