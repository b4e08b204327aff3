"""The move that works: lift runs of stays out of many rooms, and place them all again at once, optimally.

A room takes one run: one linear assignment finds the best hole for each of them, gaps included. Parties and sides are
priced as they live now; the whole plan is scored afterwards.
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import linear_sum_assignment

from pms.assignment.solver.ground import Floats, Ground
from pms.assignment.solver.keep_apart import Floors
from pms.assignment.solver.lifting import NOBODY_AFTER, NOBODY_BEFORE, Lift
from pms.assignment.solver.noise import add_noise
from pms.assignment.solver.parties import door_prices, floor_prices
from pms.assignment.solver.prices import Prices
from pms.assignment.solver.problem import NOWHERE, Ints

NEVER = 1 << 16  # nights to a neighbour who is not there


def settle(
    ground: Ground,
    prices: Prices,
    room: Ints,
    lifted: Lift,
    *,
    meant: dict[int, int] | None = None,
    chance: Floats | None = None,
) -> Ints:
    """[S] the plan with the lifted runs in their best holes.

    `meant` names the floor a party is to live on; `chance` [runs, rooms] is added to the price.
    """
    new = room.copy()
    if not len(lifted.stays):
        return new
    new[lifted.stays] = NOWHERE
    cost = _prices_of_runs(ground, prices, room, new, lifted, meant or {})
    if chance is not None:
        cost += chance
    gain = _against_no_room(ground, prices, lifted, cost)
    runs, holes = linear_sum_assignment(gain)
    goes = gain[runs, holes] < 0
    where = np.full(len(lifted.starts), NOWHERE, np.int32)
    where[runs[goes]] = lifted.rooms[holes[goes]]
    new[lifted.stays] = np.repeat(where, _lengths(lifted))
    return new


def _lengths(lifted: Lift) -> Ints:
    return np.diff(lifted.starts, append=len(lifted.stays))


def _prices_of_runs(
    ground: Ground, prices: Prices, room: Ints, kept: Ints, lifted: Lift, meant: dict[int, int]
) -> Floats:
    """[runs, rooms] what the guests of a run pay in a room, infinite where one of them may not be."""
    problem = ground.problem
    stays, rooms = lifted.stays, lifted.rooms
    cost = prices.guests(stays, rooms)
    _add_changes(ground, prices, cost, lifted)
    add_noise(ground, prices, kept, lifted, cost)
    row = np.full(problem.stays, -1, np.int32)
    row[stays] = np.arange(len(stays))
    for stay, per_floor in floor_prices(ground, prices, room, kept, row >= 0, meant):
        cost[row[stay]] += per_floor[ground.floor[rooms]]
    for stay, per_room in door_prices(ground, prices, kept, row >= 0):
        cost[row[stay]] += per_room[rooms]
    sided = stays[problem.side[stays] >= 0]
    if len(sided):
        floors = Floors(ground, kept)
        for stay in sided.tolist():
            cost[row[stay], ~floors.open_to(stay)[rooms]] = np.inf
    if len(lifted.starts) < len(stays):
        cost = np.add.reduceat(cost, lifted.starts, axis=0)
    return cost


def _add_changes(ground: Ground, prices: Prices, cost: Floats, lifted: Lift) -> None:
    problem = ground.problem
    minding = np.flatnonzero((problem.change[lifted.stays] > 0) & (problem.current[lifted.stays] >= 0))
    for n in minding.tolist():
        stay = lifted.stays[n]
        price = prices.change * problem.change[stay]
        cost[n] += np.where(lifted.rooms == problem.current[stay], 0.0, price)


def _against_no_room(ground: Ground, prices: Prices, lifted: Lift, cost: Floats) -> Floats:
    """[runs, rooms] price of the run in the hole less the price of leaving both alone; 0 where it cannot go."""
    problem = ground.problem
    first = problem.first[lifted.stays[lifted.starts]]
    last = problem.last[lifted.stays[np.append(lifted.starts[1:], len(lifted.stays)) - 1]]
    nobody = np.add.reduceat(prices.left_out[lifted.stays], lifted.starts)
    ends = np.where(lifted.before == NOBODY_BEFORE, -NEVER, lifted.before // 2)
    begins = np.where(lifted.after == NOBODY_AFTER, NEVER, lifted.after // 2)
    idle = (
        prices.gap[_nights(first[:, None] // 2 - ends, prices)]
        + prices.gap[_nights(begins - last[:, None] // 2, prices)]
    )
    cost += idle
    cost -= prices.gap[_nights(begins - ends, prices)]
    cost -= nobody[:, None]
    fits = (first[:, None] >= lifted.before) & (last[:, None] <= lifted.after) & (cost < 0)
    return np.where(fits, cost, 0.0)


def _nights(idle: Ints, prices: Prices) -> Ints:
    """Idle nights as an index of `prices.gap`, whose last entry is 0."""
    return np.clip(idle, 0, len(prices.gap) - 1)
