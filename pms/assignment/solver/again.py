"""A plan again, around those who have rooms: a room goes out of order, a guest extends, a group grows.

Who holds a room (`Problem.current`) keeps it where he can. What an event does not touch stays as it is; only for a
guest who would have no room somebody else moves, as few as can be: first of those in rooms he may have, then anybody.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from pms.assignment.solver.ground import Ground, lay_out
from pms.assignment.solver.keep_apart import Floors
from pms.assignment.solver.problem import NOWHERE, Bools, Ints, Problem, Solution
from pms.assignment.solver.score import evaluate
from pms.assignment.solver.solve import solve
from pms.assignment.solver.starts import Holes, in_line


def solve_again(
    problem: Problem,
    touched: Bools | None = None,
    *,
    seconds: float | None = None,
    steps: int | None = None,
    seed: int = 0,
) -> Solution:
    """A plan around the rooms held now; fixed stays stay, and the same input, seed and steps give the same plan.

    `touched` [S] are the stays an event touches: they are placed anew. All others keep their rooms, but for those
    whose room is theirs no longer (closed, taken, forbidden) and for as few as must make room for somebody who would
    have none. None: everybody is planned again, and each change of rooms costs what the problem says. `seconds` and
    `steps` are for each of the up to three tries of an event.
    """
    ground = lay_out(problem)
    if touched is None:
        start = kept_rooms(ground, np.zeros(problem.stays, bool))
        return solve(problem, seconds=seconds, steps=steps, seed=seed, start=start)
    room = kept_rooms(ground, touched)
    taken, spent = 0, 0.0
    for free in _rings(ground, room, touched):
        part = replace(
            problem,
            fixed=np.where(free, NOWHERE, room).astype(np.int32),
            change=np.where(touched, 0, 1).astype(np.int32),
            change_tier=0,
        )
        found = solve(part, seconds=seconds, steps=steps, seed=seed, start=room)
        room[:] = found.room
        taken, spent = taken + found.steps, spent + found.seconds
    return Solution(room, evaluate(problem, room), taken, spent)


def kept_rooms(ground: Ground, touched: Bools) -> Ints:
    """[S] the rooms that can be kept, -1 for who has none or lost it. Of two in one room an untouched one keeps it."""
    problem = ground.problem
    room = problem.fixed.astype(np.int32)
    holes, floors = Holes(ground, room), Floors(ground, room)
    line = in_line(ground)
    for stay in line[np.argsort(touched[line], kind="stable")].tolist():
        where, first, last = int(problem.current[stay]), int(problem.first[stay]), int(problem.last[stay])
        if where < 0 or not problem.allows(stay)[where]:
            continue
        if holes.free(first, last)[where] and floors.open_to(stay)[where]:
            room[stay] = where
            holes.take(where, first, last)
            floors.enter(stay, where)
    return room


def _rings(ground: Ground, room: Ints, touched: Bools) -> Iterator[Bools]:
    """[S] who may move, wider each time, while somebody has no room; `room` is the plan as it is by then."""
    movable = ground.movable
    free = movable & (touched | (room < 0))
    yield free
    if (outside := movable & (room < 0)).any():
        yield free | (movable & _in_the_way(ground.problem, room, outside))
    if (room[movable] < 0).any():
        yield movable


def _in_the_way(problem: Problem, room: Ints, outside: Bools) -> Bools:
    """[S] who is in a room that somebody `outside` may have, on one of his nights."""
    found = np.zeros(problem.stays, bool)
    for stay in np.flatnonzero(outside).tolist():
        meets = (problem.first < problem.last[stay]) & (problem.last > problem.first[stay]) & (room >= 0)
        found |= meets & problem.allows(stay)[room]
    return found
