"""Strangers on both sides of a connecting door, in low season: what a lifted stay pays for who stays put behind it."""

from __future__ import annotations

import numpy as np

from pms.assignment.solver.ground import Floats, Ground
from pms.assignment.solver.lifting import Lift
from pms.assignment.solver.prices import Prices
from pms.assignment.solver.problem import Ints

NOBODY = np.iinfo(np.int32).max


def add_noise(ground: Ground, prices: Prices, kept: Ints, lifted: Lift, cost: Floats) -> None:
    """Adds to `cost` [lifted stays, rooms] the shared nights with strangers who keep their rooms."""
    problem = ground.problem
    if problem.noise is None:
        return
    amount = prices.weight[problem.noise.tier] * problem.noise.amount
    sleeps = _who_sleeps_where(ground, kept)
    first, until = problem.first[lifted.stays] // 2, problem.last[lifted.stays] // 2
    for behind in ground.doors[lifted.rooms].T:
        at_door = np.flatnonzero(behind >= 0)
        people = sleeps[behind[at_door]]
        counted = np.zeros((len(at_door), people.shape[1] + 1), np.int32)
        np.cumsum(people != NOBODY, axis=1, out=counted[:, 1:])
        cost[:, at_door] += amount * (counted[:, until] - counted[:, first]).T
        for row in np.flatnonzero(problem.company[lifted.stays] >= 0).tolist():
            friends = people[:, first[row] : until[row]] == problem.company[lifted.stays[row]]
            cost[row, at_door] -= amount * friends.sum(axis=1)


def one_side_of_doors(ground: Ground, rooms: Ints, rng: np.random.Generator) -> Ints:
    """The rooms without one side of each connecting door, so that who moves knows who stays behind it."""
    pairs = ground.problem.pairs
    if ground.problem.noise is None or not len(pairs) or rng.random() < 0.5:
        return rooms
    out = pairs[np.arange(len(pairs)), rng.integers(2, size=len(pairs))]
    return rooms[~np.isin(rooms, out)]


def _who_sleeps_where(ground: Ground, kept: Ints) -> Ints:
    """[R, nights + 1] label of who sleeps there."""
    problem = ground.problem
    sleeps = np.full((problem.rooms, problem.nights + 1), NOBODY, np.int32)
    for stay in np.flatnonzero(kept >= 0).tolist():
        sleeps[kept[stay], problem.first[stay] // 2 : problem.last[stay] // 2] = ground.stranger[stay]
    return sleeps
