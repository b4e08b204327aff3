"""A wedding by keyboard alone: the party, its rooming list, the couple's sheet, and the list of weddings (R9)."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from pms.db import db, reading
from pms.reservations.models_events import Wedding
from pms.reservations.weddings import NEWLY_WEDS
from tests.journeys.conftest import AtDesk
from tests.journeys.day import Day
from tests.journeys.keyboard import Keyboard


def test_a_wedding_is_written_down_with_its_rooms_and_stands_on_the_list(day: Day, at_desk: AtDesk) -> None:
    clerk = at_desk("reservation_supervisor", path="/weddings")
    clerk.no_mixed_language()
    clerk.axe_clean()
    agree(clerk)
    name_the_guests(clerk)
    take_the_couple_down(clerk)
    look_at_the_list(clerk)
    with reading():
        wedding = db.session.query(Wedding).one()
        assert wedding.stay is not None
        assert (wedding.stay.party, wedding.stay.guest.surname) == (NEWLY_WEDS, "Shen")
        assert (wedding.event.starts, wedding.event.covers, wedding.salon_at) == ("18:08", 120, "09:30")


def agree(clerk: Keyboard) -> None:
    """The party, in three days for a night; its sheet opens by itself."""
    clerk.press("n")
    expect(clerk.page.locator("#code")).to_be_focused()
    clerk.type("wed1").press("Tab", "Tab", "Tab").type("Shen & Yu").press("Tab", "Tab")
    clerk.type("+3").press("Tab").type("+4")
    clerk.no_mixed_language()
    clerk.axe_clean()
    clerk.press("Control+Enter")
    expect(clerk.page.locator("#bride")).to_be_focused()


def name_the_guests(clerk: Keyboard) -> None:
    clerk.press("Escape", "a")
    expect(clerk.page.locator("#list")).to_be_focused()
    clerk.type("Shen Yi,沈怡,F,SUI").press("Enter").type("Yu Ming,于明,M,STK")
    clerk.no_mixed_language()
    clerk.axe_clean()
    clerk.press("Control+Enter")
    expect(clerk.page.locator("#group-rooms [data-row]")).to_have_count(2)
    clerk.axe_clean()


def take_the_couple_down(clerk: Keyboard) -> None:
    clerk.press("w")
    expect(clerk.page.locator("#bride")).to_be_focused()
    clerk.type("沈怡").press("Tab").type("于明").press("Tab", "Tab").type("18:08").press("Tab", "Tab").type("B2")
    clerk.press("Tab").type("120").press("Tab").type("Shen").press("Tab").type("09:30")
    clerk.no_mixed_language()
    clerk.axe_clean()
    clerk.press("Control+Enter")
    expect(clerk.page.locator("#prepared")).to_be_visible()
    clerk.no_mixed_language()
    clerk.axe_clean()


def look_at_the_list(clerk: Keyboard) -> None:
    """Every room given; the sheet is one key away."""
    clerk.press("p")
    expect(clerk.page.locator("#group-rooms .no-room")).to_have_count(0)
    clerk.press("g", "y")
    expect(clerk.page).to_have_url(re.compile(r"/groups$"))
    clerk.press("w")
    expect(clerk.page.locator("#weddings [data-row]")).to_contain_text(["18:08"])
    clerk.no_mixed_language()
    clerk.axe_clean()
    clerk.press("j", "Enter")
    expect(clerk.page.locator("#bride")).to_have_value("沈怡")
