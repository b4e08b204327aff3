"""What stands around every page."""

from __future__ import annotations

import pytest
from flask import Flask

from pms import notices, shifts
from pms.db import work
from pms.notices import Department
from pms.say import say
from pms.web import frame
from tests.builders import NOON, House
from tests.clients import Browser
from tests.web.statements import counted


@pytest.mark.parametrize(
    ("hour", "shift"),
    [(6, "Night shift 23–7"), (7, "Early shift 7–15"), (15, "Late shift 15–23"), (23, "Night shift 23–7")],
)
def test_three_shifts_share_the_day(hour: int, shift: str) -> None:
    assert shifts.shift_at(hour).in_language("en") == shift


def test_house_and_business_date_are_always_in_sight(browser: Browser) -> None:
    page = browser.get("/").text
    assert "Lanting Hotel" in page
    assert "Sat 21 Nov 2026" in page


def test_notices_for_ones_department_are_counted(app: Flask, house: House, browser: Browser) -> None:
    with work():
        notices.tell(
            [Department.FRONT_DESK, Department.HOUSEKEEPING], say("Rush"), about="room:1", by=house.user(), now=NOON
        )
    assert '<span class="bell-count">1</span>' in browser.get("/").text
    assert "bell-count" not in Browser(app).log_in_as(house.user("cashier")).get("/").text


def test_the_frame_costs_three_statements(app: Flask, browser: Browser) -> None:
    browser.get("/password")
    with counted() as statements:
        browser.get("/password")
    assert len(statements) == 3, statements


def test_initials_of_a_user(house: House) -> None:
    user = house.user(name="Maria da Silva", name_zh="欧阳娜娜", login="m")
    assert frame.initials(user, "en") == "MS"
    assert frame.initials(user, "zh") == "娜娜"
