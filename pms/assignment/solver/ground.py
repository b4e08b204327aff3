"""What is looked up again and again, laid out once: parties as flat arrays, doors by room, prices by tier."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pms.assignment.solver.problem import NOBODY, Bools, Ints, Price, Problem

Floats = NDArray[np.floating[Any]]
Tiers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Ground:
    """`member_of` and `member` are one entry per party and member; `doors` is padded with -1."""

    problem: Problem
    movable: Bools  # [S]
    floor: Ints  # [R] floors numbered from 0 without holes
    floors: int
    member_of: Ints
    member: Ints
    split: Tiers  # [P, T] price of a further floor
    couples: Ints  # [C, 2] stays of a party of two that wants a connecting door
    unconnected: Tiers  # [C, T]
    doors: Ints  # [R, D] rooms behind a connecting door
    gap: Ints  # [2 * nights + 4] price of idle nights, long enough to be indexed by any number of them
    stranger: Ints  # [S] labels for `noise`: equal ones know each other


def lay_out(problem: Problem) -> Ground:
    levels, floor = np.unique(problem.floor, return_inverse=True)
    sizes = [len(party.members) for party in problem.parties]
    couples = [party for party in problem.parties if party.unconnected and len(party.members) == 2]
    return Ground(
        problem=problem,
        movable=problem.fixed < 0,
        floor=floor.astype(np.int32),
        floors=len(levels),
        member_of=np.repeat(np.arange(len(sizes), dtype=np.int32), sizes),
        member=np.array([stay for party in problem.parties for stay in party.members], np.int32),
        split=_prices([party.split for party in problem.parties], problem.tiers),
        couples=np.array([party.members for party in couples], np.int32).reshape(-1, 2),
        unconnected=_prices([party.unconnected for party in couples], problem.tiers),
        doors=_doors(problem),
        gap=_gaps(problem),
        stranger=np.where(problem.company >= 0, problem.company, -1 - np.arange(problem.stays)).astype(np.int32),
    )


def _prices(prices: Sequence[Price | None], tiers: int) -> Tiers:
    table = np.zeros((len(prices), tiers), np.int64)
    for row, price in enumerate(prices):
        if price is not None:
            table[row, price.tier] = price.amount
    return table


def _doors(problem: Problem) -> Ints:
    behind: list[list[int]] = [[] for _ in range(problem.rooms)]
    for one, other in problem.pairs.tolist():
        behind[one].append(other)
        behind[other].append(one)
    width = max((len(rooms) for rooms in behind), default=0) or 1
    return np.array([rooms + [NOBODY] * (width - len(rooms)) for rooms in behind], np.int32).reshape(-1, width)


def _gaps(problem: Problem) -> Ints:
    gap = np.zeros(2 * problem.nights + 4, np.int32)
    known = problem.gap[: len(gap)]
    gap[: len(known)] = known
    gap[0] = 0
    return gap
