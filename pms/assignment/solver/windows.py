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
    return block_with(ground, np.zeros(0, np.int32), rng, ground.problem.allows(stay))


def block_with(ground: Ground, rooms: Ints, rng: np.random.Generator, liked: Bools | None = None) -> Ints:
    """As `block`, with `rooms` among them; half of the others are `liked` ones."""
    problem = ground.problem
    if problem.rooms <= BLOCK:
        return np.arange(problem.rooms, dtype=np.int32)
    rest = rng.permutation(np.setdiff1d(np.arange(problem.rooms), rooms))
    if liked is not None:
        good = liked[rest]
        half = (BLOCK - len(rooms)) // 2
        rest = np.concatenate((rest[good][:half], rest[~good], rest[good][half:]))
    return np.sort(np.concatenate((rooms, rest[: max(BLOCK - len(rooms), 0)]))).astype(np.int32)


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
