"""The search as a whole: nothing hard is ever broken, the same steps give the same plan, more are never worse."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given, settings

from pms.assignment.solver.problem import Party, Price, Problem, Solution
from pms.assignment.solver.score import broken, evaluate
from pms.assignment.solver.solve import solve
from tests.assignment.solver.houses import house, houses, numbers


def rooms_of(problem: Problem, **more: Any) -> list[int]:
    return solve(problem, steps=60, **more).room.tolist()


@settings(max_examples=40, deadline=None)
@given(houses())
def test_no_plan_breaks_what_is_hard_and_its_price_is_what_a_plain_count_says(problem: Problem) -> None:
    seen: list[Solution] = []
    solve(problem, steps=12, on_better=seen.append)
    for plan in seen:
        assert list(broken(problem, plan.room)) == []
        assert plan.tiers == evaluate(problem, plan.room)


@settings(max_examples=15, deadline=None)
@given(houses())
def test_the_same_seed_and_steps_give_the_same_plan_and_more_steps_are_never_worse(problem: Problem) -> None:
    few, again, more = (solve(problem, steps=steps, seed=3) for steps in (5, 5, 15))
    assert few.room.tolist() == again.room.tolist()
    assert more.tiers <= few.tiers


def test_every_plan_told_is_better_than_the_one_before() -> None:
    told: list[tuple[int, ...]] = []
    stays = [(day, day + 2) for day in (0, 1, 2, 3, 4) for _ in range(3)]
    cost = {(3, stay, room): (stay * 7 + room * 11) % 13 for stay in range(15) for room in range(7)}
    solve(house(stays, 7, cost=cost), steps=40, on_better=lambda plan: told.append(plan.tiers))
    assert len(told) > 1 and told == sorted(set(told), reverse=True)


def test_guests_get_the_rooms_that_cost_least_together() -> None:
    cost = {(2, 0, 0): 1, (2, 0, 1): 5, (2, 1, 0): 2, (2, 1, 1): 9}
    assert rooms_of(house([(0, 2), (1, 3)], cost=cost)) == [1, 0]


def test_a_higher_tier_counts_more_than_any_price_below() -> None:
    cost = {(1, 0, 0): 1, (3, 0, 1): 5000}
    assert rooms_of(house([(0, 2)], cost=cost)) == [1]


def test_who_is_in_house_stays_where_he_is() -> None:
    assert rooms_of(house([(0, 3), (0, 3)], fixed={0: 1}, cost={(1, 0, 1): 99})) == [0, 1][::-1]


def test_the_most_important_guest_has_a_room_when_there_are_too_few() -> None:
    problem = house([(0, 2), (1, 3), (2, 4)], 1, priority=numbers([1000, 5000, 1000]))
    plan = solve(problem, steps=60)
    assert plan.room.tolist() == [-1, 0, -1] and plan.tiers[0] == 2000


def test_a_long_stay_finds_its_room_although_short_ones_were_spread_over_all() -> None:
    stays = [(0, 2), (2, 5), (5, 7), (0, 4), (4, 7), (0, 7)]
    cost = {(3, stay, stay % 3): -0 for stay in range(6)} | {(3, 0, 1): 9, (3, 1, 0): 9, (3, 3, 2): 9, (3, 4, 0): 9}
    assert -1 not in rooms_of(house(stays, 3, cost=cost))


def test_an_early_arrival_does_not_follow_a_departure_of_the_same_day() -> None:
    problem = house([(0, 2), (2, 4)], fixed={0: 0}, first=numbers([1, 4]), cost={(4, 1, 1): 50})
    assert rooms_of(problem) == [0, 1]


def test_a_closed_room_is_not_given() -> None:
    assert rooms_of(house([(0, 2)], blocked=numbers([[0, 1, 3]], 3), cost={(1, 0, 1): 9})) == [1]


def test_those_who_are_kept_apart_live_on_two_floors() -> None:
    problem = house(
        [(0, 2), (0, 2)], 3, side=numbers([0, 1]), floor=numbers([1, 1, 2]), cost={(1, 0, 2): 9, (1, 1, 2): 9}
    )
    assert 2 in rooms_of(problem)


def test_a_family_has_the_rooms_with_a_door_between_them() -> None:
    problem = house(
        [(0, 2), (0, 2)],
        4,
        pairs=numbers([[1, 3]], 2),
        parties=(Party((0, 1), None, Price(1, 50)),),
        cost={(3, 0, 1): 9},
    )
    assert rooms_of(problem) == [3, 1]


def test_a_party_lives_on_one_floor() -> None:
    floors = numbers([1, 1, 2, 2, 2])
    problem = house(
        [(0, 2)] * 3, 5, floor=floors, parties=(Party((0, 1, 2), Price(1, 80)),), cost={(3, s, 2): 5 for s in range(3)}
    )
    assert sorted(rooms_of(problem)) == [2, 3, 4]


def test_a_gap_of_one_night_is_closed() -> None:
    problem = house([(0, 2), (2, 4), (5, 7)], fixed={0: 0, 2: 1})
    assert rooms_of(problem) == [0, 0, 1]


def test_a_needless_change_is_not_made() -> None:
    problem = house([(0, 2)], 3, current=numbers([2]), change=numbers([30]), cost={(4, 0, 2): 20})
    assert rooms_of(problem) == [2]


def test_an_empty_house_is_a_plan_too() -> None:
    plan = solve(house([], 2), seconds=0.1)
    assert plan.room.shape == (0,) and plan.tiers == (0, 0, 0, 0, 0)


def test_time_ends_the_search() -> None:
    stays = [(day, day + 3) for day in range(4)] * 4
    cost = {(4, stay, room): 1 for stay in range(16) for room in range(8)}
    assert solve(house(stays, 8, cost=cost), seconds=0.05).seconds < 2
    assert np.all(solve(house(stays, 8, cost=cost), steps=0).room >= -1)
