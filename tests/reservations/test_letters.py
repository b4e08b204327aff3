"""Confirmation letters 确认函 (R1): drafted, reviewed by a superior, sent; what changed meanwhile does not go out."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import IntegrityError

from pms import access
from pms.access import Role
from pms.db import db, work
from pms.errors import Missing, NotAllowed, Refused
from pms.property import queries as property_queries
from pms.property.models import Hotel
from pms.reservations import actions, letters, queries_letters
from pms.reservations.models import Booking
from pms.reservations.models_letters import Letter, SentBy
from pms.reservations.requests import Change
from tests.builders import NOON, House
from tests.clients import Browser, at_desk
from tests.reservations.clerk import Clerk, journal_of


@pytest.fixture
def booking(clerk: Clerk) -> Booking:
    return clerk.book("DLK").booking


def without_review() -> None:
    with work():
        db.session.get_one(Hotel, 1).review_confirmations = False
        property_queries.settings_changed()


def test_a_letter_is_drafted_reviewed_and_sent_each_by_name_and_time(
    clerk: Clerk, supervisor: Clerk, booking: Booking
) -> None:
    letter = clerk.do(letters.draft_letter, booking)
    assert [line.to_review for line in queries_letters.open_letters()] == [True]
    supervisor.do(letters.review_letter, letter)
    assert [line.to_review for line in queries_letters.open_letters()] == [False]
    clerk.do(letters.send_letter, letter, SentBy.EMAIL)
    assert queries_letters.open_letters() == []
    assert (letter.drafted_by, letter.reviewed_by) == (clerk.by.id, supervisor.by.id)
    assert (letter.sent_by, letter.sent_how, letter.sent_at) == (clerk.by.id, SentBy.EMAIL, NOON)
    done = [action for action, _ in journal_of(booking)]
    assert done == ["book", "draft_letter", "review_letter", "send_letter"]


def test_nothing_goes_out_before_a_superior_has_read_it(clerk: Clerk, booking: Booking) -> None:
    letter = clerk.do(letters.draft_letter, booking)
    with pytest.raises(Refused, match="A superior has to review") as no:
        clerk.do(letters.send_letter, letter, SentBy.EMAIL)
    assert [offer.kind for offer in no.value.offers] == ["review_letter"]


def test_a_hotel_may_switch_the_review_off(clerk: Clerk, booking: Booking) -> None:
    without_review()
    letter = clerk.do(letters.draft_letter, booking)
    clerk.do(letters.send_letter, letter, SentBy.PRINT)
    assert letter.sent_at == NOON


def test_nobody_reviews_his_own_draft(supervisor: Clerk, booking: Booking) -> None:
    letter = supervisor.do(letters.draft_letter, booking)
    with pytest.raises(Refused, match="another superior"):
        supervisor.do(letters.review_letter, letter)


def test_a_letter_is_reviewed_once(clerk: Clerk, supervisor: Clerk, booking: Booking) -> None:
    letter = clerk.do(letters.draft_letter, booking)
    supervisor.do(letters.review_letter, letter)
    with pytest.raises(Refused, match="reviewed already"):
        supervisor.do(letters.review_letter, letter)


def test_a_booking_that_changed_since_the_draft_is_not_sent_as_it_was(
    clerk: Clerk, supervisor: Clerk, booking: Booking
) -> None:
    letter = clerk.do(letters.draft_letter, booking)
    supervisor.do(letters.review_letter, letter)
    stay = booking.stays[0]
    clerk.do(actions.change_stay, stay, Change(adults=2), version=stay.version)
    with pytest.raises(Refused, match="has changed since"):
        clerk.do(letters.send_letter, letter, SentBy.EMAIL)
    again = clerk.do(letters.draft_letter, booking)
    assert (again.number, again.reviewed_at) == (2, None)
    with pytest.raises(Refused, match="replaced by a newer draft"):
        supervisor.do(letters.review_letter, letter)


def test_what_was_sent_prints_again_the_same(clerk: Clerk, booking: Booking) -> None:
    without_review()
    letter = clerk.do(letters.draft_letter, booking)
    clerk.do(letters.send_letter, letter, SentBy.FAX)
    before = queries_letters.letter_paper(letter.id)
    clerk.do(actions.change_stay, booking.stays[0], Change(adults=2), version=booking.stays[0].version)
    assert queries_letters.letter_paper(letter.id) == before
    with pytest.raises(Refused, match="gone out already"):
        clerk.do(letters.send_letter, letter, SentBy.FAX)


def test_the_letter_says_what_was_agreed(clerk: Clerk, house: House) -> None:
    booking = clerk.take(clerk.room("STK", 1, 2), clerk.room("DLK", 1, 3, plan="PKG"), booker="Li Mei")
    paper = queries_letters.letter_paper(clerk.do(letters.draft_letter, booking).id)
    assert [(room.type, room.nights, room.total) for room in paper.rooms] == [
        ("Type STK", 2, 136_000),
        ("Type DLK", 3, 264_600),
    ]
    assert [room.breakfasts for room in paper.rooms] == [0, 1]
    assert (paper.hold_hour, paper.booker, paper.confirmation) == (18, "Li Mei", booking.confirmation)


def test_what_is_over_is_not_confirmed(clerk: Clerk, booking: Booking) -> None:
    clerk.do(actions.cancel, booking.stays[0], "Flu")
    with pytest.raises(Missing, match="nothing to confirm"):
        clerk.do(letters.draft_letter, booking)


@pytest.mark.both_engines
def test_the_database_keeps_the_order_of_a_letter(clerk: Clerk, booking: Booking) -> None:
    letter = clerk.do(letters.draft_letter, booking)
    wrong: tuple[dict[str, Any], ...] = ({"sent_at": NOON}, {"reviewed_by": letter.drafted_by, "reviewed_at": NOON})
    for values in wrong:
        with pytest.raises(IntegrityError), work():
            db.session.execute(sa.update(Letter).values(values))
    row = {"booking_id": booking.id, "number": 2, "content": {}, "needs_review": True}
    with pytest.raises(IntegrityError), work():
        db.session.add(Letter(**row, drafted_at=NOON, drafted_by=letter.drafted_by))


@pytest.mark.parametrize("role", sorted(set(Role) - access.ALLOWED["write_letter"]))
def test_other_roles_write_no_letters(clerk: Clerk, booking: Booking, role: Role) -> None:
    letter, other = clerk.do(letters.draft_letter, booking), clerk.as_(role.value)
    for action, *what in ((letters.draft_letter, booking), (letters.send_letter, letter, SentBy.FAX)):
        with pytest.raises(NotAllowed):
            other.do(action, *what)


@pytest.mark.parametrize("role", sorted(set(Role) - access.ALLOWED["review_letter"]))
def test_other_roles_review_no_letters(clerk: Clerk, booking: Booking, role: Role) -> None:
    letter = clerk.do(letters.draft_letter, booking)
    with pytest.raises(NotAllowed):
        clerk.as_(role.value).do(letters.review_letter, letter)


# --- The pages -------------------------------------------------------------------------------------------------------
def test_from_the_booking_to_a_letter_that_is_out(app: Flask, house: House, booking: Booking) -> None:
    clerk, superior = at_desk(app, house, "reservation_clerk"), at_desk(app, house, "reservation_supervisor")
    path = f"/reservations/{booking.confirmation}/letter"
    assert path in clerk.get(f"/reservations/{booking.confirmation}").text
    assert "No letter yet" in clerk.get(path).text
    assert clerk.post(path).location == path
    page = clerk.get(path).text
    assert "to be reviewed" in page and "/review" not in page
    assert clerk.post("/letters/1/review").status_code == 403
    assert clerk.post("/letters/1/sent", {"how": "email"}).status_code == 422
    assert booking.confirmation in superior.get("/letters").text
    assert "/letters/1/review" in superior.get(path).text
    assert superior.post("/letters/1/review").status_code == 303
    assert superior.post("/letters/1/review").status_code == 422
    assert clerk.post("/letters/1/sent", {"how": "pigeon"}).status_code == 422
    assert clerk.post("/letters/1/sent", {"how": "email"}).status_code == 303
    assert "Every letter is out" in clerk.get("/letters").text
    assert clerk.get("/letters/1/letter.pdf").data.startswith(b"%PDF")


def test_a_changed_booking_says_so_on_the_page(desk: Browser, clerk: Clerk, booking: Booking) -> None:
    clerk.do(letters.draft_letter, booking)
    stay = booking.stays[0]
    clerk.do(actions.change_stay, stay, Change(adults=2), version=stay.version)
    page = desk.get(f"/reservations/{booking.confirmation}/letter").text
    assert "has changed since this letter was drafted" in page and "/review" not in page


def test_a_letter_to_a_guest_who_wants_no_disclosure_is_the_desk_s(app: Flask, house: House, clerk: Clerk) -> None:
    with work():
        guest = house.guest("Secret", "Sam", incognito=True)
    booking = clerk.book(guest_id=guest.id).booking
    letter = clerk.do(letters.draft_letter, booking)
    other = at_desk(app, house, "reservation_clerk")
    assert other.get(f"/reservations/{booking.confirmation}/letter").status_code == 403
    assert other.get(f"/letters/{letter.id}/letter.pdf").status_code == 403
    assert "Secret" not in other.get("/letters").text
    assert at_desk(app, house).get(f"/letters/{letter.id}/letter.pdf").status_code == 200


def test_housekeeping_sees_no_letters(app: Flask, house: House, booking: Booking) -> None:
    other = at_desk(app, house, "housekeeping")
    for path in ("/letters", f"/reservations/{booking.confirmation}/letter", "/letters/1/letter.pdf"):
        assert other.get(path).status_code == 403
    assert "/letter" not in at_desk(app, house, "concierge").get(f"/reservations/{booking.confirmation}").text
