"""No room is free on all nights: one and then another is agreed with the guest, and carried out, by keyboard alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from pms import clock
from pms.db import db, work
from pms.front_desk.actions import CheckIn, Deposit, DepositKind, Seen, check_in
from pms.property.models import Housekeeping
from pms.reservations import occupancy
from pms.reservations.models import Stay
from pms.reservations.queries import load_stay
from pms.reservations.status import Status
from tests.builders import NOON, TODAY
from tests.journeys.conftest import AtDesk
from tests.journeys.day import Day, passport, person

CONSENT = "Mr Chen, 09:40"
AGREE = 3 + len(CONSENT)  # plan, m, what was said, agree


@pytest.fixture
def chen(day: Day) -> Stay:
    """Four nights: 1201 is free on the first two, 1204 on the last two."""
    with work():
        occupancy.vacate(load_stay(day.stays["delacroix"].id), since=TODAY)  # he leaves today
        occupancy.place(load_stay(day.stays["novak"].id), day.house.rooms["1204"])
        day.house.stay(arrival=1, nights=1, room="1204", guest=person(day.house, "Koch", "Uwe"))
        day.house.stay(arrival=2, nights=2, room="1201", guest=person(day.house, "Weber", "Ida"))
        day.house.stay(nights=4, room="1202", guest=person(day.house, "Wolf", "Jan"))
        return day.house.stay(nights=4, guest=person(day.house, "Chen", "Wei", "陈伟"))


def test_a_guest_agrees_to_change_rooms_midway(day: Day, at_desk: AtDesk, chen: Stay) -> None:
    clerk = at_desk(path="/placing")
    page = clerk.page
    clerk.start_counting().press("Control+Enter")
    expect(page.locator(".pl-left")).to_contain_text("1204")
    clerk.press("m")
    expect(page.locator("#midway")).to_contain_text("1201")
    expect(page.locator("#consent")).to_be_focused()
    clerk.no_mixed_language()
    clerk.axe_clean()
    clerk.type(CONSENT).press("Control+Enter")
    expect(page.locator(".notice-done")).to_contain_text("1204")
    assert clerk.strokes <= AGREE
    clerk.no_mixed_language()
    clerk.axe_clean()
    assert day.fresh(chen).room_id == day.house.rooms["1201"].id


def test_on_the_day_he_moves(day: Day, at_desk: AtDesk, chen: Stay) -> None:
    clerk = at_desk(path=f"/stays/{chen.id}/midway")
    page = clerk.page
    expect(page.locator("#consent")).to_be_focused()
    clerk.type(CONSENT).press("Control+Enter")
    expect(page.locator("#facts")).to_contain_text("1204")
    clerk.no_mixed_language()
    clerk.axe_clean()
    _two_days_later(day, chen)
    page.goto("/")
    expect(page.locator("#moves-title")).to_be_visible()
    clerk.no_mixed_language()
    clerk.axe_clean()
    page.goto(f"/stays/{chen.id}")
    clerk.press("m")
    expect(page.locator("#number")).to_have_value("1204")
    clerk.no_mixed_language()
    clerk.axe_clean()
    clerk.press("Control+Enter")
    expect(page.locator(".pms-toast")).to_contain_text("1204")
    assert day.fresh(chen).room_id == day.house.rooms["1204"].id


def _two_days_later(day: Day, chen: Stay) -> None:
    """He lives in 1201, and 1204 is empty and clean."""
    with work():
        load_stay(day.stays["delacroix"].id).status = Status.CHECKED_OUT
        stay = load_stay(chen.id)
        assert stay.room
        stay.room.housekeeping = Housekeeping.CLEAN
        db.session.flush()
        seen = (Seen(stay.guest_id, passport(stay.guest, "CN").id),)
        sheet = CheckIn(documents=seen, signed=True, deposit=Deposit(DepositKind.NONE, why_none="company pays"))
        check_in(stay, sheet, by=day.house.user(), now=NOON)
        clock.advance_business_date(TODAY, TODAY + timedelta(days=2), at=NOON)
