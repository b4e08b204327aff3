"""Another room by the guest's words (P6): higher, quieter, another bed, far from the lift, next to friends."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import NamedTuple

from pms.assignment.facts import House, RoomFacts, Scored, StayFacts
from pms.say import Say, say

Fits = Callable[[RoomFacts, RoomFacts | None, StayFacts, House], bool]


class Word(NamedTuple):
    """A word of the guest; `fits(room, unwanted, stay, house)` looks at the room beside the one that was refused."""

    label: Say
    fits: Fits


def _has(*features: str) -> Fits:
    return lambda room, unwanted, stay, house: not room.features.isdisjoint(features)


def _higher(room: RoomFacts, unwanted: RoomFacts | None, stay: StayFacts, house: House) -> bool:
    return room.floor > unwanted.floor if unwanted else "high" in room.features


def _lower(room: RoomFacts, unwanted: RoomFacts | None, stay: StayFacts, house: House) -> bool:
    return room.floor < unwanted.floor if unwanted else "low" in room.features


def _other_bed(room: RoomFacts, unwanted: RoomFacts | None, stay: StayFacts, house: House) -> bool:
    beds = frozenset({"king", "twin"})
    return unwanted is not None and room.features & beds != unwanted.features & beds


def _next_to_friends(room: RoomFacts, unwanted: RoomFacts | None, stay: StayFacts, house: House) -> bool:
    mates = [mate for party in stay.parties for mate in house.mates(party)]
    return any(mate.room.floor == room.floor or house.connects(mate.room, room) for mate in mates)


WORDS: dict[str, Word] = {
    "higher": Word(say("higher"), _higher),
    "lower": Word(say("lower"), _lower),
    "quieter": Word(say("quieter"), _has("quiet")),
    "view": Word(say("with a view"), _has("city_view", "lake_view")),
    "other_bed": Word(say("another bed"), _other_bed),
    "far_from_lift": Word(say("far from the lift"), _has("far_from_lift")),
    "near_lift": Word(say("near the lift"), _has("near_lift")),
    "next_to_friends": Word(say("next to friends"), _next_to_friends),
}


class Fitting(NamedTuple):
    """A room and which of the guest's words it does and does not meet."""

    choice: Scored
    meets: list[str]
    lacks: list[str]


def by_words(
    ranked: Iterable[Scored], words: Collection[str], unwanted: RoomFacts | None, stay: StayFacts, house: House
) -> list[Fitting]:
    """The rooms that meet most of the words first; among those the best by the rules."""
    found = []
    for choice in ranked:
        meets = [word for word in words if WORDS[word].fits(choice.room, unwanted, stay, house)]
        found.append(Fitting(choice, meets, [word for word in words if word not in meets]))
    return sorted(found, key=lambda each: len(each.lacks))
