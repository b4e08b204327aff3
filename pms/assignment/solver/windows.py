"""Which rooms and which nights a step looks at: few enough to stay quick in a large house."""

from __future__ import annotations

import numpy as np

from pms.assignment.solver.ground import Ground
from pms.assignment.solver.problem import Bools, Ints

BLOCK = 400  # rooms that one linear assignment takes; its time grows with the cube
WIDTHS = (1, 1, 2, 3, 99)  # nights of a window; the last one takes everything up to the horizon


def block(ground: Ground, rng: np.random.Generator) -> Ints:
    """All rooms of a small house, else some of them."""
    rooms = ground.problem.rooms
    if rooms <= BLOCK:
        return np.arange(rooms, dtype=np.int32)
    return np.sort(rng.choice(rooms, BLOCK, replace=False)).astype(np.int32)


def block_around(ground: Ground, stay: int, rng: np.random.Generator) -> Ints:
    """As `block`, half of it rooms that the stay may have."""
    problem = ground.problem
    if problem.rooms <= BLOCK:
        return np.arange(problem.rooms, dtype=np.int32)
    allowed = problem.allowed[problem.wants[stay]]
    own = rng.permutation(np.flatnonzero(allowed))[: BLOCK // 2]
    others = np.setdiff1d(np.arange(problem.rooms), own)
    return np.sort(np.concatenate((own, rng.choice(others, BLOCK - len(own), replace=False)))).astype(np.int32)


def window(ground: Ground, rng: np.random.Generator) -> tuple[int, int]:
    """Some nights, from the first slot to the one after the last."""
    night = int(rng.integers(ground.problem.nights))
    width = WIDTHS[int(rng.integers(len(WIDTHS)))]
    return 2 * night + 1, 2 * min(night + width, ground.problem.nights + 1)


def one_side_at_a_time(ground: Ground, rng: np.random.Generator) -> Bools:
    """[S] stays of all keep-apart sides but one: those of one side cannot meet a foe that moves in the same step."""
    problem = ground.problem
    turn = int(rng.integers(max(len(problem.apart), 1)))
    stay_put: Bools = (problem.side >= 0) & (problem.side != turn)
    return stay_put
