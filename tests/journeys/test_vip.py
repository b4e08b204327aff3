"""A VIP from the request form to the registration in the room, by keyboard alone (C6)."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from playwright.sync_api import expect

from pms.db import db, work
from pms.front_desk import queries
from pms.guests.models import Guest
from pms.reservations.models import Stay
from pms.reservations.status import Status
from tests.journeys.conftest import AtDesk
from tests.journeys.day import Day
from tests.journeys.keyboard import Keyboard

MOST_ASKED = 12  # of them 8 letters: who is the host
MOST_DONE = 12  # decide, inspect, system check-in, and the sheet in the room


def test_a_vip_from_the_form_to_the_room(day: Day, at_desk: AtDesk) -> None:
    stay = day.stays["whitfield"]
    with work():
        db.session.execute(sa.update(Stay).where(Stay.id == stay.id).values(eta="12:45", vip_level=0))
        db.session.execute(sa.update(Guest).where(Guest.id == stay.guest_id).values(sex="F", born_on=date(1970, 1, 2)))
    ask(at_desk("reservation_clerk", path=f"/stays/{stay.id}"))
    receive(at_desk("assistant_manager", path="/special-arrivals"))
    found = day.fresh(stay)
    assert (found.status, found.vip_level, found.vip_host) == (Status.IN_HOUSE, 1, "Borealis")
    with work():
        assert len(queries.registrations_of(stay.id)) == 1


def ask(clerk: Keyboard) -> None:
    clerk.start_counting().press("v")
    expect(clerk.page.locator("#level")).to_be_focused()
    clerk.no_mixed_language()
    clerk.axe_clean()
    clerk.press("Home", "Tab").type("Borealis").press("Control+Enter")
    expect(clerk.page.locator("#request-title")).to_be_visible()
    assert clerk.strokes <= MOST_ASKED, clerk.strokes


def receive(am: Keyboard) -> None:
    expect(am.page.locator("#special")).to_contain_text("Whitfield")
    am.no_mixed_language()
    am.axe_clean()
    am.start_counting().press("j", "Enter")
    expect(am.page.locator("#decide")).to_be_visible()
    am.axe_clean()
    am.press("Control+Enter")
    for step in ("form[action$=inspected]", "form[action$=check-in-early]", "a[href$='/register']"):
        expect(am.page.locator(step)).to_be_visible()
        am.press("n")
    expect(am.page.locator("#register")).to_be_visible()
    am.no_mixed_language()
    am.axe_clean()
    am.press("d", "s", "c", "Control+Enter")
    expect(am.page.locator("#register")).not_to_be_visible()
    expect(am.page.locator(".pms-toast").last).to_contain_text("Whitfield")
    am.no_mixed_language()
    assert am.strokes <= MOST_DONE, am.strokes
