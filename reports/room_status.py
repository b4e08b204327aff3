"""How every room stands, as front office and housekeeping see it, and where they disagree (N6)."""

from collections import Counter
from typing import NamedTuple

from pms.departments import Department
from pms.reporting import NIGHTLY, Column, band, banded, heading, kinds, rooms, table
from pms.reporting.texts import word
from pms.say import say

from . import _words as words

TITLE = say("Room status")
ABOUT = say("Every room with its state, and where housekeeping and front office disagree.")
CODE = "N6-04"
WHEN = NIGHTLY
FOR = (Department.HOUSEKEEPING, Department.ENGINEERING, Department.SERVICE_CENTRE)
RESTRICTED_FOR = words.DESK_ONLY

KINDS = {"sleep": say("Sleep"), "skip": say("Skip"), "persons": say("Persons")}
# What settled a discrepancy by itself (reservations.discrepancies); otherwise it is what somebody wrote.
SETTLED = {
    "looked_again": say("Housekeeping looked again"),
    "now_sleep": say("Now a sleep"),
    "now_skip": say("Now a skip"),
    "now_persons": say("Now another number of persons"),
}
FRONT_STATES = ("vacant", "occupied", "out_of_order", "out_of_service")
HOUSEKEEPING_STATES = ("dirty", "cleaning", "clean", "inspected")


class StateCount(NamedTuple):
    front: str
    by_housekeeping: tuple[int, ...]

    @property
    def rooms(self):
        return sum(self.by_housekeeping)


def at(position):
    return lambda row: row.by_housekeeping[position]


def front(row):
    return words.FRONT[row.front]


COUNT_COLUMNS = (
    Column(say("Front office"), front, 50, kinds.bilingual),
    Column(say("Dirty"), at(0), 26, kinds.number),
    Column(say("Cleaning"), at(1), 26, kinds.number),
    Column(say("Clean"), at(2), 26, kinds.number),
    Column(say("Inspected"), at(3), 26, kinds.number),
    Column(say("Rooms"), "rooms", 26, kinds.number),
)
COLUMNS = (
    words.ROOM,
    Column(say("Type"), "type", 14, kinds.fixed),
    Column(say("Floor"), "floor", 12, kinds.number),
    Column(say("Front office"), front, 30, kinds.fixed),
    Column(say("Housekeeping"), lambda row: words.HOUSEKEEPING[row.housekeeping], 28, kinds.fixed),
    Column(say("Persons"), lambda row: row.persons or None, 16, kinds.number),
    Column(say("Departure"), "departure", 22, kinds.short_day),
    Column(say("Reason"), "reason", 47),
)
DISCREPANCY_COLUMNS = (
    words.ROOM,
    Column(say("Type"), "type", 12, kinds.fixed),
    Column(say("Housekeeping"), lambda row: seen(row.housekeeping_persons), 24, kinds.fixed),
    Column(say("Front office"), lambda row: seen(row.front_office_persons), 24, kinds.fixed),
    Column(say("Kind"), lambda row: KINDS[row.kind], 18, kinds.fixed),
    Column(say("HK pers."), "housekeeping_persons", 16, kinds.number),
    Column(say("FO pers."), "front_office_persons", 16, kinds.number),
    Column(say("Guest"), "guest", 35),
    Column(say("Action"), lambda row: word(SETTLED, row.action), 36),
)


def seen(persons):
    return words.FRONT["occupied" if persons else "vacant"]


def both_states(fo, hk):
    return say("{front}, {housekeeping}", front=words.FRONT[fo], housekeeping=words.HOUSEKEEPING[hk])


def counts(found):
    by_states = Counter((row.front, row.housekeeping) for row in found)
    return [StateCount(fo, tuple(by_states[fo, hk] for hk in HOUSEKEEPING_STATES)) for fo in FRONT_STATES]


def story(read, day):
    found = read("room_states", day)
    by_state = counts(found)
    occupied = sum(row.front == "occupied" for row in found)
    yield heading(TITLE, day, say("{rooms}, {occupied} occupied", rooms=words.n_rooms(len(found)), occupied=occupied))
    totals = {column.of: sum(column.value(row) for row in by_state) for column in COUNT_COLUMNS[1:]}
    yield table(COUNT_COLUMNS, by_state, total=totals)
    yield table(
        DISCREPANCY_COLUMNS, read("discrepancies", day), title=say("Discrepancies"),
        empty=say("Front office and housekeeping agree."),
    )  # fmt: skip
    states = [
        band(both_states(fo, hk), of, rooms(len(of)))
        for fo in FRONT_STATES
        for hk in HOUSEKEEPING_STATES
        if (of := [row for row in found if (row.front, row.housekeeping) == (fo, hk)])
    ]
    yield banded(COLUMNS, states, title=say("Rooms by state"), empty=say("This house has no rooms yet."))
