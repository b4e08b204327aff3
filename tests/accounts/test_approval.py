"""A colleague approves at somebody else's desk: only with authority, for one thing, for one clerk, for ten minutes."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from pms.accounts import approval
from pms.accounts.models import User
from pms.accounts.passwords import make_hash
from pms.db import reading, work
from pms.errors import Refused
from tests.builders import NOON, House
from tests.clients import Browser

PASSWORD = "river stone lantern"


@pytest.fixture
def clerk(house: House) -> User:
    with work():
        for role in ("assistant_manager", "concierge"):
            house.user(role, login=role).password_hash = make_hash(PASSWORD)
        return house.user("reservation_clerk")


def ticket(app: Flask, clerk: User, login: str = "assistant_manager", password: str = PASSWORD) -> str:
    """What the page gets; empty when it is refused."""
    wanted = {"action": "approve_discount", "about": "discount 20", "approver": login, "password": password}
    given = re.search(r'name="approval" value="([^"]+)"', Browser(app).log_in_as(clerk).post("/approvals", wanted).text)
    return given[1] if given else ""


def test_the_ticket_names_who_gave_it(app: Flask, house: House, clerk: User) -> None:
    given = ticket(app, clerk)
    with reading():
        approver = approval.approver_of(given, about="discount 20", to=clerk)
        assert approver is not None and approver.login == "assistant_manager"


def test_without_authority_or_with_a_wrong_password_there_is_none(app: Flask, house: House, clerk: User) -> None:
    assert not ticket(app, clerk, login="concierge")
    assert not ticket(app, clerk, password="guessed")
    assert not ticket(app, clerk, login="nobody")


def test_it_is_good_for_this_clerk_and_this_thing_only(app: Flask, house: House, clerk: User) -> None:
    given = ticket(app, clerk)
    with work():
        other = house.user("front_desk_agent")
    with reading():
        for about, to in (("discount 30", clerk), ("discount 20", other)):
            with pytest.raises(Refused, match="for something else"):
                approval.approver_of(given, about=about, to=to)
        with pytest.raises(Refused):
            approval.approver_of("made up", about="discount 20", to=clerk)


def test_it_is_too_old_after_ten_minutes(app: Flask, house: House, clerk: User) -> None:
    with time_machine.travel(NOON, tick=False):
        given = ticket(app, clerk)
    later = time_machine.travel(NOON + timedelta(minutes=11), tick=False)
    with later, reading(), pytest.raises(Refused, match="too old"):
        approval.approver_of(given, about="discount 20", to=clerk)


def test_guessing_is_stopped(app: Flask, house: House, clerk: User) -> None:
    for _ in range(20):
        ticket(app, clerk, password="guessed")
    assert not ticket(app, clerk)
