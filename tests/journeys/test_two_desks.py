"""What happens at one desk is seen at the other without a reload, and nobody's hands are disturbed by it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from pms import notices
from pms.db import work
from pms.departments import Department
from pms.property.actions import set_housekeeping
from pms.property.models import Housekeeping
from pms.say import say
from tests.builders import NOON, House
from tests.journeys.conftest import AtDesk
from tests.journeys.day import Day

STATE = "td .state"


def change_room(house: House, number: str, state: Housekeeping) -> None:
    """As another desk, the API or another process does it."""
    with work():
        set_housekeeping(house.rooms[number], state, by=house.user("shift_leader"), now=NOON)


def row_of(page: Page, day: Day, guest: str) -> str:
    return f"#stay-{day.stays[guest].id}"


def test_a_room_that_becomes_ready_shows_on_the_other_desk(house: House, day: Day, at_desk: AtDesk) -> None:
    clerk = at_desk()
    row = row_of(clerk.page, day, "tanaka")
    dirty = clerk.page.locator(row).locator(STATE).last.inner_text()
    change_room(house, "1203", Housekeeping.CLEAN)
    expect(clerk.page.locator(row).locator(".state-clean")).to_be_visible()
    assert clerk.page.locator(row).locator(STATE).last.inner_text() != dirty
    expect(clerk.page.locator("#live")).to_contain_text("1")


def test_the_chosen_row_and_the_focus_stay_where_they_are(house: House, day: Day, at_desk: AtDesk) -> None:
    clerk = at_desk().press("j", "j")
    chosen = clerk.page.locator("tr.chosen").get_attribute("id")
    change_room(house, "1203", Housekeeping.CLEAN)
    expect(clerk.page.locator(f"{row_of(clerk.page, day, 'tanaka')} .state-clean")).to_be_visible()
    expect(clerk.page.locator("tr.chosen")).to_have_attribute("id", str(chosen))
    expect(clerk.page.locator("tr.chosen")).to_be_focused()
    clerk.press("k")
    expect(clerk.page.locator("tr.chosen")).not_to_have_attribute("id", str(chosen))


def test_what_is_typed_is_not_touched_until_it_is_let_go(house: House, day: Day, at_desk: AtDesk) -> None:
    clerk = at_desk()
    clerk.page.evaluate("document.querySelector('#list').prepend(document.createElement('input'))")
    clerk.page.locator("#list > input").focus()
    clerk.type("half a sen")
    with clerk.page.expect_response("**/live?*"):
        change_room(house, "1203", Housekeeping.CLEAN)
    with clerk.page.expect_response("**/live?*"):
        pass
    expect(clerk.page.locator("#list > input")).to_have_value("half a sen")
    for _ in "half a sen":
        clerk.press("Backspace")
    expect(clerk.page.locator(f"{row_of(clerk.page, day, 'tanaka')} .state-clean")).to_be_visible()


def test_an_acknowledged_notice_leaves_the_other_desks_bell(house: House, day: Day, at_desk: AtDesk) -> None:
    for _ in range(2):
        with work():
            notices.tell([Department.FRONT_DESK], say("Room 1201 is ready."), about="room:1", by=house.user(), now=NOON)
    here = at_desk()
    count = int(here.page.locator(".bell-count").inner_text())
    there = at_desk("shift_leader", "/notices").press("j", "Enter")
    expect(there.page.locator(".pms-toast")).to_be_visible()
    expect(here.page.locator(".bell-count")).to_have_text(str(count - 1))


def test_who_is_logged_out_elsewhere_asks_no_more(app, house: House, day: Day, at_desk: AtDesk) -> None:
    clerk = at_desk()
    clerk.page.context.clear_cookies()
    with clerk.page.expect_response("**/live?*") as asked:
        pass
    assert asked.value.status == 401
    questions: list[str] = []
    clerk.page.on("request", lambda request: questions.append(request.url))
    clerk.page.wait_for_timeout(5000)
    assert questions == []


@pytest.mark.both_engines
def test_the_desk_of_the_other_engine_is_live_too(house: House, day: Day, at_desk: AtDesk) -> None:
    clerk = at_desk()
    change_room(house, "1203", Housekeeping.CLEAN)
    expect(clerk.page.locator(f"{row_of(clerk.page, day, 'tanaka')} .state-clean")).to_be_visible()
