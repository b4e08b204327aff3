"""How well and how fast guests are placed, in houses of 300 to 3,000 rooms: python -m bench placing [--quick].

PMS_JUDGE=folder                   hotels come from its gen.py, plans are judged by its check.py; else both are our own
PMS_SEED=7                         the houses of another day again; without it they are new ones each time
PMS_PLACING=300/0.92/peak,...      only these houses: rooms/occupancy/season

About twelve minutes; `--quick`, a minute, takes 300 rooms and less time for the proof. A house at 92 % in peak season
is planned once for its whole time; what was reached after 2 and 10 seconds is read on the way. Each house is a process
of its own, so that its memory is its own.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import secrets
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import numpy as np

from bench import one_guest
from bench.houses import House, made_house
from pms.assignment.cli import uncollected
from pms.assignment.instance import read_instance
from pms.assignment.pricing_problem import problem_of
from pms.assignment.rules.book import MANUAL
from pms.assignment.solver.bound import lower_bound
from pms.assignment.solver.problem import Problem, Solution
from pms.assignment.solver.solve import solve

PEAK = "300/0.92/peak,1000/0.92/peak,3000/0.92/peak"
HOUSES = (
    f"{PEAK},300/0.97/peak,1000/0.97/peak,3000/0.97/peak,300/0.92/normal,1000/0.92/normal,300/0.92/low,1000/0.92/low"
)
QUICK = "300/0.92/peak,300/0.97/peak,300/0.92/low"
FIRST = {300: 0.2, 1000: 0.5, 3000: 2.0}
AT_ONCE = {300: 2.0, 1000: 2.0, 3000: 5.0}  # at 92 % everybody has a room by then
FULL = {300: 10.0, 1000: 10.0, 3000: 20.0}  # and at 97 %
COMFORT = 10.0  # when a plan is compared with first-fit's
PROOF = {300: 30.0, 1000: 60.0, 3000: 120.0}  # plan and proof together; a third of it for the proof
WITHIN = {300: 30, 1000: 40, 3000: 70}  # percent that may lie between plan and bound
FAMILIES, WISHES, MEMORY = 0.90, 0.97, 1024

Figure = tuple[str, str]


class Case(NamedTuple):
    rooms: int
    occupancy: float
    season: str
    seed: int
    quick: bool

    def __str__(self) -> str:
        return f"{self.rooms}, {self.occupancy:.0%}, {self.season}, seed {self.seed}"

    @property
    def proved(self) -> bool:
        return self.occupancy < 0.95 and self.season == "peak"

    @property
    def seconds(self) -> float:
        if self.proved:
            return COMFORT if self.quick else PROOF.get(self.rooms, 30.0) * 2 / 3
        return FULL.get(self.rooms, 10.0) if self.occupancy > 0.95 else COMFORT


@dataclass(slots=True)
class Heard:
    """The first plan, when everybody had a room, and the best plan by each of some moments (seconds)."""

    moments: tuple[float, ...]
    first: Solution | None = None
    everybody: Solution | None = None
    by: dict[float, Solution] = field(default_factory=dict)

    def __call__(self, plan: Solution) -> None:
        self.first = self.first or plan
        if not (plan.room < 0).any():
            self.everybody = self.everybody or plan
        self.by |= {moment: plan for moment in self.moments if plan.seconds <= moment}


def measure(folder: Path, *, quick: bool = False) -> Iterator[Figure]:
    seed = int(os.environ.get("PMS_SEED") or secrets.randbelow(1000) + 100)
    for name in os.environ.get("PMS_PLACING", QUICK if quick else HOUSES).split(","):
        rooms, occupancy, season = name.split("/")
        yield from _apart(_one_house, Case(int(rooms), float(occupancy), season, seed, quick))
    if not quick:
        yield from one_guest.measure(folder)


def _apart(work: Callable[[Case], list[Figure]], case: Case) -> list[Figure]:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(work, (case,))


def _one_house(case: Case) -> list[Figure]:
    made = made_house(case.rooms, case.occupancy, case.season, case.seed)
    with uncollected():
        return [(f"{case}: {what}", figure) for what, figure in _figures(case, made)]


def _figures(case: Case, made: House) -> Iterator[Figure]:
    began = time.perf_counter()
    instance = read_instance(made.instance)
    problem = problem_of(instance.house, instance.stays, MANUAL)
    reading = time.perf_counter() - began
    heard = Heard((AT_ONCE.get(case.rooms, 2.0) - reading, COMFORT - reading))
    plan = solve(problem, seconds=max(case.seconds - reading, 0.0), on_better=heard)
    if heard.first:
        wanted = FIRST.get(case.rooms, 2.0)
        yield "first full plan, reading included", f"{reading + heard.first.seconds:.2f} s (wanted: {wanted})"
    yield from _room_for_all(case, heard, reading, plan)
    at_comfort = heard.by.get(heard.moments[1], plan)
    yield f"points / those of first-fit after {COMFORT:.0f} s", f"{made.ratio(at_comfort.room):.3f}"
    yield from _promises(made, plan)
    if case.proved:
        yield from _proof(case, problem, plan, made.points(plan.room))
    yield "most memory", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB (wanted: {MEMORY})"


def _room_for_all(case: Case, heard: Heard, reading: float, plan: Solution) -> Iterator[Figure]:
    if case.occupancy < 0.95 and heard.moments[0] in heard.by:
        left = int((heard.by[heard.moments[0]].room < 0).sum())
        yield f"guests without a room after {AT_ONCE.get(case.rooms, 2.0):.0f} s", f"{left} (wanted: 0)"
    left = int((plan.room < 0).sum())
    yield f"guests without a room after {plan.seconds + reading:.0f} s, {plan.steps} steps", f"{left} (wanted: 0)"
    if heard.everybody:
        yield "everybody has a room", f"after {heard.everybody.seconds + reading:.2f} s"


def _promises(made: House, plan: Solution) -> Iterator[Figure]:
    broken, tiers, share = made.judged(plan.room)
    yield "hard rules broken", f"{broken} (wanted: 0)"
    planted = made.judged(made.planted)[1]
    worse = [n for n in range(3) if tiers[n] > planted[n]]
    yield "tiers, and those of the plan laid down", f"{_dots(tiers)} | {_dots(planted)}{' WORSE' if worse else ''}"
    wanted = {"vip_one_floor": 1.0, "families_connecting": FAMILIES, "wants_met": WISHES}
    for name, least in wanted.items():
        if share.get(name) is not None:
            yield name.replace("_", " "), f"{share[name]:.1%} (wanted: {least:.0%})"


def _proof(case: Case, problem: Problem, plan: Solution, points: int) -> Iterator[Figure]:
    seconds = COMFORT / 2 if case.quick else PROOF.get(case.rooms, 30.0) / 3
    bound = max(lower_bound(problem, sum(plan.tiers[1:]), seconds=seconds), 1)
    gap = f"{(points - bound) / points:.0%} of the plan, {points / bound - 1:.0%} of the bound"
    yield f"plan {points}, no plan has less than {bound}", f"{gap} (wanted: {WITHIN.get(case.rooms, 30)} %)"


def _dots(tiers: tuple[int, ...]) -> str:
    return " · ".join(np.array(tiers).astype(str).tolist())
