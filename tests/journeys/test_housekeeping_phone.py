"""The housekeeping board in an attendant's hand: 390 wide, by touch, a card a room, one button."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, expect

from pms.db import db, reading, work
from pms.property.models import Housekeeping, Room
from tests.browser.accessible import complaints_in_both_themes
from tests.builders import House
from tests.clients import Browser
from tests.journeys.day import Day

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "locale": "en-GB"}


@pytest.fixture
def phone(app: Flask, house: House, day: Day, address: str, chromium: Chromium, language: str) -> Page:
    with work():
        user = house.user("housekeeping")
        user.language = language
    cookie = Browser(app).log_in_as(user).client.get_cookie("pms_session")
    assert cookie is not None
    context = chromium.new_context(base_url=address, **PHONE)
    context.set_default_timeout(60_000)
    context.add_cookies([{"name": "pms_session", "value": cookie.value, "url": address}])
    page = context.new_page()
    page.goto("/housekeeping")
    return page


def state_of(number: str) -> Housekeeping:
    with reading():
        return db.session.query(Room.housekeeping).filter_by(number=number).scalar()  # not what the session kept


def test_a_room_is_cleaned_by_one_tap_and_taken_back_by_another(phone: Page) -> None:
    card = phone.locator(".hk-table tr[data-row]").first
    expect(card).to_contain_text("1203")  # dirty, and a guest comes at half past three
    button = card.locator("[name=tap]")
    box = button.bounding_box()
    assert box is not None and box["height"] >= 52
    assert card.locator(".hk-number a").evaluate("e => getComputedStyle(e).fontSize") == "26px"
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    assert complaints_in_both_themes(phone) == []
    button.tap()
    expect(phone.locator(".pms-toast")).to_contain_text("1203")
    assert state_of("1203") is Housekeeping.CLEAN
    phone.locator(".pms-toast button").tap()
    expect(card).to_contain_text("1203")
    assert state_of("1203") is Housekeeping.DIRTY
    phone.context.close()


def test_the_bar_leads_to_all_rooms_and_to_the_discrepancies(phone: Page) -> None:
    phone.locator(".hk-bar a").nth(1).tap()
    expect(phone.locator(".hk-table tr[data-row]")).to_have_count(18)
    phone.locator(".hk-bar a").nth(2).tap()
    expect(phone.locator("#report-title")).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    assert complaints_in_both_themes(phone) == []
    phone.context.close()
