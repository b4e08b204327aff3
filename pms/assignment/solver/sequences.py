"""Rooms in the bound: each chooses its own cheapest sequence of stays, gaps included, whoever else takes them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from pms.assignment.solver.ground import Floats, Ground
from pms.assignment.solver.problem import Ints


@dataclass(frozen=True, slots=True)
class Kind:
    """Stays from one slot to another, by their kinds: `price` is [R, kinds], infinite where one may not be."""

    first: int
    last: int
    kinds: slice
    price: Floats


class Choice(NamedTuple):
    """What each room pays [R] less what it earns, and the stays it takes: a room and a kind for each."""

    price: Floats
    room: Ints
    kind: Ints


class Rooms:
    """Every room and the cheapest sequence of stays for it. Kinds are stays of equal wants and nights.

    `weight` [T] is what a unit of each tier counts.
    """

    def __init__(self, ground: Ground, weight: Floats) -> None:
        problem = self.problem = ground.problem
        self.weight = weight
        self.gap = (ground.gap * weight[problem.gap_tier]).astype(np.float32)
        free = np.flatnonzero(ground.movable)
        minds = (problem.change[free] > 0) & (problem.change_tier > 0)
        minding = np.where(minds, problem.current[free], -1)
        columns = (problem.first, problem.last, problem.wants, _paying_party(ground), problem.change)
        keys = np.stack([column[free] for column in columns] + [minding], axis=1)
        kinds, kind_of, self.count = np.unique(keys, axis=0, return_inverse=True, return_counts=True)
        self.stays = np.split(free[np.argsort(kind_of.ravel(), kind="stable")], np.cumsum(self.count))[:-1]
        self.party, self.floor = kinds[:, 3], ground.floor
        self.stood = self._standing()
        self.spans = [self._span(kinds, start, stop) for start, stop in _equal_nights(kinds)]

    def cheapest(self) -> Floats:
        """What a kind pays in the room that suits it best."""
        return np.concatenate([span.price.min(axis=0) for span in self.spans] or [np.zeros(0)]).astype(np.float64)

    def fits(self, floors: int) -> Ints:
        """[kinds, floors] how many rooms of each floor one of the kind may have."""
        found = np.zeros((len(self.count), floors), np.int32)
        for span in self.spans:
            room, kind = np.nonzero(np.isfinite(span.price))
            np.add.at(found, (span.kinds.start + kind, self.floor[room]), 1)
        return found

    def floors_needed(self, parties: int, floors: int) -> Ints:
        """[parties] how many floors it takes to have rooms for all members who come and leave together."""
        needed = np.ones(parties, np.int32)
        for span in self.spans:
            party = self.party[span.kinds]
            for one in np.unique(party[party >= 0]).tolist():
                rooms = np.isfinite(span.price[:, party == one]).any(axis=1)
                fit = np.sort(np.bincount(self.floor[rooms], minlength=floors))[::-1].cumsum()
                short = int((fit < self.count[span.kinds][party == one].sum()).sum())
                needed[one] = max(needed[one], min(short + 1, floors))
        return needed

    def choose(self, reward: Floats, row: Ints, toll: Floats) -> Choice:
        """What suits each room best. Of a kind with a `row` every stay pays a toll [row, floors] as well."""
        rooms, slots = self.problem.rooms, 2 * self.problem.nights + 3
        paid = np.full(
            (slots + 1, rooms), np.inf, np.float32
        )  # by the slot in which the last stay ends; the last: none yet
        paid[slots] = 0.0
        came = np.zeros((slots + 1, rooms), np.int32)  # the end before the stay that ends here
        kind = np.full((slots + 1, rooms), -1, np.int32)
        at = 0
        for slot in range(slots):
            standing, spans = self.stood.get(slot, ()), []
            while at < len(self.spans) and self.spans[at].first == slot:
                spans.append(self.spans[at])
                at += 1
            if spans or standing:
                before, price = self._cheapest_before(paid, slot)
                for span in spans:
                    own = self._own(span, reward, row, toll)
                    self._end_with(span, own, before, price, paid, came, kind)
                for room, last in standing:
                    paid[:, room] = np.inf
                    paid[last, room], came[last, room], kind[last, room] = price[room], before[room], -1
        return self._chosen(paid, came, kind)

    def on_floor(self, choice: Choice, row: Ints, shape: tuple[int, ...]) -> Ints:
        """[row, floors] members of parties where the rooms of a choice would have them."""
        found = np.zeros(shape, np.int64)
        rows = row[choice.kind]
        np.add.at(found, (rows[rows >= 0], self.floor[choice.room[rows >= 0]]), 1)
        return found

    def _cheapest_before(self, paid: Floats, slot: int) -> tuple[Ints, Floats]:
        """For who comes at `slot`: the end of the stay before that is cheapest, gap included, and the price so far."""
        ends = np.append(np.arange(slot + 1), len(paid) - 1)
        gap = np.append(self.gap[slot // 2 - ends[:-1] // 2], np.float32(0))
        price = paid[ends] + gap[:, None]
        best = price.argmin(axis=0)
        return ends[best], np.take_along_axis(price, best[None], axis=0)[0]

    def _own(self, span: Kind, reward: Floats, row: Ints, toll: Floats) -> Floats:
        """[R, kinds] what each kind of the span pays in a room less its reward."""
        own = span.price - reward[span.kinds].astype(np.float32)
        rows = row[span.kinds]
        paying = np.flatnonzero(rows >= 0)
        if len(paying):
            own[:, paying] += toll[rows[paying]].astype(np.float32).T[self.floor]
        return own

    def _end_with(
        self, span: Kind, own: Floats, before: Ints, price: Floats, paid: Floats, came: Ints, kind: Ints
    ) -> None:
        chosen = own.argmin(axis=1)
        total = price + own[np.arange(len(own)), chosen]
        better = total < paid[span.last]
        paid[span.last][better] = total[better]
        came[span.last][better] = before[better]
        kind[span.last][better] = chosen[better] + span.kinds.start

    def _chosen(self, paid: Floats, came: Ints, kind: Ints) -> Choice:
        """Walked back from the last stay of every room."""
        rooms, end = np.arange(self.problem.rooms), paid.argmin(axis=0)
        where, what = [], []
        while len(rooms):
            going = end < len(paid) - 1
            rooms, end = rooms[going], end[going]
            chosen = kind[end, rooms]
            where.append(rooms[chosen >= 0])
            what.append(chosen[chosen >= 0])
            end = came[end, rooms]
        none = [np.zeros(0, np.int64)]
        return Choice(paid.min(axis=0), np.concatenate(where or none), np.concatenate(what or none))

    def _standing(self) -> dict[int, list[tuple[int, int]]]:
        """By the slot in which they begin: rooms and ends of fixed stays and closures."""
        problem = self.problem
        standing: dict[int, list[tuple[int, int]]] = {}
        fixed = np.flatnonzero(problem.fixed >= 0)
        facts = np.stack((problem.fixed[fixed], problem.first[fixed], problem.last[fixed]), 1)
        for room, first, last in np.concatenate((facts, problem.blocked)).tolist():
            standing.setdefault(first, []).append((room, last))
        return standing

    def _span(self, kinds: Ints, start: int, stop: int) -> Kind:
        problem = self.problem
        first, last = int(kinds[start, 0]), int(kinds[start, 1])
        wants, change, minding = kinds[start:stop, 2], kinds[start:stop, 4], kinds[start:stop, 5]
        price = np.zeros((problem.rooms, stop - start), np.float32)
        for tier in range(1, problem.tiers):
            price += np.float32(self.weight[tier]) * problem.cost[problem.pays[tier, wants]].T
        price += np.where((minding >= 0) & (np.arange(problem.rooms)[:, None] != minding), change, 0) * np.float32(
            self.weight[problem.change_tier]
        )
        price[~problem.allowed[problem.may[wants]].T] = np.inf
        for begin, standing in self.stood.items():
            for room, end in standing:
                if begin < last and end > first:
                    price[room] = np.inf
        return Kind(first, last, slice(start, stop), price)


def _equal_nights(kinds: Ints) -> list[tuple[int, int]]:
    """Where kinds (sorted) of the same first and last slot begin and end."""
    new = np.flatnonzero((kinds[1:, :2] != kinds[:-1, :2]).any(axis=1)) + 1
    edges = [0, *new.tolist(), len(kinds)]
    return [(start, stop) for start, stop in pairwise(edges) if stop > start]


def _paying_party(ground: Ground) -> Ints:
    """[S] the first party of a stay that pays for a further floor, or -1."""
    party = np.full(ground.problem.stays, -1, np.int32)
    paying = ground.split[ground.member_of, 1:].any(axis=1)
    party[ground.member[paying][::-1]] = ground.member_of[paying][::-1]
    return party
