"""What was agreed with a guest counts for nights added later: his discount, his room's price, that a night is paid."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from pms.cashier.charges import post_room_charges
from pms.db import db
from pms.errors import Refused
from pms.front_desk import actions
from pms.front_desk.actions import Extended, RateEffect
from pms.front_desk.models import Extension
from pms.reservations.models import Group, GroupBlock, Stay, StayNight, Use
from tests.builders import NOON, TODAY
from tests.front_desk.steps import Desk


def extend(desk: Desk, stay: Stay, until: int, role: str = "front_desk_agent", **values: object) -> Extended:
    return actions.extend(stay, TODAY + timedelta(days=until), **values, **desk.by(role))  # type: ignore[arg-type]


def prices_of(stay: Stay) -> list[int]:
    wanted = sa.select(StayNight.price).where(StayNight.stay_id == stay.id).order_by(StayNight.night)
    return list(db.session.scalars(wanted))


def test_a_day_guest_who_stays_the_night_pays_for_it(desk: Desk) -> None:
    stay = desk.guest_in_house("1204", nights=0, use=Use.DAY_USE)
    extend(desk, stay, 1)
    assert stay.use is Use.PAID
    assert post_room_charges(TODAY, by=desk.house.user("night_auditor"), now=NOON).total == 68_000


def test_a_discount_that_was_approved_holds_for_added_nights_and_its_approver_is_on_the_paper(desk: Desk) -> None:
    approver = desk.house.user("assistant_manager")
    stay = desk.guest_in_house("1204", discount_percent=40, discount_approved_by=approver.id, price=40_800)
    done = extend(desk, stay, 3)
    assert prices_of(stay) == [40_800] * 3
    assert db.session.get_one(Extension, done.extension_id).approved_by == approver.id


def test_a_discount_nobody_approved_is_not_given_by_extending_unless_somebody_does_now(desk: Desk) -> None:
    stay = desk.guest_in_house("1204", discount_percent=40, price=40_800)
    with pytest.raises(Refused, match="needs approval"):
        extend(desk, stay, 3)
    done = extend(desk, stay, 3, approved_by=desk.house.user("assistant_manager"))
    row = db.session.get_one(Extension, done.extension_id)
    assert (row.price, row.approved_by) == (40_800, desk.house.user("assistant_manager").id)


def test_who_pays_the_dearer_room_pays_it_for_added_nights_too(desk: Desk) -> None:
    stay = desk.guest_in_house("1204")
    actions.change_room(stay, desk.house.rooms["1206"], "wants a view", rate_effect=RateEffect.NEW, **desk.by())
    extend(desk, stay, 3)
    assert prices_of(stay) == [98_000] * 3


def test_who_was_given_the_better_room_pays_added_nights_as_booked(desk: Desk) -> None:
    stay = desk.guest_in_house("1204")
    actions.change_room(stay, desk.house.rooms["1206"], "noise next door", **desk.by("shift_leader"))
    extend(desk, stay, 3)
    assert prices_of(stay) == [68_000] * 3


def test_a_member_of_a_group_changes_room_at_the_groups_price(desk: Desk) -> None:
    group = Group(code="WLT", name="West Lake Tour", arrival=TODAY, departure=TODAY + timedelta(days=2))
    nights = [TODAY, TODAY + timedelta(days=1)]
    db.session.add(group)
    db.session.flush()
    block = {"group_id": group.id, "type_id": desk.house.types["DLK"].id, "blocked": 1, "picked_up": 0, "price": 70_000}
    db.session.add_all(GroupBlock(night=night, **block) for night in nights)
    stay = desk.guest_in_house("1204", group=group)
    actions.change_room(stay, desk.house.rooms["1206"], "wants a view", rate_effect=RateEffect.NEW, **desk.by())
    assert prices_of(stay) == [70_000, 70_000]
