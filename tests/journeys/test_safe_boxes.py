"""A safe-deposit box by keyboard alone: given, opened, asked about at check-out; and one handed back (L6)."""

from __future__ import annotations

from playwright.sync_api import expect

from pms.db import db, work
from pms.guest_services import boxes_of_the_house
from pms.guest_services.models_boxes import BoxOpening, BoxSize
from pms.reservations.status import Status
from tests.builders import NOON
from tests.journeys.conftest import AtDesk
from tests.journeys.day import Day
from tests.journeys.keyboard import Keyboard


def test_a_box_is_given_opened_and_answered_for_at_check_out(day: Day, at_desk: AtDesk) -> None:
    clerk = a_box_of_mr_delacroix(day, at_desk)
    clerk.type("Marc Delacroix").press("Control+Enter")
    expect(clerk.page.locator(".pms-toast")).to_be_visible()
    clerk.press("Escape").find("del").press("Enter")
    expect(clerk.page.locator("#check-out-form")).to_be_visible()
    clerk.no_mixed_language()
    clerk.press("Control+Enter")
    expect(clerk.page.locator(".summary")).to_be_focused()
    clerk.no_mixed_language()
    clerk.axe_clean()
    clerk.press("1")
    expect(clerk.page.locator(".pms-toast")).to_contain_text("1201")
    assert day.fresh(day.stays["delacroix"]).status is Status.CHECKED_OUT
    assert acts() == ["given", "opened"]


def test_a_box_is_handed_back(day: Day, at_desk: AtDesk) -> None:
    clerk = a_box_of_mr_delacroix(day, at_desk)
    clerk.press("Tab", "Tab", "Enter", "Tab").type("Marc Delacroix").press("Tab", "Space", "Tab", "Space")
    clerk.axe_clean()
    clerk.press("Control+Enter")
    expect(clerk.page.locator(".pms-toast")).to_be_visible()
    clerk.no_mixed_language()
    assert acts() == ["given", "handed_back"]


def a_box_of_mr_delacroix(day: Day, at_desk: AtDesk) -> Keyboard:
    with work():
        duty = {"by": day.house.user("assistant_manager"), "now": NOON}
        boxes_of_the_house.add_boxes("1-3", BoxSize.SMALL, **duty)
    clerk = at_desk(path="/safe-boxes")
    clerk.axe_clean()
    clerk.press("n")
    expect(clerk.page.locator("#stay_id")).to_be_focused()
    clerk.type("del")
    clerk.page.locator(".picker-hit").first.wait_for()
    clerk.press("Enter", "Tab", "Tab", "Tab").type("Delacroix, Marc")
    clerk.no_mixed_language()
    clerk.axe_clean()
    clerk.press("Control+Enter")
    expect(clerk.page.locator("#open-signed_by")).to_be_focused()
    clerk.no_mixed_language()
    clerk.axe_clean()
    return clerk


def acts() -> list[str]:
    db.session.rollback()
    found = [line.act.value for line in db.session.query(BoxOpening).order_by(BoxOpening.id)]
    db.session.rollback()
    return found
