"""What forbids a room before arrival forbids a move into it as well: needs (P2, P13) and guests kept apart (P15)."""

from __future__ import annotations

import pytest

from pms.errors import NotAllowed, Refused
from pms.front_desk import actions
from pms.front_desk.models import RoomMove
from pms.reservations.models import Stay
from tests.front_desk.steps import Desk


def move(desk: Desk, stay: Stay, to: str, role: str = "front_desk_agent", **values: str) -> RoomMove:
    return actions.change_room(stay, desk.house.rooms[to], "noise next door", **values, **desk.by(role))


def test_a_need_of_the_guest_holds_in_the_other_room_too_unless_he_agrees(desk: Desk) -> None:
    desk.house.rooms["1204"].accessible = True
    stay = desk.guest_in_house("1204", needs="accessible")
    with pytest.raises(Refused, match="not accessible"):
        move(desk, stay, "1202")
    assert move(desk, stay, "1202", consent="agreed at the desk").consent == "agreed at the desk"


def test_only_the_am_moves_guests_who_are_kept_apart_to_one_floor(desk: Desk) -> None:
    desk.guest_in_house("1205", guest=desk.house.guest("A", keep_apart="K/1"))
    stay = desk.house.stay(room="1301", guest=desk.house.guest("B", keep_apart="K/2"))
    desk.check_in(stay)
    with pytest.raises(Refused, match="kept apart"):
        move(desk, stay, "1206", role="shift_leader")
    with pytest.raises(NotAllowed):
        move(desk, stay, "1206", role="shift_leader", consent="ordered")
    assert move(desk, stay, "1206", role="assistant_manager", consent="ordered by the AM").consent


def test_who_left_the_floor_before_the_move_is_in_nobodys_way(desk: Desk) -> None:
    desk.house.stay(arrival=-2, nights=2, room="1205", guest=desk.house.guest("A", keep_apart="K/1"))
    stay = desk.house.stay(arrival=-2, nights=4, room="1301", guest=desk.house.guest("B", keep_apart="K/2"))
    desk.check_in(stay)
    assert move(desk, stay, "1206")
