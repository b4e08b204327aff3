"""The page of availability: what can be sold near and far, and who controls it (R3)."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask

from pms.access import ALLOWED, Role
from pms.db import reading
from pms.reservations.outlook import House as WholeHouse
from pms.reservations.outlook import whole_house
from pms.reservations.queries_availability import TypeOnNight, availability
from tests.builders import TODAY, House
from tests.clients import Browser, at_desk
from tests.reservations.clerk import Clerk


def controlled(desk: Browser, **typed: object) -> int:
    form = {"type": "STK", "first": "tm", "last": "tm", "stopped": "", "minimum_stay": "", "extra": ""}
    return desk.post("/availability", form | {name: str(value) for name, value in typed.items()}).status_code


def on(house: House, code: str, days: int) -> TypeOnNight:
    night = TODAY + timedelta(days=days)
    with reading():
        return next(
            row for row in availability(night, night + timedelta(days=1)) if row.type_id == house.types[code].id
        )


KING = "Type STK"


def line(page: str, name: str) -> list[str]:
    """The words in the cells of a row."""
    row = page.partition(f'<th scope="row">{name}</th>')[2].partition("</tr>")[0]
    return [" ".join(re.sub(r"<[^>]*>", " ", cell).split()) for cell in row.split("<td")[1:] for cell in [f"<td{cell}"]]


def test_the_page_shows_what_is_left_of_each_type_on_each_night(desk: Browser, clerk: Clerk, house: House) -> None:
    before = int(line(desk.get("/availability").text, KING)[1])
    clerk.book(arrival=1, nights=1)
    after = line(desk.get("/availability").text, KING)
    assert (int(after[1]), int(after[2])) == (before - 1, before)


def test_the_whole_house_adds_up_its_types() -> None:
    night = TODAY
    cells = [
        TypeOnNight(1, night, 10, 2, 3, 1, 4, 0, False, 1),
        TypeOnNight(2, night, 5, 0, 6, 0, 0, 1, True, 1),
    ]
    assert whole_house(cells) == [WholeHouse(night, 4, 77)]  # 10 of 13 rooms, rounded


def test_a_house_without_a_room_to_sleep_in_is_not_full_but_empty() -> None:
    assert whole_house([TypeOnNight(1, TODAY, 2, 2, 0, 0, 0, 0, False, 1)])[0].taken == 0


def test_a_supervisor_stops_selling_a_type_and_opens_it_again(desk: Browser, house: House) -> None:
    assert controlled(desk, stopped="stop") == 303
    assert on(house, "STK", 1).stop_sell
    assert line(desk.get("/availability").text, KING)[1] == "not sold"
    assert controlled(desk, stopped="sell") == 303
    assert not on(house, "STK", 1).stop_sell


def test_minimum_stay_and_overbooking_hold_on_every_night_up_to_the_last(desk: Browser, house: House) -> None:
    before = on(house, "STK", 3).left
    assert controlled(desk, first="tm", last="+3", minimum_stay=2, extra=1) == 303
    assert [on(house, "STK", days).minimum_stay for days in (0, 1, 2, 3, 4)] == [1, 2, 2, 2, 1]
    assert on(house, "STK", 3).left == before + 1
    assert line(desk.get("/availability").text, KING)[3].endswith("2+")


def test_all_types_are_stopped_at_once(desk: Browser, house: House) -> None:
    assert controlled(desk, type="", stopped="stop") == 303
    assert all(on(house, code, 1).stop_sell for code in house.types)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"first": "-1", "last": "tm", "stopped": "stop"}, "Please choose nights from today on, a year at most."),
        ({"first": "+3", "last": "tm", "stopped": "stop"}, "The last night is before the first."),
        ({"first": "soon", "stopped": "stop"}, "soon is not a day. Write fri, +3, 26/11 or 2026-11-26."),
        ({}, "Say what is to change: selling, minimum stay or overbooking."),
        ({"minimum_stay": "0"}, "This is 1 to 365."),
    ],
)
def test_what_cannot_be_is_said_and_nothing_typed_is_lost(desk: Browser, typed: dict[str, str], sentence: str) -> None:
    form = {"type": "STK", "first": "tm", "last": "2026-12-24", "stopped": "", "minimum_stay": "", "extra": ""} | typed
    answer = desk.post("/availability", form)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Error:" in answer.text.partition("</title>")[0]
    assert '<option selected value="STK">' in answer.text
    assert typed.get("first") != "soon" or 'value="soon"' in answer.text


def test_a_day_that_is_none_is_said_and_the_page_starts_today(desk: Browser) -> None:
    page = desk.get("/availability?from=someday").text
    assert "someday is not a day." in page
    assert 'value="someday"' in page


def test_far_nights_are_one_jump_away(desk: Browser) -> None:
    later = TODAY + timedelta(days=200)
    page = desk.get(f"/availability?from={later.isoformat()}&days=31").text
    assert len(line(page, KING)) == 31


@pytest.mark.parametrize("role", sorted(ALLOWED["see_reservations"] - ALLOWED["control_sales"]))
def test_others_see_what_is_left_and_control_nothing(app: Flask, house: House, role: Role) -> None:
    other = at_desk(app, house, role.value)
    page = other.get("/availability")
    assert page.status_code == 200
    assert "Control sales" not in page.text
    assert controlled(other, stopped="stop") == 403
    assert not on(house, "STK", 1).stop_sell


@pytest.mark.parametrize("role", sorted(set(Role) - ALLOWED["see_reservations"]))
def test_who_has_nothing_to_do_with_reservations_does_not_see_it(app: Flask, house: House, role: Role) -> None:
    assert at_desk(app, house, role.value).get("/availability").status_code == 403


def test_a_number_on_the_page_begins_a_booking_for_that_night(desk: Browser) -> None:
    page = desk.get("/availability").text
    address = re.findall(r'href="(/reservations/new[^"]*)"', page)[-1].replace("&amp;", "&")
    booking = desk.get(address)
    assert booking.status_code == 200
    assert (TODAY + timedelta(days=13)).isoformat() in booking.text
    assert "Error:" not in booking.text.partition("</title>")[0]
