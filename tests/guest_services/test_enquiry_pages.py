"""A caller asks for a guest: the page for a hidden guest is byte for byte that for a stranger (Q1)."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from flask import Flask

from pms import access
from pms.access import Role
from pms.db import db, work
from pms.guest_services.rules import NOT_STAYING, WE_ASK
from tests.builders import NOON
from tests.clients import Browser, at_desk
from tests.guest_services.pages import main_of, without_tokens
from tests.guest_services.steps import Counter
from tests.web.statements import counted

ROLES = ("concierge", "front_desk_agent", "department_staff")


@pytest.fixture(autouse=True)
def at_noon() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def house_full(counter: Counter) -> Counter:
    """Anna Fischer in 1204, and Ruth Hart, who wants no disclosure, in 1205."""
    with work():
        counter.guest("1204")
        counter.guest("1205", counter.person("Hart", "Ruth", incognito=True))
    db.session.expunge_all()
    return counter


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("room", ["", "1205"])
def test_a_hidden_guest_and_a_stranger_have_the_same_page(
    app: Flask, house_full: Counter, role: str, room: str
) -> None:
    desk = at_desk(app, house_full.house, role)
    hidden = desk.post("/enquiries", {"name": "Ruth Hart", "room": room})
    stranger = desk.post("/enquiries", {"name": "Ruth Nobo", "room": room})
    assert hidden.status_code == stranger.status_code == 200
    assert str(NOT_STAYING) in hidden.text
    assert without_tokens(hidden.text).replace("Ruth Hart", "-") == without_tokens(stranger.text).replace(
        "Ruth Nobo", "-"
    )
    assert dict(hidden.headers).keys() == dict(stranger.headers).keys()


def test_the_house_is_asked_the_same_whoever_is_asked_for(app: Flask, house_full: Counter) -> None:
    desk = at_desk(app, house_full.house, "concierge")
    asked = {}
    for name in ("Nobody", "Hart", "Unknown"):
        with counted() as statements:
            desk.post("/enquiries", {"name": name})
        asked[name] = statements
    assert asked["Hart"] == asked["Unknown"]


def test_the_answers_take_equally_long(app: Flask, house_full: Counter) -> None:
    """Nothing but the comparison of names differs: the same statements, and all names are compared in both cases."""
    desk = at_desk(app, house_full.house, "concierge")
    sizes = {len(without_tokens(desk.post("/enquiries", {"name": name}).text)) for name in ("Hart", "Zzzz")}
    assert len(sizes) == 1


def test_a_guest_who_may_be_asked_is_rung_first(app: Flask, house_full: Counter) -> None:
    page = main_of(at_desk(app, house_full.house, "concierge").post("/enquiries", {"name": "fischer"}).text)
    assert str(WE_ASK) in page
    assert "Ring room 1204 and ask." in page
    assert "/messages/take?stay_id=" in page
    assert str(NOT_STAYING) in page  # what to say when the guest wants no call


def test_a_wrong_room_is_a_stranger(app: Flask, house_full: Counter) -> None:
    page = main_of(
        at_desk(app, house_full.house, "concierge").post("/enquiries", {"name": "fischer", "room": "1205"}).text
    )
    assert str(NOT_STAYING) in page
    assert "1204" not in page


def test_every_call_is_in_the_log(app: Flask, house_full: Counter) -> None:
    desk = at_desk(app, house_full.house, "concierge")
    for name in ("Hart", "Nobody", "Fischer"):
        desk.post("/enquiries", {"name": name})
    log = main_of(desk.get("/enquiries").text)
    assert log.index("Fischer") < log.index("Nobody") < log.index("Hart")
    assert log.count("Nobody of that name") == 2
    assert log.count("Guest asked first") == 1


@pytest.mark.parametrize(("name", "words"), [("", "This is missing."), ("F", "full name")])
def test_a_name_too_short_is_asked_again(app: Flask, house_full: Counter, name: str, words: str) -> None:
    page = at_desk(app, house_full.house, "concierge").post("/enquiries", {"name": name, "room": "1204"})
    assert page.status_code == 422
    assert words in page.text
    assert 'value="1204"' in page.text


@pytest.mark.parametrize("role", sorted(set(Role) - access.ALLOWED["answer_caller"]))
def test_other_roles_answer_no_callers(app: Flask, counter: Counter, role: Role) -> None:
    other: Browser = at_desk(app, counter.house, role.value)
    assert other.get("/enquiries").status_code == 403
    assert other.post("/enquiries", {"name": "Fischer"}).status_code == 403
    assert 'href="/enquiries"' not in other.get("/").text
