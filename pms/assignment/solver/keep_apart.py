"""Guests who are kept apart are never on one floor on one night."""

from __future__ import annotations

import numpy as np

from pms.assignment.solver.ground import Ground
from pms.assignment.solver.problem import Bools, Ints


class Floors:
    """Which sides are on which floor on which night; `room` [S] says who is there at the beginning."""

    def __init__(self, ground: Ground, room: Ints) -> None:
        problem = ground.problem
        self.ground = ground
        self.present = np.zeros((len(problem.apart), ground.floors, problem.nights + 2), bool)
        for stay in np.flatnonzero((problem.side >= 0) & (room >= 0)).tolist():
            self.enter(stay, int(room[stay]))

    def enter(self, stay: int, room: int) -> None:
        problem = self.ground.problem
        if (side := problem.side[stay]) >= 0:
            self.present[side, self.ground.floor[room], problem.first[stay] // 2 : problem.last[stay] // 2] = True

    def open_to(self, stay: int) -> Bools:
        """[R] rooms on floors where the stay meets nobody it is kept apart from."""
        problem = self.ground.problem
        if (side := problem.side[stay]) < 0:
            return np.ones(problem.rooms, bool)
        nights = slice(problem.first[stay] // 2, problem.last[stay] // 2)
        met: Bools = np.any(self.present[problem.apart[side], :, nights], axis=(0, 2), keepdims=True)[0, :, 0]
        return ~met[self.ground.floor]
