"""The room is not ready (C10): promised for a time, then the guest is called afterwards, by keyboard alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from pms.db import db, reading, work
from pms.front_desk.actions import ask_rush_cleaning
from pms.front_desk.models_waiting import AfterWait, RoomWait
from pms.property.models import Housekeeping, Room
from pms.reservations.models import Stay
from tests.builders import NOON
from tests.front_desk.steps import Desk
from tests.journeys.conftest import AtDesk
from tests.journeys.day import Day


@pytest.fixture
def waits(day: Day) -> Day:
    """Ms Tanaka waits for a room that is being cleaned; Mr Zhao has got his after a wait."""
    with work():
        waiting, had_to = (db.session.get_one(Stay, day.stays[name].id) for name in ("tanaka", "zhao"))
        desk = Desk(day.house)
        for stay in (waiting, had_to):
            ask_rush_cleaning(stay, **desk.by())
        desk.check_in(had_to)
        db.session.get_one(Room, waiting.room_id).housekeeping = Housekeeping.CLEANING
    return day


def test_a_room_is_promised_and_the_guest_before_is_called(waits: Day, at_desk: AtDesk) -> None:
    clerk = at_desk(path="/room-queue")
    page = clerk.page
    clerk.no_mixed_language()
    clerk.axe_clean()
    clerk.start_counting().press("j", "p").type("13:30").press("Enter")
    expect(page.locator(".pms-toast")).to_contain_text("13:30")
    clerk.press("j", "j", "w")
    expect(page.locator("[id^=call-]")).to_have_count(0)
    assert clerk.strokes <= 11
    clerk.no_mixed_language()
    with reading():
        room = db.session.get_one(Room, waits.fresh(waits.stays["tanaka"]).room_id, populate_existing=True)
        assert room.ready_at == NOON + timedelta(minutes=90)
        wait = db.session.get_one(RoomWait, waits.stays["zhao"].id, populate_existing=True)
        assert wait.outcome is AfterWait.ALL_WELL
