"""The plan as a whole: nobody twice, nobody left over without a sentence, the same every time."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pms.assignment.engine import make_plan, place_in_line, refusal
from pms.assignment.facts import House, RoomFacts, StayFacts, span

DAY = date(2026, 11, 21)

rooms = st.integers(1, 8).map(
    lambda count: [
        RoomFacts(id=i, number=f"12{i:02d}", floor=12 + i % 2, type_id=i % 2, type_code="ST", beds="king", capacity=2)
        for i in range(count)
    ]
)


@st.composite
def stays(draw: st.DrawFn) -> list[StayFacts]:
    made = []
    for i in range(draw(st.integers(0, 14))):
        arrival = DAY + timedelta(days=draw(st.integers(0, 6)))
        made.append(
            StayFacts(
                id=i,
                guest=f"G{i}",
                type_id=draw(st.integers(0, 1)),
                arrival=arrival,
                departure=arrival + timedelta(days=draw(st.integers(0, 5))),
                booking_id=draw(st.integers(1, 5)),
                vip_level=draw(st.integers(0, 3)),
                persons=draw(st.integers(0, 3)),
                early=draw(st.booleans()),
                late=draw(st.booleans()),
                keep_apart=draw(st.sampled_from(["", "K1/1", "K1/2"])),
            )
        )
    return made


@given(rooms, stays())
def test_no_room_has_two_stays_at_the_same_time_and_everybody_is_answered(
    rooms: list[RoomFacts], stays: list[StayFacts]
) -> None:
    plan = make_plan(House(rooms={room.id: room for room in rooms}), stays)
    assert sorted([p.stay.id for p in plan.placed] + [u.stay.id for u in plan.unplaced]) == [s.id for s in stays]
    used: dict[int, int] = {}
    for placed in plan.placed:
        room = placed.choice.room
        assert not used.get(room.id, 0) & placed.stay.slots
        used[room.id] = used.get(room.id, 0) | placed.stay.slots
        assert refusal(House(rooms={room.id: room}), placed.stay, room) is None
    assert all(str(u.why) for u in plan.unplaced)


@given(rooms, stays())
def test_the_same_guests_get_the_same_plan_in_whatever_order_they_come(
    rooms: list[RoomFacts], stays: list[StayFacts]
) -> None:
    def plan(order: list[StayFacts]) -> list[tuple[int, int]]:
        made = make_plan(House(rooms={room.id: room for room in rooms}), order)
        return sorted((p.stay.id, p.choice.room.id) for p in made.placed)

    assert plan(stays) == plan(stays[::-1])


@given(st.integers(0, 20), st.integers(1, 9), st.booleans(), st.booleans())
def test_half_days_make_an_early_arrival_and_a_departure_meet(start: int, nights: int, early: bool, late: bool) -> None:
    arrival, departure = DAY + timedelta(days=start), DAY + timedelta(days=start + nights)
    mine = span(arrival, departure, early=early, late=late)
    before, after = span(arrival - timedelta(days=1), arrival), span(departure, departure + timedelta(days=1))
    assert bool(mine & before) is early and bool(mine & after) is late


def test_the_order_is_vip_then_needs_then_groups_then_regulars_then_longer_stays() -> None:
    def stay(number: int, **values: object) -> StayFacts:
        return StayFacts(
            id=number, guest="", type_id=1, arrival=DAY, departure=DAY + timedelta(days=1), booking_id=number, **values
        )  # type: ignore[arg-type]

    line = [
        stay(9, vip_level=1),
        stay(8, vip_level=3),
        stay(7, needs=frozenset({"accessible"})),
        stay(6, needs=frozenset({"non_smoking"})),
        stay(5, group_id=1),
        stay(4, stays_before=7),
        stay(3, stays_before=2),
        stay(1),
    ]
    assert sorted(line, key=place_in_line) == line
    longer = StayFacts(id=5, guest="", type_id=1, arrival=DAY, departure=DAY + timedelta(days=4), booking_id=99)
    assert place_in_line(longer) < place_in_line(stay(1))
