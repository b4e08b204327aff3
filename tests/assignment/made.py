"""Small houses and guests for the tests of placing, by hand and by hypothesis."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st

from pms.assignment.facts import CLEAN, DIRTY, DUE_OUT, House, Membership, RoomFacts, StayFacts
from pms.assignment.rules.wishes import WISHES

DAY = date(2026, 11, 21)
FEATURES = [*WISHES, "balcony"]
KINDS = ["vip", "entourage", "group", "family", "business", "leisure", "disabled", "elderly", "newly_weds", "walk_in"]

ROOM = RoomFacts(id=1, number="1205", floor=12, type_id=1, type_code="STK", capacity=2)
STAY = StayFacts(id=1, guest="Fischer, Anna", type_id=1, arrival=DAY, departure=DAY + timedelta(days=2))


def house(*rooms: RoomFacts, **values: object) -> House:
    return House(rooms={room.id: room for room in rooms}, **{"today": DAY, **values})  # type: ignore[arg-type]


def days(count: int) -> date:
    return DAY + timedelta(days=count)


@st.composite
def rooms(draw: st.DrawFn, most: int = 8) -> list[RoomFacts]:
    count = draw(st.integers(1, most))
    return [
        RoomFacts(
            id=place,
            number=f"{draw(st.sampled_from((4, 12, 13)))}{place + 1:02d}",
            floor=draw(st.sampled_from((4, 12, 13))),
            type_id=(kind := draw(st.integers(0, 2))),
            type_code="ABC"[kind],
            capacity=draw(st.integers(1, 3)),
            rank=kind // 2,
            features=draw(st.frozensets(st.sampled_from(FEATURES))),
            height=draw(st.integers(0, 100)),
            quality=draw(st.integers(0, 100)),
            noisy=draw(st.booleans()),
            renovated=draw(st.booleans()),
            business_floor=draw(st.booleans()),
            held_back=draw(st.sampled_from(("", "", "state visit"))),
            kept_for=draw(st.sampled_from(("", "accessible"))),
            state=draw(st.sampled_from((CLEAN, DIRTY, DUE_OUT))),
        )
        for place in range(count)
    ]


@st.composite
def stays(draw: st.DrawFn, most: int = 10) -> list[StayFacts]:
    return [draw(stay(place)) for place in range(draw(st.integers(0, most)))]


@st.composite
def stay(draw: st.DrawFn, place: int = 0) -> StayFacts:
    arrival = draw(st.integers(0, 6))
    numbers = st.sampled_from(["401", "1202", "1303", "1204", "9999"])
    kind = draw(st.integers(0, 2))
    return StayFacts(
        id=place,
        guest=f"G{place}",
        type_id=kind,
        type_code="ABC"[kind],
        rank=kind // 2,
        ok_types=draw(st.frozensets(st.integers(0, 2))),
        arrival=days(arrival),
        departure=days(arrival + draw(st.integers(1, 5))),
        persons=draw(st.integers(1, 3)),
        kinds=draw(st.frozensets(st.sampled_from(KINDS), max_size=2)),
        needs=draw(st.frozensets(st.sampled_from(FEATURES), max_size=1)),
        wishes=tuple(draw(st.frozensets(st.sampled_from(sorted(WISHES)), max_size=3))),
        wanted_room=draw(st.sampled_from(["", "", "1202"])),
        past_rooms=tuple(draw(st.lists(numbers, max_size=2))),
        taboo=tuple(draw(st.frozensets(st.sampled_from(["4", "13"])))),
        liked=tuple(draw(st.frozensets(st.sampled_from(["8", "6"])))),
        keep_apart=draw(st.sampled_from(["", "", "K1/1", "K1/2"])),
        parties=tuple(
            Membership(f"{kind}{draw(st.integers(0, 1))}", kind)
            for kind in draw(st.lists(st.sampled_from(["family", "vip", "group", "company"]), max_size=1))
        ),
        regular=draw(st.booleans()),
        priority=draw(st.integers(0, 6)),
        held_room=draw(st.sampled_from([None, None, 0, 99])),
        early=draw(st.booleans()),
        late=draw(st.booleans()),
    )


def sized(people: list[StayFacts]) -> list[StayFacts]:
    """The same people with the true size of their parties."""
    keys = [party.key for each in people for party in each.parties]
    return [
        replace(each, parties=tuple(party._replace(size=keys.count(party.key)) for party in each.parties))
        for each in people
    ]
