"""A booking by telephone: taken while the guest is on the line, changed in a second call, cancelled in a third."""

from __future__ import annotations

from playwright.sync_api import expect

from pms.db import db
from pms.reservations.models import Stay
from pms.reservations.status import Status
from tests.builders import TODAY
from tests.journeys.conftest import AtDesk
from tests.journeys.day import Day
from tests.journeys.keyboard import Keyboard


def newest() -> Stay:
    """The stay booked last, as the database has it now."""
    db.session.rollback()
    db.session.expire_all()
    return db.session.query(Stay).order_by(Stay.id.desc()).first()


def looked_at(clerk: Keyboard) -> None:
    clerk.no_mixed_language()
    clerk.axe_clean()


def test_a_booking_by_telephone_is_taken_changed_and_cancelled(day: Day, at_desk: AtDesk) -> None:
    clerk = at_desk("reservation_clerk")
    page = clerk.page
    whitfield = day.stays["whitfield"].guest_id
    db.session.rollback()

    # "From Friday, two nights, please. Whitfield." The second type, the usual rate.
    clerk.press("g", "b")
    expect(page.locator("#list-title")).to_be_visible()
    looked_at(clerk)
    clerk.press("n")
    expect(page.locator("#arrival")).to_be_focused()
    clerk.type("fri").press("Tab").type("2")
    expect(page.locator("#departure-hint")).to_contain_text("29")
    clerk.press("Tab", "Tab", "Tab", "Tab", "2", "Tab").type("whi")
    expect(page.locator("#guest-hits [aria-selected=true]")).to_contain_text("Whitfield")
    clerk.press("Enter")
    expect(page.locator("#known")).to_contain_text("Whitfield")
    strokes = clerk.strokes
    looked_at(clerk)
    clerk.press("Control+Enter")
    expect(page.locator("h1")).to_contain_text("LT-26-")
    assert strokes + 1 <= 25, strokes
    booked = newest()
    assert (booked.guest_id, booked.arrival.isoformat(), booked.departure.isoformat()) == (
        whitfield,
        "2026-11-27",
        "2026-11-29",
    )
    db.session.rollback()
    looked_at(clerk)

    # The second call: a night longer. What it costs stands there before it is saved.
    clerk.start_counting().press("j", "Enter")
    expect(page.locator("#facts")).to_be_visible()
    looked_at(clerk)
    clerk.press("c")
    expect(page.locator("#arrival")).to_be_focused()
    clerk.press("Tab").type("3")
    expect(page.locator("#effect .total")).to_contain_text("2,160.00")
    looked_at(clerk)
    clerk.press("Control+Enter")
    expect(page.locator(".history")).to_contain_text("2 × CNY 720.00")
    assert clerk.strokes <= 6
    assert (newest().departure - TODAY).days == 9
    db.session.rollback()
    looked_at(clerk)

    # The third call: she does not come.
    clerk.start_counting().press("x")
    expect(page.locator("#reason")).to_be_focused()
    looked_at(clerk)
    clerk.type("flu").press("Control+Enter")
    expect(page.locator(".badge.is-cancelled")).to_be_visible()
    assert clerk.strokes <= 5
    assert newest().status is Status.CANCELLED
    db.session.rollback()


def test_a_refusal_keeps_the_call_on_the_screen(day: Day, at_desk: AtDesk) -> None:
    clerk = at_desk("reservation_clerk", "/reservations/new")
    page = clerk.page
    clerk.type("fri").press("Tab").type("2").press("Tab", "Tab", "Tab", "Tab", "Tab").type("Whitfield, Eleanor")
    expect(page.locator("#guest-hits [aria-selected=true]")).to_be_visible()
    clerk.press("Escape", "Control+Enter")
    expect(page.locator(".summary")).to_be_focused()
    expect(page.locator("#guest")).to_have_value("Whitfield, Eleanor")
    looked_at(clerk)
    clerk.press("1")
    expect(page.locator("h1")).to_contain_text("LT-26-")
