"""Planning again by the desk's own facts: the frozen stay, the event touches few, and each move has its reason."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from pms.assignment.engine import refusal
from pms.assignment.explaining import neighbour
from pms.assignment.facts import Membership, RoomFacts, StayFacts, span
from pms.assignment.replanning import Replanned, replan
from pms.assignment.rules.book import RuleBook
from tests.assignment import made
from tests.assignment.made import DAY, ROOM, STAY, days, house

ROOMS = [replace(ROOM, id=place, number=f"120{place}") for place in (1, 2, 3)]


def guest(number: int, held: int | None = None, **facts: object) -> StayFacts:
    return replace(STAY, id=number, guest=f"G{number}", held_room=held, **facts)  # type: ignore[arg-type]


def rooms_of(again: Replanned) -> dict[int, int]:
    return {placed.stay.id: placed.choice.room.id for placed in again.plan.placed}


@settings(max_examples=30, deadline=None)
@given(made.rooms(), made.stays(), st.one_of(st.none(), st.frozensets(st.integers(0, 9))))
def test_everybody_is_answered_and_nobody_is_in_a_room_a_must_forbids(
    rooms: list[RoomFacts], stays: list[StayFacts], touched: frozenset[int] | None
) -> None:
    held = made.sized([replace(stay, held_room=rooms[stay.id % len(rooms)].id) for stay in stays])
    again = replan(house(*rooms), held, touched, steps=6)
    answered = [p.stay.id for p in again.plan.placed] + [u.stay.id for u in again.plan.unplaced]
    assert sorted(answered) == [stay.id for stay in stays]
    for placed in again.plan.placed:
        assert refusal(house(placed.choice.room), placed.stay, placed.choice.room) is None
    assert all(move.before.id != move.placement.choice.room.id for move in again.moved)


def test_a_room_out_of_order_moves_its_guest_who_is_told_why() -> None:
    hotel = house(*ROOMS)
    hotel.close(1, span(DAY, days(3)))
    again = replan(hotel, [guest(1, 1), guest(2, 2)], ())
    assert rooms_of(again) == {1: 3, 2: 2}
    (move,) = again.moved
    assert move.placement.stay.id == 1 and move.before.id == 1
    assert move.why is not None and move.why.rule == "free_on_every_night"


def test_who_is_in_house_extends_and_the_guest_who_holds_his_room_next_moves() -> None:
    stays = [guest(1, fixed_room=1, departure=days(4)), guest(2, 1, arrival=days(2), departure=days(5))]
    again = replan(house(*ROOMS[:2]), stays, ())
    assert rooms_of(again) == {1: 1, 2: 2}
    assert [move.placement.stay.id for move in again.moved] == [2]


def test_those_settled_in_the_house_are_not_asked() -> None:
    hotel = house(*ROOMS[:2])
    hotel.settle(neighbour(guest(9), ROOMS[0]))
    again = replan(hotel, [guest(1, 1)], ())
    assert rooms_of(again) == {1: 2}


def test_a_group_that_grows_lives_together_when_its_members_may_move() -> None:
    rooms = [*ROOMS[:2], *(replace(ROOM, id=place, number=f"130{place}", floor=13) for place in (3, 4))]
    together = (Membership("B1", "group", 2),)
    stays = [guest(1, 1, parties=together), guest(2, parties=together), guest(3, 2)]
    assert rooms_of(replan(house(*rooms), stays, {1})) in ({1: 3, 2: 4, 3: 2}, {1: 4, 2: 3, 3: 2})
    assert rooms_of(replan(house(*rooms), stays, ()))[1] == 1


def test_a_house_planned_again_pays_for_each_change_as_its_rules_say() -> None:
    better = replace(ROOMS[1], features=frozenset({"high"}))  # the wish is worth 30, as much as a change
    stays = [guest(1, 1, wishes=("high",))]
    assert rooms_of(replan(house(ROOMS[0], better), stays)) == {1: 1}
    free = RuleBook.from_mapping({"a_room_given_is_kept": {"on": False}})
    again = replan(house(ROOMS[0], better), stays, book=free)
    assert rooms_of(again) == {1: 2}
    assert again.moved[0].why is None


def test_the_room_that_is_kept_is_among_the_reasons() -> None:
    (placed,) = replan(house(*ROOMS), [guest(1, 2)], ()).plan.placed
    assert "Stays in the room given before." in [str(reason.text) for reason in placed.choice.met]
