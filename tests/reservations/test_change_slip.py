"""The change slip 更改单 of a booking as a paper (R2): who, when, what was, what is."""

from __future__ import annotations

from flask import Flask

from pms.access import ALLOWED, Role
from pms.db import db, work
from pms.property.models import Hotel
from pms.reservations import actions
from pms.reservations.models import Booking
from pms.reservations.requests import Change
from tests.builders import House
from tests.clients import at_desk
from tests.reporting.reading import text_of
from tests.reservations.clerk import Clerk, day


def slip(app: Flask, house: House, booking: Booking, paper_language: str, role: str = "reservation_clerk") -> str:
    """The words of the printed slip, in one line."""
    with work():
        hotel = db.session.get_one(Hotel, 1)
        hotel.paper_language = hotel.revision = paper_language  # a new revision, else the old settings are remembered
    answer = at_desk(app, house, role).get(f"/reservations/{booking.confirmation}/change-slip.pdf")
    assert answer.mimetype == "application/pdf"
    return " ".join(text_of(answer.data).split())


def changed(clerk: Clerk) -> Booking:
    booking = clerk.take(clerk.room(), clerk.room("STT"))
    stay = booking.stays[0]
    clerk.do(actions.change_stay, stay, Change(departure=day(5), remarks="Late"), version=stay.version)
    clerk.do(actions.cancel, booking.stays[1], "Meeting moved")
    return booking


def test_the_slip_says_who_changed_what_when_and_how_it_was(app: Flask, house: House, clerk: Clerk) -> None:
    words = slip(app, house, changed(clerk), "en")
    for said in (
        "Change slip", "Confirmation LT-26-", "Reservation Clerk", "21 Nov 12:00", "1/2", "2/2", "Meeting moved",
        "Was: arrival Sun 22 Nov 2026, departure Tue 24 Nov 2026", "Is: arrival Sun 22 Nov 2026, departure Thu 26 Nov",
        "Is: Late", "Was: Reserved", "Is: Cancelled",
    ):  # fmt: skip
        assert said in words, said


def test_the_slip_in_chinese_and_in_both(app: Flask, house: House, clerk: Clerk) -> None:
    booking = changed(clerk)
    chinese = slip(app, house, booking, "zh")
    assert "更改单" in chinese
    assert "原为：抵店" in chinese
    assert "Was" not in chinese
    both = slip(app, house, booking, "both")
    assert "Is: Cancelled" in both
    assert "现为：已取消" in both


def test_a_booking_nobody_has_changed_says_so(app: Flask, house: House, clerk: Clerk) -> None:
    assert "Nothing was changed" in slip(app, house, clerk.take(clerk.room()), "en")


def test_the_slip_is_reached_from_the_booking(app: Flask, house: House, clerk: Clerk) -> None:
    booking = changed(clerk)
    page = at_desk(app, house, "reservation_clerk").get(f"/reservations/{booking.confirmation}").text
    assert f"/reservations/{booking.confirmation}/change-slip.pdf" in page


def test_the_slip_of_a_merged_booking_is_that_of_the_one_it_belongs_to(app: Flask, house: House, clerk: Clerk) -> None:
    into, other = clerk.take(clerk.room()), clerk.take(clerk.room())
    clerk.do(actions.merge, into, other)
    assert f"Was: {other.confirmation}" in slip(app, house, into, "en")
    gone = at_desk(app, house, "reservation_clerk").get(f"/reservations/{other.confirmation}/change-slip.pdf")
    assert gone.status_code == 404
    assert "print the slip of the one they belong to" in gone.text


def test_who_may_not_see_bookings_or_this_guest_prints_no_slip(app: Flask, house: House, clerk: Clerk) -> None:
    with work():
        hidden = house.guest("Hidden", "Name", incognito=True)
    booking = clerk.take(clerk.room(guest_id=hidden.id))
    path = f"/reservations/{booking.confirmation}/change-slip.pdf"
    refused = at_desk(app, house, "reservation_clerk").get(path)
    assert refused.status_code == 403
    assert "wants no disclosure" in refused.text
    assert at_desk(app, house).get(path).status_code == 200
    assert Role.HOUSEKEEPING not in ALLOWED["see_reservations"]
    assert at_desk(app, house, "housekeeping").get(path).status_code == 403
