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

from pms.errors import Offer
from pms.say import Say

CLEAN, DIRTY, DUE_OUT = "clean", "dirty", "due_out"
PEAK, LOW_SEASON = "peak", "low"


@dataclass(frozen=True, slots=True)
class RoomFacts:
    """A room as the rules see it. `features` are the guests' words: king, twin, high, low, near_lift, far_from_lift,
    quiet, city_view, lake_view, tub, even, smoking, non_smoking, accessible.
    """

    id: int
    number: str
    floor: int
    type_id: int
    type_code: str
    capacity: int
    rank: int = 0
    features: frozenset[str] = frozenset()
    height: int = 50
    """0 on the lowest floor with rooms, 100 on the highest."""
    quality: int = 50
    """0 to 100: condition and surroundings."""
    noisy: bool = False
    renovated: bool = False
    business_floor: bool = False
    held_back: str = ""
    kept_for: str = ""
    """The need this room is kept for while others will do."""
    state: str = CLEAN

    @property
    def clean(self) -> bool:
        return self.state == CLEAN


class Membership(NamedTuple):
    """A party somebody belongs to: its key, what holds it together (vip, family, group ...), how many rooms it has."""

    key: str
    kind: str
    size: int = 2


@dataclass(frozen=True, slots=True)
class StayFacts:
    """A stay as the rules see it; `type_id` is what is to be given (an agreed upgrade counts)."""

    id: int
    guest: str
    type_id: int
    arrival: date
    departure: date
    type_code: str = ""
    rank: int = 0
    ok_types: frozenset[int] = frozenset()
    """Types the stay may be given; its own alone when nothing else is said."""
    persons: int = 1
    vip_level: int = 0
    """1 is the highest; 0 is none."""
    kinds: frozenset[str] = frozenset()
    """vip, entourage, group, family, business, leisure, disabled, elderly, newly_weds, walk_in, guide; or none."""
    needs: frozenset[str] = frozenset()
    wishes: tuple[str, ...] = ()
    wanted_room: str = ""
    past_rooms: tuple[str, ...] = ()
    refused_rooms: tuple[str, ...] = ()
    """Rooms this guest was offered and did not want (P6)."""
    taboo: tuple[str, ...] = ()
    liked: tuple[str, ...] = ()
    keep_apart: str = ""
    parties: tuple[Membership, ...] = ()
    regular: bool = False
    priority: int = 0
    """Who must not be left without a room: 0 and up (P4, P5)."""
    stays_before: int = 0
    early: bool = False
    late: bool = False
    set_aside: frozenset[str] = frozenset()
    """Names of rules that do not speak for this stay: somebody has agreed to that (P2)."""
    fixed_room: int | None = None
    """In house, locked, or told: a fact, not a choice."""
    held_room: int | None = None
    """Given, but nobody has been told: it may change, at a price."""
    slots: int = field(init=False, repr=False)
    """The half days of the stay as bits; day use takes none. Every rule asks for them, for every room."""

    def __post_init__(self) -> None:
        day_use = self.arrival == self.departure
        slots = 0 if day_use else span(self.arrival, self.departure, early=self.early, late=self.late)
        object.__setattr__(self, "slots", slots)
        if not self.ok_types:
            object.__setattr__(self, "ok_types", frozenset({self.type_id}))

    @property
    def nights(self) -> int:
        return (self.departure - self.arrival).days


def span(first: date, until: date, *, early: bool = False, late: bool = False) -> int:
    """Bits of the half days from the afternoon of `first` to the morning of `until`."""
    low = 2 * (first.toordinal() - EPOCH) + (0 if early else 1)
    high = 2 * (until.toordinal() - EPOCH) + (1 if late else 0)
    return ((1 << (high - low + 1)) - 1) << low


