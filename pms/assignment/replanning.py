"""Planning again around guests who hold rooms already (X2, E2). Pure and repeatable, knows no database.

Frozen are those in house, locked or told: they have a `fixed_room` or are settled in the house. Who was given a room
and does not know it has a `held_room`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np

from pms.assignment.engine import STEPS, place_in_line, plan_of_search, refusal
from pms.assignment.facts import House, Placement, Plan, Reason, RoomFacts, StayFacts
from pms.assignment.pricing_problem import problem_of
from pms.assignment.rules.book import MANUAL, RuleBook
from pms.assignment.solver.again import solve_again


@dataclass(frozen=True, slots=True)
class Moved:
    """Somebody who changes rooms. `why` is the must that forbids the room held; None: makes room or lives better."""

    placement: Placement
    before: RoomFacts
    why: Reason | None


@dataclass(frozen=True, slots=True)
class Replanned:
    """`plan` holds everybody, `moved` those of them whose room is another than the one held, in line (P1-P5)."""

    plan: Plan
    moved: tuple[Moved, ...]


def replan(
    house: House,
    stays: Iterable[StayFacts],
    touched: Collection[int] | None = None,
    *,
    book: RuleBook = MANUAL,
    steps: int = STEPS,
) -> Replanned:
    """A plan for `stays` around the rooms they hold. `house` has closures and the frozen, and is filled on the way.

    `touched` are the ids of stays that an event touches and that may be placed anew; `()` when it touches a room, for
    whoever lost his is found by himself. Everybody else keeps the room held, but for as few as must make room for
    somebody who would have none. None: the whole house is planned again, each change at the price of the rule
    `a_room_given_is_kept`. A room goes out of order: close it in `house`, `touched=()`. A guest extends: the new
    departure in his facts, with `fixed_room` if he is in house, `touched=()`. A group grows: the new members without a
    `held_room`, and `touched` those who may move to be together.
    """
    in_line = sorted(stays, key=place_in_line)
    lost = {stay.id: _refused(house, stay, book) for stay in in_line if stay.held_room is not None}
    staying = [stay for stay in in_line if stay.slots]
    problem = problem_of(house, staying, book)
    chosen = None
    if touched is not None:
        chosen = np.zeros(problem.stays, bool)
        chosen[: len(staying)] = [stay.id in touched for stay in staying]
    found = solve_again(problem, chosen, steps=steps)
    plan = plan_of_search(house, in_line, found.room, book)
    return Replanned(plan, tuple(_moves(house, plan, lost)))


def _refused(house: House, stay: StayFacts, book: RuleBook) -> Reason | None:
    room = house.rooms.get(stay.held_room if stay.held_room is not None else -1)
    return refusal(house, stay, room, book) if room else None


def _moves(house: House, plan: Plan, lost: dict[int, Reason | None]) -> Iterable[Moved]:
    for placement in plan.placed:
        stay, now = placement.stay, placement.choice.room
        before = house.rooms.get(stay.held_room) if stay.held_room is not None else None
        if before is not None and before.id != now.id:
            yield Moved(placement, before, lost[stay.id])
