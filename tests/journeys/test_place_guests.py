"""Everybody without a room placed, looked at, asked why, accepted and taken back, by keyboard alone."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.journeys.conftest import AtDesk
from tests.journeys.day import Day

PLACE_ALL = 4  # g p, plan, accept


def test_everybody_is_placed_and_taken_back(day: Day, at_desk: AtDesk) -> None:
    clerk = at_desk()
    page = clerk.page
    clerk.start_counting().press("g", "p")
    expect(page.locator('input[name="stay"]')).to_have_count(1)
    clerk.no_mixed_language()
    clerk.axe_clean()
    clerk.press("Control+Enter")
    expect(page.locator("#accept")).to_be_visible()
    clerk.press("Control+Enter")
    expect(page.locator(".pms-toast")).to_be_visible()
    assert clerk.strokes <= PLACE_ALL
    assert day.fresh(day.stays["novak"]).room is not None
    clerk.press("z")
    expect(page.locator(".notice-warn")).to_be_visible()
    assert day.fresh(day.stays["novak"]).room is None


def test_why_this_room_and_not_that_one(day: Day, at_desk: AtDesk) -> None:
    clerk = at_desk(path="/placing")
    page = clerk.page
    clerk.press("Control+Enter")
    expect(page.locator("#accept")).to_be_visible()
    clerk.press("j", "w")
    expect(page.locator(".pl-reasons")).to_be_visible()
    clerk.no_mixed_language()
    clerk.axe_clean()
    clerk.press("Tab", "Tab", "Tab")
    expect(page.locator("[data-why-not]")).to_be_focused()
    clerk.type("1205").press("Enter")
    expect(page.locator("[data-why-not-here]")).to_contain_text("1205")
    clerk.press("Escape", "2")
    expect(page.locator(".rk-ghost")).to_have_count(1)
    clerk.no_mixed_language()
    clerk.axe_clean()


def test_a_row_that_is_not_ticked_is_not_accepted(day: Day, at_desk: AtDesk) -> None:
    clerk = at_desk(path="/placing")
    page = clerk.page
    clerk.press("j", " ")
    expect(page.locator('input[name="stay"]')).not_to_be_checked()
    clerk.press("Control+Enter")
    expect(page.locator(".summary")).to_be_focused()
    assert day.fresh(day.stays["novak"]).room is None
