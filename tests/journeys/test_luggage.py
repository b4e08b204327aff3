"""Luggage in and out, by keyboard alone: the tag is printed, the pieces are found by the name and handed out."""

from __future__ import annotations

from playwright.sync_api import expect

from pms.db import db
from pms.guest_services.models import Luggage
from tests.journeys.conftest import AtDesk
from tests.journeys.day import Day
from tests.journeys.keyboard import Keyboard

MOST_IN = 25  # of them 10 letters: whose, how many, until when, what it looks like
MOST_OUT = 11  # from the search to the next guest


def test_luggage_is_taken_in_and_handed_out(day: Day, at_desk: AtDesk) -> None:
    clerk = at_desk("concierge")
    clerk.press("g", "l")
    expect(clerk.page.locator("#q")).to_be_focused()
    clerk.axe_clean()
    take_in(clerk)
    hand_out(clerk)
    db.session.rollback()
    bags = db.session.query(Luggage).filter_by(description="Skis").one()
    assert (bags.here, bags.proof, bags.depositor) == (0, "id: passport", "Delacroix, Marc")


def take_in(clerk: Keyboard) -> None:
    clerk.start_counting().press("Escape", "n")
    expect(clerk.page.locator("#stay_id")).to_be_focused()
    clerk.type("del")
    clerk.page.locator(".picker-hit").first.wait_for()
    clerk.press("Enter", "Tab", "Tab").type("2").press("Tab", "Tab").type("+1").press("Tab").type("Skis")
    clerk.press("Tab", "Tab", "Tab", "Space", "Tab", "Space")
    clerk.no_mixed_language()
    clerk.axe_clean()
    clerk.press("Control+Enter")
    expect(clerk.page.locator("[href$='tag.pdf']")).to_be_focused()  # Enter opens the paper
    assert clerk.strokes <= MOST_IN, clerk.strokes
    clerk.no_mixed_language()
    clerk.axe_clean()


def hand_out(clerk: Keyboard) -> None:
    clerk.press("Escape")
    expect(clerk.page.locator("#q")).to_be_focused()
    clerk.start_counting().type("2").press("Enter")
    expect(clerk.page.locator("#document")).to_be_focused()
    clerk.press("ArrowDown", "Tab", "Tab").type("1").press("Tab", "Tab", "Tab", "Space", "Control+Enter")
    expect(clerk.page.locator(".summary")).to_be_focused()  # one of two: a mistake, or does the rest stay?
    clerk.no_mixed_language()
    clerk.axe_clean()
    clerk.press("1")
    expect(clerk.page.locator(".pms-toast")).to_be_visible()
    clerk.start_counting().type("2").press("Enter")
    expect(clerk.page.locator("#document")).to_be_focused()
    clerk.press("ArrowDown", "Tab", "Tab").type("1").press("Tab", "Tab", "Tab", "Space")
    clerk.axe_clean()
    clerk.press("Control+Enter")
    expect(clerk.page.locator(".pms-toast")).to_be_visible()
    assert clerk.strokes <= MOST_OUT, clerk.strokes
    clerk.no_mixed_language()
