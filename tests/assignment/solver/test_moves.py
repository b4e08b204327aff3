"""The moves one by one: each does what the search as a whole could hide."""

from __future__ import annotations

import numpy as np

from pms.assignment.solver.ground import lay_out
from pms.assignment.solver.insertion import Insertion
from pms.assignment.solver.lifting import lift
from pms.assignment.solver.nights import settle
from pms.assignment.solver.prices import prices_of
from pms.assignment.solver.problem import Party, Price
from pms.assignment.solver.promises import broken_promises, gather, move_in, parted_couples, reunite, split_parties
from pms.assignment.solver.score import broken, score
from pms.assignment.solver.starts import greedy
from tests.assignment.solver.houses import house, numbers


def test_runs_change_rooms_together_and_what_stays_put_ends_them() -> None:
    problem = house([(0, 2), (2, 4), (4, 6)], 2, fixed={2: 0}, cost={(3, 0, 0): 9, (3, 1, 0): 9})
    ground = lay_out(problem)
    up = lift(ground, numbers([0, 0, 0]), numbers([0, 1]), (1, 12), np.zeros(3, bool))
    assert up.stays.tolist() == [0, 1] and up.starts.tolist() == [0] and up.after[0] == 9
    assert settle(ground, prices_of(ground, 1), numbers([0, 0, 0]), up).tolist() == [1, 1, 0]


def test_the_longest_waiting_guest_gets_a_room_by_moving_others_together() -> None:
    stays = [(0, 2), (2, 4), (4, 6), (6, 7), (0, 7), (0, 3), (3, 7)]
    ground = lay_out(house(stays, 3))
    search = Insertion(ground, prices_of(ground, 1), numbers([0, 1, 1, 2, -1, 2, 0]), np.random.default_rng(0))
    for _ in range(200):
        if (search.room >= 0).all():
            break
        search.step()
    assert (search.room >= 0).all() and not list(broken(ground.problem, search.room))


def test_a_couple_takes_the_pair_of_two_strangers_who_are_settled_elsewhere() -> None:
    family = Party((0, 1), None, Price(1, 50))
    problem = house([(0, 3), (0, 3), (0, 2), (1, 3)], 4, pairs=numbers([[0, 1]], 2), parties=(family,))
    ground = lay_out(problem)
    apart = numbers([2, 3, 0, 1])
    assert parted_couples(ground, apart).tolist() == [0]
    together = reunite(ground, prices_of(ground, 2), apart, 0, np.random.default_rng(0))
    assert sorted(together[:2].tolist()) == [0, 1] and score(ground, together) == (0, 0, 0, 0, 0)


def test_who_is_in_house_draws_the_other_to_the_room_behind_his_door() -> None:
    family = Party((0, 1), None, Price(1, 50))
    problem = house([(0, 3), (0, 3)], 4, pairs=numbers([[2, 3]], 2), parties=(family,), fixed={0: 3})
    ground = lay_out(problem)
    assert greedy(ground, prices_of(ground, 1)).tolist() == [3, 2]
    assert reunite(ground, prices_of(ground, 2), numbers([3, 0]), 0, np.random.default_rng(0)).tolist() == [3, 2]


def test_a_party_is_gathered_on_the_floor_where_most_of_it_lives() -> None:
    party = Party((0, 1, 2), Price(1, 80))
    problem = house([(0, 2)] * 4, 6, floor=numbers([1, 1, 1, 2, 2, 2]), parties=(party,))
    ground, room = lay_out(problem), numbers([0, 1, 3, 2])
    assert split_parties(ground, room).tolist() == [0]
    gathered = gather(ground, prices_of(ground, 2), room, 0, np.random.default_rng(1))
    assert len({int(problem.floor[gathered[stay]]) for stay in range(3)}) == 1


def test_a_party_moves_in_together_where_strangers_live_who_find_other_rooms() -> None:
    """The VIP is in house on floor 2, whose other rooms are taken; floor 1 is free."""
    party = Party((0, 1, 2), Price(1, 80))
    problem = house([(0, 2)] * 5, 6, fixed={0: 3}, floor=numbers([1, 1, 1, 2, 2, 2]), parties=(party,))
    ground, room = lay_out(problem), numbers([3, 0, 1, 4, 5])
    (promise,) = broken_promises(ground, room)
    move, who = promise
    together = move(ground, prices_of(ground, 2), room, who, np.random.default_rng(0))
    assert sorted(together[:3].tolist()) == [3, 4, 5] and sorted(together[3:].tolist()) < [0, 1, 2]
    assert broken_promises(ground, together) == []


def test_a_party_does_not_move_in_with_somebody_it_is_kept_apart_from() -> None:
    problem = house(
        [(0, 2)] * 3,
        4,
        fixed={2: 1},
        floor=numbers([1, 1, 1, 2]),
        parties=(Party((0, 1), Price(1, 80)),),
        side=numbers([0, -1, 1]),
    )
    ground, room = lay_out(problem), numbers([3, 0, 1])
    assert move_in(ground, prices_of(ground, 2), room, 0, np.random.default_rng(0)).tolist() == room.tolist()
