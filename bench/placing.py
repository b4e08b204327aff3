"""How well and how fast guests are placed, in houses of 300 to 3,000 rooms.

PMS_JUDGE=folder                   hotels come from its gen.py and plans are judged by its check.py as well
PMS_PLACING=300/0.92/peak/1,...    other houses: rooms/occupancy/season/seed
"""

from __future__ import annotations

import importlib.util
import os
import resource
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from bench.hotels import full_house
from pms.assignment.instance import read_instance
from pms.assignment.pricing_problem import problem_of
from pms.assignment.rules.book import MANUAL
from pms.assignment.solver.bound import lower_bound
from pms.assignment.solver.ground import lay_out
from pms.assignment.solver.keep_apart import Floors
from pms.assignment.solver.parties import connected
from pms.assignment.solver.problem import NOWHERE, Ints, Problem, Solution
from pms.assignment.solver.promises import split_parties
from pms.assignment.solver.score import evaluate
from pms.assignment.solver.solve import solve
from pms.assignment.solver.starts import Holes

HOUSES = "300/0.92/peak/7,300/0.97/peak/7,1000/0.92/peak/7,1000/0.97/peak/7,3000/0.92/peak/7,3000/0.97/peak/7"
SECONDS = {300: 10.0, 1000: 10.0, 3000: 20.0}  # 97 % in a house of 3,000 has 20 s; all others 10
PROOF = {300: 30.0, 1000: 60.0, 3000: 120.0}

Figure = tuple[str, str]


@dataclass(slots=True)
class Heard:
    """When the first plan was there, and when everybody had a room."""

    first: Solution | None = None
    everybody: Solution | None = None
    plans: int = field(default=0)

    def __call__(self, plan: Solution) -> None:
        self.plans += 1
        self.first = self.first or plan
        if not (plan.room < 0).any():
            self.everybody = self.everybody or plan


def measure(folder: Path) -> Iterator[Figure]:
    for name in os.environ.get("PMS_PLACING", HOUSES).split(","):
        rooms, occupancy, season, seed = name.split("/")
        yield from _one_house(name, int(rooms), float(occupancy), season, int(seed))


def _one_house(name: str, rooms: int, occupancy: float, season: str, seed: int) -> Iterator[Figure]:
    judge = os.environ.get("PMS_JUDGE")
    made_by: Any = _module(Path(judge) / "gen.py").build if judge else full_house
    instance, planted = made_by(rooms, occupancy, season, seed)
    began = time.perf_counter()
    made = read_instance(instance)
    problem = problem_of(made.house, made.stays, MANUAL)
    yield f"{name}: reading and pricing {problem.stays} stays", f"{time.perf_counter() - began:.2f} s"
    heard = Heard()
    seconds = SECONDS.get(rooms, 10.0) if occupancy > 0.95 else 10.0
    plan = solve(problem, seconds=seconds, on_better=heard)
    yield from _speed(name, heard, plan)
    yield from _quality(name, problem, plan, _as_rooms(instance, planted.get("assign", planted)))
    if judge:
        yield f"{name}: by the judge", _judged(_module(Path(judge) / "check.py"), instance, plan)
    if occupancy < 0.95:
        yield from _proof(name, problem, plan, PROOF.get(rooms, 30.0))
    yield f"{name}: most memory so far", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB"


def _speed(name: str, heard: Heard, plan: Solution) -> Iterator[Figure]:
    if heard.first:
        yield f"{name}: first full plan", f"{heard.first.seconds:.2f} s, {(heard.first.room < 0).sum()} without a room"
    everybody = f"after {heard.everybody.seconds:.2f} s" if heard.everybody else "never"
    yield f"{name}: everybody has a room", everybody
    yield f"{name}: without a room after {plan.seconds:.0f} s, {plan.steps} steps", str((plan.room < 0).sum())


def _quality(name: str, problem: Problem, plan: Solution, planted: Ints) -> Iterator[Figure]:
    naive = evaluate(problem, first_fit(problem))
    ratio = sum(plan.tiers[1:]) / max(sum(naive[1:]), 1)
    yield f"{name}: points below tier 0 / those of first-fit", f"{sum(plan.tiers[1:])} / {sum(naive[1:])} = {ratio:.3f}"
    yield f"{name}: tiers", " · ".join(map(str, plan.tiers))
    yield f"{name}: tiers of the plan laid down", " · ".join(map(str, evaluate(problem, planted)))
    ground = lay_out(problem)
    promised = np.flatnonzero(ground.split[:, 1] > 0)
    split = np.isin(promised, split_parties(ground, plan.room)).sum()
    yield f"{name}: VIP parties on one floor", _share(len(promised) - split, len(promised))
    doors = connected(ground, plan.room)[ground.couples[:, 0]].sum()
    yield f"{name}: families connecting", _share(doors, len(ground.couples))


def _proof(name: str, problem: Problem, plan: Solution, seconds: float) -> Iterator[Figure]:
    price = sum(plan.tiers[1:])
    bound = lower_bound(problem, price, seconds=seconds)
    yield f"{name}: no plan is better than (found in {seconds:.0f} s)", f"{bound}: within {price / bound - 1:.0%}"


def _share(part: int, whole: int) -> str:
    return f"{part} of {whole}"


def first_fit(problem: Problem) -> Ints:
    """What a naive system does: each stay, by arrival, in the first room that breaks nothing."""
    ground = lay_out(problem)
    room = np.where(problem.fixed >= 0, problem.fixed, NOWHERE).astype(np.int32)
    holes, floors = Holes(ground, room), Floors(ground, room)
    for stay in np.argsort(problem.first // 2, kind="stable").tolist():
        first, last = int(problem.first[stay]), int(problem.last[stay])
        fits = np.flatnonzero(holes.free(first, last) & problem.allowed[problem.wants[stay]] & floors.open_to(stay))
        if room[stay] < 0 and len(fits):
            room[stay] = fits[0]
            holes.take(int(fits[0]), first, last)
            floors.enter(stay, int(fits[0]))
    return room


def _as_rooms(instance: Any, plan: dict[str, str]) -> Ints:
    numbers = {room["id"]: place for place, room in enumerate(instance["rooms"])}
    return np.array([numbers[plan[stay["id"]]] for stay in instance["stays"]], np.int32)


def _judged(check: ModuleType, instance: Any, plan: Solution) -> str:
    ids = [room["id"] for room in instance["rooms"]]
    stays = [stay["id"] for stay in instance["stays"]]
    given = {stay: ids[room] for stay, room in zip(stays, plan.room.tolist(), strict=True) if room >= 0}
    mine = check.evaluate(instance, given)
    naive = check.evaluate(instance, check.first_fit(instance))
    met = {name: share for name, share in mine["kpi"].items() if share is not None}
    return f"{mine['hard']} hard, ratio {mine['soft_assigned'] / naive['soft_assigned']:.3f}, {mine['tiers']}, {met}"


def _module(file: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(file.stem, file)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
