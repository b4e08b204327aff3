"""Full on these dates: a caller goes on the waitlist, a room frees, and one key makes the booking (R6)."""

from __future__ import annotations

from playwright.sync_api import expect

from pms.db import db, work
from pms.reservations.actions import cancel
from pms.reservations.models import Stay
from tests.builders import NOON
from tests.journeys.conftest import AtDesk
from tests.journeys.day import Day


def test_who_waits_is_booked_when_a_room_frees(day: Day, at_desk: AtDesk) -> None:
    with work():
        full = [day.house.stay(arrival=6, nights=2, kind="SUI").id for _ in range(2)]
        suites = day.house.types["SUI"].id
    clerk = at_desk("reservation_clerk", "/reservations/new")
    page = clerk.page
    clerk.type("fri").press("Tab").type("2")
    expect(page.locator("#departure-hint")).to_contain_text("29")
    suite = page.locator(f"button[name=wait_for][value='{suites}']")
    expect(suite).to_be_visible()
    clerk.press("Tab", "Tab", "Tab", "Tab", "4")
    expect(suite).to_be_focused()
    clerk.press("Tab").type("whi")
    expect(page.locator("#guest-hits [aria-selected=true]")).to_contain_text("Whitfield")
    clerk.press("Enter", "Tab").type("13800138000").press("Shift+Tab", "Shift+Tab", "4")
    expect(suite).to_be_focused()
    clerk.press("Enter")
    expect(page.locator("#calls")).to_contain_text("+8613800138000")
    clerk.no_mixed_language()
    clerk.axe_clean()
    with work():
        cancel(db.session.get_one(Stay, full[0]), "Flu", by=day.house.user("reservation_clerk"), now=NOON)
    expect(page.locator("[data-row-key=b]")).to_be_visible()
    clerk.start_counting().press("j", "b")
    expect(page.locator("h1")).to_contain_text("LT-26-")
    assert clerk.strokes <= 2
