"""A key that is handed out opens the door, whatever the hour (C2, C6)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from pms import clock
from pms.front_desk import actions, queries
from pms.reservations.models import Use
from tests.builders import NOON, TODAY
from tests.front_desk.steps import Desk

AFTERNOON = NOON + timedelta(hours=3)  # 15:00 in Shanghai
EVENING = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)  # 18:00


def test_the_key_of_a_day_guest_lasts_until_the_evening(desk: Desk) -> None:
    stay = desk.guest_in_house("1204", nights=0, use=Use.DAY_USE)
    assert queries.keys_of(stay.id)[-1].valid_until == EVENING


def test_who_decides_in_the_afternoon_to_leave_today_still_gets_into_his_room(desk: Desk) -> None:
    stay = desk.guest_in_house("1204", nights=3)
    clock.advance_business_date(TODAY, TODAY + timedelta(days=1), at=NOON)
    now = AFTERNOON + timedelta(days=1)
    actions.leave_early(stay, TODAY + timedelta(days=1), by=desk.house.user(), now=now)
    assert queries.keys_of(stay.id)[-1].valid_until == now + timedelta(hours=1)


def test_who_comes_back_in_the_evening_gets_into_his_room(desk: Desk) -> None:
    stay = desk.guest_in_house("1204", nights=1)
    clock.advance_business_date(TODAY, TODAY + timedelta(days=1), at=NOON)
    actions.check_out(stay, **desk.by())
    now = EVENING + timedelta(days=1, hours=1)
    actions.undo_check_out(stay, by=desk.house.user(), now=now)
    assert queries.keys_of(stay.id)[-1].valid_until == now + timedelta(hours=1)


def test_a_late_check_out_is_over_when_the_guest_stays_longer(desk: Desk) -> None:
    stay = desk.guest_in_house("1204", nights=1)
    actions.grant_late_check_out(stay, **desk.by())
    actions.extend(stay, TODAY + timedelta(days=2), **desk.by())
    assert not stay.late_check_out
    assert queries.keys_of(stay.id)[-1].valid_until == datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


def test_rooms_offered_instead_of_an_extension_are_free_from_tonight(desk: Desk) -> None:
    stay = desk.guest_in_house("1204", nights=2)
    desk.house.stay(arrival=2, room="1204", guest=desk.house.guest("Weber", "Karl"))
    desk.house.stay(arrival=0, nights=2, room="1201")
    look = actions.what_if_extend(stay, TODAY + timedelta(days=3))
    assert [room.number for room in look.others] == ["1202"]
