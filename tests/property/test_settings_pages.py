"""The pages of the settings: who sees and who changes, nothing typed is lost, every error at its field."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from pms import access
from pms.access import Role
from pms.db import db, reading, work
from pms.property import editing, queries
from pms.property.models import Closure, Hotel, Room, Season, SeasonKind
from tests.builders import NOON, TODAY, House
from tests.clients import Browser, at_desk

PAGES = ("", "/seasons", "/types", "/rooms", "/connecting", "/plans", "/discounts", "/departments", "/closures")
LOOKERS = (Role.FRONT_DESK_AGENT, Role.HOUSEKEEPING, Role.DEPARTMENT_STAFF)


@pytest.fixture
def manager(app: Flask, house: House) -> Browser:
    return at_desk(app, house, "manager")


def details(house: House) -> list[str]:
    return [
        f"/types/{house.types['STK'].id}",
        f"/rooms/{house.rooms['1204'].id}",
        f"/plans/{house.plans['BAR'].id}",
    ]


def posts(house: House) -> list[str]:
    prices = f"/plans/{house.plans['BAR'].id}/prices"
    lists = ("", "/seasons", "/connecting", "/connecting/remove", "/discounts", "/departments")
    return [*lists, "/types/new", "/rooms/new", "/plans/new", *details(house), prices]


def test_every_page_opens_in_both_languages(manager: Browser, house: House) -> None:
    for language in ("en", "zh"):
        manager.post("/preferences/language", {"language": language})
        for page in (*PAGES, *details(house), "/types/new", "/rooms/new", "/plans/new"):
            answer = manager.get(f"/settings{page}")
            assert answer.status_code == 200, page
            assert ("设置" if language == "zh" else "Settings") in answer.text


@pytest.mark.parametrize("role", LOOKERS)
def test_others_may_look_and_find_nothing_to_press(app: Flask, house: House, role: Role) -> None:
    looker = at_desk(app, house, role.value)
    for page in (*PAGES[:-1], *details(house)):
        answer = looker.get(f"/settings{page}")
        assert answer.status_code == 200, page
        main = answer.text.partition("<main")[2].partition("</main>")[0]
        assert "<button" not in main, page
        assert "disabled" in main or "<form" not in main, page


@pytest.mark.parametrize("role", sorted(set(Role) - access.ALLOWED["manage_property"]))
def test_others_are_refused_when_they_send_the_form_anyway(app: Flask, house: House, role: Role) -> None:
    other = at_desk(app, house, role.value)
    for page in posts(house):
        assert other.post(f"/settings{page}").status_code == 403, page


def test_a_new_hold_hour_is_saved(manager: Browser) -> None:
    answer = manager.post("/settings", hotel_form(hold_hour="17"))
    assert answer.status_code == 303
    with reading():
        assert queries.hotel().hold_hour == 17


def test_a_wrong_hour_is_said_at_the_field_and_nothing_typed_is_lost(manager: Browser) -> None:
    answer = manager.post("/settings", hotel_form(hold_hour="25", name_en="Renamed House"))
    assert answer.status_code == 422
    assert "An hour is 0 to 23." in answer.text
    assert 'value="Renamed House"' in answer.text
    assert "Error:" in answer.text.partition("</title>")[0]
    assert 'aria-invalid="true"' in answer.text


def test_a_price_that_is_none_is_said_at_the_field(manager: Browser) -> None:
    answer = manager.post("/settings", hotel_form(breakfast_price="eighty"))
    assert answer.status_code == 422
    assert "eighty is not an amount" in answer.text


def test_two_managers_do_not_overwrite_each_other(manager: Browser, house: House) -> None:
    with work():
        editing.change_hotel({"hold_hour": 17}, version=1, by=house.user("manager"), now=NOON)
    answer = manager.post("/settings", hotel_form(hold_hour="19", name_en="Second thoughts"))
    assert answer.status_code == 409
    assert "Somebody else has changed this" in answer.text
    assert 'value="Second thoughts"' in answer.text


def test_a_season_is_added_and_removed(manager: Browser) -> None:
    manager.post("/settings/seasons", {"kind": "peak", "first": "09-20", "last": "10-10", "check_out_hour": ""})
    with reading():
        assert queries.season_on(TODAY.replace(month=10, day=1)) is SeasonKind.PEAK
        season = next(row.id for row in queries.seasons() if row.first == "09-20")
    assert manager.post(f"/settings/seasons/{season}/remove").status_code == 303
    with reading():
        assert db.session.get(Season, season) is None


def test_a_day_that_does_not_exist_is_no_season(manager: Browser) -> None:
    answer = manager.post("/settings/seasons", {"kind": "peak", "first": "02-30", "last": "10-10"})
    assert answer.status_code == 422
    assert "Write month and day like 04-15." in answer.text


def test_a_room_gets_another_view(manager: Browser, house: House) -> None:
    room = house.rooms["1204"]
    assert manager.post(f"/settings/rooms/{room.id}", room_form(house, view="lake")).status_code == 303
    with reading():
        assert db.session.get_one(Room, room.id, populate_existing=True).view == "lake"


def test_a_room_a_guest_has_is_not_taken_out_of_use(manager: Browser, house: House) -> None:
    with work():
        house.stay(room="1204", guest=house.guest("Okafor", "Chidi"))
    form = {name: value for name, value in room_form(house).items() if name != "active"}
    answer = manager.post(f"/settings/rooms/{house.rooms['1204'].id}", form)
    assert answer.status_code == 422
    assert "Okafor, Chidi has room 1204" in answer.text


def test_a_new_room_number_must_be_new(manager: Browser, house: House) -> None:
    answer = manager.post("/settings/rooms/new", room_form(house, number="1201"))
    assert answer.status_code == 409
    assert answer.text.count("There is already a room 1201.") == 2  # in the summary and at the field
    assert 'id="number-error"' in answer.text


def test_a_type_can_be_oversold_by_two(manager: Browser, house: House) -> None:
    form = {"code": "STK", "name_en": "Std", "name_zh": "标", "beds": "king", "capacity": "2", "rank": "0"}
    kind = house.types["STK"].id
    manager.post(f"/settings/types/{kind}", form | {"overbooking": "2", "active": "y"})
    with reading():
        assert queries.type_of(kind).overbooking == 2


def test_two_rooms_are_connected(manager: Browser, house: House) -> None:
    assert manager.post("/settings/connecting", {"room_a": "1201", "room_b": "1202"}).status_code == 303
    answer = manager.post("/settings/connecting", {"room_a": "1201", "room_b": "9999"})
    assert answer.status_code == 422
    assert "There is no room 9999." in answer.text
    assert 'value="9999"' in answer.text


def test_a_saturday_price_is_saved_and_a_wrong_one_said_at_its_field(manager: Browser, house: House) -> None:
    plan, king = house.plans["BAR"].id, house.types["STK"].id
    prices = {f"price-{kind.id}--1": "680" for kind in house.types.values()} | {"season": "normal"}
    manager.post(f"/settings/plans/{plan}/prices", prices | {f"price-{king}-5": "1,240.50"})
    with reading():
        assert queries.price_of(plan, king, TODAY) == 124_050
    answer = manager.post(f"/settings/plans/{plan}/prices", prices | {f"price-{king}-6": "a lot"})
    assert answer.status_code == 422
    assert f'href="#price-{king}-6"' in answer.text
    assert 'value="a lot"' in answer.text


def test_a_new_plan_leads_to_its_prices(manager: Browser) -> None:
    form = {"code": "WKD", "name_en": "Weekend", "name_zh": "周末价", "kind": "promotion", "breakfasts": "0"}
    answer = manager.post("/settings/plans/new", form | {"active": "y"}, follow_redirects=True)
    assert "Prices a night" in answer.text


def test_a_discount_above_a_hundred_percent_is_refused_at_its_field(manager: Browser) -> None:
    answer = manager.post("/settings/discounts", {"manager-peak": "150"})
    assert answer.status_code == 422
    assert 'href="#manager-peak"' in answer.text


def test_departments_that_are_not_ticked_are_gone(manager: Browser) -> None:
    manager.post("/settings/departments", {"front_desk": "yes", "tel-front_desk": "6000"})
    with reading():
        assert dict(queries.departments()) == {"front_desk": "6000"}


def test_housekeeping_closes_a_room_and_opens_it_again(app: Flask, house: House) -> None:
    maid = at_desk(app, house, "housekeeping")
    form = {"room": "1204", "kind": "out_of_order", "first": "2026-11-21", "until": "2026-11-23", "reason": "Shower",
            "comes_back_as": "dirty"}  # fmt: skip
    assert maid.post("/settings/closures", form).status_code == 303
    assert "Shower" in maid.get("/settings/closures").text
    with reading():
        closure = db.session.query(Closure.id).scalar()
    maid.post(f"/settings/closures/{closure}/reopen")
    assert "Shower" not in maid.get("/settings/closures").text


def test_a_closure_is_refused_with_rooms_the_guest_could_have(app: Flask, house: House) -> None:
    with work():
        house.stay(room="1204", guest=house.guest("Okafor", "Chidi"))
    form = {"room": "1204", "kind": "out_of_order", "first": "2026-11-21", "until": "2026-11-23", "reason": "Shower",
            "comes_back_as": "dirty"}  # fmt: skip
    answer = at_desk(app, house, "housekeeping").post("/settings/closures", form)
    assert answer.status_code == 422
    assert "Room 1201 is free for all these nights." in answer.text


def test_a_clerk_sees_closures_without_a_button_and_cannot_close(app: Flask, house: House) -> None:
    clerk = at_desk(app, house, "reservation_clerk")
    assert "<form" not in clerk.get("/settings/closures").text.partition("<main")[2].partition("</main>")[0]
    assert clerk.post("/settings/closures").status_code == 403


def test_an_unknown_record_is_not_found(manager: Browser) -> None:
    for page in ("/types/999", "/rooms/999", "/plans/999"):
        assert manager.get(f"/settings{page}").status_code == 404


def hotel_form(**changes: Any) -> dict[str, Any]:
    hotel = db.session.get_one(Hotel, 1)
    names = ("code name_en name_zh address telephone check_in_hour check_out_hour hold_hour message_hours"
             " visitors_hour"
             " no_show_fee_nights tax_permille paper_language").split()  # fmt: skip
    form = {name: str(getattr(hotel, name)) for name in names} | {"breakfast_price": "88", "version": "1"}
    db.session.rollback()
    return form | changes


def room_form(house: House, **changes: Any) -> dict[str, Any]:
    form = {"number": "1204", "floor": "12", "type_id": str(house.types["STK"].id), "view": "", "bath": "shower"}
    form |= {"lift_distance": "4", "quiet": "50", "condition": "50", "held_back": ""}
    return form | {"active": "y", "version": "1"} | changes
