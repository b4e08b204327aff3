"""One price out of many tiers, for the searches inside; whether a plan is better is decided tier by tier elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pms.assignment.solver.ground import Floats, Ground
from pms.assignment.solver.problem import Ints, Problem

OUTSIDE = 1000.0  # what the least important guest without a room weighs against one unit of the tier below


@dataclass(frozen=True, slots=True)
class Prices:
    """What a breach costs when all tiers are added."""

    problem: Problem
    weight: Floats  # [T] of one unit in each tier
    left_out: Floats  # [S] what leaving a stay without a room costs
    table: Floats | None  # [W, R] prices of guest against room, infinite where not allowed; None: worked out when asked
    gap: Floats  # by idle nights; the last entry is 0
    split: Floats  # [P]
    unconnected: Floats  # [C]

    def guests(self, stays: Ints, rooms: Ints) -> Floats:
        """[stays, rooms] what the guests pay in the rooms, infinite where a must forbids it."""
        wants = self.problem.wants[stays][:, None]
        if self.table is not None:
            return self.table[wants, rooms].astype(np.float64)
        price = sum(weight * tier[wants, rooms] for weight, tier in zip(self.weight, self.problem.cost, strict=True))
        return np.where(self.problem.allowed[wants, rooms], price, np.inf)


def prices_of(ground: Ground, steepness: float, *, table: bool = True) -> Prices:
    """A unit of a tier counts `steepness` times one of the next lower; `table` spends memory to be quick."""
    problem = ground.problem
    weight = steepness ** np.arange(problem.tiers - 1, -1, -1, dtype=np.float64)
    weight[0] = 0.0  # of rooms; tier 0 is for those who have none
    below = weight[1] if problem.tiers > 1 else 1.0
    return Prices(
        problem=problem,
        weight=weight,
        left_out=problem.priority * (OUTSIDE * below / problem.priority.min(initial=1 << 30)),
        table=_table(problem, weight) if table else None,
        gap=np.append(ground.gap * weight[problem.gap_tier], 0.0),
        split=ground.split @ weight,
        unconnected=ground.unconnected @ weight,
    )


def _table(problem: Problem, weight: Floats) -> Floats:
    table = np.zeros(problem.allowed.shape, np.float32)
    for tier in range(1, problem.tiers):
        table += np.multiply(problem.cost[tier], weight[tier], dtype=np.float32, casting="unsafe")
    table[~problem.allowed] = np.inf
    return table
