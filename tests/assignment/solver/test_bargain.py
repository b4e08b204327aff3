"""The start by bargaining: it breaks nothing hard, leaves in peace who lives as promised, and is better for all."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings

from pms.assignment.solver.bargain import Bargain, content
from pms.assignment.solver.ground import lay_out
from pms.assignment.solver.problem import NOWHERE, Ints, Party, Price, Problem
from pms.assignment.solver.score import broken
from pms.assignment.solver.solve import solve
from tests.assignment.solver.houses import house, houses, numbers


def agreed(problem: Problem, room: Ints, steps: int = 60) -> list[int]:
    ground = lay_out(problem)
    bargain = Bargain(ground, room, content(ground, room), np.array([0.0, 8, 4, 2, 1]))
    for step in range(steps):
        bargain.step(step / steps)
    found = bargain.rooms(np.random.default_rng(0))
    assert list(broken(problem, found)) == []
    return found.tolist()


@settings(max_examples=30, deadline=None)
@given(houses())
def test_a_bargain_breaks_nothing_hard(problem: Problem) -> None:
    agreed(problem, solve(problem, steps=3).room, steps=10)


def test_each_room_takes_the_guest_whom_it_suits_more_than_others() -> None:
    cost = {(3, 0, 1): 40, (3, 1, 0): 10, (3, 1, 1): 20}
    nobody = np.full(2, NOWHERE, np.int32)
    assert agreed(house([(0, 2), (0, 2)], cost=cost), nobody) == [0, 1]


def test_a_couple_behind_its_door_and_a_party_on_its_floor_stay_there() -> None:
    parties = (Party((0, 1), None, Price(1, 50)), Party((2, 3), Price(1, 80)))
    problem = house(
        [(0, 2)] * 4,
        6,
        floor=numbers([1, 1, 2, 2, 3, 3]),
        pairs=numbers([[0, 1]], 2),
        parties=parties,
        cost={(3, stay, room): 30 for stay in range(4) for room in range(4)},
    )
    assert agreed(problem, numbers([0, 1, 2, 3])) == [0, 1, 2, 3]


def test_the_search_goes_on_after_the_bargain_with_the_better_plan() -> None:
    stays = [(day, day + 2) for day in (0, 1, 2, 3, 4) for _ in range(3)]
    cost = {(3, stay, room): 1 + (stay * 7 + room * 11) % 13 for stay in range(15) for room in range(7)}
    problem = house(stays, 7, cost=cost)
    before, after = solve(problem, steps=150), solve(problem, steps=700)
    assert after.steps == 700 and after.tiers <= before.tiers and not list(broken(problem, after.room))
