"""A room for everybody: the longer a guest has waited outside, the more it weighs to leave him there.

Moves are the same linear assignments, but comfort counts little and the holes that remain are kept long. Who is left
out changes from step to step; the growing weights drive the search away from leaving the same few out for ever.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from pms.assignment.solver.ground import Ground
from pms.assignment.solver.lifting import lift
from pms.assignment.solver.nights import settle
from pms.assignment.solver.parties import connected
from pms.assignment.solver.prices import Prices
from pms.assignment.solver.problem import Bools, Ints
from pms.assignment.solver.windows import block_around, one_side_at_a_time

OUTSIDE = 200_000.0  # of a guest of one night; far above all comfort of a run
LONGER = 1.5  # power of the nights: a long stay is much harder to place than two short ones
IMPATIENCE = 1.3  # growth of the weight with every step outside
HOLE = 60.0  # times the root of its nights: one long hole is better than two short ones
CHANCE = 20.0  # drawn for every run and room, so that equal plans follow each other
APART, LATER = 0.1, 60  # share of the steps in which couples may be torn apart, once so many steps did not help


class Insertion:
    """One search from the plan `room`, which `step` after `step` may get worse in every other tier."""

    def __init__(self, ground: Ground, plain: Prices, room: Ints, rng: np.random.Generator) -> None:
        problem = ground.problem
        self.ground, self.room, self.rng, self.steps = ground, room, rng, 0
        nights = np.maximum(problem.last // 2 - problem.first // 2, 1)
        self.weight = nights**LONGER * (1 + problem.priority / (100 * problem.priority.max()))
        gap = HOLE * np.sqrt(np.arange(len(plain.gap)))
        gap[-1] = 0.0
        self.prices = replace(plain, gap=gap)

    def step(self) -> None:
        """Settle everybody again around one guest without a room."""
        ground, rng = self.ground, self.rng
        outside = self._outside()
        guest = int(rng.choice(np.flatnonzero(outside)))
        stay_put = one_side_at_a_time(ground, rng)
        self.steps += 1
        if self.steps < LATER or rng.random() >= APART:
            stay_put |= connected(ground, self.room)
        rooms = block_around(ground, guest, rng)
        lifted = lift(ground, self.room, rooms, self._window(guest), stay_put)
        prices = replace(self.prices, left_out=self.weight * OUTSIDE)
        chance = rng.random((len(lifted.starts), len(rooms))) * CHANCE
        new = settle(ground, prices, self.room, lifted, chance=chance)
        if self.weight[new < 0].sum() <= self.weight[outside].sum():
            self.room = new
        self.weight[self._outside()] *= IMPATIENCE

    def _outside(self) -> Bools:
        return (self.room < 0) & self.ground.movable

    def _window(self, guest: int) -> tuple[int, int]:
        """One of his nights, all of them, those up to one of them, or everything from one of them on."""
        problem = self.ground.problem
        first, last = int(problem.first[guest]), int(problem.last[guest])
        night = 2 * int(self.rng.integers(first // 2, max(last // 2, first // 2 + 1))) + 1
        end = 2 * problem.nights + 2
        windows = ((night, night + 1), (first, last), (first, night + 1), (night, max(end, night + 1)))
        return windows[int(self.rng.integers(len(windows)))]
