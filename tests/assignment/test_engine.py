"""The plan as a whole: nobody twice, nobody left over without a sentence, the same every time."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from pms.assignment.engine import make_plan, place_in_line, refusal
from pms.assignment.explaining import neighbour
from pms.assignment.facts import RoomFacts, StayFacts, span
from tests.assignment import made
from tests.assignment.made import DAY, STAY, days, house, sized


@settings(max_examples=40)
@given(made.rooms(), made.stays())
def test_no_room_has_two_stays_at_the_same_time_and_everybody_is_answered(
    rooms: list[RoomFacts], stays: list[StayFacts]
) -> None:
    plan = make_plan(house(*rooms), sized(stays), steps=10)
    assert sorted([p.stay.id for p in plan.placed] + [u.stay.id for u in plan.unplaced]) == [s.id for s in stays]
    used: dict[int, int] = {}
    for placed in plan.placed:
        room = placed.choice.room
        assert not used.get(room.id, 0) & placed.stay.slots
        used[room.id] = used.get(room.id, 0) | placed.stay.slots
        assert refusal(house(room), placed.stay, room) is None
    assert all(str(u.why) for u in plan.unplaced)


@settings(max_examples=40)
@given(made.rooms(), made.stays())
def test_the_same_guests_get_the_same_plan_in_whatever_order_they_come(
    rooms: list[RoomFacts], stays: list[StayFacts]
) -> None:
    def plan(order: list[StayFacts]) -> list[tuple[int, int]]:
        found = make_plan(house(*rooms), order, steps=10)
        return sorted((p.stay.id, p.choice.room.id) for p in found.placed)

    stays = sized(stays)
    assert plan(stays) == plan(stays[::-1])


@given(st.integers(0, 20), st.integers(1, 9), st.booleans(), st.booleans())
def test_half_days_make_an_early_arrival_and_a_departure_meet(start: int, nights: int, early: bool, late: bool) -> None:
    arrival, departure = days(start), days(start + nights)
    mine = span(arrival, departure, early=early, late=late)
    before, after = span(days(start - 1), arrival), span(departure, days(start + nights + 1))
    assert bool(mine & before) is early and bool(mine & after) is late


def test_the_order_is_vip_then_needs_then_groups_then_regulars_then_longer_stays() -> None:
    one_night = replace(STAY, departure=days(1))
    line = [
        replace(one_night, id=9, kinds=frozenset({"vip"}), vip_level=1),
        replace(one_night, id=8, kinds=frozenset({"vip"}), vip_level=3),
        replace(one_night, id=7, kinds=frozenset({"disabled"}), needs=frozenset({"accessible"})),
        replace(one_night, id=6, needs=frozenset({"non_smoking"})),
        replace(one_night, id=5, kinds=frozenset({"group"})),
        replace(one_night, id=4, stays_before=7),
        replace(one_night, id=3, stays_before=2),
        replace(one_night, id=2, departure=days(4)),
        replace(one_night, id=1),
    ]
    assert sorted(line, key=place_in_line) == line


def test_day_use_takes_a_room_beside_the_guests_of_the_night() -> None:
    """P3: a group in the plan brings the search, which knows nothing of day use."""
    pair = sized([replace(STAY, id=n, parties=(made.Membership("g", "group"),)) for n in (1, 2)])
    by_day = replace(STAY, id=3, departure=DAY)
    rooms = [replace(made.ROOM, id=n, number=f"120{n}") for n in (1, 2)]
    plan = make_plan(house(*rooms), [*pair, by_day])
    assert sorted(p.stay.id for p in plan.placed) == [1, 2, 3]


@settings(max_examples=40)
@given(made.rooms(), made.stays(), st.integers(0, 8))
def test_who_has_a_room_already_keeps_it_and_no_must_is_broken_beside_them(
    rooms: list[RoomFacts], stays: list[StayFacts], settled: int
) -> None:
    around, stays = house(*rooms), sized(stays)
    has = [
        (stay, room)
        for stay, room in zip(stays[:settled], rooms, strict=False)
        if refusal(around, stay, room) is None and not around.settle(neighbour(stay, room))
    ]
    coming = [stay for stay in stays if stay.id not in {other.id for other, _ in has}]
    plan = make_plan(around, coming, steps=10)
    everybody = [*has, *((placed.stay, placed.choice.room) for placed in plan.placed)]
    for stay, room in everybody:
        others = house(*rooms)
        for other, where in everybody:
            if other is not stay:
                others.settle(neighbour(other, where))
        assert refusal(others, stay, room) is None


def test_the_latecomer_of_a_party_joins_those_who_have_rooms_already() -> None:
    """P10: who is in house counts for the party, and nobody's room is taken."""
    party = (made.Membership("p", "company", 3),)
    rooms = [replace(made.ROOM, id=n, number=f"{floor}0{n}", floor=floor) for n, floor in enumerate((9, 12, 12, 12))]
    around = house(*rooms)
    around.settle(neighbour(replace(STAY, id=9, parties=party), rooms[2]))
    plan = make_plan(around, [replace(STAY, id=n, parties=party) for n in (1, 2)])
    assert {p.choice.room.id for p in plan.placed} == {1, 3}


def test_who_is_left_over_is_told_what_would_help() -> None:
    """P7: the type is sold out, another one is free."""
    better = replace(made.ROOM, id=2, number="1301", type_id=2, type_code="DLK", rank=1)
    plan = make_plan(house(made.ROOM, better), [replace(STAY, id=n, guest=f"G{n}", stays_before=n) for n in (1, 2)])
    (left,) = plan.unplaced
    assert left.stay.id == 1, "the guest who has been here more often has the room"
    assert [str(offer.text) for offer in left.offers] == ["Upgrade G1 to DLK: 1301 is free."]
