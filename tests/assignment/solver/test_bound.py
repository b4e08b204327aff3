"""The proof: no plan that places everybody is cheaper than the bound says, and where nobody competes it is met."""

from __future__ import annotations

from hypothesis import given, settings

from pms.assignment.solver.bound import lower_bound
from pms.assignment.solver.problem import Party, Price, Problem
from pms.assignment.solver.solve import solve
from tests.assignment.solver.houses import house, houses, numbers


@settings(max_examples=30, deadline=None)
@given(houses())
def test_no_plan_that_places_everybody_is_below_the_bound(problem: Problem) -> None:
    plan = solve(problem, steps=20)
    if (plan.room >= 0).all():
        assert lower_bound(problem, sum(plan.tiers[1:]), steps=40) <= sum(plan.tiers[1:])


def test_guests_who_want_the_same_room_make_the_bound_rise_to_the_best_plan() -> None:
    problem = house([(0, 2), (1, 3)], cost={(2, 0, 1): 5, (2, 1, 1): 9})
    assert lower_bound(problem, 5, steps=300) == 5


def test_gaps_beside_those_who_stay_put_are_in_the_bound() -> None:
    problem = house([(0, 2), (3, 5)], 1, fixed={0: 0})
    assert lower_bound(problem, 12, steps=20) == 12


def test_closed_rooms_and_needless_changes_are_in_the_bound() -> None:
    problem = house([(0, 2)], 2, blocked=numbers([[0, 1, 3]], 3), current=numbers([0]), change=numbers([30]))
    assert lower_bound(problem, 30, steps=20) == 30


def test_a_group_too_large_for_a_floor_pays_for_a_second_one() -> None:
    group = Party((0, 1, 2), Price(3, 30))
    problem = house([(0, 2)] * 3, 6, floor=numbers([1, 1, 2, 2, 3, 3]), parties=(group,))
    assert lower_bound(problem, 60, steps=100) == 30


def test_the_bound_stops_at_the_price_of_a_plan_that_cannot_be_better() -> None:
    problem = house([(0, 2)], cost={(2, 0, 0): 5, (2, 0, 1): 5})
    assert lower_bound(problem, 5, seconds=60) == 5


def test_a_guest_for_whom_there_is_no_room_at_all_does_not_end_the_proof() -> None:
    problem = house([(0, 2), (0, 2)], forbidden=((1, 0), (1, 1)), cost={(2, 0, 0): 5, (2, 0, 1): 5})
    assert lower_bound(problem, steps=20) >= 5
