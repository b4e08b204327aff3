"""Guests found and edited, a group made with its leader picked as one types: by keyboard alone, in both languages."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from pms.db import db
from pms.guests.models import Guest
from pms.reservations.models import Group
from tests.journeys.conftest import AtDesk
from tests.journeys.day import Day


def test_a_guest_is_found_looked_at_and_edited(day: Day, at_desk: AtDesk) -> None:
    clerk = at_desk(path="/guests")
    clerk.type("zhaol")
    expect(clerk.page.locator("#found [data-row]")).to_have_count(1)
    clerk.axe_clean()
    clerk.press("Escape", "j", "Enter")
    expect(clerk.page.locator("h1")).to_contain_text("赵磊")
    clerk.no_mixed_language()
    clerk.axe_clean()
    clerk.press("e")
    clerk.page.locator("#telephone").wait_for()
    clerk.axe_clean()
    clerk.press("Tab", "Tab", "Tab").type("13800138000").press("Control+Enter")
    expect(clerk.page.locator(".pms-toast")).to_be_visible()
    db.session.rollback()
    assert db.session.query(Guest.telephone).filter_by(name_zh="赵磊").scalar() == "+8613800138000"


def test_a_group_is_made_and_its_leader_picked_by_initials(day: Day, at_desk: AtDesk) -> None:
    clerk = at_desk("shift_leader", "/groups/new")
    clerk.type("alp").press("Tab", "Tab", "Tab").type("Alpine Club").press("Tab", "Tab")
    clerk.type("+3").press("Tab").type("+5").press("Tab", "Tab", "Tab", "Tab", "Tab")
    assert clerk.focused() == "leader_id_shown"
    clerk.type("zl")
    expect(clerk.page.locator("[role=option][aria-selected=true]")).to_contain_text("赵磊")
    expect(clerk.page.locator("#leader_id")).to_have_attribute("aria-expanded", "true")
    clerk.axe_clean()
    clerk.press("Escape")
    expect(clerk.page.locator("[role=listbox]#leader_id-hits")).to_be_hidden()
    clerk.press("ArrowDown")
    clerk.page.locator("[role=option]").first.wait_for()
    clerk.press("Enter")
    expect(clerk.page.locator("[name=leader_id]")).to_have_value(re.compile(r"\d+"))
    clerk.no_mixed_language()
    clerk.press("Control+Enter")
    expect(clerk.page).to_have_url(re.compile(r"/groups/\d+$"))
    clerk.axe_clean()
    db.session.rollback()
    assert db.session.query(Group).filter_by(code="ALP").one().leader.name_zh == "赵磊"
