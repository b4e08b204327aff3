"""A visitor by keyboard alone: written down, the guest rung, up with consent, out again (Q3)."""

from __future__ import annotations

from playwright.sync_api import expect

from pms.db import db
from pms.guest_services.models_visitors import VisitAnswer, Visitor
from tests.journeys.conftest import AtDesk
from tests.journeys.day import Day

MOST = 20  # of them 12 letters: who comes, and for whom


def test_a_visitor_goes_up_and_leaves(day: Day, at_desk: AtDesk) -> None:
    clerk = at_desk("concierge", path="/visitors")
    clerk.axe_clean()
    clerk.start_counting().press("n")
    expect(clerk.page.locator("#name")).to_be_focused()
    clerk.type("Ann").press("Tab", "Tab", "Tab").type("Delacroix")
    clerk.no_mixed_language()
    clerk.axe_clean()
    clerk.press("Control+Enter")
    expect(clerk.page.locator(".notice-head")).to_contain_text("1201")
    clerk.no_mixed_language()
    clerk.axe_clean()
    clerk.press("u")
    expect(clerk.page.locator(".state-clean")).to_contain_text("1201")
    clerk.no_mixed_language()
    clerk.axe_clean()
    clerk.press("o")
    expect(clerk.page.locator(".pms-toast")).to_contain_text("Ann")
    assert clerk.strokes <= MOST, clerk.strokes
    db.session.rollback()
    visitor = db.session.query(Visitor).one()
    assert (visitor.answer, visitor.stay_id) == (VisitAnswer.COMES_UP, day.stays["delacroix"].id)
    assert visitor.out_at is not None
    db.session.rollback()
