"""The catalogue of placing rules. A rule is one small function and its sentence; the decorator registers it.

A *must* returns the sentence that forbids the room, or nothing. A *preference* returns nothing where it has nothing to
say, `met(sentence)` where the room suits, or `missed(sentence)` where it does not; `by` scales its weight.
Tiers are lexicographic: no gain in a lower tier pays for a loss in a higher one.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from typing import NamedTuple

from pms.assignment.facts import House, RoomFacts, StayFacts
from pms.say import Say


class Tier(IntEnum):
    PROMISE = 0  # VIP room and entourage floor, disabled guests, families connecting
    WISH = 1  # what the guest asked for, numbers shunned
    SUITS = 2  # what suits a kind of guest
    HOUSE = 3  # the house's own interest


class Word(NamedTuple):
    """What a preference says of a room; `by` 0..1 is how much of its weight counts against the room."""

    text: Say
    by: float


def met(text: Say) -> Word:
    return Word(text, 0.0)


def missed(text: Say, by: float = 1.0) -> Word:
    return Word(text, by)


MustRule = Callable[[StayFacts, RoomFacts, House], Say | None]
PreferRule = Callable[[StayFacts, RoomFacts, House], Word | None]


class Must(NamedTuple):
    name: str
    source: str
    check: MustRule


class Preference(NamedTuple):
    name: str
    source: str
    tier: Tier
    weight: float
    judge: PreferRule


MUSTS: list[Must] = []
PREFERENCES: list[Preference] = []


def must(*, source: str) -> Callable[[MustRule], MustRule]:
    def register(rule: MustRule) -> MustRule:
        MUSTS.append(Must(rule.__name__, source, rule))
        return rule

    return register


def prefer(tier: Tier, *, weight: float, source: str) -> Callable[[PreferRule], PreferRule]:
    def register(rule: PreferRule) -> PreferRule:
        PREFERENCES.append(Preference(rule.__name__, source, tier, weight, rule))
        return rule

    return register


from pms.assignment.rules import guests, house, musts, parties, wishes  # noqa: E402, F401  (they register themselves)
