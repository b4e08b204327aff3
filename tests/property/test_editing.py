"""The settings of the house are changed by those who may, written down, and seen at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from pms import access
from pms.access import Role
from pms.accounts.models import User
from pms.db import db
from pms.departments import Department
from pms.errors import Conflict, NotAllowed, Refused
from pms.journal import JournalLine
from pms.property import editing, queries
from pms.property.models import Hotel, RateKind, RatePlan, Room, SeasonKind
from pms.reservations import house_changes
from pms.reservations.models import TypeNight
from pms.reservations.status import Status
from tests.builders import NOON, TODAY, House

SEASON = {"kind": SeasonKind.PEAK, "first": "09-20", "last": "10-10", "check_out_hour": None}
ROOM = {"number": "1207", "floor": 12, "quiet": 70}
PLAN = {"code": "WKD", "name_en": "Weekend", "name_zh": "周末价", "kind": RateKind.PROMOTION, "breakfasts": 1}


@pytest.fixture
def manager(house: House) -> User:
    return house.user("manager")


def journaled(action: str) -> Any:
    return db.session.scalars(select(JournalLine.details).where(JournalLine.action == action)).one()


def test_another_hold_hour_holds_at_once_and_is_written_down(house: House, manager: User) -> None:
    editing.change_hotel({"hold_hour": 17, "code": "LT"}, version=1, by=manager, now=NOON)
    assert queries.hotel().hold_hour == 17
    assert journaled("change_hotel") == {"changed": {"hold_hour": [18, 17]}}


def test_a_change_made_on_an_old_page_is_not_saved_over_a_newer_one(house: House, manager: User) -> None:
    editing.change_hotel({"hold_hour": 17}, version=1, by=manager, now=NOON)
    with pytest.raises(Conflict, match="Somebody else"):
        editing.change_hotel({"hold_hour": 19}, version=1, by=manager, now=NOON)


def test_a_new_season_changes_the_season_of_its_days(house: House, manager: User) -> None:
    editing.save_season(None, SEASON, by=manager, now=NOON)
    assert queries.season_on(TODAY.replace(month=10, day=1)) is SeasonKind.PEAK


def test_two_seasons_do_not_share_a_day(house: House, manager: User) -> None:
    with pytest.raises(Refused, match="12-20 belongs to the season 12-20 to 02-28 already"):
        editing.save_season(None, SEASON | {"first": "11-30", "last": "12-25"}, by=manager, now=NOON)


def test_a_season_may_be_moved_within_its_own_days(house: House, manager: User) -> None:
    season = editing.save_season(None, SEASON, by=manager, now=NOON)
    editing.save_season(season, SEASON | {"last": "10-08"}, by=manager, now=NOON)
    assert queries.season_on(TODAY.replace(month=10, day=9)) is SeasonKind.NORMAL


def test_the_days_of_a_removed_season_are_normal(house: House, manager: User) -> None:
    season = editing.save_season(None, SEASON, by=manager, now=NOON)
    editing.remove_season(season, by=manager, now=NOON)
    assert queries.season_on(TODAY.replace(month=10, day=1)) is SeasonKind.NORMAL


def test_codes_and_numbers_are_used_once(house: House, manager: User) -> None:
    king = house.types["STK"]
    with pytest.raises(Conflict, match="already a room type DLK"):
        editing.save_type(king, {"code": "DLK"}, by=manager, now=NOON)
    with pytest.raises(Conflict, match="already a room 1201"):
        editing.save_room(None, ROOM | {"number": "1201", "type_id": king.id}, version=0, by=manager, now=NOON)
    with pytest.raises(Conflict, match="already a rate plan BAR"):
        editing.save_plan(None, PLAN | {"code": "BAR"}, by=manager, now=NOON)


def test_a_new_room_can_be_sold_on_nights_that_are_on_the_books_already(house: House, manager: User) -> None:
    house.stay(kind="STK", nights=1)
    house_changes.save_room(None, ROOM | {"type_id": house.types["STK"].id}, by=manager, now=NOON)
    assert rooms_to_sell(house) == 4


def test_a_room_taken_out_of_use_is_not_sold_any_more(house: House, manager: User) -> None:
    house.stay(kind="STK", nights=1)
    room = house.rooms["1202"]
    house_changes.save_room(room, {"number": "1202", "active": False}, version=room.version, by=manager, now=NOON)
    assert rooms_to_sell(house) == 2
    assert room not in queries.rooms()


def test_a_room_somebody_has_is_not_taken_out_of_use(house: House, manager: User) -> None:
    house.stay(arrival=3, room="1204", guest=house.guest("Okafor", "Chidi"))
    with pytest.raises(Refused, match="Okafor, Chidi has room 1204"):
        house_changes.save_room(
            house.rooms["1204"], {"number": "1204", "active": False}, version=1, by=manager, now=NOON
        )


def test_a_room_of_a_guest_in_house_keeps_its_type_but_may_get_another_view(house: House, manager: User) -> None:
    house.stay(room="1204", status=Status.IN_HOUSE)
    room = house.rooms["1204"]
    with pytest.raises(Refused):
        house_changes.save_room(
            room, {"number": "1204", "type_id": house.types["DLK"].id}, version=room.version, by=manager, now=NOON
        )
    house_changes.save_room(room, {"number": "1204", "view": "lake"}, version=room.version, by=manager, now=NOON)
    assert room.view == "lake"


def test_a_room_changed_by_somebody_else_is_looked_at_again(house: House, manager: User) -> None:
    room = house.rooms["1202"]
    with pytest.raises(Conflict):
        house_changes.save_room(room, {"number": "1202", "quiet": 10}, version=room.version + 1, by=manager, now=NOON)


def test_another_overbooking_limit_holds_for_nights_on_the_books(house: House, manager: User) -> None:
    house.stay(kind="STK", nights=2)
    night = db.session.get_one(TypeNight, (house.types["STK"].id, TODAY + timedelta(days=1)))
    night.extra = 7  # set by hand for that night (R3)
    db.session.flush()
    house_changes.save_type(house.types["STK"], {"code": "STK", "overbooking": 3}, by=manager, now=NOON)
    extra = select(TypeNight.extra).where(TypeNight.type_id == house.types["STK"].id).order_by(TypeNight.night)
    assert list(db.session.scalars(extra)) == [3, 7]


def test_rooms_are_connected_once_and_on_one_floor(house: House, manager: User) -> None:
    a, b, upstairs = house.rooms["1202"], house.rooms["1201"], house.rooms["1301"]
    editing.connect(a, b, by=manager, now=NOON)
    assert queries.connect(a.id, b.id)
    with pytest.raises(Refused, match="connected already"):
        editing.connect(b, a, by=manager, now=NOON)
    with pytest.raises(Refused, match="one floor"):
        editing.connect(a, upstairs, by=manager, now=NOON)
    editing.disconnect(b, a, by=manager, now=NOON)
    assert not queries.connect(a.id, b.id)
    with pytest.raises(Refused, match="not connected"):
        editing.disconnect(a, b, by=manager, now=NOON)


def test_a_price_for_saturdays_is_added_changed_and_taken_away(house: House, manager: User) -> None:
    bar, king = db.session.get_one(RatePlan, house.plans["BAR"].id), house.types["STK"].id
    saturday = (king, SeasonKind.NORMAL, 5)
    for price in (75_000, 76_000):
        editing.set_prices(bar, {saturday: price}, by=manager, now=NOON)
        assert queries.price_of(bar.id, king, TODAY) == price
    editing.set_prices(bar, {saturday: None}, by=manager, now=NOON)
    assert queries.price_of(bar.id, king, TODAY) == 68_000


def test_prices_that_stay_as_they_are_leave_no_journal_line(house: House, manager: User) -> None:
    bar, king = house.plans["BAR"], house.types["STK"].id
    editing.set_prices(bar, {(king, SeasonKind.NORMAL, -1): 68_000}, by=manager, now=NOON)
    assert db.session.scalars(select(JournalLine).where(JournalLine.action == "set_prices")).all() == []


def test_a_negative_price_is_refused(house: House, manager: User) -> None:
    with pytest.raises(Refused, match="not negative"):
        editing.set_prices(house.plans["BAR"], {(house.types["STK"].id, SeasonKind.LOW, -1): -1}, by=manager, now=NOON)


def test_the_limit_of_a_role_is_changed(house: House, manager: User) -> None:
    limit = (Role.FRONT_DESK_AGENT, SeasonKind.NORMAL)
    editing.set_limits({limit: 8}, by=manager, now=NOON)
    assert queries.discount_limit(*limit) == 8
    with pytest.raises(Refused, match="0 to 100"):
        editing.set_limits({limit: 101}, by=manager, now=NOON)


def test_a_department_that_is_taken_out_is_gone(house: House, manager: User) -> None:
    editing.set_departments({Department.FRONT_DESK: "6000"}, by=manager, now=NOON)
    assert queries.departments() == {Department.FRONT_DESK: "6000"}


def test_a_new_plan_can_be_priced(house: House, manager: User) -> None:
    plan = editing.save_plan(None, PLAN, by=manager, now=NOON)
    editing.set_prices(plan, {(house.types["STK"].id, SeasonKind.NORMAL, -1): 70_000}, by=manager, now=NOON)
    assert queries.price_of(plan.id, house.types["STK"].id, TODAY) == 70_000


CHANGES: dict[str, Callable[[House, User], Any]] = {
    "hotel": lambda h, by: editing.change_hotel({"hold_hour": 1}, version=1, by=by, now=NOON),
    "season": lambda h, by: editing.save_season(None, SEASON, by=by, now=NOON),
    "type": lambda h, by: house_changes.save_type(None, {"code": "X"}, by=by, now=NOON),
    "room": lambda h, by: house_changes.save_room(None, ROOM, by=by, now=NOON),
    "pair": lambda h, by: editing.connect(h.rooms["1201"], h.rooms["1202"], by=by, now=NOON),
    "no pair": lambda h, by: editing.disconnect(h.rooms["1201"], h.rooms["1202"], by=by, now=NOON),
    "plan": lambda h, by: editing.save_plan(None, PLAN, by=by, now=NOON),
    "prices": lambda h, by: editing.set_prices(h.plans["BAR"], {}, by=by, now=NOON),
    "limits": lambda h, by: editing.set_limits({}, by=by, now=NOON),
    "departments": lambda h, by: editing.set_departments({}, by=by, now=NOON),
}


@pytest.mark.parametrize("change", CHANGES)
def test_only_those_who_manage_the_property_change_it(house: House, change: str) -> None:
    for role in set(Role) - access.ALLOWED["manage_property"]:
        with pytest.raises(NotAllowed):
            CHANGES[change](house, house.user(role.value))


def rooms_to_sell(house: House) -> int:
    row = db.session.get_one(TypeNight, (house.types["STK"].id, TODAY), populate_existing=True)
    return row.rooms


def test_the_hotel_is_one_row(house: House) -> None:
    assert db.session.scalars(select(Hotel)).one().name_en == queries.hotel().name_en
    assert db.session.scalars(select(Room)).all() == queries.rooms(all_of_them=True)
