"""How far a plan is from what any plan could reach: its price and a price that none undercuts. Knows no database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from pms.assignment.facts import House, StayFacts
from pms.assignment.pricing_problem import problem_of
from pms.assignment.rules.book import RuleBook
from pms.assignment.solver.bound import lower_bound
from pms.assignment.solver.score import evaluate

SECONDS = 3.0  # at most: the plan is on the screen meanwhile
STEPS = 400


class Worth(NamedTuple):
    """Points of all tiers below "everybody has a room" added: of the plan, and the fewest any plan could have that
    gives everybody a room.
    """

    price: int
    bound: int


def worth_of(
    house: House,
    stays: Sequence[StayFacts],
    rooms: Mapping[int, int],
    book: RuleBook,
    *,
    seconds: float = SECONDS,
    steps: int = STEPS,
) -> Worth | None:
    """The worth of a plan, `rooms` by stay id; `house` is without these stays. None when somebody has no room."""
    staying = [stay for stay in stays if stay.slots]
    if not staying or any(rooms.get(stay.id) not in house.rooms for stay in staying):
        return None
    problem = problem_of(house, staying, book)
    places = {room_id: place for place, room_id in enumerate(house.rooms)}
    plan = problem.fixed.copy()
    plan[: len(staying)] = np.array([places[rooms[stay.id]] for stay in staying], plan.dtype)
    price = sum(evaluate(problem, plan)[1:])
    return Worth(price, min(price, lower_bound(problem, price, seconds=seconds, steps=steps)))
