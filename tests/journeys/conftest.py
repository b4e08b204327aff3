"""Whole jobs in a real Chromium on a real server, by keyboard alone (tests/journeys/keyboard.py says how).

Fixtures: `day` is a fresh small house of today with guests (tests/journeys/day.py); `language` runs the test in "en"
and "zh"; `at_desk(role="front_desk_agent", path="/")` gives a `Keyboard` logged in as that role; call it again for
another clerk.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import expect
from werkzeug.serving import make_server

from pms import clock
from pms.db import db, work
from pms.guests.models import Guest
from tests.browser.serving import Quiet
from tests.builders import NOON, House
from tests.clients import Browser
from tests.journeys.day import Day, build_day
from tests.journeys.keyboard import Keyboard

AtDesk = Callable[..., Keyboard]
PATIENCE = 20_000  # ms; a busy machine is slow, not wrong

expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One Chromium for all of these tests: under pytest-xdist one worker takes them."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(params=["en", "zh"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def day(house: House) -> Day:
    with work():
        return build_day(house)


@pytest.fixture
def address(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Where the house of this test is served; its clock stands at noon."""
    monkeypatch.setattr(clock, "now", lambda: NOON)
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def at_desk(app: Flask, house: House, address: str, chromium: Chromium, language: str) -> Iterator[AtDesk]:
    clerks: list[Keyboard] = []

    def sit_down(role: str = "front_desk_agent", path: str = "/") -> Keyboard:
        with work():
            user = house.user(role)
            user.language, user.name, user.name_zh = language, "Li Na", "李娜"
        cookie = Browser(app).log_in_as(user).client.get_cookie("pms_session")
        assert cookie is not None
        context = chromium.new_context(base_url=address, viewport={"width": 1280, "height": 800}, locale="en-GB")
        context.set_default_timeout(PATIENCE)
        context.add_cookies([{"name": "pms_session", "value": cookie.value, "url": address}])
        clerk = Keyboard(context.new_page(), _names(house))
        clerk.page.goto(path)
        clerks.append(clerk)
        return clerk

    yield sit_down
    try:
        for clerk in clerks:
            clerk.finish()
    finally:
        for clerk in clerks:
            clerk.page.context.close()


def _names(house: House) -> frozenset[str]:
    """What is written in Latin letters in every language: names of guests and users, codes."""
    db.session.rollback()
    people = [f"{guest.surname} {guest.given}" for guest in db.session.query(Guest)]
    words = " ".join([*people, *house.types, *house.plans, "Li Na", "WLT", "LT"])
    db.session.rollback()  # what was read by the test keeps no browser from writing
    return frozenset(re.findall(r"[A-Za-z]{2,}", words))