def shared_nights(a: int, b: int) -> int:
    """How many nights two stretches of half days have in common."""
    both = a & b
    return (both & int("10" * (both.bit_length() // 2 + 1), 2)).bit_count() if both else 0


EPOCH = date(2000, 1, 1).toordinal()
NO_NEIGHBOUR = 14  # idle nights beside a stay when nobody else is known in the room


class Neighbour(NamedTuple):
    """Somebody who has a room: for rules about floors, parties and connecting doors."""

    slots: int
    room: RoomFacts
    parties: tuple[Membership, ...] = ()
    keep_apart: str = ""
    stay_id: int | None = None

    def came_with(self, stay: StayFacts) -> bool:
        return any(mine.key == theirs.key for mine in self.parties for theirs in stay.parties)


@dataclass(slots=True)
class House:
    """The rooms and who is in them while a plan is made. `today` is the business date, when rooms must be ready."""

    rooms: Mapping[int, RoomFacts]
    connecting: Mapping[int, frozenset[int]] = field(default_factory=dict)
    season: str = "normal"
    today: date | None = None
    taken: dict[int, int] = field(default_factory=dict)
    closed: dict[int, int] = field(default_factory=dict)
    tagged: dict[int, list[Neighbour]] = field(default_factory=lambda: defaultdict(list))
    """By floor, those with a keep-apart tag."""
    by_room: dict[int, list[Neighbour]] = field(default_factory=lambda: defaultdict(list))
    by_party: dict[str, list[Neighbour]] = field(default_factory=lambda: defaultdict(list))
    _numbers: dict[str, RoomFacts] = field(default_factory=dict, repr=False)

    def close(self, room_id: int, slots: int) -> None:
        """Nobody can have the room for these half days."""
        self.closed[room_id] = self.closed.get(room_id, 0) | slots
        self.taken[room_id] = self.taken.get(room_id, 0) | slots

    def settle(self, who: Neighbour) -> None:
        """Somebody has the room for these half days."""
        self.taken[who.room.id] = self.taken.get(who.room.id, 0) | who.slots
        for people in self._lists(who):
            people.append(who)

    def lift(self, who: Neighbour) -> None:
        """The opposite of `settle`, for the same object: what would be were they not here?"""
        self.taken[who.room.id] &= ~who.slots
        for people in self._lists(who):
            people[:] = [other for other in people if other is not who]

    def _lists(self, who: Neighbour) -> list[list[Neighbour]]:
        lists = [self.by_room[who.room.id], *(self.by_party[party.key] for party in who.parties)]
        return [*lists, self.tagged[who.room.floor]] if who.keep_apart else lists

    def is_free(self, room: RoomFacts, stay: StayFacts) -> bool:
        return not self.taken.get(room.id, 0) & stay.slots

    def arrives_today(self, stay: StayFacts) -> bool:
        return stay.arrival == self.today

    def connects(self, a: RoomFacts, b: RoomFacts) -> bool:
        return b.id in self.connecting.get(a.id, frozenset())

    def numbered(self, numbers: Iterable[str]) -> list[RoomFacts]:
        """The rooms of these numbers; those the house does not have (any more) are left out."""
        if not self._numbers:
            self._numbers = {room.number: room for room in self.rooms.values()}
        return [self._numbers[number] for number in numbers if number in self._numbers]

    def mates(self, party: Membership) -> list[Neighbour]:
        """Others of the same party who have rooms."""
        return self.by_party.get(party.key, [])

    def strangers_behind_doors(self, room: RoomFacts, stay: StayFacts) -> list[Neighbour]:
        """Who sleeps behind a connecting door at the same time and did not come with them."""
        doors = self.connecting.get(room.id, frozenset())
        beyond = (n for door in sorted(doors) for n in self.by_room.get(door, ()))
        return [n for n in beyond if n.slots & stay.slots and not n.came_with(stay)]

    def idle_nights(self, room: RoomFacts, stay: StayFacts) -> tuple[int, int]:
        """Free nights left in front of and behind the stay in this room, each counted up to `NO_NEIGHBOUR`."""
        taken, slots = self.taken.get(room.id, 0), stay.slots
        if not slots:
            return NO_NEIGHBOUR, NO_NEIGHBOUR
        low, high = (slots & -slots).bit_length() - 1, slots.bit_length()
        below, above = taken & ((1 << low) - 1), taken >> high << high
        before = low // 2 - below.bit_length() // 2 if below else NO_NEIGHBOUR
        after = ((above & -above).bit_length() - 1) // 2 - high // 2 if above else NO_NEIGHBOUR
        return min(before, NO_NEIGHBOUR), min(after, NO_NEIGHBOUR)


class Reason(NamedTuple):
    """One rule's word about a room for a stay: its source (`P9`), the sentence and which rule said it."""

    source: str
    text: Say
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Scored:
    """A room for a stay: cost by tier (lower is better, first tier first), what speaks for and against it."""

    room: RoomFacts
    cost: tuple[int, ...]
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
    """A stay without a room, the sentence why, and what would give it one: each offer was checked."""

    stay: StayFacts
    why: Say
    offers: tuple[Offer, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    placed: tuple[Placement, ...]
    unplaced: tuple[Unplaced, ...]


def keep_apart_conflict(a: str, b: str) -> bool:
    """Tags are `topic/side`, several with commas; two sides of one topic are kept apart (P15)."""
    if not a or not b or a == b:
        return False
    mine = dict(tag.strip().partition("/")[::2] for tag in a.split(","))
    theirs = dict(tag.strip().partition("/")[::2] for tag in b.split(","))
    return any(side != theirs.get(topic, side) for topic, side in mine.items())


def numbers_of(rooms: Iterable[RoomFacts]) -> str:
    return ", ".join(room.number for room in rooms)
