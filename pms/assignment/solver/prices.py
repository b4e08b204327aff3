"""One price out of many tiers, for the searches inside; whether a plan is better is decided tier by tier elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pms.assignment.solver.ground import Floats, Ground
from pms.assignment.solver.problem import Ints, Problem

OUTSIDE = 1000.0  # what the least important guest without a room weighs against one unit of the tier below
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
        wants = self.problem.wants[stays][:, None]
        if self.table is not None:
            return self.table[wants, rooms].astype(np.float64)
        tiers = zip(self.weight[1:], self.problem.cost[1:], strict=True)
        price = sum(weight * tier[wants, rooms] for weight, tier in tiers)
        return np.where(self.problem.allowed[wants, rooms], price, np.inf)


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
    """In whole numbers and in place: for thousands of rooms this is the largest array of the search."""
    total = np.zeros(problem.allowed.shape, np.int32)
    for tier in problem.cost[1:]:
        total *= steepness
        total += tier
    table = total.astype(np.float32)
    np.copyto(table, np.inf, where=~problem.allowed)
    return table
