"""A guest stays longer: by keyboard from the search and from the rack, others seen before they are displaced."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from pms.db import db, work
from pms.reservations.models import Stay
from tests.builders import TODAY, House
from tests.journeys.conftest import AtDesk
from tests.journeys.day import Day, person
from tests.journeys.guests import in_house


@pytest.fixture
def okafor(day: Day, house: House) -> Stay:
    """In 1204 for two nights."""
    with work():
        return in_house(house, "Okafor", "Chidi", "1204", nights=2)


@pytest.fixture
def sato(okafor: Stay, house: House) -> Stay:
    """Is to have 1204 from the day Okafor leaves; Delacroix leaves 1201 today."""
    with work():
        return house.stay(room="1204", arrival=2, nights=2, guest=person(house, "Sato", "Aiko"))


def test_a_guest_stays_longer_from_the_search(day: Day, okafor: Stay, at_desk: AtDesk) -> None:
    clerk = at_desk().start_counting()
    clerk.find("oka")
    expect(clerk.page.locator("a.hit.chosen")).to_contain_text("Okafor")  # as one looks before pressing Enter
    clerk.press("Enter")
    expect(clerk.page.locator("h1")).to_contain_text("Okafor")
    clerk.press("e")
    expect(clerk.page.locator("#day")).to_be_focused()
    clerk.type("+1")
    expect(clerk.page.locator("#meaning .facts")).to_be_visible()
    clerk.no_mixed_language()
    clerk.axe_clean()
    clerk.press("Control+Enter")
    expect(clerk.page.locator(".pms-toast")).to_contain_text("Okafor")
    assert clerk.strokes <= 9
    assert day.fresh(okafor).departure == TODAY + timedelta(days=3)
    clerk.press("z")
    expect(clerk.page.locator(".pms-toast")).to_have_count(1)
    expect(clerk.page.locator(".pms-toast button")).to_have_count(0)
    assert day.fresh(okafor).departure == TODAY + timedelta(days=2)


def test_who_is_displaced_is_seen_and_moved_from_the_rack(day: Day, okafor: Stay, sato: Stay, at_desk: AtDesk) -> None:
    other = sato.id
    db.session.rollback()
    clerk = at_desk(path="/rack").start_counting()
    clerk.press("f").type("oka").press("Enter", "e").type("+1")
    expect(clerk.page.locator("#pop .mn-bad")).to_contain_text("Sato")
    expect(clerk.page.locator(f"#rack a.out[href$='/{other}']")).to_be_visible()
    expect(clerk.page.locator("#rack .rk-ghost")).to_be_visible()
    clerk.no_mixed_language()
    clerk.axe_clean()
    clerk.press("Control+Enter")
    expect(clerk.page.locator(".pms-toast")).to_contain_text("Okafor")
    assert clerk.strokes <= 9
    assert day.fresh(okafor).departure == TODAY + timedelta(days=3)
    assert db.session.get_one(Stay, other).room_id == day.house.rooms["1201"].id  # free from today on


def drag(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    """With a real mouse, in steps as a hand does."""
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move((start[0] + end[0]) / 2, (start[1] + end[1]) / 2, steps=4)
    page.mouse.move(*end, steps=4)
    page.mouse.up()


@pytest.mark.parametrize("language", ["en"])
def test_a_drag_opens_the_same_sheets_and_changes_nothing(day: Day, okafor: Stay, at_desk: AtDesk) -> None:
    clerk = at_desk(path="/rack")
    page, stay_id = clerk.page, okafor.id
    bar = page.locator(f"#rack a[href$='/{stay_id}']")
    box = bar.bounding_box()
    row = page.locator(f".rk-row[data-room='{day.house.rooms['1202'].id}']").bounding_box()
    db.session.rollback()
    assert box and row
    day_wide = box["width"] / 2  # two nights
    middle, end = (box["x"] + box["width"] / 2, box["y"] + 9), (box["x"] + box["width"] - 3, box["y"] + 9)
    drag(page, end, (end[0] + day_wide, end[1]))
    expect(page.locator("#day")).to_have_value("2026-11-24")
    expect(page.locator("#meaning .facts")).to_be_visible()
    page.keyboard.press("Escape")
    drag(page, middle, (middle[0], row["y"] + 9))
    expect(page.locator("#number")).to_have_value("1202")
    page.keyboard.press("Escape")
    expect(page.locator("#pop")).to_be_hidden()
    found = day.fresh(okafor)
    assert (found.departure, found.room_id) == (TODAY + timedelta(days=2), day.house.rooms["1204"].id)
    db.session.rollback()
    clerk.complaints = [text for text in clerk.complaints if "a pointer was used" not in text]
