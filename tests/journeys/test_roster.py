"""A week is written cell by cell and a shift is swapped: asked, agreed and approved at three desks, by keyboard."""

from __future__ import annotations

import re
from datetime import date

from playwright.sync_api import expect

from pms.db import db, work
from pms.handover.models_roster import RosterDuty
from pms.shifts import Shift
from tests.journeys.conftest import AtDesk
from tests.journeys.day import Day

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)
MOST = 32  # of them 3 letters of a day, 2 of shifts


def test_a_shift_is_swapped(day: Day, at_desk: AtDesk) -> None:
    with work():
        people = [day.house.user(role) for role in ("front_desk_agent", "shift_leader", "night_auditor")]
        for user, name in zip(people, ("李娜", "张伟", "孙昊"), strict=True):
            user.name_zh = name
    agent, _, auditor = (user.id for user in people)
    leader = at_desk("shift_leader").press("g", "e")
    expect(leader.page.locator("#week")).to_be_visible()
    leader.no_mixed_language()
    leader.axe_clean()
    leader.press("f")
    expect(leader.page).to_have_url(re.compile(f"day={MONDAY}"))
    leader.press("e")
    expect(leader.page.locator(f"#c_{agent}_0")).to_be_focused()
    leader.type("e").press("ArrowDown", "ArrowDown", "ArrowRight")
    expect(leader.page.locator(f"#c_{auditor}_1")).to_be_focused()
    leader.no_mixed_language()
    leader.axe_clean()
    leader.type("n").press("Control+Enter")
    expect(leader.page.locator(".pms-toast")).to_be_visible()

    clerk = at_desk().press("g", "e")
    expect(clerk.page.locator("#week")).to_be_visible()
    clerk.press("s")
    expect(clerk.page.locator("#day")).to_be_focused()
    clerk.press("Tab", "ArrowDown", "Tab").type("tue")
    clerk.no_mixed_language()
    clerk.press("Control+Enter")
    expect(clerk.page.locator("#swaps tbody tr")).to_have_count(1)

    other = at_desk("night_auditor").press("g", "e")
    expect(other.page.locator("#swaps tbody tr")).to_have_count(1)
    other.press("1")
    expect(other.page.locator(".roster-said")).to_be_visible()
    other.no_mixed_language()
    other.axe_clean()
    other.press("Control+Enter")
    expect(other.page.locator(".pms-toast")).to_be_visible()

    expect(leader.page.locator('#swaps [data-key="1"]')).to_be_visible()  # it came by itself
    leader.press("1")
    expect(leader.page.locator(".roster-said")).to_be_visible()
    leader.press("Control+Enter")
    expect(leader.page.locator("#swaps .state-clean")).to_be_visible()
    assert sum(each.strokes for each in (leader, clerk, other)) <= MOST
    db.session.rollback()
    duties = {(duty.user_id, duty.day): duty.shift for duty in db.session.query(RosterDuty)}
    assert duties == {(auditor, MONDAY): Shift.EARLY, (agent, TUESDAY): Shift.NIGHT}
