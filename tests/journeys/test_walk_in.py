"""From the street to the key by keyboard alone, all or nothing."""

from __future__ import annotations

from playwright.sync_api import expect

from pms.db import db
from pms.guests.models import Guest
from pms.reservations.models import Stay
from pms.reservations.status import Status
from tests.guests.test_travel_documents import zone
from tests.journeys.conftest import AtDesk
from tests.journeys.day import Day

WALK_IN = 8
SAYED = zone("SAYED<<OMAR", number="A12345678", country="EGY", sex="M")


def test_a_walk_in_gets_a_key(day: Day, at_desk: AtDesk) -> None:
    clerk = at_desk()
    page = clerk.page
    clerk.press("g", "w")
    expect(page.locator("textarea[data-lines]").first).to_be_focused()
    clerk.scan(SAYED)
    expect(page.locator("#new-surname")).to_have_value("Sayed")
    expect(page.locator("textarea[data-lines]").first).not_to_be_focused()
    clerk.press("1", "c", "s")
    expect(page.locator("#still")).to_be_empty()
    clerk.press("Control+Enter")
    expect(page.locator(".done-room")).to_be_visible()
    assert clerk.strokes <= WALK_IN
    db.session.rollback()
    guest = db.session.query(Guest).filter_by(surname="Sayed").one()
    stay = db.session.query(Stay).filter_by(guest_id=guest.id).one()
    assert (stay.status, guest.nationality) == (Status.IN_HOUSE, "EG")
    clerk.names |= {"Sayed", "Omar"}
    clerk.no_mixed_language()


def test_more_nights_show_their_prices_and_a_name_is_typed_by_hand(day: Day, at_desk: AtDesk) -> None:
    clerk = at_desk(path="/walk-in")
    page = clerk.page
    clerk.scan(SAYED)
    expect(page.locator("[data-read]")).to_be_visible()
    expect(page.locator("textarea[data-lines]").first).not_to_be_focused()
    page.locator("#nights").focus()
    clerk.press("ArrowUp", "ArrowUp", "Tab")
    expect(page.locator("[data-offers]")).to_contain_text("2,040.00")
    clerk.axe_clean()


def test_without_signature_nothing_is_sent(day: Day, at_desk: AtDesk) -> None:
    clerk = at_desk(path="/walk-in")
    clerk.scan(SAYED)
    expect(clerk.page.locator("#new-surname")).to_have_value("Sayed")
    expect(clerk.page.locator("textarea[data-lines]").first).not_to_be_focused()
    clerk.press("1", "c", "Control+Enter")
    expect(clerk.page.locator("#signed")).to_be_focused()
    db.session.rollback()
    assert db.session.query(Guest).filter_by(surname="Sayed").count() == 0


def test_a_resident_id_asks_for_the_name_it_does_not_carry(day: Day, at_desk: AtDesk) -> None:
    clerk = at_desk(path="/walk-in")
    clerk.scan("11010519491231002X")
    expect(clerk.page.locator("#new-name_zh")).to_be_focused()
    clerk.type("王小雨").press("Enter")
    expect(clerk.page.locator('input[name="sell"]').first).to_be_focused()
