"""The waitlist at its pages: from the screen of a booking onto the list, and with one key to a booking (R6)."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from pms.db import db, reading, work
from pms.guests.models import Guest
from pms.reservations import actions
from pms.reservations.models import Booking
from pms.reservations.models_waitlist import Turnaway, Waiting, WaitStatus
from tests.builders import House
from tests.clients import Browser, at_desk
from tests.reservations.clerk import Clerk
from tests.reservations.test_booking_pages import call, known
from tests.web.statements import counted


@pytest.fixture
def full(clerk: Clerk) -> list[Any]:
    """Both suites are sold from Friday for two nights."""
    return [clerk.book("SUI", arrival=6, nights=2) for _ in range(2)]


def waits(house: House, **typed: Any) -> dict[str, Any]:
    """The screen of a booking, sent by the button of the full type."""
    with reading():
        suite = str(house.types["SUI"].id)
    return call(house, telephone="138 0013 8000", wait_for=suite) | typed


def the_line() -> Waiting:
    with reading():
        line = db.session.scalars(sa.select(Waiting)).one()
        db.session.expunge(line)
    return line


def test_a_full_type_offers_the_waitlist(desk: Browser, house: House, full: list[Any]) -> None:
    page = desk.get("/reservations/new?part=offer&arrival=fri&departure=2").text
    assert page.count('name="wait_for"') == 1


def test_the_call_on_the_screen_goes_on_the_list(desk: Browser, house: House, full: list[Any]) -> None:
    answer = desk.post("/waitlist", waits(house, guest=known(house), remarks="with a dog", adults="2"))
    assert (answer.status_code, answer.location) == (303, "/waitlist")
    line = the_line()
    assert (line.telephone, line.note, line.adults) == ("+8613800138000", "with a dog", 2)
    page = desk.get("/waitlist").text
    assert "Fischer" in page and "+8613800138000" in page and "Book it" not in page


def test_without_a_number_the_screen_comes_again_with_everything(desk: Browser, house: House, full: list[Any]) -> None:
    answer = desk.post("/waitlist", waits(house, guest=known(house), telephone="", remarks="with a dog"))
    assert answer.status_code == 422
    assert "Under which number" in answer.text and 'value="with a dog"' in answer.text


def test_a_name_that_is_known_is_asked_about_and_sent_to_the_list(desk: Browser, house: House, full: list[Any]) -> None:
    guest = known(house)
    answer = desk.post("/waitlist", waits(house, guest_shown="Fischer, Anna"))
    assert answer.status_code == 422
    assert f'formaction="/waitlist" name="same" value="{guest}"' in answer.text
    assert desk.post("/waitlist", waits(house, guest_shown="Fischer, Anna", same=guest)).status_code == 303
    assert the_line().guest_id == int(guest)


def test_a_call_without_dates_says_so(desk: Browser, house: House) -> None:
    for address in ("/waitlist", "/turnaways"):
        answer = desk.post(address, waits(house, arrival="", why="price"))
        assert answer.status_code == 422 and "When does the guest come" in answer.text


def test_one_key_books_when_a_room_is_free(desk: Browser, house: House, clerk: Clerk, full: list[Any]) -> None:
    desk.post("/waitlist", waits(house, guest=known(house)))
    clerk.do(actions.cancel, full[0], "Flu")
    assert 'data-row-key="b"' in desk.get("/waitlist").text
    answer = desk.post(f"/waitlist/{the_line().id}/book")
    with reading():
        newest = db.session.scalars(sa.select(Booking).order_by(Booking.id.desc())).first()
        assert newest is not None
        assert answer.location == f"/reservations/{newest.confirmation}"
    assert the_line().status is WaitStatus.BOOKED


def test_still_full_stays_on_the_list_with_the_reason(desk: Browser, house: House, full: list[Any]) -> None:
    desk.post("/waitlist", waits(house, guest=known(house)))
    answer = desk.post(f"/waitlist/{the_line().id}/book")
    assert answer.status_code == 422
    assert "Nothing of type SUI is left" in answer.text and "Fischer" in answer.text


def test_the_outcome_of_a_call_is_shown(desk: Browser, house: House, full: list[Any]) -> None:
    desk.post("/waitlist", waits(house, guest=known(house)))
    address = f"/waitlist/{the_line().id}/called"
    assert desk.post(address, {"outcome": "no_answer"}).status_code == 303
    assert "no answer" in desk.get("/waitlist").text
    assert desk.post(address, {"outcome": "hm"}).status_code == 422
    assert desk.post(address, {"outcome": "gone"}).status_code == 303
    assert "Nobody is on the waitlist" in desk.get("/waitlist").text
    assert "Full on these dates" in desk.get("/turnaways").text


def test_a_caller_who_does_not_book_is_written_down(desk: Browser, house: House) -> None:
    assert desk.post("/turnaways", waits(house, why="hm")).status_code == 422
    assert desk.post("/turnaways", waits(house, why="price", remarks="asked for 500", rooms="3")).status_code == 303
    with reading():
        lost = db.session.scalars(sa.select(Turnaway)).one()
        assert (lost.why, lost.rooms, lost.type_id) == ("price", 3, house.types["STK"].id)
    page = desk.get("/turnaways").text
    assert "Too expensive" in page and "asked for 500" in page


def test_who_wants_no_disclosure_is_on_the_list_without_name_and_number(
    desk: Browser, app: Flask, house: House, full: list[Any]
) -> None:
    guest = known(house, "Secret", "Sam")
    desk.post("/waitlist", waits(house, guest=guest))
    assert "Secret" in desk.get("/waitlist").text
    with work():
        db.session.get_one(Guest, int(guest)).incognito = True
    page = desk.get("/waitlist").text
    assert "Secret" not in page and "+8613800138000" not in page
    assert "Secret" in at_desk(app, house).get("/waitlist").text


@pytest.mark.parametrize("role", ["concierge", "cashier"])
def test_who_only_looks_has_no_buttons(app: Flask, desk: Browser, house: House, full: list[Any], role: str) -> None:
    desk.post("/waitlist", waits(house, guest=known(house)))
    other = at_desk(app, house, role)
    assert 'name="outcome"' not in other.get("/waitlist").text
    assert other.post(f"/waitlist/{the_line().id}/called", {"outcome": "thinks"}).status_code == 403
    assert other.post(f"/waitlist/{the_line().id}/book").status_code == 403
    assert other.post("/waitlist", waits(house)).status_code == 403
    assert other.post("/turnaways", waits(house, why="price")).status_code == 403


def test_others_do_not_see_who_waits(app: Flask, house: House) -> None:
    for address in ("/waitlist", "/turnaways"):
        assert at_desk(app, house, "housekeeping").get(address).status_code == 403


def test_the_list_costs_the_same_however_long(desk: Browser, house: House, full: list[Any]) -> None:
    with counted() as none:
        desk.get("/waitlist")
    for n in range(3):
        desk.post("/waitlist", waits(house, guest=known(house, f"Guest{n}")))
    with counted() as some:
        desk.get("/waitlist")
    assert len(some) - len(none) <= 2  # the availability
