"""Stays taken out of their rooms for a moment, and the holes they leave.

What is lifted out of one room stays together as a run; a hole is the time between what stays in a room.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pms.assignment.solver.ground import Ground
from pms.assignment.solver.problem import NOWHERE, Bools, Ints

NOBODY_BEFORE = -1
NOBODY_AFTER = 1 << 20


@dataclass(frozen=True, slots=True)
class Lift:
    """Runs of stays (those of one run lie next to each other), and one hole for each of the rooms."""

    stays: Ints
    starts: Ints  # where in `stays` each run begins
    rooms: Ints
    before: Ints  # [len(rooms)] slot in which the hole begins, or NOBODY_BEFORE
    after: Ints  # [len(rooms)] slot in which it ends, or NOBODY_AFTER


def lift(ground: Ground, room: Ints, rooms: Ints, window: tuple[int, int], stay_put: Bools) -> Lift:
    """All stays in `rooms`, or without a room, that take a slot of the window, but for those that `stay_put`.

    Of one room the run ends before the first who stays put; those without a room are runs of their own.
    """
    problem = ground.problem
    here = np.zeros(problem.rooms + 1, bool)
    here[rooms] = True
    here[NOWHERE] = True
    start, stop = window
    up = (problem.first < stop) & (problem.last > start) & here[room] & ground.movable & ~stay_put
    before, after = _holes(ground, room, up, start)
    up &= problem.first < after[room]
    stays = np.flatnonzero(up).astype(np.int32)
    stays = stays[np.lexsort((problem.first[stays], room[stays]))]
    where = room[stays]
    begins = np.ones(len(stays), bool)
    begins[1:] = (where[1:] != where[:-1]) | (where[1:] == NOWHERE)
    return Lift(stays, np.flatnonzero(begins).astype(np.int32), rooms, before[rooms], after[rooms])


def _holes(ground: Ground, room: Ints, up: Bools, start: int) -> tuple[Ints, Ints]:
    """[R + 1] the hole around the run lifted from each room, around slot `start` where none is; the last is no room."""
    problem = ground.problem
    lifted = np.flatnonzero(up & (room >= 0))
    begin = np.full(problem.rooms, start, np.int32)
    begin[room[lifted]] = 1 << 20
    np.minimum.at(begin, room[lifted], problem.first[lifted])
    put = np.flatnonzero(~up & (room >= 0))
    where = np.concatenate((room[put], problem.blocked[:, 0]))
    first = np.concatenate((problem.first[put], problem.blocked[:, 1]))
    last = np.concatenate((problem.last[put], problem.blocked[:, 2]))
    before = np.full(problem.rooms + 1, NOBODY_BEFORE, np.int32)
    after = np.full(problem.rooms + 1, NOBODY_AFTER, np.int32)
    earlier = first <= begin[where]
    np.maximum.at(before, where[earlier], last[earlier])
    np.minimum.at(after, where[~earlier], first[~earlier])
    return before, after
