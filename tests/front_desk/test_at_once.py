"""Several clerks do the same at the same moment, on both engines: one succeeds, the others are told."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from pms.cashier.models import Folio
from pms.db import db, work
from pms.errors import Conflict, Refused
from pms.front_desk import actions
from pms.front_desk.actions import CheckedIn
from pms.front_desk.models import KeyCard, Registration, RoomMove
from pms.property.models import Room
from pms.reservations.models import RoomNight, Stay
from pms.reservations.status import Status
from tests.builders import House
from tests.front_desk.steps import Desk, journal_of
from tests.races import race

pytestmark = pytest.mark.both_engines


def count(model: Any) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


def winners(results: list[Any], kind: type) -> list[Any]:
    """Those who succeeded; everybody else was refused politely."""
    won = [result for result in results if isinstance(result, kind)]
    assert all(isinstance(result, Refused | Conflict) for result in results if result not in won), results
    return won


def test_ten_clerks_check_one_guest_in_once(app: Flask, house: House) -> None:
    desk = Desk(house)
    with work():
        stay, by = house.stay(room="1204"), desk.by()
        sheet = desk.sheet(stay)
    results = race(app, 10, lambda _: actions.check_in(db.session.get_one(Stay, stay.id), sheet, **by))
    assert len(winners(results, CheckedIn)) == 1
    assert [count(model) for model in (Folio, KeyCard, Registration)] == [1, 1, 1]
    assert journal_of(stay) == ["check_in"]


def test_two_guests_are_not_checked_in_to_one_room(app: Flask, house: House) -> None:
    """Both are day guests, who take no night, so that only the room itself can tell them apart."""
    desk = Desk(house)
    with work():
        stays = [house.stay(room="1204", nights=0, use="day_use") for _ in range(4)]
        sheets, by = [desk.sheet(stay) for stay in stays], desk.by()
    results = race(app, 4, lambda n: actions.check_in(db.session.get_one(Stay, stays[n].id), sheets[n], **by))
    assert len(winners(results, CheckedIn)) == 1
    assert sum(stay.status is Status.IN_HOUSE for stay in db.session.scalars(sa.select(Stay))) == 1


def test_two_guests_do_not_move_into_one_room(app: Flask, house: House) -> None:
    desk = Desk(house)
    with work():
        stays = [desk.guest_in_house("1202"), desk.guest_in_house("1204")]
        by, to = desk.by(), house.rooms["1201"].id

    def move(number: int) -> RoomMove:
        stay = db.session.get_one(Stay, stays[number].id)
        return actions.change_room(stay, db.session.get_one(Room, to), "noise", **by)

    results = race(app, 2, move)
    assert len(winners(results, RoomMove)) == 1
    nights = db.session.scalars(sa.select(RoomNight.stay_id).where(RoomNight.room_id == to))
    assert len(set(nights)) == 1


def test_check_out_taken_back_and_the_next_check_in_do_not_share_the_room(app: Flask, house: House) -> None:
    desk = Desk(house)
    with work():
        leaving = desk.guest_in_house("1204", nights=0, use="day_use")
        coming = house.stay(room="1204")
        actions.check_out(leaving, **desk.by())
        house.rooms["1204"].housekeeping = "clean"
        sheet, by = desk.sheet(coming), desk.by()

    def act(number: int) -> str:
        if number:
            actions.check_in(db.session.get_one(Stay, coming.id), sheet, **by)
        else:
            actions.undo_check_out(db.session.get_one(Stay, leaving.id), **by)
        return "done"

    assert len(winners(race(app, 2, act), str)) == 1
    db.session.expire_all()
    states = {leaving.status, coming.status}
    assert states in ({Status.IN_HOUSE, Status.RESERVED}, {Status.CHECKED_OUT, Status.IN_HOUSE})
