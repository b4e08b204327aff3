"""A room goes out of order, just its guest is planned again; a wish set aside; two rooms become one: by keyboard."""

from __future__ import annotations

from playwright.sync_api import expect

from pms.db import work
from pms.reservations.queries import load_stay
from tests.journeys.conftest import AtDesk
from tests.journeys.day import Day


def test_who_loses_a_room_is_planned_again_on_one_key(day: Day, at_desk: AtDesk) -> None:
    clerk = at_desk("shift_leader", path="/settings/closures")
    page = clerk.page
    clerk.press("c").type("1301")
    while not page.locator("#reason").evaluate("field => field === document.activeElement"):
        clerk.press("Tab")
    clerk.type("Pipe").press("Tab", "Tab", "Tab", " ")
    clerk.axe_clean()
    clerk.press("Control+Enter")
    expect(page.locator(".pms-toast[data-waits]")).to_be_visible()
    clerk.no_mixed_language()
    clerk.axe_clean()
    clerk.press("y")
    expect(page.locator('input[name="stay"]')).to_have_count(1)
    clerk.no_mixed_language()
    clerk.axe_clean()
    clerk.press("Control+Enter")
    expect(page.locator("#accept")).to_be_visible()
    clerk.press("Control+Enter")
    expect(page.locator(".pms-toast")).to_be_visible()
    room = day.fresh(day.stays["whitfield"]).room
    assert room is not None and room.number == "1302"
    clerk.press("z")
    expect(page.locator(".notice-warn")).to_be_visible()
    assert day.fresh(day.stays["whitfield"]).room is None


def test_one_wish_is_set_aside_with_the_guests_consent(day: Day, at_desk: AtDesk) -> None:
    with work():
        load_stay(day.stays["zhao"].id).wishes = "lake_view"
    clerk = at_desk(path=f"/stays/{day.stays['zhao'].id}")
    page = clerk.page
    clerk.press("a")
    expect(page.locator("#aside")).to_be_visible()
    clerk.no_mixed_language()
    clerk.axe_clean()
    clerk.press("1", "w").type("OK").press("Control+Enter")
    expect(page.locator("#aside-title")).to_be_visible()
    clerk.no_mixed_language()
    clerk.axe_clean()
    page.goto(f"{page.url.rsplit('/', 1)[0]}")
    expect(page.locator(".set-aside")).to_contain_text("OK")
    clerk.no_mixed_language()
    clerk.axe_clean()


def test_two_rooms_become_one_suite_when_the_leader_says_yes(day: Day, at_desk: AtDesk) -> None:
    with work():
        first = load_stay(day.stays["novak"].id)
        second = day.house.stay(kind="STK", nights=1, guest=day.house.guest("Novak", "Jana"))
        second.booking_id, number = first.booking_id, first.booking.confirmation
    clerk = at_desk("shift_leader", path=f"/reservations/{number}")
    page = clerk.page
    clerk.press("u")
    expect(page.locator("#suite")).to_be_visible()
    clerk.no_mixed_language()
    clerk.axe_clean()
    clerk.press("2", "w").type("OK").press("Control+Enter")
    expect(page.locator(".pms-toast[data-waits]")).to_be_visible()
    clerk.axe_clean()
    stay = day.fresh(day.stays["novak"])
    assert stay.persons == 2 and stay.type.code == "SUI"
