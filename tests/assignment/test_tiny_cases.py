"""One small house for each rule of the manual, through the file door and the whole engine: one answer is right.

In each the first free room would be the wrong one.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pms.assignment.engine import rank_rooms
from pms.assignment.explaining import reasons
from pms.assignment.instance import read_instance
from tests.assignment.tiny import instance, party, plan, room, rooms_of, stay

Room = dict[str, Any]
CITY = ("city",)


@pytest.mark.parametrize(
    ("wrong", "right", "guest"),
    [
        pytest.param(
            room("301", *CITY, quality=60), room("302", *CITY, quality=95), stay("A", "vip"), id="P1 condition"
        ),
        pytest.param(room("301"), room("302", "city"), stay("A", "vip"), id="P1 view"),
        pytest.param(
            room("301", *CITY, state="dirty"),
            room("302", *CITY, quality=50),
            stay("A", "vip", arr=0),
            id="P1 the AM can inspect it",
        ),
        pytest.param(room("301"), room("302", "accessible"), stay("A", must=["accessible"]), id="P2 need"),
        pytest.param(room("301", "smoking"), room("302", "nonsmoking"), stay("A", want=["nonsmoking"]), id="P2 smoke"),
        pytest.param(room("301", "king"), room("302", "twin"), stay("A", want=["twin"]), id="P2 beds"),
        pytest.param(room("301", "near_lift"), room("302", "far_lift"), stay("A", want=["far_lift"]), id="P2 lift"),
        pytest.param(room("301"), room("302", "even"), stay("A", want=["even"]), id="P2 even number"),
        pytest.param(room("301"), room("302"), stay("A", want_room="302"), id="P2 a certain room"),
        pytest.param(room("301"), room("302", cap=3), stay("A", pax=3), id="P2 size"),
        pytest.param(room("1201", fi=90), room("301", fi=10), stay("A", "group"), id="P3 groups live low"),
        pytest.param(room("301"), room("302"), stay("A", past_rooms=["302"]), id="P5 the room of last time"),
        pytest.param(room("301"), room("402"), stay("A", past_rooms=["402"]), id="P5 not its floor only"),
        pytest.param(
            room("301", kind="DLK"), room("302"), stay("A", ok_types=["STK", "DLK"]), id="P7 no upgrade for nothing"
        ),
        pytest.param(
            room("301", kind="STT"), room("302"), stay("A", ok_types=["STK", "STT"]), id="P7 the type that was booked"
        ),
        pytest.param(room("301"), room("302", biz=True), stay("A", "business"), id="P11 business floor"),
        pytest.param(room("301", "near_lift"), room("302"), stay("A", "business"), id="P11 quiet"),
        pytest.param(room("301", biz=True), room("402"), stay("A", "leisure"), id="P11 tourists elsewhere"),
        pytest.param(room("301", biz=True), room("402"), stay("A", "family"), id="P11 families elsewhere"),
        pytest.param(room("301"), room("302", renovated=True), stay("A", "leisure"), id="P12 newly renovated"),
        pytest.param(room("301"), room("302", "high"), stay("A", "leisure"), id="P12 high"),
        pytest.param(room("301"), room("302", "city"), stay("A", "leisure"), id="P12 view"),
        pytest.param(
            room("301", "low"), room("302", "low", "near_lift"), stay("A", "disabled"), id="P13 disabled near the lift"
        ),
        pytest.param(
            room("901", "near_lift"), room("302", "low", "near_lift"), stay("A", "disabled"), id="P13 disabled low"
        ),
        pytest.param(room("901"), room("902", "accessible"), stay("A", "disabled"), id="P13 accessible"),
        pytest.param(
            room("301", "low", "near_lift"), room("302", "low"), stay("A", "elderly"), id="P13 elderly not at the lift"
        ),
        pytest.param(room("901"), room("302", "low"), stay("A", "elderly"), id="P13 elderly low"),
        pytest.param(
            room("1201", "high", "city"), room("1202", "high", "city"), stay("A", "newlywed"), id="P14 a high 02 room"
        ),
        pytest.param(room("305", "king"), room("308", "king"), stay("A", "newlywed"), id="P14 a good number"),
        pytest.param(room("304"), room("305"), stay("A", taboo=["4"]), id="P16 shunned number"),
        pytest.param(room("401"), room("501"), stay("A", taboo=["4"]), id="P16 shunned floor"),
        pytest.param(room("301", quality=95), room("302", quality=60), stay("A"), id="P17 the best are kept"),
        pytest.param(room("301", state="dirty"), room("302"), stay("A", arr=0), id="P18 clean rooms first"),
        pytest.param(
            room("301", state="dirty"), room("302", state="due_out"), stay("A", arr=0), id="P18 then those due out"
        ),
        pytest.param(room("301", state="dirty"), room("302"), stay("A", arr=0, early=True), id="C10 early guests"),
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_a_guest_gets_the_room_that_suits(wrong: Room, right: Room, guest: dict[str, Any], turned: bool) -> None:
    rooms = [right, wrong] if turned else [wrong, right]
    found = plan(rooms, [guest])
    assert found["assign"] == {"A": right["id"]}
    assert found["why"]["A"] and not found["short"]


def test_p1_the_entourage_is_on_the_floor_of_its_vip() -> None:
    rooms = [room("301"), room("901", "city", quality=95), room("902")]
    stays = [stay("E", "entourage"), stay("V", "vip")]
    assert rooms_of(rooms, stays, parties=[party("vip", "V", "E")]) == {"V": "901", "E": "902"}


def test_p3_a_group_is_on_one_floor() -> None:
    rooms = [room("301", fi=10), room("401", fi=20), room("402", fi=20)]
    found = rooms_of(rooms, [stay("A", "group"), stay("B", "group")], parties=[party("group", "A", "B")])
    assert set(found.values()) == {"401", "402"}


def test_p3_a_group_moves_into_the_rooms_another_group_leaves() -> None:
    rooms = [room("301"), room("302"), room("303"), room("304")]
    leaving = [stay(name, "group", arr=0, dep=2, fixed_room=number) for name, number in (("X", "303"), ("Y", "304"))]
    later = [stay(f"Z{n}", arr=4, dep=6, fixed_room=f"30{n}") for n in (1, 2, 3, 4)]
    coming = [stay(name, "group", arr=2, dep=4) for name in "AB"]
    found = rooms_of(rooms, [*leaving, *coming, *later], parties=[party("group", "A", "B")])
    assert {found["A"], found["B"]} == {"303", "304"}, "anywhere else two nights would lie idle in front of them"


def test_p4_of_two_regulars_come_first_and_nobody_else_can_be_helped() -> None:
    stays = [stay("A", prio=0), stay("R", regular=True, prio=3)]
    found = plan([room("301")], stays)
    assert found["assign"] == {"R": "301"}
    assert "STK" in found["short"][0] and "1" in found["short"][0]


def test_p6_another_room_by_the_words_of_the_guest_who_refused_the_first() -> None:
    """The desk's door: what he says now is a wish like any other, the room he refused is left out."""
    rooms = [room("301", "near_lift"), room("302"), room("903", "high", "far_lift")]
    made = read_instance(instance(rooms, [stay("A")]))
    guest = made.stays[0]
    refused, *others = rank_rooms(made.house, guest)
    assert refused.room.number == "301"
    quieter = rank_rooms(made.house, replace(guest, wishes=("high", "far_from_lift")))
    best = next(choice for choice in quieter if choice.room.number != refused.room.number)
    assert best.room.number == "903" != others[0].room.number
    assert "Far from the lift, as asked." in [str(text) for text in reasons(best)]


