"""The night auditor at two in the morning: what blocks is mended, the date closed, the pack on the printer."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from pms import clock
from pms.db import db, reading, work
from pms.night_audit import hold
from pms.reservations.models import Stay
from pms.reservations.status import Status
from tests.builders import TODAY
from tests.journeys.conftest import AtDesk
from tests.journeys.day import Day
from tests.journeys.keyboard import Keyboard

NIGHT = datetime(2026, 11, 21, 18, 0, tzinfo=UTC)  # 02:00 in Shanghai on the day after TODAY
ALL_STEPS = 120_000  # ms; papers take their time on a busy machine


@pytest.fixture
def auditor(day: Day, at_desk: AtDesk, monkeypatch: pytest.MonkeyPatch) -> Keyboard:
    """At the desk, in the night; Mr Delacroix, due out today, has not left."""
    monkeypatch.setattr(clock, "now", lambda: NIGHT)
    return at_desk("night_auditor")


def everybody_has_left(day: Day) -> None:
    """The due-out has left, so that nothing blocks."""
    with work():
        stay = db.session.get_one(Stay, day.stays["delacroix"].id)
        stay.status, stay.checked_out_on = Status.CHECKED_OUT, TODAY


def business_date() -> object:
    with reading():
        return clock.business_date()


def test_the_audit_with_printing_takes_four_strokes_and_no_rehearsal_is_skipped(day: Day, auditor: Keyboard) -> None:
    everybody_has_left(day)
    auditor.start_counting()
    auditor.press("g", "n")
    expect(auditor.page.locator("#rehearsal")).to_be_visible()
    auditor.no_mixed_language()
    auditor.press("Control+Enter")
    expect(auditor.page).to_have_url(re.compile(rf"/night-audit/{TODAY}$"), timeout=ALL_STEPS)
    expect(auditor.page.locator(".step-done")).to_have_count(9)
    pack = auditor.page.locator("[data-commit]")
    expect(pack).to_have_attribute("href", f"/papers/{TODAY}/pack.pdf")
    with auditor.page.context.expect_page() as printed:
        auditor.press("Control+Enter")
    assert printed.value
    assert auditor.strokes == 4
    assert business_date() == TODAY + timedelta(days=1)
    auditor.no_mixed_language()
    auditor.axe_clean()


def test_what_blocks_leads_on_its_number_key_to_where_it_is_mended(day: Day, auditor: Keyboard) -> None:
    auditor.press("g", "n")
    expect(auditor.page.locator(".finding-blocks")).to_have_count(1)
    expect(auditor.page.locator("[data-commit]")).to_be_disabled()
    auditor.axe_clean()
    auditor.press("1")
    expect(auditor.page).to_have_url(re.compile(rf"/stays/{day.stays['delacroix'].id}/check-out$"))
    assert business_date() == TODAY


def test_a_second_auditor_sees_who_runs_it_and_is_led_on_at_its_end(day: Day, auditor: Keyboard) -> None:
    everybody_has_left(day)
    me = hold.new_holder()
    with work():
        boss = day.house.user("assistant_manager", name="Chen Yu", name_zh="陈宇")
        hold.take(TODAY, me, boss, NIGHT)
    auditor.press("g", "n")
    expect(auditor.page.locator(".step-running")).to_have_count(1)
    expect(auditor.page.locator("[data-commit]")).to_have_count(0)
    with work():
        hold.finish(TODAY, me, NIGHT)
    expect(auditor.page).to_have_url(re.compile(rf"/night-audit/{TODAY}$"))
