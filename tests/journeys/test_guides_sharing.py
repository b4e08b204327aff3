"""Two guides of a group are put into one twin room, by keyboard alone (P3)."""

from __future__ import annotations

from datetime import timedelta

from playwright.sync_api import expect

from pms.db import db, work
from pms.reservations.models import Group
from pms.reservations.queries import load_stay
from pms.reservations.status import Status
from tests.builders import TODAY
from tests.journeys.conftest import AtDesk
from tests.journeys.day import Day, person

CONSENT = "both"


def test_two_guides_share_a_twin_room(day: Day, at_desk: AtDesk) -> None:
    with work():
        group = Group(
            code="TANG", name="Tang Travel", name_zh="唐旅", arrival=TODAY, departure=TODAY + timedelta(days=2)
        )
        db.session.add(group)
        db.session.flush()
        number = group.id
        guides = [
            day.house.stay(guest=person(day.house, *name), kind="STT", arrival=1, party="guide", group_id=number)
            for name in (("Gao", "Min", "高敏"), ("Tan", "Yue", "谭月"))
        ]
        for stay in guides:
            stay.guest.sex = "F"
        host, other = (stay.id for stay in guides)
    clerk = at_desk("shift_leader", path=f"/groups/{number}")
    clerk.no_mixed_language()
    clerk.axe_clean()
    clerk.start_counting().press("u")
    expect(clerk.page.locator("#consent")).to_be_focused()
    clerk.no_mixed_language()
    clerk.axe_clean()
    clerk.type(CONSENT).press("Control+Enter")
    expect(clerk.page.locator("#people-title")).to_be_visible()
    assert clerk.strokes <= 2 + len(CONSENT)
    clerk.no_mixed_language()
    clerk.axe_clean()
    db.session.expire_all()
    assert (load_stay(host).adults, load_stay(other).status) == (2, Status.CANCELLED)
