"""Each placing rule says what the manual says; the facts are made so that the opposite rule would be caught."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pms.assignment.engine import make_plan, rank_rooms, refusal
from pms.assignment.explaining import neighbour, score
from pms.assignment.facts import DIRTY, DUE_OUT, House, Membership, RoomFacts, StayFacts, span
from pms.assignment.rules import MUSTS, PREFERENCES
from pms.assignment.rules.book import MANUAL
from pms.say import translate
from tests.assignment.made import DAY, ROOM, STAY, days, house


def kind(*kinds: str) -> StayFacts:
    return replace(STAY, kinds=frozenset(kinds))


def room(*features: str, **values: object) -> RoomFacts:
    return replace(ROOM, features=frozenset(features), **values)  # type: ignore[arg-type]


def together(kind: str, count: int) -> list[StayFacts]:
    kinds = frozenset({kind} & {"family", "group"})
    return [replace(STAY, id=n, kinds=kinds, parties=(Membership("p", kind, count),)) for n in range(1, count + 1)]


def points(rule: str, stay: StayFacts, room: RoomFacts, around: House | None = None) -> int | None:
    """What the rule charges for the room; None when it has nothing to say."""
    found = {rule.name: word for rule, word in MANUAL.words(stay, room, around or house(room))}
    return found[rule].points if rule in found else None


# --- Musts ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("stay", "bad", "good", "source"),
    [
        (replace(STAY, ok_types=frozenset({2, 3})), ROOM, room(type_id=3), "P2"),
        (replace(STAY, persons=3), ROOM, room(capacity=3), "P2"),
        (replace(STAY, needs=frozenset({"accessible"})), ROOM, room("accessible"), "P13"),
        (replace(STAY, needs=frozenset({"non_smoking"})), room("smoking"), room("non_smoking"), "P2 need"),
        (replace(STAY, needs=frozenset({"smoking"})), room("non_smoking"), room("smoking"), "P2 need"),
        (replace(STAY, needs=frozenset({"twin"})), room("king"), room("twin"), "P2 need"),
        (replace(STAY, needs=frozenset({"balcony"})), ROOM, room("balcony"), "P2 need"),
        (STAY, room(held_back="state visit"), ROOM, "P1"),
        (replace(STAY, early=True), room(state=DIRTY), ROOM, "C10"),
    ],
)
def test_a_must_forbids_the_room_and_says_which_number_it_comes_from(
    stay: StayFacts, bad: RoomFacts, good: RoomFacts, source: str
) -> None:
    reason = refusal(house(bad), stay, bad)
    assert reason is not None and reason.source == source
    assert refusal(house(good), stay, good) is None


def test_held_back_rooms_are_for_vips() -> None:
    held = room(held_back="state visit")
    assert refusal(house(held), kind("vip"), held) is None


def test_an_early_guest_of_another_day_may_have_a_room_that_is_dirty_today() -> None:
    tomorrow = replace(STAY, early=True, arrival=days(1))
    assert refusal(house(room(state=DIRTY)), tomorrow, room(state=DIRTY)) is None


def test_guests_kept_apart_are_not_on_one_floor_on_the_same_night() -> None:
    other = replace(ROOM, id=2, number="1206")
    around = house(ROOM, other)
    around.settle(neighbour(replace(STAY, id=2, keep_apart="K7/1"), other))
    apart = replace(STAY, keep_apart="K7/2")
    reason = refusal(around, apart, ROOM)
    assert reason is not None and reason.source == "P15"
    assert refusal(around, replace(apart, keep_apart="K7/1"), ROOM) is None, "the same side may meet"
    later = replace(apart, arrival=days(2), departure=days(3))
    assert refusal(around, later, ROOM) is None, "another night is no matter"
    assert refusal(around, replace(later, early=True), ROOM) is None, "passing at the lift in the morning is no night"


# --- Wishes (P2, P5, P16) ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize("wish", [name.removeprefix("wish_") for name in PREFERENCES if name.startswith("wish_")])
def test_a_wish_is_content_with_a_room_that_meets_it(wish: str) -> None:
    asks = replace(STAY, wishes=(wish,))
    assert points(f"wish_{wish}", asks, room(wish)) == 0
    assert (points(f"wish_{wish}", asks, ROOM) or 0) > 0
    assert points(f"wish_{wish}", STAY, ROOM) is None


def test_each_wish_counts_for_itself() -> None:
    asks = replace(STAY, wishes=("high", "quiet"))
    half, none = (score(house(r), asks, r, MANUAL) for r in (room("high"), ROOM))
    assert 0 < half.cost[2] < none.cost[2]
    assert "Not one of the quiet rooms." in [str(reason.text) for reason in half.missed]


@pytest.mark.parametrize(("number", "floor", "content"), [("1204", 12, False), ("1205", 12, True), ("0401", 4, False)])
def test_shunned_numbers_are_avoided_in_room_and_floor(number: str, floor: int, content: bool) -> None:
    shuns = replace(STAY, taboo=("4", "13"))
    assert (points("shunned_numbers_are_avoided", shuns, room(number=number, floor=floor)) == 0) is content


def test_numbers_a_guest_likes_are_a_plus() -> None:
    likes = replace(STAY, liked=("8",))
    plain, lucky = room(number="1205"), room(id=2, number="1218")
    assert rank_rooms(house(plain, lucky), likes)[0].room is lucky


def test_a_returning_guest_prefers_any_room_he_had_before_and_else_its_floor() -> None:
    back = replace(STAY, past_rooms=("1205", "1801"))
    known, near, far = ROOM, room(id=2, number="1207"), room(id=3, number="0901", floor=9)
    around = house(far, near, known, room(id=4, number="1801", floor=18))
    found = [points("the_room_of_last_time", back, each, around) or 0 for each in (known, near, far)]
    assert found == sorted(found) and found[0] == 0 < found[1] < found[2]


def test_the_very_room_asked_for_is_given() -> None:
    asks = replace(STAY, wanted_room="1207")
    assert rank_rooms(house(ROOM, wanted := room(id=2, number="1207")), asks)[0].room is wanted


# --- Kinds of guests (P1, P11-P14, P17) -------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("rule", "kind_of_guest", "good", "bad"),
    [
        ("vip_has_the_best_condition", "vip", room(quality=100), room(quality=60)),
        ("vip_sees_the_city", "vip", room("city_view"), room("lake_view")),
        ("vip_room_can_be_inspected", "vip", ROOM, room(state=DUE_OUT)),
        ("disabled_guest_lives_low", "disabled", room("low"), room("near_lift")),
        ("disabled_guest_lives_low", "disabled", room("accessible"), room("high")),
        ("disabled_guest_is_near_the_lift", "disabled", room("near_lift"), room("low")),
        ("elderly_guest_lives_low", "elderly", room("low"), ROOM),
        ("elderly_guest_sleeps_quietly", "elderly", ROOM, room("near_lift")),
        ("elderly_guest_sleeps_quietly", "elderly", ROOM, room(noisy=True)),
        ("business_guest_is_on_the_business_floor", "business", room(business_floor=True), ROOM),
        ("leisure_guest_has_a_new_room", "leisure", room(renovated=True), ROOM),
        ("leisure_guest_lives_high", "leisure", room("high"), ROOM),
        ("leisure_guest_has_a_view", "leisure", room("city_view"), ROOM),
        ("group_lives_low", "group", room(height=0), room(height=100)),
        ("walk_in_sees_the_house_at_its_best", "walk_in", room(height=100, quality=100), ROOM),
        ("newly_weds_have_a_room_to_remember", "newly_weds", room("high", "city_view", number="2002"), ROOM),
        ("newly_weds_have_a_room_to_remember", "newly_weds", room("king", number="1208"), room("king")),
    ],
)
def test_a_kind_of_guest_is_content_with_what_suits_it(
    rule: str, kind_of_guest: str, good: RoomFacts, bad: RoomFacts
) -> None:
    guest = kind(kind_of_guest)
    assert points(rule, guest, good) == 0
    assert (points(rule, guest, bad) or 0) > 0
    assert points(rule, STAY, bad) is None, "it is no rule for others"


@pytest.mark.parametrize(
    ("rule", "kind_of_guest", "bad"),
    [
        ("vip_is_not_disturbed", "vip", room(noisy=True)),
        ("business_guest_works_in_peace", "business", room("near_lift")),
        ("business_guest_works_in_peace", "business", room(noisy=True)),
        ("business_floor_is_for_business", "leisure", room(business_floor=True)),
        ("business_floor_is_for_business", "group", room(business_floor=True)),
        ("business_floor_is_for_business", "family", room(business_floor=True)),
    ],
)
def test_what_disturbs_a_kind_of_guest_counts_against_the_room(rule: str, kind_of_guest: str, bad: RoomFacts) -> None:
    assert (points(rule, kind(kind_of_guest), bad) or 0) > 0
    assert points(rule, kind(kind_of_guest), ROOM) is None


def test_in_peak_season_guides_take_the_plainest_rooms() -> None:
    guide, best, plain = kind("guide"), room(quality=90), room(id=2, number="1207", quality=30)
    assert rank_rooms(house(best, plain, season="peak"), guide)[0].room is plain
    assert points("guide_takes_the_plainest_room", guide, best, house(best, season="low")) is None


def test_newly_weds_are_told_the_nearer_of_two_ways_to_please_them() -> None:
    almost = room("high", "king", number="2002")
    assert points("newly_weds_have_a_room_to_remember", kind("newly_weds"), almost) == 12
    assert points("newly_weds_have_a_room_to_remember", kind("newly_weds"), ROOM) == 36


# --- The house (P7, P8, P17, P18) -------------------------------------------------------------------------------------
def test_an_upgrade_is_given_to_a_regular_in_peak_season_first() -> None:
    better = room(type_id=2, rank=2)
    anybody, regular = replace(STAY, ok_types=frozenset({1, 2})), replace(STAY, regular=True)
    rule = "upgrades_are_not_given_away"
    assert points(rule, anybody, better) == 80 and points(rule, anybody, ROOM) is None
    assert points(rule, regular, better, house(better, season="peak")) == 20
    assert points(rule, regular, better, house(better, season="low")) == 80


def test_another_type_of_the_same_rank_is_the_last_resort() -> None:
    assert (points("the_type_that_was_booked", STAY, room(type_id=2)) or 0) > 0
    assert points("the_type_that_was_booked", STAY, ROOM) is None


def test_the_best_rooms_are_kept_from_groups_and_ordinary_guests_only() -> None:
    best = room(quality=90)
    assert points("best_rooms_are_kept", STAY, best) == points("best_rooms_are_kept", kind("group"), best) == 10
    assert points("best_rooms_are_kept", kind("vip"), best) is None
    assert points("best_rooms_are_kept", STAY, ROOM) is None


def test_accessible_rooms_are_kept_for_who_needs_them() -> None:
    kept = room("accessible", kept_for="accessible")
    assert (points("rooms_are_kept_for_who_needs_them", STAY, kept) or 0) > 0
    assert points("rooms_are_kept_for_who_needs_them", kind("disabled"), kept) is None


def test_clean_rooms_come_first_today_but_never_before_a_promise() -> None:
    dirty, clean = room(state=DIRTY, quality=60), replace(ROOM, id=2, number="1207")
    assert rank_rooms(house(dirty, clean), STAY)[0].room is clean
    assert rank_rooms(house(dirty, clean), replace(STAY, arrival=days(1)))[0].room is dirty, "tomorrow it is clean"
    vip_room = replace(clean, state=DIRTY, quality=40)
    assert rank_rooms(house(dirty, vip_room), kind("vip"))[0].room is dirty


def test_a_gap_is_filled_rather_than_a_new_room_opened() -> None:
    tight, open_room = room(number="1209"), room(id=2, number="1201")
    around = house(tight, open_room)
    around.close(1, span(days(-3), DAY) | span(days(2), days(5)))
    assert around.idle_nights(tight, STAY) == (0, 0)
    assert rank_rooms(around, STAY)[0].room is tight


def test_a_single_night_nobody_buys_is_not_left_over() -> None:
    leaves_one, leaves_four = room(number="1201"), room(id=2, number="1209")
    around = house(leaves_one, leaves_four)
    around.close(1, span(days(3), days(9)))
    around.close(2, span(days(6), days(9)))
    assert rank_rooms(around, STAY)[0].room is leaves_four


# --- Parties (P1, P3, P9, P10) ----------------------------------------------------------------------------------------
def test_low_season_keeps_strangers_from_both_sides_of_a_connecting_door() -> None:
    door = room(id=2, number="1207")
    around = house(ROOM, door, connecting={1: frozenset({2}), 2: frozenset({1})}, season="low")
    around.settle(neighbour(replace(STAY, id=2), door))
    assert points("strangers_do_not_share_a_door", STAY, ROOM, around) == 10, "5 for each of two nights"
    around.season = "normal"
    assert points("strangers_do_not_share_a_door", STAY, ROOM, around) is None


@pytest.mark.parametrize("kind_of_party", ["family", "colleagues"])
def test_a_pair_takes_connecting_rooms_though_a_nicer_room_is_free(kind_of_party: str) -> None:
    rooms = [
        room(number="1201", quality=10),
        room(id=2, number="1202", quality=10),
        room("high", "city_view", id=3, number="1205", renovated=True),
    ]
    around = house(*rooms, connecting={1: frozenset({2}), 2: frozenset({1})})
    plan = make_plan(around, together(kind_of_party, 2))
    assert {p.choice.room.number for p in plan.placed} == {"1201", "1202"}
    assert "Connects with" in " ".join(str(reason.text) for p in plan.placed for reason in p.choice.met)


def test_entourage_follows_its_vip_to_the_floor() -> None:
    rooms = [
        room("city_view", number="2101", floor=21, quality=95, height=100),
        room(id=2, number="2102", floor=21, height=100, quality=20),
        room(id=3, number="1205", quality=80),
    ]
    party = (Membership("p", "vip", 2),)
    vip = replace(kind("vip"), parties=party)
    follows = replace(kind("entourage"), id=2, parties=party)
    plan = make_plan(house(*rooms), [follows, vip])
    assert {p.stay.id: p.choice.room for p in plan.placed} == {1: rooms[0], 2: rooms[1]}


@pytest.mark.parametrize("kind_of_party", ["group", "company", "family", "booking", "vip", "colleagues"])
def test_a_party_keeps_to_one_floor(kind_of_party: str) -> None:
    rooms = [
        replace(ROOM, id=i, number=f"{f}0{i}", floor=f, height=h)
        for i, (f, h) in enumerate([(8, 0), (21, 100), (8, 0)])
    ]
    plan = make_plan(house(*rooms), together(kind_of_party, 2))
    assert {p.choice.room.floor for p in plan.placed} == {8}


# --- The catalogue ----------------------------------------------------------------------------------------------------
def test_every_rule_has_its_source_and_a_title_of_its_own_in_both_languages() -> None:
    rules = [*MUSTS.values(), *PREFERENCES.values()]
    assert all(rule.source for rule in rules)
    for lang in ("en", "zh"):
        assert len({translate(rule.title, lang) for rule in rules}) == len(rules)
    assert not {translate(rule.title, "en") for rule in rules} & {translate(rule.title, "zh") for rule in rules}


def test_the_reasons_of_a_room_are_sentences_in_both_languages() -> None:
    stay = replace(STAY, wishes=("king",), taboo=("4",), kinds=frozenset({"vip", "leisure", "elderly"}))
    choice = score(house(ROOM), stay, ROOM, MANUAL)
    for reason in (*choice.met, *choice.missed):
        english, chinese = translate(reason.text, "en"), translate(reason.text, "zh")
        assert english.endswith(".") and "{" not in english + chinese
        assert english != chinese
