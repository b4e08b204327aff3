"""What the engine knows: rooms, stays and who is where, in plain frozen types without a database.

Time is counted in half days: day d has the slots 2d (morning) and 2d+1 (afternoon and night). A stay takes the
afternoon of its arrival to the morning of its departure; early arrival and late check-out take half a day more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from pms.say import Say


@dataclass(frozen=True, slots=True)
class RoomFacts:
    """A room as the rules see it; `height` is 0.0 on the lowest floor with rooms and 1.0 on the highest."""

    id: int
    number: str
    floor: int
    type_id: int
    type_code: str
    beds: str
    capacity: int
    height: float = 0.5
    view: str = ""
    lift_distance: int = 5
    quiet: int = 50
    condition: int = 50
    renovated: bool = False
    accessible: bool = False
    smoking: bool = False
    bath: str = "shower"
    business_floor: bool = False
    held_back: str = ""
    clean: bool = True


@dataclass(frozen=True, slots=True)
class StayFacts:
    """A stay as the rules see it; `type_id` is what is to be given (an agreed upgrade counts)."""

    id: int
    guest: str
    type_id: int
    arrival: date
    departure: date
    persons: int = 1
    vip_level: int = 0
    needs: frozenset[str] = frozenset()
    wishes: tuple[str, ...] = ()
    taboo: tuple[str, ...] = ()
    keep_apart: str = ""
    booking_id: int = 0
    party: str = ""
    group_id: int | None = None
    company: bool = False
    walk_in: bool = False
    stays_before: int = 0
    last_room: str = ""
    age: int | None = None
    early: bool = False
    late: bool = False
    slots: int = field(init=False, repr=False)
    """The half days of the stay as bits; day use takes none. Every rule asks for them, for every room."""

    def __post_init__(self) -> None:
        day_use = self.arrival == self.departure
        slots = 0 if day_use else span(self.arrival, self.departure, early=self.early, late=self.late)
        object.__setattr__(self, "slots", slots)

    @property
    def nights(self) -> int:
        return (self.departure - self.arrival).days


def span(first: date, until: date, *, early: bool = False, late: bool = False) -> int:
    """Bits of the half days from the afternoon of `first` to the morning of `until`."""
    low = 2 * (first.toordinal() - EPOCH) + (0 if early else 1)
    high = 2 * (until.toordinal() - EPOCH) + (1 if late else 0)
    return ((1 << (high - low + 1)) - 1) << low


EPOCH = date(2000, 1, 1).toordinal()


class Neighbour(NamedTuple):
    """Somebody who has a room: for rules about floors, parties and connecting doors."""

    slots: int
    room: RoomFacts
    booking_id: int
    group_id: int | None
    company: bool
    keep_apart: str


@dataclass(slots=True)
class House:
    """The rooms and who is in them while a plan is made."""

    rooms: Mapping[int, RoomFacts]
    connecting: Mapping[int, frozenset[int]] = field(default_factory=dict)
    low_season: bool = False
    taken: dict[int, int] = field(default_factory=dict)
    by_floor: dict[int, list[Neighbour]] = field(default_factory=lambda: defaultdict(list))
    by_room: dict[int, list[Neighbour]] = field(default_factory=lambda: defaultdict(list))
    by_booking: dict[int, list[Neighbour]] = field(default_factory=lambda: defaultdict(list))
    by_group: dict[int, list[Neighbour]] = field(default_factory=lambda: defaultdict(list))

    def close(self, room_id: int, slots: int) -> None:
        self.taken[room_id] = self.taken.get(room_id, 0) | slots

    def settle(self, who: Neighbour) -> None:
        """Somebody has the room for these half days."""
        self.close(who.room.id, who.slots)
        self.by_floor[who.room.floor].append(who)
        self.by_room[who.room.id].append(who)
        self.by_booking[who.booking_id].append(who)
        if who.group_id is not None:
            self.by_group[who.group_id].append(who)

    def is_free(self, room: RoomFacts, stay: StayFacts) -> bool:
        return not self.taken.get(room.id, 0) & stay.slots

    def connects(self, a: RoomFacts, b: RoomFacts) -> bool:
        return b.id in self.connecting.get(a.id, frozenset())

    def mates(self, stay: StayFacts) -> list[Neighbour]:
        """Others of the same booking who have rooms at the same time."""
        return [n for n in self.by_booking.get(stay.booking_id, ()) if n.slots & stay.slots]

    def idle_nights(self, room: RoomFacts, stay: StayFacts, limit: int = 14) -> tuple[int, int]:
        """Free nights left in front of and behind the stay in this room, each counted up to `limit`."""
        taken, slots = self.taken.get(room.id, 0), stay.slots
        if not slots:
            return limit, limit
        low = (slots & -slots).bit_length() - 1
        high = slots.bit_length()
        below = taken & ((1 << low) - 1)
        before = (low - below.bit_length()) // 2 if below else limit
        above = taken >> high
        after = ((above & -above).bit_length() - 1) // 2 if above else limit
        return min(before, limit), min(after, limit)


class Reason(NamedTuple):
    """One rule's word about a room for a stay: its source (`P9`) and the sentence."""

    source: str
    text: Say


@dataclass(frozen=True, slots=True)
class Scored:
    """A room for a stay: cost by tier (lower is better, first tier first), what speaks for and against it."""

    room: RoomFacts
    cost: tuple[float, ...]
    met: tuple[Reason, ...]
    missed: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Placement:
    """The room a stay is given, why, and what stood against the next best one."""

    stay: StayFacts
    choice: Scored
    next_best: Scored | None = None


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A stay without a room and the sentence why."""

    stay: StayFacts
    why: Say


@dataclass(frozen=True, slots=True)
class Plan:
    placed: tuple[Placement, ...]
    unplaced: tuple[Unplaced, ...]


def keep_apart_conflict(a: str, b: str) -> bool:
    """Tags are `topic/side`; two sides of one topic are kept apart (P15)."""
    return bool(a and b and a != b and a.partition("/")[0] == b.partition("/")[0])


def numbers_of(rooms: Iterable[RoomFacts]) -> str:
    return ", ".join(room.number for room in rooms)
