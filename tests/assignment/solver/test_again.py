"""Planning again: who holds a room keeps it, and only as many move as somebody's room needs."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings

from pms.assignment.solver.again import kept_rooms, solve_again
from pms.assignment.solver.ground import lay_out
from pms.assignment.solver.problem import Party, Price, Problem
from pms.assignment.solver.score import broken, evaluate
from tests.assignment.solver.houses import house, houses, numbers

STEPS = 40


def none_of(problem: Problem) -> np.ndarray:
    return np.zeros(problem.stays, bool)


@settings(max_examples=30, deadline=None)
@given(houses())
def test_no_plan_made_again_breaks_what_is_hard_whatever_rooms_were_held(problem: Problem) -> None:
    for touched in (None, none_of(problem), np.arange(problem.stays) % 3 == 0):
        plan = solve_again(problem, touched, steps=6)
        assert list(broken(problem, plan.room)) == []
        assert plan.tiers == evaluate(problem, plan.room)


@settings(max_examples=20, deadline=None)
@given(houses())
def test_nobody_moves_when_everybody_can_stay_and_the_same_event_gives_the_same_plan(problem: Problem) -> None:
    kept = kept_rooms(lay_out(problem), none_of(problem))
    once, again = (solve_again(problem, none_of(problem), steps=6) for _ in range(2))
    assert once.room.tolist() == again.room.tolist()
    if (kept >= 0).all():
        assert once.room.tolist() == kept.tolist()


def test_a_closed_room_moves_its_guest_and_nobody_else() -> None:
    problem = house(
        [(0, 2), (0, 2)],
        3,
        current=numbers([0, 1]),
        blocked=numbers([[0, 1, 5]], 3),
        cost={(1, 0, 2): 80, (2, 1, 1): 50},
    )
    assert solve_again(problem, none_of(problem), steps=STEPS).room.tolist() == [2, 1]


def test_a_guest_who_extends_keeps_his_room_and_the_next_one_moves() -> None:
    problem = house([(0, 4), (2, 5), (5, 6)], 3, fixed={0: 0}, current=numbers([0, 0, 0]), cost={(3, 1, 2): 5})
    assert solve_again(problem, none_of(problem), steps=STEPS).room.tolist() == [0, 1, 0]


def test_of_two_in_one_room_the_one_the_event_touches_moves() -> None:
    problem = house([(0, 4), (2, 5)], 2, current=numbers([0, 0]))
    assert solve_again(problem, np.array([True, False]), steps=STEPS).room.tolist() == [1, 0]


def test_somebody_makes_room_when_a_guest_would_have_none() -> None:
    """The new guest may have room 0 alone; the one in it goes to 1, and the one in 2 is left in peace."""
    problem = house(
        [(0, 2), (0, 2), (0, 2)],
        3,
        current=numbers([0, 2, -1]),
        forbidden=((2, 1), (2, 2)),
        cost={(1, 0, 1): 90, (1, 1, 2): 90},
    )
    assert solve_again(problem, none_of(problem), steps=STEPS).room.tolist() == [1, 2, 0]


def test_a_chain_of_two_moves_finds_the_room_of_the_third() -> None:
    problem = house(
        [(0, 2), (0, 2), (0, 2), (0, 2)],
        4,
        current=numbers([0, 1, 2, -1]),
        forbidden=((3, 1), (3, 2), (3, 3), (0, 2), (0, 3)),
    )
    plan = solve_again(problem, none_of(problem), steps=STEPS).room
    assert plan.tolist() in ([1, 3, 2, 0], [1, 2, 3, 0]) and plan[2] == 2


def test_new_members_of_a_group_come_to_the_floor_of_the_others() -> None:
    problem = house(
        [(0, 2)] * 3,
        4,
        current=numbers([2, -1, 0]),
        floor=numbers([1, 1, 2, 2]),
        parties=(Party((0, 1), Price(3, 30)),),
    )
    assert solve_again(problem, none_of(problem), steps=STEPS).room.tolist() == [2, 3, 0]


def test_a_house_planned_again_moves_for_a_promise_but_not_for_a_nuance() -> None:
    held = {"current": numbers([0]), "change": numbers([30]), "change_tier": 2}
    promise, nuance = (house([(0, 2)], 2, cost={(tier, 0, 0): 50}, **held) for tier in (1, 3))
    assert solve_again(promise, steps=STEPS).room.tolist() == [1]
    assert solve_again(nuance, steps=STEPS).room.tolist() == [0]
