"""Bookings against availability by keyboard alone: one contradiction explained, one mended, then signed (R11)."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from pms.db import db, reading, work
from pms.guests.models import Guest
from pms.reservations.models import Guarantee
from pms.reservations.queries_verification import signed, verification
from tests.builders import TODAY
from tests.journeys.conftest import AtDesk
from tests.journeys.day import Day

MOST_TO_LOOK = 7  # of them 5 letters to find the page
MOST_TO_EXPLAIN = 9  # of them 6 letters of the reason


@pytest.fixture
def contradicting(day: Day) -> Day:
    """More twin rooms are sold than there are, and Ms Whitfield cannot be called."""
    with work():
        db.session.query(Guest).filter(Guest.surname != "Whitfield").update({"telephone": "+8613800138000"})
    return day


def test_a_date_is_verified(contradicting: Day, at_desk: AtDesk) -> None:
    clerk = at_desk("reservation_supervisor")
    page = clerk.page
    clerk.start_counting().find("hedui").press("Enter")
    expect(page.locator("#contradictions [data-row]")).to_have_count(2)
    assert clerk.strokes <= MOST_TO_LOOK, clerk.strokes
    clerk.no_mixed_language()
    clerk.axe_clean()
    clerk.press("s")
    expect(page.locator("[data-focus]")).to_contain_text("STT")  # not while something is open
    clerk.no_mixed_language()

    clerk.start_counting().press("j", "x").type("agreed").press("Enter")
    expect(page.locator("#contradictions .state-clean")).to_have_count(1)
    expect(page.locator("tr.chosen")).to_contain_text("T-00001")  # what is still open comes by itself
    assert clerk.strokes <= MOST_TO_EXPLAIN, clerk.strokes
    clerk.no_mixed_language()
    clerk.axe_clean()

    clerk.press("Enter")
    expect(page.locator("h1")).to_contain_text("Whitfield")
    clerk.press("c")
    expect(page.locator("#arrival")).to_be_focused()
    clerk.press(*["Tab"] * 9, "ArrowDown", "Control+Enter")
    expect(page).to_have_url(re.compile(r"/stays/\d+$"))
    clerk.find("hedui").press("Enter")
    expect(page.locator("#contradictions [data-row]")).to_have_count(1)
    clerk.press("s")
    expect(page.locator(".page-head .state-clean")).to_be_visible()
    clerk.no_mixed_language()
    clerk.axe_clean()
    with reading():
        assert [line.explanation for line in verification(TODAY)] == ["agreed"]
        assert signed(TODAY) is not None
    stay = contradicting.fresh(contradicting.stays["whitfield"])
    with reading():
        assert stay.booking.guarantee is not Guarantee.NONE
