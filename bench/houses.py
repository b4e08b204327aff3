"""Made-up houses for the measures of placing, and who says what a plan is worth: the judge's folder, or ourselves."""

from __future__ import annotations

import importlib.util
import os
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import numpy as np

from bench.hotels import full_house
from pms.assignment.instance import read_instance
from pms.assignment.pricing_problem import problem_of
from pms.assignment.rules.book import MANUAL
from pms.assignment.solver.ground import lay_out
from pms.assignment.solver.keep_apart import Floors
from pms.assignment.solver.parties import connected
from pms.assignment.solver.problem import NOWHERE, Ints, Problem
from pms.assignment.solver.promises import split_parties
from pms.assignment.solver.score import broken, evaluate
from pms.assignment.solver.starts import Holes


class Judged(NamedTuple):
    """Hard rules broken, points by tier, and the shares (0 to 1) a guest notices."""

    hard: int
    tiers: tuple[int, ...]
    shares: dict[str, float | None]


@dataclass(slots=True)
class House:
    """An instance with a plan that places everybody; plans are rooms by their place, in the order of the stays."""

    instance: dict[str, Any]
    planted: Ints
    check: ModuleType | None

    def judged(self, room: Ints) -> Judged:
        if self.check is None:
            return _by_ourselves(self._problem(), room)
        found = self.check.evaluate(self.instance, self._named(room))
        return Judged(found["hard"], tuple(found["tiers"]), found["kpi"])

    def points(self, room: Ints) -> int:
        """Those of all tiers below the first."""
        return sum(self.judged(room).tiers[1:])

    def ratio(self, room: Ints) -> float:
        """Against what a naive system does."""
        if self.check is None:
            problem = self._problem()
            return sum(evaluate(problem, room)[1:]) / max(sum(evaluate(problem, first_fit(problem))[1:]), 1)
        naive = self.check.evaluate(self.instance, self.check.first_fit(self.instance))
        return self.points(room) / max(int(naive["soft_assigned"]), 1)

    def _problem(self) -> Problem:
        made = read_instance(self.instance)
        return problem_of(made.house, made.stays, MANUAL)

    def _named(self, room: Ints) -> dict[str, str]:
        rooms = [each["id"] for each in self.instance["rooms"]]
        pairs = zip(self.instance["stays"], room.tolist(), strict=True)
        return {stay["id"]: rooms[place] for stay, place in pairs if place >= 0}


def made_house(rooms: int, occupancy: float, season: str, seed: int) -> House:
    judge = os.environ.get("PMS_JUDGE")
    made_by: Any = _module(Path(judge) / "gen.py").build if judge else full_house
    instance, planted = made_by(rooms, occupancy, season, seed)
    plan = planted.get("assign", planted)
    places = {room["id"]: place for place, room in enumerate(instance["rooms"])}
    laid_down = np.array([places[plan[stay["id"]]] for stay in instance["stays"]], np.int32)
    return House(instance, laid_down, _module(Path(judge) / "check.py") if judge else None)


def first_fit(problem: Problem) -> Ints:
    """What a naive system does: each stay, by arrival, in the first room that breaks nothing."""
    ground = lay_out(problem)
    room = np.where(problem.fixed >= 0, problem.fixed, NOWHERE).astype(np.int32)
    holes, floors = Holes(ground, room), Floors(ground, room)
    for stay in np.argsort(problem.first // 2, kind="stable").tolist():
        first, last = int(problem.first[stay]), int(problem.last[stay])
        fits = np.flatnonzero(holes.free(first, last) & problem.allows(stay) & floors.open_to(stay))
        if room[stay] < 0 and len(fits):
            room[stay] = fits[0]
            holes.take(int(fits[0]), first, last)
            floors.enter(stay, int(fits[0]))
    return room


def _by_ourselves(problem: Problem, room: Ints) -> Judged:
    ground = lay_out(problem)
    promised = np.flatnonzero(ground.split[:, 1] > 0)
    together = ~np.isin(promised, split_parties(ground, room))
    doors = connected(ground, room)[ground.couples[:, 0]]
    shares = {"vip_one_floor": _share(together), "families_connecting": _share(doors)}
    return Judged(len(list(broken(problem, room))), evaluate(problem, room), shares)


def _share(kept: Any) -> float | None:
    return float(kept.mean()) if len(kept) else None


def _module(file: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(file.stem, file)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
