"""A plan in words and figures, by the scalar rules themselves: why this room, and what it costs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pms.assignment.facts import House, Neighbour, Reason, RoomFacts, Scored, StayFacts
from pms.assignment.rules import Tier
from pms.assignment.rules.book import RuleBook
from pms.say import Say, say

INNER = frozenset({"gaps_stay_sellable", "best_rooms_are_kept", "clean_rooms_first"})
"""Rules whose misses are the house's own business: nothing a guest goes without."""
FOR, AGAINST = 4, 4  # sentences of each kind that are kept with a placing


def score(house: House, stay: StayFacts, room: RoomFacts, book: RuleBook) -> Scored:
    """What the preferences say of giving the room to the stay now; what weighs most first."""
    cost = [0] * len(Tier)
    met: list[tuple[int, int, Reason]] = []
    missed: list[tuple[int, int, Reason]] = []
    for place, (rule, word) in enumerate(book.words(stay, room, house)):
        cost[rule.tier] += word.points
        kept, weight = (met, place) if word.good else (missed, -word.points)
        kept.append((rule.tier, weight, Reason(rule.source, word.text, rule.name)))
    return Scored(room, tuple(cost), _in_order(met), _in_order(missed))


def _in_order(words: list[tuple[int, int, Reason]]) -> tuple[Reason, ...]:
    return tuple(reason for _, _, reason in sorted(words, key=lambda each: each[:2]))


def reasons(choice: Scored) -> list[Say]:
    """The sentences that are kept with a placing: what speaks for the room, then what was not met."""
    kept = [reason.text for reason in choice.met[:FOR]]
    kept += [reason.text for reason in choice.missed if reason.rule not in INNER][:AGAINST]
    return kept or [say("The best room of the type that is free.")]


def asked_and_unmet(choice: Scored, book: RuleBook) -> tuple[int, list[Reason]]:
    """How many promises and wishes there were for this guest, and those that go without, the weightiest first."""
    unmet = [reason for reason in choice.missed if _was_asked(reason, book)]
    return len(unmet) + sum(_was_asked(reason, book) for reason in choice.met), unmet


def _was_asked(reason: Reason, book: RuleBook) -> bool:
    return reason.rule not in INNER and book.tier(reason.rule) in (Tier.PROMISE, Tier.WISH)


def neighbour(stay: StayFacts, room: RoomFacts) -> Neighbour:
    return Neighbour(stay.slots, room, stay.parties, stay.keep_apart, stay.id)


def explain(house: House, given: Iterable[tuple[StayFacts, RoomFacts]], book: RuleBook) -> Iterator[Scored]:
    """Each stay of a finished plan beside all the others. `house` is without them and is filled on the way."""
    settled = [(stay, neighbour(stay, room)) for stay, room in given]
    for _, who in settled:
        house.settle(who)
    for stay, who in settled:
        house.lift(who)
        yield score(house, stay, who.room, book)
        house.settle(who)
