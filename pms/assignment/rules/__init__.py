"""The catalogue of placing rules. A rule is one small function and its sentence; the decorator registers it.

A *must* returns the sentence that forbids the room, or nothing. A *preference* returns nothing where it has nothing to
say, `met(sentence)` where the room suits, or `missed(sentence, points)` where it does not. How many points a miss costs
stands in the decorator as the manual's default and arrives in the function by name: the hotel may change it, switch
the rule off or move it to another tier (`book.py`). Tiers are lexicographic: no gain in a lower tier pays for a loss in
a higher one.

`who` says for whom a rule speaks. `stay` and `room` name the facts it reads besides: stays and rooms that are equal in
them are priced once for all (`pricing.py`), which is what makes a function for one room fit for thousands. `named` is
for rules about certain rooms: the fact that lists their numbers. Rules that look at who else is in the house (gaps,
floors, doors) say `situation=True`: they are charged while rooms are given, not beforehand.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, NamedTuple

from pms.assignment.facts import House, RoomFacts, StayFacts
from pms.say import Say, say


class Tier(IntEnum):
    ROOM = 0  # everybody has a room
    PROMISE = 1  # VIP room and entourage floor, disabled guests, families connecting
    WISH = 2  # what the guest asked for, numbers shunned
    SUITS = 3  # what suits a kind of guest
    HOUSE = 4  # the house's own interest


class Word(NamedTuple):
    """What a preference says of a room, the points that counts against it, and whether it speaks for the room."""

    text: Say
    points: int
    good: bool


def met(text: Say, points: int = 0) -> Word:
    """`points` where even a good room is not perfect, or below 0 where the house gains by it."""
    return Word(text, points, True)


def missed(text: Say, points: int) -> Word:
    return Word(text, points, False)


Who = Callable[[StayFacts, House], bool]
MustRule = Callable[[StayFacts, RoomFacts, House], Say | None]
PreferRule = Callable[..., Word | None]  # (stay, room, house, *, points by name)


def anybody(stay: StayFacts, house: House) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class OfKind:
    """Guests of one of these kinds. A rule that asks for nothing else is known to speak before a guest is looked at."""

    kinds: frozenset[str]

    def __call__(self, stay: StayFacts, house: House) -> bool:
        return not self.kinds.isdisjoint(stay.kinds)


def of_kind(*kinds: str) -> Who:
    return OfKind(frozenset(kinds))


@dataclass(frozen=True, slots=True)
class Wishing:
    """Guests who asked for this; known beforehand, too, for all who asked for the same."""

    wish: str

    def __call__(self, stay: StayFacts, house: House) -> bool:
        return self.wish in stay.wishes


@dataclass(frozen=True, slots=True)
class Reads:
    """For whom a rule speaks and the facts it looks at."""

    who: Who = anybody
    stay: tuple[str, ...] = ()
    room: tuple[str, ...] = ()
    named: str = ""
    situation: bool = False


@dataclass(frozen=True, slots=True)
class Must:
    name: str
    title: Say
    source: str
    check: MustRule
    reads: Reads
    always: bool
    """Nobody may switch it off."""


@dataclass(frozen=True, slots=True)
class Preference:
    name: str
    title: Say
    source: str
    tier: Tier
    points: Mapping[str, int]
    judge: PreferRule
    reads: Reads = field(default_factory=Reads)


MUSTS: dict[str, Must] = {}
PREFERENCES: dict[str, Preference] = {}


def must(*, title: Say, source: str, always: bool = False, **reads: Any) -> Callable[[MustRule], MustRule]:
    """Register a must under the name of its function; `title` is what the settings call it, `reads` as in `Reads`."""

    def register(rule: MustRule) -> MustRule:
        MUSTS[rule.__name__] = Must(rule.__name__, title, source, rule, Reads(**reads), always)
        return rule

    return register


def prefer(
    tier: Tier, *, title: Say, source: str, points: Mapping[str, int] | int, name: str = "", **reads: Any
) -> Callable[[PreferRule], PreferRule]:
    """Register a preference under the name of its function, or `name`; one number of points is called `points`."""
    by_name = {"points": points} if isinstance(points, int) else dict(points)

    def register(rule: PreferRule) -> PreferRule:
        called = name or rule.__name__
        PREFERENCES[called] = Preference(called, title, source, tier, by_name, rule, Reads(**reads))
        return rule

    return register


def title_of(name: str) -> Say:
    """What the settings call a rule, also one that the program does not have any more."""
    rule = MUSTS.get(name) or PREFERENCES.get(name)
    return rule.title if rule else say("a rule of earlier times")


from pms.assignment.rules import guests, musts, own_interest, parties, wishes  # noqa: E402, F401  (they register themselves)
