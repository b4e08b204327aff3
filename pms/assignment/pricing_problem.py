"""From facts and rules to the arrays the search works on: who is where, what is closed, what every choice costs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from pms.assignment.facts import LOW_SEASON, House, Membership, StayFacts, keep_apart_conflict
from pms.assignment.pricing import Bools, Ints, Pricing
from pms.assignment.rules import Tier
from pms.assignment.rules.book import RuleBook
from pms.assignment.rules.parties import SPLIT, UNCONNECTED
from pms.assignment.solver.problem import NOBODY, NOWHERE, Party, Price, Problem

STRONGEST = ("vip", "family", "colleagues", "company", "booking", "group")  # what a party is when its people differ


@dataclass(frozen=True, slots=True)
class _Row:
    """A stay of the problem: one to be placed, or somebody who has a room already."""

    slots: int
    parties: tuple[Membership, ...]
    keep_apart: str
    room: int = NOWHERE
    held: int = NOWHERE


def problem_of(house: House, stays: Sequence[StayFacts], book: RuleBook, pricing: Pricing | None = None) -> Problem:
    """The stays, in this order, then everybody settled in `house` as fixed. Rooms in the order of `house.rooms`.

    Day use takes no half day and has no place in it: ask `engine.rank_rooms` for such stays.
    """
    pricing = pricing or Pricing(house, book)
    places = {room.id: place for place, room in enumerate(pricing.columns.rooms)}
    rows = [*_to_place(stays, places), *_settled(house, places)]
    taken = [bits for bits in (*(row.slots for row in rows), *house.closed.values()) if bits]
    base = min(map(_first, taken), default=0) // 2 * 2
    closed = list(_closures(house, places, base))
    ends = [row.slots.bit_length() - base for row in rows]
    priced = pricing.of(stays)
    others = len(rows) - len(stays)
    apart_of, apart = _sides(rows)
    gap = book.points("gaps_stay_sellable", "one_night"), book.points("gaps_stay_sellable", "two_nights")
    return Problem(
        nights=(max([*ends, *(end for _, _, end in closed)], default=1) + 1) // 2,
        tiers=len(Tier),
        first=_ints([_first(row.slots) - base for row in rows]),
        last=_ints(ends),
        priority=_ints([book.without_room(stay, house) for stay in stays] + [1] * others),
        fixed=_ints([row.room for row in rows]),
        wants=np.concatenate([priced.wants, np.zeros(others, np.int32)]),
        may=priced.may,
        pays=priced.pays,
        allowed=priced.allowed,
        cost=priced.cost,
        floor=pricing.columns.floor,
        blocked=_ints(closed).reshape(-1, 3),
        pairs=_ints(_doors(house, places)).reshape(-1, 2),
        parties=tuple(_parties(rows, book)),
        company=_labels(rows),
        side=apart_of,
        apart=apart,
        gap=_ints([0, *gap, book.points("gaps_stay_sellable", "three_nights")]),
        gap_tier=book.tier("gaps_stay_sellable"),
        noise=_noise(house, book),
        current=_ints([row.held for row in rows]),
        change=np.full(len(rows), book.points("a_room_given_is_kept"), np.int32),
        change_tier=book.tier("a_room_given_is_kept"),
    )


def _to_place(stays: Iterable[StayFacts], places: dict[int, int]) -> Iterator[_Row]:
    for stay in stays:
        room = NOWHERE if stay.fixed_room is None else places[stay.fixed_room]
        held = NOWHERE if stay.held_room is None else places.get(stay.held_room, NOWHERE)
        yield _Row(stay.slots, stay.parties, stay.keep_apart, room, held)


def _settled(house: House, places: dict[int, int]) -> Iterator[_Row]:
    for room_id, people in house.by_room.items():
        for who in people:
            if who.slots:
                yield _Row(who.slots, who.parties, who.keep_apart, places[room_id])


def _first(slots: int) -> int:
    return (slots & -slots).bit_length() - 1


def _closures(house: House, places: dict[int, int], base: int) -> Iterator[tuple[int, int, int]]:
    """Each stretch of half days a room is closed, as (room, first, after the last) from `base` on."""
    for room_id, bits in house.closed.items():
        left = bits >> base
        while left:
            low = _first(left)
            run = (~(left >> low) & -~(left >> low)).bit_length() - 1
            yield places[room_id], low, low + run
            left = left >> (low + run) << (low + run)


def _doors(house: House, places: dict[int, int]) -> list[tuple[int, int]]:
    return sorted((places[a], places[b]) for a, others in house.connecting.items() for b in others if a < b)


def _parties(rows: Sequence[_Row], book: RuleBook) -> Iterator[Party]:
    members: dict[str, list[int]] = {}
    kinds: dict[str, set[Membership]] = {}
    for place, row in enumerate(rows):
        for party in row.parties:
            members.setdefault(party.key, []).append(place)
            kinds.setdefault(party.key, set()).add(party)
    for key, places in members.items():
        if len(places) > 1:
            kind = min((party.kind for party in kinds[key]), key=STRONGEST.index)
            yield Party(tuple(places), _price(book, SPLIT.get(kind)), _price(book, UNCONNECTED.get(kind)))


def _price(book: RuleBook, rule: str | None) -> Price | None:
    amount = book.points(rule) if rule else 0
    return Price(book.tier(rule), amount) if rule and amount else None


def _noise(house: House, book: RuleBook) -> Price | None:
    amount = book.points("strangers_do_not_share_a_door", "per_night")
    if house.season != LOW_SEASON or not amount:
        return None
    return Price(book.tier("strangers_do_not_share_a_door"), amount)


def _labels(rows: Sequence[_Row]) -> Ints:
    labels: dict[str, int] = {}
    return _ints([labels.setdefault(row.parties[-1].key, len(labels)) if row.parties else NOBODY for row in rows])


def _sides(rows: Sequence[_Row]) -> tuple[Ints, Bools]:
    tags: dict[str, int] = {}
    side = _ints([tags.setdefault(row.keep_apart, len(tags)) if row.keep_apart else NOBODY for row in rows])
    apart = [[keep_apart_conflict(one, other) for other in tags] for one in tags]
    return side, np.array(apart, np.bool_).reshape(len(tags), len(tags))


def _ints(values: Sequence[object]) -> Ints:
    return np.array(values, dtype=np.int32)
