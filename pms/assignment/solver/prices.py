"""One price out of many tiers, for the searches inside; whether a plan is better is decided tier by tier elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pms.assignment.solver.ground import Floats, Ground
from pms.assignment.solver.problem import Ints, Problem

OUTSIDE = 1000.0  # what the least important guest without a room weighs against one unit of the tier below
AT_ONCE = 64  # wants priced together, so that what they share stays in the processor's cache
NEEDLESS = 100.0  # what a change of rooms weighs against the same when it is charged in tier 0


@dataclass(frozen=True, slots=True)
class Prices:
    """What a breach costs when all tiers are added."""

    problem: Problem
    weight: Floats  # [T] of one unit in each tier
    left_out: Floats  # [S] what leaving a stay without a room costs
    table: Floats | None  # [W, R] prices of guest against room, infinite where not allowed; None: worked out when asked
    change: float  # of a unit of `Problem.change`
    gap: Floats  # by idle nights; the last entry is 0
    split: Floats  # [P]
    unconnected: Floats  # [C]

    def guests(self, stays: Ints, rooms: Ints) -> Floats:
        """[stays, rooms] what the guests pay in the rooms, infinite where a must forbids it."""
        problem, wants = self.problem, self.problem.wants[stays]
        if self.table is not None:
            return self.table[wants[:, None], rooms].astype(np.float64)
        tiers = zip(self.weight[1:], problem.pays[1:, wants, None], strict=True)
        price = sum(weight * problem.cost[rows, rooms] for weight, rows in tiers)
        return np.where(problem.allowed[problem.may[wants][:, None], rooms], price, np.inf)

    def guest(self, stay: int, rooms: Ints) -> Floats:
        """[rooms] the same for one guest who may have them all."""
        problem = self.problem
        price = np.zeros(len(rooms))
        for tier, row in enumerate(problem.pays[:, problem.wants[stay]].tolist()):
            if row:
                price += self.weight[tier] * problem.cost[row].take(rooms)
        return price


def prices_of(ground: Ground, steepness: int, *, table: bool = True) -> Prices:
    """A unit of a tier counts `steepness` times one of the next lower; `table` spends memory to be quick."""
    problem = ground.problem
    weight = float(steepness) ** np.arange(problem.tiers - 1, -1, -1, dtype=np.float64)
    weight[0] = 0.0  # of rooms; tier 0 is for those who have none
    below = weight[1] if problem.tiers > 1 else 1.0
    return Prices(
        problem=problem,
        weight=weight,
        left_out=problem.priority * (OUTSIDE * below / problem.priority.min(initial=1 << 30)),
        table=_table(problem, steepness) if table else None,
        change=float(weight[problem.change_tier]) if problem.change_tier else NEEDLESS * below,
        gap=np.append(ground.gap * weight[problem.gap_tier], 0.0),
        split=ground.split @ weight,
        unconnected=ground.unconnected @ weight,
    )


def _table(problem: Problem, steepness: int) -> Floats:
    """A few rows at a time: for thousands of rooms this is the largest array of the search."""
    table = np.empty((problem.pays.shape[1], problem.rooms), np.float32)
    for at in range(0, len(table), AT_ONCE):
        part = slice(at, at + AT_ONCE)
        total = np.zeros((len(table[part]), problem.rooms), np.int32)
        for rows in problem.pays[1:, part]:
            total *= steepness
            total += problem.cost[rows]
        table[part] = np.where(problem.allowed[problem.may[part]], total, np.inf)
    return table
