"""How good any plan could be: a price that no plan which places everybody can undercut, all tiers below 0 added.

Every kind of stay gets a reward for being placed, and every room chooses its own cheapest sequence of stays, whoever
else takes them too; every party rents floors, and its members pay a toll on each of them. The rewards of all, plus what
rooms and parties pay, is such a bound for any rewards and tolls (Lagrangian relaxation); step by step stays taken too
seldom are paid more and floors that are used without being rented cost more. A floor has so many rooms that members may
have at all: a party rents as many floors as that takes. Doors and sides can only add to the price and are left out.
"""

from __future__ import annotations

import math
import time

import numpy as np

from pms.assignment.solver.ground import Floats, lay_out
from pms.assignment.solver.problem import Problem
from pms.assignment.solver.sequences import Choice, Rooms
from pms.assignment.solver.tolls import GRAIN, Tolls

STEP, LAST_STEP = 3.0, 0.05  # points by which a reward or toll may change at first, and at the end
MEMORY, SCALE = 0.9, 0.99  # how long the direction, and how steep each of them was, is remembered
FLAT = 0.01  # slope below which a reward changes more slowly
ENOUGH = 500  # steps when neither time nor steps are given


def lower_bound(
    problem: Problem, upper: int | None = None, *, seconds: float | None = None, steps: int | None = None
) -> int:
    """No plan that gives everybody a room costs less than this in the tiers below 0 together.

    Looks no further once it meets `upper`, the price of a known plan. The more time or steps, the higher the bound.
    """
    if seconds is None and steps is None:
        steps = ENOUGH
    began, step, spent = time.monotonic(), 0, 0.0
    relaxed = Relaxed(problem)
    at, best = relaxed.start(), 0.0
    ascent = Ascent(len(at))
    while spent < 1.0 and (upper is None or best < upper):
        value, slope = relaxed.value(at)
        best = max(best, value)
        step += 1
        by_steps = step / steps if steps else 0.0
        spent = max(by_steps, (time.monotonic() - began) / seconds) if seconds is not None else by_steps
        at = relaxed.allowed(at + ascent.step(slope, STEP * (LAST_STEP / STEP) ** min(spent, 1.0)))
    return math.ceil(best - 1e-6)


class Ascent:
    """Uphill with a pace of its own for each number (Adam, Kingma and Ba 2015): a tenth of the steps that one pace for
    all of them took."""

    def __init__(self, size: int) -> None:
        self.direction, self.steepness, self.steps = np.zeros(size), np.zeros(size), 0

    def step(self, slope: Floats, pace: float) -> Floats:
        self.steps += 1
        self.direction += (1 - MEMORY) * (slope - self.direction)
        self.steepness += (1 - SCALE) * (slope * slope - self.steepness)
        direction = self.direction / (1 - MEMORY**self.steps)
        steep = np.sqrt(self.steepness / (1 - SCALE**self.steps))
        by: Floats = pace * direction / (steep + FLAT)
        return by


class Relaxed:
    """Rooms and parties that know of each other only by rewards and tolls, which stand in one row of numbers.

    `weight` [T] is what a unit of each tier counts, all the same when nothing else is said.
    """

    def __init__(self, problem: Problem, weight: Floats | None = None) -> None:
        ground = lay_out(problem)
        weight = np.ones(problem.tiers) if weight is None else weight
        self.rooms = Rooms(ground, weight)
        fits = self.rooms.fits(ground.floors)
        fewest = self.rooms.floors_needed(len(ground.split), ground.floors)
        self.tolls = Tolls(ground, self.rooms.party, self.rooms.count, fits, fewest, weight)
        self.kinds = len(self.rooms.count)

    def start(self) -> Floats:
        """Each kind earns what its best room costs, if there is one for it; nobody pays a toll."""
        cheapest = self.rooms.cheapest()
        return np.concatenate((np.where(np.isfinite(cheapest), cheapest, 0.0), np.zeros(self.tolls.size)))

    def allowed(self, at: Floats) -> Floats:
        """The nearest row that a bound may be taken of: tolls are not negative."""
        near: Floats = np.round(at * GRAIN) / GRAIN
        near[self.kinds :] = np.maximum(near[self.kinds :], 0.0)
        return near

    def choose(self, at: Floats) -> Choice:
        """What the rooms would take for these rewards and tolls."""
        return self.rooms.choose(at[: self.kinds], self.tolls.row, self.tolls.by_floor(at[self.kinds :]))

    def value(self, at: Floats) -> tuple[float, Floats]:
        """The bound, and how it changes with each reward and toll."""
        choice, toll = self.choose(at), self.tolls.by_floor(at[self.kinds :])
        rent, rented = self.tolls.rent(toll)
        taken = np.bincount(choice.kind, minlength=self.kinds)
        on_floor = self.rooms.on_floor(choice, self.tolls.row, toll.shape)
        slope = np.concatenate((self.rooms.count - taken, self.tolls.slope(on_floor, rented)))
        price = float(choice.price.sum(dtype=np.float64))
        return price + rent + float(self.rooms.count @ at[: self.kinds]), slope
