"""A group of ten stands at the counter: checked in from its rooming list by keyboard alone, in both languages (C4)."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from pms.db import db, work
from pms.front_desk.queries import registrations_of
from pms.property.models import Housekeeping, Room
from pms.reservations.models import Stay
from pms.reservations.status import Status
from tests.journeys.conftest import AtDesk
from tests.journeys.day import Day
from tests.journeys.keyboard import Keyboard

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
MOST_STROKES = 27  # ten of them are the documents, laid on the reader one by one


def resident_id(digits: str) -> str:
    """With its check digit (GB 11643-1999)."""
    total = sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS, strict=True))
    return digits + "10X98765432"[total % 11]


DOCUMENTS = [resident_id(f"11010119900307{n:03d}") for n in range(701, 711)]


@pytest.fixture
def ten(day: Day) -> Day:
    """The tour of the day with one guest a room."""
    with work():
        for stay in day.tour:
            db.session.get_one(Stay, stay.id).adults = 1
    return day


def open_the_sheet(clerk: Keyboard) -> None:
    """From the desk to the groups, and to the first one, whose next step it is to be checked in."""
    clerk.press("g", "y")
    clerk.page.locator("[data-row]").first.wait_for()
    clerk.press("j", "Enter")
    clerk.page.locator("#sheet").wait_for()


def fill_in(clerk: Keyboard) -> None:
    """The documents as they are laid on the reader, and what the leader confirms and signs."""
    for number in DOCUMENTS:
        clerk.scan(number)
    assert clerk.focused() == "seen"
    clerk.press("Space", "Tab", "Tab", "Tab")
    assert clerk.focused() == "heads"
    clerk.type("10").press("Tab", "Tab", "Tab")
    assert clerk.focused() == "signed"
    clerk.press("Space", "Tab", "ArrowDown")


def test_a_group_of_ten_is_checked_in_from_its_rooming_list(ten: Day, at_desk: AtDesk) -> None:
    clerk = at_desk()
    open_the_sheet(clerk)
    clerk.no_mixed_language()
    clerk.axe_clean()
    fill_in(clerk)
    clerk.press("Control+Enter")
    expect(clerk.page.locator(".pms-toast")).to_contain_text("10")
    expect(clerk.page).to_have_url(re.compile(r"/groups/\d+$"))
    expect(clerk.page.locator(".is-in-house")).to_have_count(10)
    assert clerk.strokes <= MOST_STROKES, clerk.done
    clerk.no_mixed_language()
    clerk.axe_clean()
    for stay in ten.tour:
        assert ten.fresh(stay).status is Status.IN_HOUSE
        assert len(registrations_of(stay.id)) == 1


def test_what_is_missing_is_named_and_mended_without_typing_anything_again(ten: Day, at_desk: AtDesk) -> None:
    with work():
        db.session.get_one(Room, ten.house.rooms["1403"].id).housekeeping = Housekeeping.DIRTY
        twin = ten.house.types["STT"].id
        db.session.add(Room(number="1411", floor=14, type_id=twin, housekeeping=Housekeeping.INSPECTED))
    clerk = at_desk()
    open_the_sheet(clerk)
    fill_in(clerk)
    clerk.press("Control+Enter")
    expect(clerk.page.locator(".summary")).to_be_focused()
    expect(clerk.page.locator(".summary li")).to_have_count(1)
    expect(clerk.page.locator(".summary")).to_contain_text("1403")
    clerk.no_mixed_language()
    clerk.axe_clean()
    clerk.press("Tab", "Enter")  # the link leads to the room, where another is chosen
    assert clerk.focused().startswith("room-")
    clerk.press("ArrowDown", "Control+Enter")
    expect(clerk.page.locator(".is-in-house")).to_have_count(10)
    assert ten.fresh(ten.tour[2]).room.number == "1411"
