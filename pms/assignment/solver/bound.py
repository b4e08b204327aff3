"""How good any plan could be: a price that no plan which places everybody can undercut, all tiers below 0 added.

Every kind of stay gets a reward for being placed, and every room chooses its own cheapest sequence of stays, whoever
else takes them too; every party rents floors, and its members pay a toll on each of them. The rewards of all, plus what
rooms and parties pay, is such a bound for any rewards and tolls (Lagrangian relaxation); step by step stays taken too
seldom are paid more and floors that are used without being rented cost more. Doors and sides can only add to the price
and are left out.
"""

from __future__ import annotations

import math
import time

import numpy as np

from pms.assignment.solver.ground import Floats, lay_out
from pms.assignment.solver.problem import Problem
from pms.assignment.solver.sequences import Rooms
from pms.assignment.solver.tolls import GRAIN, Tolls

PACE, SLOWER = 1.5, 0.8  # how far a step goes at first, and its shrinking when the bound does not grow
WAIT = 30  # steps without a better bound before the pace is slackened
MEMORY = 0.7  # share of the direction so far in the next one


def lower_bound(problem: Problem, upper: int, *, seconds: float | None = None, steps: int | None = None) -> int:
    """No plan that gives everybody a room costs less than this in the tiers below 0 together.

    `upper` is the price of a known plan, by which the steps are measured; the bound holds whatever it is.
    """
    relaxed = Relaxed(problem)
    at = best_at = relaxed.start()
    best, pace, stale = -math.inf, PACE, 0
    direction, began, step = np.zeros(len(at)), time.monotonic(), 0
    while (steps is None or step < steps) and (seconds is None or time.monotonic() - began < seconds):
        step += 1
        value, slope = relaxed.value(at)
        stale = 0 if value > best else stale + 1
        if value > best:
            best, best_at = value, at
        elif stale >= WAIT:
            pace, stale, at, direction = pace * SLOWER, 0, best_at, np.zeros(len(at))
            continue
        direction = MEMORY * direction + (1 - MEMORY) * slope
        length = float(direction @ direction)
        if not length or best >= upper:
            break
        at = relaxed.allowed(at + pace * (upper - value) / length * direction)
    return max(math.ceil(best - 1e-6), 0)


class Relaxed:
    """Rooms and parties that know of each other only by rewards and tolls, which stand in one row of numbers."""

    def __init__(self, problem: Problem) -> None:
        ground = lay_out(problem)
        self.rooms = Rooms(ground)
        self.tolls = Tolls(ground, self.rooms.party, self.rooms.count)
        self.kinds = len(self.rooms.count)

    def start(self) -> Floats:
        """Each kind earns what its best room costs; nobody pays a toll."""
        return np.concatenate((self.rooms.cheapest(), np.zeros(self.tolls.size)))

    def allowed(self, at: Floats) -> Floats:
        """The nearest row that a bound may be taken of: tolls are not negative."""
        near: Floats = np.round(at * GRAIN) / GRAIN
        near[self.kinds :] = np.maximum(near[self.kinds :], 0.0)
        return near

    def value(self, at: Floats) -> tuple[float, Floats]:
        """The bound, and how it changes with each reward and toll."""
        reward, toll = at[: self.kinds], self.tolls.by_floor(at[self.kinds :])
        price, taken, on_floor = self.rooms.choose(reward, self.tolls.row, toll)
        rent, rented = self.tolls.rent(toll)
        slope = np.concatenate((self.rooms.count - taken, self.tolls.slope(on_floor, rented)))
        return price + rent + float(self.rooms.count @ reward), slope
