"""How good any plan could be: a price that no plan which places everybody can undercut, all tiers below 0 added.

Every kind of stay gets a reward for being placed, and every room chooses its own cheapest sequence of stays, whoever
else takes them too. The rewards of all, plus what the rooms pay less what they earn, is such a bound for any rewards
(Lagrangian relaxation); step by step those taken too seldom are paid more, those taken too often less. Parties, doors
and sides can only add to the price and are left out.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from pms.assignment.solver.ground import Floats, Ground, lay_out
from pms.assignment.solver.problem import Ints, Problem

GRAIN = 64.0  # rewards are multiples of 1/64, so that single precision adds them up without error
PACE, SLOWER = 1.5, 0.7  # how far a step goes at first, and its shrinking when the bound does not grow
WAIT = 12  # steps without a better bound before the pace is slackened
MEMORY = 0.7  # share of the direction so far in the next one


def lower_bound(problem: Problem, upper: int, *, seconds: float | None = None, steps: int | None = None) -> int:
    """No plan that gives everybody a room costs less than this in the tiers below 0 together.

    `upper` is the price of a known plan, by which the steps are measured; the bound holds whatever it is.
    """
    rooms = Rooms(lay_out(problem))
    reward = rooms.first_rewards()
    best, best_reward, pace, stale = -math.inf, reward, PACE, 0
    direction, began, step = np.zeros(len(reward)), time.monotonic(), 0
    while (steps is None or step < steps) and (seconds is None or time.monotonic() - began < seconds):
        price, taken = rooms.choose(reward)
        value = price + float(rooms.count @ reward)
        stale = 0 if value > best else stale + 1
        if value > best:
            best, best_reward = value, reward
        elif stale >= WAIT:
            pace, stale, reward, direction = pace * SLOWER, 0, best_reward, np.zeros(len(reward))
            step += 1
            continue
        direction = MEMORY * direction + (1 - MEMORY) * (rooms.count - taken)
        length = float(direction @ direction)
        if not length or best >= upper:
            break
        reward = np.round((reward + pace * (upper - value) / length * direction) * GRAIN) / GRAIN
        step += 1
    return max(math.ceil(best - 1e-6), 0)


@dataclass(frozen=True, slots=True)
class Kind:
    """Stays from one slot to another, by their kinds: `price` is [R, kinds], infinite where one may not be."""

    first: int
    last: int
    kinds: slice
    price: Floats


class Rooms:
    """Every room and the cheapest sequence of stays for it. Kinds are stays of equal wants and nights."""

    def __init__(self, ground: Ground) -> None:
        problem = self.problem = ground.problem
        self.gap = ground.gap.astype(np.float32)
        free = np.flatnonzero(ground.movable)
        minding = np.where(problem.change[free] > 0, problem.current[free], -1)
        keys = np.stack(
            (problem.first[free], problem.last[free], problem.wants[free], minding, problem.change[free]), 1
        )
        kinds, self.count = np.unique(keys, axis=0, return_counts=True)
        self.stood = self._standing()
        self.spans = [self._span(kinds, start, stop) for start, stop in _equal_nights(kinds)]

    def first_rewards(self) -> Floats:
        """What a kind pays in the room that suits it best."""
        return np.concatenate([span.price.min(axis=0) for span in self.spans] or [np.zeros(0)]).astype(np.float64)

    def choose(self, reward: Floats) -> tuple[float, Ints]:
        """What the rooms pay less what they earn, and how often each kind is taken."""
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
                    self._end_with(span, reward, before, price, paid, came, kind)
                for room, last in standing:
                    paid[:, room] = np.inf
                    paid[last, room], came[last, room], kind[last, room] = price[room], before[room], -1
        return float(paid.min(axis=0).sum(dtype=np.float64)), self._taken(paid, came, kind)

    def _cheapest_before(self, paid: Floats, slot: int) -> tuple[Ints, Floats]:
        """For who comes at `slot`: the end of the stay before that is cheapest, gap included, and the price so far."""
        ends = np.append(np.arange(slot + 1), len(paid) - 1)
        gap = np.append(self.gap[slot // 2 - ends[:-1] // 2], np.float32(0))
        price = paid[ends] + gap[:, None]
        best = price.argmin(axis=0)
        return ends[best], np.take_along_axis(price, best[None], axis=0)[0]

    def _end_with(
        self, span: Kind, reward: Floats, before: Ints, price: Floats, paid: Floats, came: Ints, kind: Ints
    ) -> None:
        own = span.price - reward[span.kinds].astype(np.float32)
        chosen = own.argmin(axis=1)
        total = price + own[np.arange(len(own)), chosen]
        better = total < paid[span.last]
        paid[span.last][better] = total[better]
        came[span.last][better] = before[better]
        kind[span.last][better] = chosen[better] + span.kinds.start

    def _taken(self, paid: Floats, came: Ints, kind: Ints) -> Ints:
        taken, rooms = np.zeros(len(self.count), np.int64), np.arange(self.problem.rooms)
        end = paid.argmin(axis=0)
        while len(rooms):
            going = end < len(paid) - 1
            rooms, end = rooms[going], end[going]
            chosen = kind[end, rooms]
            taken += np.bincount(chosen[chosen >= 0], minlength=len(taken))
            end = came[end, rooms]
        return taken

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
        wants, minding, change = kinds[start:stop, 2], kinds[start:stop, 3], kinds[start:stop, 4]
        price = np.zeros((problem.rooms, stop - start), np.float32)
        for tier in range(1, problem.tiers):
            price += problem.cost[tier][wants].T
        price += np.where((minding >= 0) & (np.arange(problem.rooms)[:, None] != minding), change, 0)
        price[~problem.allowed[wants].T] = np.inf
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