def test_p8_in_peak_season_the_regular_gets_the_upgrade() -> None:
    rooms = [room("301", kind="DLK"), room("302")]
    stays = [stay("A", ok_types=["STK", "DLK"]), stay("R", ok_types=["STK", "DLK"], regular=True)]
    assert rooms_of(rooms, stays, season="peak") == {"A": "302", "R": "301"}


def test_p9_a_family_gets_two_rooms_with_a_door_between() -> None:
    rooms = [room("301", quality=70), room("302", quality=70), room("303"), room("304")]
    stays = [stay("A", "family"), stay("B", "family")]
    found = plan(rooms, stays, connecting=[["303", "304"]], parties=[party("family", "A", "B")])
    assert set(found["assign"].values()) == {"303", "304"}
    assert any("Connects with" in sentence for sentence in found["why"]["A"])


def test_p9_in_low_season_strangers_do_not_share_a_door() -> None:
    rooms = [room("301"), room("302"), room("303", quality=75)]
    stays = [stay("A"), stay("B", fixed_room="302")]
    around = {"connecting": [["301", "302"]]}
    assert rooms_of(rooms, stays, season="low", **around)["A"] == "303"
    assert rooms_of(rooms, stays, season="peak", **around)["A"] == "301"


def test_p10_a_family_stays_on_one_floor_where_no_door_can_be_had() -> None:
    rooms = [room("301"), room("401"), room("402")]
    found = rooms_of(rooms, [stay("A", "family"), stay("B", "family")], parties=[party("family", "A", "B")])
    assert set(found.values()) == {"401", "402"}


