"""The police register by keyboard alone (C9): what a guest from abroad lacks is filled in, then everything is sent."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from playwright.sync_api import expect

from pms.db import db, reading, work
from pms.front_desk import queries_police as register
from pms.guests.models import Guest
from tests.journeys.conftest import AtDesk
from tests.journeys.day import Day
from tests.journeys.keyboard import Keyboard

MOST = 33  # of them 19 letters: visa and purpose of two guests, the number


def test_the_register_is_completed_and_sent(day: Day, at_desk: AtDesk) -> None:
    with work():
        db.session.execute(sa.update(Guest).values(sex="F", born_on=date(1980, 2, 3)))
    clerk = at_desk()
    clerk.press("g", "o")
    expect(clerk.page.locator("#police")).to_be_visible()
    clerk.no_mixed_language()
    clerk.axe_clean()
    for guest in ("Delacroix", "Peeters"):
        fill_in(clerk, guest)
    clerk.press("n").type("HZ-0042")
    clerk.press("Control+Enter")
    expect(clerk.page.locator("h1")).to_contain_text("HZ-0042")
    clerk.no_mixed_language()
    clerk.axe_clean()
    assert clerk.strokes <= MOST, clerk.strokes
    with reading():
        assert register.count_unsent() == 0
        assert register.batches()[0].guests == 2


def fill_in(clerk: Keyboard, guest: str) -> None:
    """The next line that lacks something is opened and filled in."""
    clerk.press("j", "Enter")
    expect(clerk.page.locator("#visa")).to_be_focused()
    clerk.axe_clean()
    clerk.type("L9").press("Tab", "Tab").type("Fair").press("Control+Enter")
    expect(clerk.page.locator(".pms-toast")).to_contain_text(guest)
    expect(clerk.page.locator("#police")).to_be_visible()
