"""A reserved guest is checked in by keyboard alone; identity, signature and deposit each take a stroke of their own."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from pms.db import db, work
from pms.guests.models import GuestDocument
from pms.property.models import Housekeeping
from pms.reservations.status import Status
from tests.guests.test_travel_documents import zone
from tests.journeys.conftest import AtDesk
from tests.journeys.day import Day
from tests.journeys.keyboard import Keyboard

PREPARED, WITH_DOCUMENT = 9, 9  # strokes; both with three letters of search
NOVAK = zone("NOVAK<<TOMAS", country="CZE")


def opened(clerk: Keyboard, letters: str, name: str) -> Page:
    """From the desk to the sheet of a guest who is due: search, Enter."""
    clerk.start_counting().find(letters).press("Enter")
    expect(clerk.page.locator("form[data-sheet]")).to_be_visible()
    expect(clerk.page.locator("h1")).to_contain_text(name)
    return clerk.page


def done(clerk: Keyboard) -> None:
    clerk.press("Control+Enter")
    expect(clerk.page.locator(".done-room")).to_be_visible()


def test_a_prepared_guest_gets_his_key(day: Day, at_desk: AtDesk) -> None:
    clerk = at_desk()
    page = opened(clerk, "whi", "Whitfield")
    expect(page.locator("[name$=seen]").first).to_be_focused()
    clerk.press("d", "s", "c")
    expect(page.locator("#still")).to_be_empty()
    done(clerk)
    assert clerk.strokes <= PREPARED
    expect(page.locator(".done-room")).to_contain_text("1301")
    assert day.fresh(day.stays["whitfield"]).status is Status.IN_HOUSE
    clerk.no_mixed_language()


def test_a_passport_is_scanned_and_the_best_room_taken(day: Day, at_desk: AtDesk) -> None:
    clerk = at_desk()
    page = opened(clerk, "nov", "Novak")
    expect(page.locator("textarea[data-lines]").first).to_be_focused()
    clerk.scan(NOVAK)
    expect(page.locator("[data-read]")).to_be_visible()
    expect(page.locator("textarea[data-lines]").first).not_to_be_focused()
    clerk.press("s", "c")
    done(clerk)
    assert clerk.strokes <= WITH_DOCUMENT
    stay = day.fresh(day.stays["novak"])
    assert stay.status is Status.IN_HOUSE
    assert stay.room is not None
    assert (stay.guest.nationality, f"{stay.guest.born_on}") == ("CZ", "1972-03-15")
    assert stay.room.housekeeping in (Housekeeping.CLEAN, Housekeeping.INSPECTED)


def test_no_gap_is_passed_over_the_button_leads_to_the_first_one(day: Day, at_desk: AtDesk) -> None:
    clerk = at_desk()
    page = opened(clerk, "whi", "Whitfield")
    clerk.press("Control+Enter")
    expect(page.locator("[name$=seen]").first).to_be_focused()
    clerk.press("d", "Control+Enter")
    expect(page.locator("#deposit-preauthorisation")).to_be_focused()
    clerk.press("a")
    expect(page.locator("#reference")).to_be_focused()
    clerk.type("A8842").press("Control+Enter")
    expect(page.locator("#signed")).to_be_focused()
    assert day.fresh(day.stays["whitfield"]).status is Status.RESERVED
    clerk.press("s")
    done(clerk)


def test_a_wrong_check_digit_is_said_at_once_with_its_place(day: Day, at_desk: AtDesk) -> None:
    clerk = at_desk()
    page = opened(clerk, "nov", "Novak")
    clerk.scan(NOVAK.replace("5239184062", "5239184060"))
    expect(page.locator("[data-read-here] [role=alert]").first).to_contain_text("10")
    clerk.no_mixed_language()
    clerk.axe_clean()


def test_the_guest_of_a_dirty_room_waits_while_it_is_cleaned_first(day: Day, at_desk: AtDesk) -> None:
    clerk = at_desk()
    page = opened(clerk, "tana", "田中洋子")
    expect(page.locator(".room-line")).to_contain_text(["1203"])
    expect(page.locator("textarea[data-lines]").first).to_be_focused()
    clerk.press("Escape", "1")
    expect(page.locator("#room-queue")).to_contain_text("1203")
    clerk.no_mixed_language()
    clerk.axe_clean()


def test_a_check_in_without_money_is_undone_with_z(day: Day, at_desk: AtDesk) -> None:
    clerk = at_desk()
    page = opened(clerk, "whi", "Whitfield")
    clerk.press("d", "n").type("regular guest").press("Escape", "s")
    done(clerk)
    clerk.press("z")
    expect(page.locator("form[data-sheet]")).to_be_visible()
    assert day.fresh(day.stays["whitfield"]).status is Status.RESERVED


def test_nobody_finds_fault_with_the_pages_in_either_theme(day: Day, at_desk: AtDesk) -> None:
    with work():
        paper = GuestDocument(guest_id=day.stays["zhao"].guest_id, kind="resident_id", number="110105199003077534")
        day.stays["zhao"].adults = 2
        db.session.add(paper)
    clerk = at_desk()
    for path in (f"/stays/{day.stays['zhao'].id}/check-in", f"/stays/{day.stays['peeters'].id}/check-in",
                 f"/stays/{day.stays['novak'].id}/check-in", "/walk-in", "/room-queue"):  # fmt: skip
        clerk.page.goto(path)
        clerk.no_mixed_language()
        clerk.axe_clean()
