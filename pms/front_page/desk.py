"""The lists of the desk, made from the day's stays without asking the database again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pms.front_page.rows import StayRow
from pms.reservations.models import Guarantee
from pms.reservations.rules import expected_by
from pms.reservations.status import Status

FOLD_GROUPS_FROM = 4
"""A group with so many rooms to come is one line of the list (C4: the whole group is checked in at once)."""
NO_TIME = "99:99"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list: a stay, or `rooms` of a group under its name."""

    stay: StayRow
    state: str
    """As the macro stay_badge knows it: due-in, overdue, in-house, due-out, checked-out."""
    room_state: str = ""
    """As the macro room_state knows it; '' where the guest already lives there."""
    rooms: int = 1
    floors: tuple[int, ...] = ()
    nth: int = 1
    """The guest's how-manieth stay."""
    owes: int = 0


@dataclass(frozen=True, slots=True)
class Desk:
    """What the desk has to do on a business date, with the clock at `now` (the hotel's own)."""

    day: date
    now: datetime
    hold_hour: int
    stays: list[StayRow]

    def to_come(self) -> list[StayRow]:
        return [s for s in self.stays if s.status is Status.RESERVED]

    def overdue(self) -> list[StayRow]:
        """应到未到: the time they gave is over, or the hold hour for those with nothing behind their booking (R7)."""
        return [s for s in self.to_come() if self.late_by(s) > timedelta()]

    def vips(self) -> list[StayRow]:
        return [s for s in self.to_come() if s.vip]

    def groups(self) -> list[StayRow]:
        return [s for s in self.to_come() if s.group_code]

    def without_room(self) -> list[StayRow]:
        return [s for s in self.to_come() if s.room is None]

    def checked_in(self) -> list[StayRow]:
        return [s for s in self.stays if s.arrival == self.day and s.status is not Status.RESERVED]

    def in_house(self) -> list[StayRow]:
        return [s for s in self.stays if s.status is Status.IN_HOUSE]

    def due_out(self) -> list[StayRow]:
        return [s for s in self.in_house() if s.departure <= self.day]

    def left(self) -> list[StayRow]:
        """Departures of today that have left; those who left early are not among the due-outs."""
        return [s for s in self.stays if s.status is Status.CHECKED_OUT and s.departure == self.day]

    def late_by(self, stay: StayRow) -> timedelta:
        """How long the desk has waited for an arrival; zero or less when it is not late."""
        guaranteed = stay.guarantee is not Guarantee.NONE
        expected = expected_by(stay.eta, guaranteed=guaranteed, hold_hour=self.hold_hour)
        hour, minute = map(int, expected.split(":"))
        due = datetime(self.day.year, self.day.month, self.day.day, hour, minute, tzinfo=self.now.tzinfo)
        return self.now - due

    def longest_wait(self) -> timedelta:
        return max((self.late_by(s) for s in self.overdue()), default=timedelta())

    def lines(self, stays: Iterable[StayRow], before: Mapping[int, int], owed: Mapping[int, int]) -> list[Line]:
        """Lines in the order of the list: those to come by time, those in house by room."""
        lived_in = {s.room_id for s in self.in_house()}
        lines = [
            Line(
                stay=stay,
                state=self._state(stay),
                room_state=_room_state(stay, lived_in),
                floors=() if stay.floor is None else (stay.floor,),
                nth=before.get(stay.guest_id, 0) + 1,
                owes=max(owed.get(stay.id, 0), 0),
            )
            for stay in stays
        ]
        return sorted(lines, key=_order)

    def _state(self, stay: StayRow) -> str:
        if stay.status is Status.RESERVED:
            return "overdue" if self.late_by(stay) > timedelta() else "due-in"
        if stay.status is Status.IN_HOUSE:
            return "due-out" if stay.departure <= self.day else "in-house"
        return "checked-out"


def folded(lines: list[Line]) -> list[Line]:
    """The same lines with each larger group as one; its place is that of its first guest."""
    members: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        members[line.stay.group_code or ""].append(line)
    result, seen = [], set()
    for line in lines:
        code = line.stay.group_code or ""
        if not code or len(members[code]) < FOLD_GROUPS_FROM:
            result.append(line)
        elif code not in seen:
            seen.add(code)
            result.append(_folded(members[code]))
    return result


def _folded(lines: list[Line]) -> Line:
    floors = tuple(sorted({floor for line in lines for floor in line.floors}))
    states = {line.room_state for line in lines}
    room_state = next(state for state in ("", "dirty", "occupied", "cleaning", "clean", "inspected") if state in states)
    return Line(stay=lines[0].stay, state=lines[0].state, room_state=room_state, rooms=len(lines), floors=floors)


def _room_state(stay: StayRow, lived_in: set[int | None]) -> str:
    if stay.status is not Status.RESERVED or stay.room_id is None or stay.housekeeping is None:
        return ""
    return "occupied" if stay.room_id in lived_in else stay.housekeeping.value


def _order(line: Line) -> tuple[object, ...]:
    stay = line.stay
    if stay.status is Status.RESERVED:
        return (0, stay.eta or NO_TIME, stay.surname or stay.name_zh, stay.id)
    return (1, len(stay.room or ""), stay.room or "", stay.id)
