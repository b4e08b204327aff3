"""A guest moves to another room: by keyboard, from the search and from the rack, which is walked by the arrows."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from pms.db import db, work
from pms.front_desk.models import RoomMove
from pms.reservations.models import Stay
from tests.builders import House
from tests.journeys.conftest import AtDesk
from tests.journeys.day import Day
from tests.journeys.guests import in_house


@pytest.fixture
def okafor(day: Day, house: House) -> Stay:
    """In 1204; 1202 is free, clean and of the same type."""
    with work():
        return in_house(house, "Okafor", "Chidi", "1204", nights=2)


def test_a_guest_changes_his_room_from_the_search(day: Day, okafor: Stay, at_desk: AtDesk) -> None:
    clerk = at_desk().start_counting()
    clerk.find("oka")
    expect(clerk.page.locator("a.hit.chosen")).to_contain_text("Okafor")  # as one looks before pressing Enter
    clerk.press("Enter")
    expect(clerk.page.locator("h1")).to_contain_text("Okafor")
    clerk.press("m")
    expect(clerk.page.locator(".mn-choice [name=room]").first).to_be_checked()
    clerk.press("n", "1")
    expect(clerk.page.locator("[name=reason][value=n]")).to_be_checked()
    clerk.no_mixed_language()
    clerk.axe_clean()
    clerk.press("Control+Enter")
    expect(clerk.page).to_have_url(re.compile(r"/room-change/\d+"))
    assert clerk.strokes <= 9
    clerk.no_mixed_language()
    clerk.axe_clean()
    assert day.fresh(okafor).room_id == day.house.rooms["1202"].id
    assert db.session.query(RoomMove).count() == 1


def test_a_guest_changes_his_room_from_the_rack(day: Day, okafor: Stay, at_desk: AtDesk) -> None:
    clerk = at_desk(path="/rack").start_counting()
    expect(clerk.page.locator(".rk-yes, .rk-no").first).to_be_visible()
    clerk.press("f").type("oka").press("Enter")
    expect(clerk.page.locator("#rack a.chosen")).to_be_focused()
    clerk.no_mixed_language()
    clerk.axe_clean()
    clerk.press("m")
    expect(clerk.page.locator("#pop [name=reason]").first).to_be_focused()
    clerk.press("n", "1", "Control+Enter")
    expect(clerk.page).to_have_url(re.compile(r"/room-change/\d+"))
    assert clerk.strokes <= 9
    clerk.press("Escape")
    expect(clerk.page.locator("#rack a.chosen")).to_contain_text("Okafor")
    assert day.fresh(okafor).room_id == day.house.rooms["1202"].id


def test_arrows_walk_the_rack_and_enter_opens_the_stay(day: Day, at_desk: AtDesk) -> None:
    clerk = at_desk(path="/rack")
    clerk.press("f").type("1201").press("Enter")
    chosen = clerk.page.locator("#rack a.chosen")
    expect(chosen).to_contain_text("Delacroix")
    clerk.press("ArrowDown")
    expect(chosen).not_to_contain_text("Delacroix")
    clerk.press("ArrowUp", "Enter")
    expect(clerk.page.locator("#pop h2")).to_contain_text("Delacroix")
    clerk.press("Escape")
    expect(clerk.page.locator("#pop")).to_be_hidden()
    expect(chosen).to_be_focused()