def test_p11_colleagues_live_together() -> None:
    rooms = [room("301", biz=True), room("401", biz=True), room("402", biz=True)]
    found = rooms_of(rooms, [stay("A", "business"), stay("B", "business")], parties=[party("company", "A", "B")])
    assert set(found.values()) == {"401", "402"}


def test_p15_guests_kept_apart_are_on_different_floors_whatever_it_costs() -> None:
    rooms = [room("301"), room("302"), room("401", "smoking")]
    stays = [stay("A", nation="N1", fixed_room="302"), stay("B", nation="N2", want=["nonsmoking"])]
    assert rooms_of(rooms, stays, conflicts=[["N1", "N2"]])["B"] == "401"


def test_gaps_stay_sellable() -> None:
    rooms = [room("301"), room("302")]
    before = [stay("X", arr=0, dep=2, fixed_room="301"), stay("Y", arr=0, dep=3, fixed_room="302")]
    assert rooms_of(rooms, [*before, stay("A", arr=3, dep=5)])["A"] == "302"


def test_gaps_behind_a_closure_count_too() -> None:
    closed = [{"room": "301", "from": 0, "to": 2}, {"room": "302", "from": 0, "to": 3}]
    assert rooms_of([room("301"), room("302")], [stay("A", arr=3, dep=5)], ooo=closed)["A"] == "302"


def test_a_room_out_of_order_is_given_to_nobody() -> None:
    assert rooms_of([room("301"), room("302")], [stay("A")], ooo=[{"room": "301", "from": 2, "to": 4}]) == {"A": "302"}


def test_an_early_guest_does_not_meet_the_one_before_in_the_room() -> None:
    rooms = [room("301"), room("302", quality=95)]
    stays = [stay("X", arr=0, dep=1, fixed_room="301"), stay("A", arr=1, dep=3, early=True)]
    assert rooms_of(rooms, stays)["A"] == "302"
    stays[1]["early"] = False
    assert rooms_of(rooms, stays)["A"] == "301"


def test_who_is_in_house_stays_put_and_says_so() -> None:
    found = plan([room("301"), room("302", "city")], [stay("A", "vip", fixed_room="301")])
    assert found["assign"] == {"A": "301"} and found["why"]["A"] == ["Stays where they are."]


def test_no_wish_is_worth_a_guest_without_a_room() -> None:
    """Tiers: B fits only the room A would like better."""
    rooms = [room("301"), room("302", "city", "twin")]
    stays = [stay("A", "vip"), stay("B", must=["twin"])]
    assert rooms_of(rooms, stays) == {"A": "301", "B": "302"}
