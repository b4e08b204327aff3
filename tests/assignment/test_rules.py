"""Each placing rule says what the manual says; the facts are made so that the opposite rule would be caught."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from pms.assignment.engine import make_plan, rank_rooms, refusal, score
from pms.assignment.facts import House, Neighbour, RoomFacts, StayFacts, span
from pms.assignment.rules import PREFERENCES

DAY = date(2026, 11, 21)
ROOM = RoomFacts(id=1, number="1205", floor=12, type_id=1, type_code="STK", beds="king", capacity=2, height=0.5)
STAY = StayFacts(id=1, guest="Fischer, Anna", type_id=1, arrival=DAY, departure=DAY + timedelta(days=2), booking_id=1)


def house(*rooms: RoomFacts, **values: object) -> House:
    return House(rooms={room.id: room for room in rooms}, **values)  # type: ignore[arg-type]


def settled(house: House, room: RoomFacts, stay: StayFacts) -> None:
    house.settle(Neighbour(stay.slots, room, stay.booking_id, stay.group_id, stay.company, stay.keep_apart))


def verdict(rule: str, stay: StayFacts, room: RoomFacts, around: House | None = None) -> float | None:
    """How much the rule holds against the room: 0 content, up to 1, None when it has nothing to say."""
    (found,) = [preference for preference in PREFERENCES if preference.name == rule]
    word = found.judge(stay, room, around or house(room))
    return None if word is None else word.by


@pytest.mark.parametrize(
    ("stay", "room", "source"),
    [
        (replace(STAY, type_id=2), ROOM, "P2"),
        (replace(STAY, persons=3), ROOM, "P2"),
        (replace(STAY, needs=frozenset({"accessible"})), ROOM, "P13"),
        (replace(STAY, needs=frozenset({"non_smoking"})), replace(ROOM, smoking=True), "P2 need"),
        (replace(STAY, needs=frozenset({"smoking"})), ROOM, "P2 need"),
        (replace(STAY, needs=frozenset({"twin"})), ROOM, "P2 need"),
        (STAY, replace(ROOM, held_back="state visit"), "P1"),
    ],
)
def test_a_must_forbids_the_room_and_says_which_number_it_comes_from(
    stay: StayFacts, room: RoomFacts, source: str
) -> None:
    reason = refusal(house(room), stay, room)
    assert reason is not None and reason.source == source
    assert refusal(house(ROOM), STAY, ROOM) is None


def test_held_back_rooms_are_for_vips() -> None:
    room = replace(ROOM, held_back="state visit")
    assert refusal(house(room), replace(STAY, vip_level=1), room) is None


def test_guests_kept_apart_are_not_on_one_floor_on_the_same_night() -> None:
    other = replace(ROOM, id=2, number="1206")
    around = house(ROOM, other)
    settled(around, other, replace(STAY, id=2, booking_id=2, keep_apart="K7/1"))
    apart = replace(STAY, keep_apart="K7/2")
    reason = refusal(around, apart, ROOM)
    assert reason is not None and reason.source == "P15"
    assert refusal(around, replace(apart, keep_apart="K7/1"), ROOM) is None, "the same side may meet"
    later = replace(apart, arrival=DAY + timedelta(days=2), departure=DAY + timedelta(days=3))
    assert refusal(around, later, ROOM) is None, "another night is no matter"


@pytest.mark.parametrize(
    ("wish", "fits", "fits_not"),
    [
        ("high", {"height": 0.9}, {"height": 0.2}),
        ("low", {"height": 0.1}, {"height": 0.9}),
        ("quiet", {"quiet": 80}, {"quiet": 40}),
        ("near_lift", {"lift_distance": 1}, {"lift_distance": 7}),
        ("far_from_lift", {"lift_distance": 8}, {"lift_distance": 2}),
        ("city_view", {"view": "city"}, {"view": "court"}),
        ("lake_view", {"view": "lake"}, {"view": "city"}),
        ("tub", {"bath": "both"}, {"bath": "shower"}),
        ("even", {"number": "1208"}, {"number": "1207"}),
        ("twin", {"beds": "twin"}, {"beds": "king"}),
    ],
)
def test_a_wish_is_content_with_a_room_that_meets_it(wish: str, fits: dict, fits_not: dict) -> None:
    asks = replace(STAY, wishes=(wish,))
    assert verdict("wishes_are_met", asks, replace(ROOM, **fits)) == 0
    assert verdict("wishes_are_met", asks, replace(ROOM, **fits_not)) == 1


def test_half_of_two_wishes_counts_half() -> None:
    asks = replace(STAY, wishes=("high", "quiet"))
    assert verdict("wishes_are_met", asks, replace(ROOM, height=1.0, quiet=10)) == 0.5


@pytest.mark.parametrize(("number", "floor", "content"), [("1204", 12, False), ("1205", 12, True), ("0401", 4, False)])
def test_shunned_numbers_are_avoided_in_room_and_floor(number: str, floor: int, content: bool) -> None:
    shuns = replace(STAY, taboo=("4", "13"))
    assert (verdict("shunned_numbers_are_avoided", shuns, replace(ROOM, number=number, floor=floor)) == 0) is content


def test_a_returning_guest_prefers_the_room_of_last_time() -> None:
    back = replace(STAY, last_room="1205")
    assert verdict("the_room_of_last_time", back, ROOM) == 0
    assert verdict("the_room_of_last_time", back, replace(ROOM, number="1207")) == 1


def test_vip_prefers_the_better_of_two_rooms() -> None:
    vip = replace(STAY, vip_level=2)
    plain, best = replace(ROOM, condition=60, quiet=50), replace(ROOM, id=2, condition=95, quiet=90, view="city")
    assert verdict("vip_has_the_best_room", vip, best) == 0
    assert (verdict("vip_has_the_best_room", vip, plain) or 0) > 0
    assert verdict("vip_has_the_best_room", STAY, plain) is None


def test_disabled_guest_is_content_low_and_near_the_lift_or_in_an_accessible_room() -> None:
    guest = replace(STAY, needs=frozenset({"disabled"}))
    low = replace(ROOM, height=0.1, lift_distance=1)
    assert verdict("disabled_guest_is_near_the_lift", guest, low) == 0
    assert verdict("disabled_guest_is_near_the_lift", guest, replace(ROOM, accessible=True)) == 0
    assert verdict("disabled_guest_is_near_the_lift", guest, replace(low, lift_distance=9)) == 1


def test_newly_weds_are_content_with_a_high_02_or_a_good_number_with_king_bed() -> None:
    couple = replace(STAY, party="newly_weds")
    high_02 = replace(ROOM, number="2002", height=1.0, view="city", beds="twin")
    assert verdict("newly_weds_have_a_room_to_remember", couple, high_02) == 0
    assert verdict("newly_weds_have_a_room_to_remember", couple, replace(ROOM, number="1208")) == 0
    assert verdict("newly_weds_have_a_room_to_remember", couple, ROOM) == 1


def test_elderly_guests_are_low_quiet_and_away_from_the_lift_unlike_the_disabled() -> None:
    guest = replace(STAY, age=78)
    assert verdict("elderly_guest_is_low_and_quiet", guest, replace(ROOM, height=0.1, quiet=70, lift_distance=8)) == 0
    assert (
        verdict("elderly_guest_is_low_and_quiet", guest, replace(ROOM, height=0.1, quiet=70, lift_distance=1)) or 0
    ) > 0
    assert verdict("elderly_guest_is_low_and_quiet", replace(STAY, age=40), ROOM) is None


def test_business_guest_wants_the_business_floor_and_no_group_there() -> None:
    guest = replace(STAY, company=True)
    assert verdict("business_guest_works_in_peace", guest, replace(ROOM, business_floor=True)) == 0
    quiet = verdict("business_guest_works_in_peace", guest, ROOM)
    around = house(ROOM, other := replace(ROOM, id=2, number="1206"))
    settled(around, other, replace(STAY, id=2, booking_id=2, group_id=5))
    assert (verdict("business_guest_works_in_peace", guest, ROOM, around) or 0) > (quiet or 0)


def test_low_season_keeps_strangers_from_both_sides_of_a_connecting_door() -> None:
    door = replace(ROOM, id=2, number="1207")
    around = house(ROOM, door, connecting={1: frozenset({2}), 2: frozenset({1})}, low_season=True)
    settled(around, door, replace(STAY, id=2, booking_id=2))
    assert verdict("strangers_do_not_share_a_door", STAY, ROOM, around) == 1
    around.low_season = False
    assert verdict("strangers_do_not_share_a_door", STAY, ROOM, around) is None


def test_family_takes_connecting_rooms_though_a_nicer_room_is_free() -> None:
    rooms = [
        replace(ROOM, id=1, number="1201", condition=10),
        replace(ROOM, id=2, number="1202", condition=10),
        replace(ROOM, id=3, number="2005", floor=20, height=1.0, view="city", renovated=True),
    ]
    around = house(*rooms, connecting={1: frozenset({2}), 2: frozenset({1})})
    pair = [replace(STAY, id=i, booking_id=9, party="family") for i in (1, 2)]
    plan = make_plan(around, pair)
    assert {p.choice.room.number for p in plan.placed} == {"1201", "1202"}
    assert "Connects with" in " ".join(str(reason.text) for p in plan.placed for reason in p.choice.met)


def test_entourage_follows_its_vip_to_the_floor() -> None:
    rooms = [
        replace(ROOM, id=1, number="2101", floor=21, condition=95, quiet=95, view="city", height=1.0),
        replace(ROOM, id=2, number="2102", floor=21, height=1.0, condition=20),
        replace(ROOM, id=3, number="1205", floor=12, condition=80),
    ]
    vip = replace(STAY, id=1, vip_level=1)
    plan = make_plan(house(*rooms), [replace(STAY, id=2, party="entourage"), vip])
    assert {p.stay.id: p.choice.room for p in plan.placed} == {1: rooms[0], 2: rooms[1]}


def test_a_group_keeps_to_one_low_floor() -> None:
    rooms = [
        replace(ROOM, id=i, number=f"{f}0{i}", floor=f, height=h)
        for i, (f, h) in enumerate([(8, 0.0), (21, 1.0), (8, 0.0)])
    ]
    plan = make_plan(house(*rooms), [replace(STAY, id=i, group_id=3) for i in (1, 2)])
    assert {p.choice.room.floor for p in plan.placed} == {8}


def test_a_gap_is_filled_rather_than_a_new_room_opened() -> None:
    tight, open_room = replace(ROOM, id=1, number="1209"), replace(ROOM, id=2, number="1201")
    around = house(tight, open_room)
    around.close(1, span(DAY - timedelta(days=3), DAY) | span(DAY + timedelta(days=2), DAY + timedelta(days=5)))
    assert around.idle_nights(tight, STAY) == (0, 0)
    assert rank_rooms(around, STAY)[0].room is tight


def test_clean_rooms_come_first_but_never_before_a_promise() -> None:
    dirty, clean = (
        replace(ROOM, id=1, clean=False, condition=95, quiet=95),
        replace(ROOM, id=2, number="1207"),
    )
    assert rank_rooms(house(dirty, clean), STAY)[0].room is clean
    assert rank_rooms(house(dirty, clean), replace(STAY, vip_level=1))[0].room is dirty


def test_the_reasons_of_a_room_are_sentences_in_both_languages() -> None:
    from pms.say import translate

    choice = score(house(ROOM), replace(STAY, wishes=("king",), taboo=("4",)), ROOM)
    for reason in (*choice.met, *choice.missed):
        english, chinese = translate(reason.text, "en"), translate(reason.text, "zh")
        assert english.endswith(".") and "{" not in english + chinese
        assert english != chinese
