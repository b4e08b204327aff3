"""What others do appears by itself: the question a page asks, its answers and its price."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from flask import Flask

from pms import clock, notices
from pms.accounts.models import UserSession
from pms.db import db, reading, work
from pms.departments import Department
from pms.journal import JournalLine
from pms.property.actions import set_housekeeping
from pms.property.models import Housekeeping
from pms.say import say
from pms.web import queries
from tests.builders import NOON, House
from tests.clients import Browser
from tests.web.statements import counted


@pytest.fixture
def agent(app: Flask, house: House) -> Browser:
    return Browser(app).log_in_as(house.user())


def mark_of(page: str) -> str:
    found = re.search(r'data-mark="(\d+)"', page)
    assert found
    return found[1]


def clean(house: House) -> None:
    with work():
        set_housekeeping(house.rooms["1201"], Housekeeping.DIRTY, by=house.user(), now=NOON)


def last_seen() -> datetime:
    with reading():
        seen: datetime = db.session.query(UserSession.seen_at).one()[0]
    return seen


@pytest.mark.both_engines
def test_nothing_is_sent_while_nothing_happens(agent: Browser) -> None:
    mark = mark_of(agent.get("/").text)
    answer = agent.get(f"/live?seen={mark}")
    assert (answer.status_code, answer.text) == (204, "")


@pytest.mark.both_engines
def test_what_another_desk_does_gives_a_new_mark(agent: Browser, house: House) -> None:
    mark = mark_of(agent.get("/").text)
    clean(house)
    answer = agent.get(f"/live?seen={mark}")
    assert answer.status_code == 200
    assert answer.headers["X-Live-Mark"] not in ("", mark)
    assert agent.get(f"/live?seen={answer.headers['X-Live-Mark']}").status_code == 204


def test_a_notice_rings_the_bell(agent: Browser, house: House) -> None:
    mark = mark_of(agent.get("/").text)
    with work():
        told = say("Room 1201 is ready.")
        notices.tell([Department.FRONT_DESK], told, about="room:1", by=house.user(), now=NOON)
    assert '<span class="bell-count">1</span>' in agent.get(f"/live?seen={mark}").text


@pytest.mark.both_engines
def test_a_line_that_appears_after_higher_numbers_is_noticed(agent: Browser, house: House) -> None:
    """On PostgreSQL whoever wrote first may commit last."""
    with work():
        for number in (900, 902):
            _line(number, house)
    before = mark_of(agent.get("/").text)
    with work():
        _line(901, house)
    assert agent.get(f"/live?seen={before}").status_code == 200


def _line(number: int, house: House) -> None:
    row = {"at": NOON, "by_id": house.user().id, "action": "book", "subject": "booking:1", "details": {}}
    db.session.add(JournalLine(id=number, **row))


def test_asking_costs_two_statements(agent: Browser) -> None:
    mark = mark_of(agent.get("/").text)
    with counted() as statements:
        agent.get(f"/live?seen={mark}")
    assert len([text for text in statements if text.startswith("SELECT")]) == 2  # who asks, and whether


def test_who_is_not_logged_in_is_told_so_and_not_led_to_a_page(app: Flask, house: House) -> None:
    assert Browser(app).get("/live?seen=1", headers={"HX-Request": "true"}).status_code == 401


def test_a_page_that_asks_by_itself_keeps_no_session_alive(
    agent: Browser, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = last_seen()
    later = clock.now() + timedelta(minutes=30)
    monkeypatch.setattr(clock, "now", lambda: later)
    for path in ("/live?seen=1", "/"):
        assert agent.get(path, headers={"X-Live": "1"}).status_code == 200
    assert last_seen() == seen
    agent.get("/")
    assert last_seen() > seen


def test_the_mark_is_read_with_the_house_and_costs_no_statement_of_its_own(agent: Browser) -> None:
    with counted() as statements:
        queries.house()
    assert len([text for text in statements if text.startswith("SELECT")]) == 1
