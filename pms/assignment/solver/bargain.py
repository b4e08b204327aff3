"""A start by bargaining: rewards and tolls settle until rooms hardly compete, then each room takes what suits it.

The rewards are those of the bound (`bound.py`), of the prices the search itself works with. Who lives as promised stays
where he is. Stays that no room took are left for the insertion.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from pms.assignment.solver.bound import LAST_STEP, STEP, Ascent, Relaxed
from pms.assignment.solver.ground import Floats, Ground, lay_out
from pms.assignment.solver.keep_apart import Floors
from pms.assignment.solver.parties import connected
from pms.assignment.solver.problem import NOWHERE, Bools, Ints

ROUNDS = 20  # in which the rooms choose among the stays that are left
TAKEN = 1e6  # what a stay costs once somebody else has it


class Bargain:
    """Rewards step by step, then `rooms`: the plan they lead to, those of `stay_put` [S] in their `room`."""

    def __init__(self, ground: Ground, room: Ints, stay_put: Bools, weight: Floats) -> None:
        fixed = np.where(stay_put & (room >= 0), room, ground.problem.fixed).astype(np.int32)
        self.ground = lay_out(replace(ground.problem, fixed=fixed))
        self.relaxed = Relaxed(self.ground.problem, weight)
        self.at = self.best_at = self.relaxed.start()
        self.best, self.ascent = -np.inf, Ascent(len(self.at))
        self.pace = STEP * float(np.sqrt(weight.max()))

    def step(self, spent: float) -> None:
        """`spent` is the share of the steps that are over, 0 to 1."""
        value, slope = self.relaxed.value(self.at)
        if value > self.best:
            self.best, self.best_at = value, self.at
        self.at = self.relaxed.allowed(self.at + self.ascent.step(slope, self.pace * (LAST_STEP / STEP) ** spent))

    def rooms(self, rng: np.random.Generator) -> Ints:
        """[S] -1 for those whom no room took."""
        room = self.ground.problem.fixed.copy()
        left = [stays.tolist() for stays in self.relaxed.rooms.stays]
        floors, waiting = Floors(self.ground, room), np.ones(self.ground.problem.rooms, bool)
        at = self.best_at.copy()
        for _ in range(ROUNDS):
            choice = self.relaxed.choose(at)
            order = np.argsort(choice.price + rng.random(len(choice.price)))
            taken_by = _by_room(choice.room, choice.kind)
            for where in order[waiting[order]].tolist():
                kinds = taken_by.get(where, [])
                if all(len(left[kind]) >= kinds.count(kind) for kind in kinds):
                    waiting[where] = False
                    self._move_in(room, floors, where, [left[kind].pop() for kind in kinds])
            at[: len(left)][[not stays for stays in left]] = -TAKEN
            if not waiting.any():
                break
        return room

    def _move_in(self, room: Ints, floors: Floors, where: int, stays: list[int]) -> None:
        for stay in stays:
            if floors.open_to(stay)[where]:
                room[stay] = where
                floors.enter(stay, where)


def content(ground: Ground, room: Ints) -> Bools:
    """[S] couples behind their door, and parties with a promise that live on one floor."""
    seen = np.zeros((len(ground.split), ground.floors), bool)
    where = room[ground.member]
    seen[ground.member_of[where >= 0], ground.floor[where[where >= 0]]] = True
    together = (seen.sum(axis=1) == 1) & (ground.split[:, :2].sum(axis=1) > 0)
    happy = connected(ground, room)
    happy[ground.member[together[ground.member_of]]] = True
    return happy & (room != NOWHERE)


def _by_room(rooms: Ints, kinds: Ints) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for room, kind in zip(rooms.tolist(), kinds.tolist(), strict=True):
        found.setdefault(room, []).append(kind)
    return found
