"""Rooms one after the other for a guest for whom no room is free on all nights: the fewest moves there can be (P7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from pms.assignment.facts import House, RoomFacts, StayFacts, span
from pms.assignment.rules.book import RuleBook

NIGHT = timedelta(days=1)
MOST_ROOMS = 3  # nobody is asked to move oftener than twice


class Part(NamedTuple):
    """The guest has `room` from the night of `first` on."""

    room: RoomFacts
    first: date


def rooms_in_turn(house: House, stay: StayFacts, book: RuleBook) -> list[Part]:
    """Two rooms in turn, three only where two will not do; none where that is not enough, or one room will do. Each is
    free for its nights and allowed by every must. Among those with as few moves: rooms of one type, on one floor or
    near it, and a late move.
    """
    search = _search(house, stay, book)
    fewest = search.fewest()
    for rooms in range(fewest, MOST_ROOMS + 1) if fewest > 1 else ():
        chains = [chain for room in search.first if (chain := search.beginning_in(room, rooms))]
        if chains:
            return [Part(room, stay.arrival + night * NIGHT) for room, night in min(chains, key=_strangeness)]
    return []


@dataclass(frozen=True, slots=True)
class _Search:
    """`until` by room: for each night of the stay, the first night from it on that the room is not free. `first` are
    rooms the guest may have on arrival, `later` those he may move to.
    """

    nights: int
    until: dict[int, list[int]]
    first: Sequence[RoomFacts]
    later: Sequence[RoomFacts]

    def fewest(self) -> int:
        """How many rooms it takes at least; more than can be when there is a night without any."""
        rooms, night, choice = 0, 0, self.first
        while night < self.nights and rooms <= MOST_ROOMS:
            night = max((self.until[room.id][night] for room in choice), default=night)
            rooms, choice = rooms + 1, self.later
        return rooms

    def beginning_in(self, room: RoomFacts, rooms: int) -> list[tuple[RoomFacts, int]] | None:
        """Exactly so many rooms, the first of them this one; None where that is not possible."""
        leaves = self.until[room.id][0]
        if not 0 < leaves < self.nights:
            return None
        rest = self._rest(rooms - 1, leaves, [room])
        return rest and [(room, 0), *rest]

    def _rest(self, rooms: int, night: int, had: list[RoomFacts]) -> list[tuple[RoomFacts, int]] | None:
        free = [room for room in self.later if room not in had and self.until[room.id][night] > night]
        for room in sorted(free, key=lambda room: (_apart(had[-1], room), room.id)):
            leaves = self.until[room.id][night]
            if rooms == 1 and leaves == self.nights:
                return [(room, night)]
            if rooms > 1 and leaves < self.nights and (rest := self._rest(rooms - 1, leaves, [*had, room])):
                return [(room, night), *rest]
        return None


def _search(house: House, stay: StayFacts, book: RuleBook) -> _Search:
    on_arrival = [room for room in house.rooms.values() if _allowed(house, stay, room, book)]
    settled = replace(stay, early=False)  # a room he moves to is not entered on the morning of his arrival
    later = [room for room in house.rooms.values() if _allowed(house, settled, room, book)]
    until = {room.id: _until(house, room, stay) for room in (*on_arrival, *later)}
    return _Search(stay.nights, until, on_arrival, later)


def _allowed(house: House, stay: StayFacts, room: RoomFacts, book: RuleBook) -> bool:
    return all(reason.rule == "free_on_every_night" for reason in book.refusals(stay, room, house))


def _until(house: House, room: RoomFacts, stay: StayFacts) -> list[int]:
    taken, until = house.taken.get(room.id, 0), [stay.nights] * stay.nights
    for night in reversed(range(stay.nights)):
        day = stay.arrival + night * NIGHT
        slots = span(day, day + NIGHT, early=stay.early and night == 0, late=stay.late and night == stay.nights - 1)
        until[night] = night if taken & slots else until[min(night + 1, stay.nights - 1)]
    return until


def _apart(a: RoomFacts, b: RoomFacts) -> tuple[int, int]:
    return (int(a.type_id != b.type_id), abs(a.floor - b.floor))


def _strangeness(chain: Sequence[tuple[RoomFacts, int]]) -> tuple[int, ...]:
    moves = [_apart(before, after) for (before, _), (after, _) in pairwise(chain)]
    types, floors = (sum(part) for part in zip(*moves, strict=True))
    return (types, floors, -chain[1][1], *(room.id for room, _ in chain))
