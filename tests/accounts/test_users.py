"""The administrator's list of users."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from pms import clock
from pms.access import Role
from pms.accounts import actions, queries
from pms.accounts.models import User
from pms.db import db, reading, work
from pms.errors import NotAllowed, Refused
from pms.journal import JournalLine
from tests.accounts.conftest import PASSWORD
from tests.builders import NOON, House
from tests.clients import Browser

NEW_USER = {
    "login": "Zhou.Yi",
    "name": "Zhou Yi",
    "name_zh": "周毅",
    "role": "shift_leader",
    "department": "front_desk",
    "language": "zh",
    "password": PASSWORD,
}


@pytest.fixture
def browser(app: Flask, admin: User) -> Browser:
    return Browser(app).log_in_as(admin)


def found(login: str) -> User | None:
    with reading():
        return queries.user_by_login(login)


def journal_of(user: User) -> list[str]:
    with reading():
        lines = db.session.query(JournalLine).filter_by(subject=f"user:{user.id}").order_by(JournalLine.id)
        return [line.action for line in lines]


def test_the_list_shows_everybody_but_the_house_itself(browser: Browser, li_na: User, house: House) -> None:
    with work():
        actions.system_user("audit", "The house itself", now=NOON)
    page = browser.get("/users").text
    assert "li.na" in page
    assert "The house itself" not in page


def test_a_new_user_can_log_in(app: Flask, browser: Browser) -> None:
    assert browser.post("/users", NEW_USER).location == "/users"
    user = found("zhou.yi")
    assert user is not None
    assert (user.role, user.language, user.name_zh) == (Role.SHIFT_LEADER, "zh", "周毅")
    assert journal_of(user) == ["add_user"]
    assert Browser(app).post("/login", {"login": "zhou.yi", "password": PASSWORD}).location == "/"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"login": "root"}, "The login root is taken."),
        ({"login": "zhou yi"}, "letters, digits"),
        ({"login": ""}, "This is missing."),
        ({"name": " "}, "A name is missing."),
        ({"password": "too short"}, "at least 10"),
        ({"role": "king"}, "Not a valid choice"),
    ],
)
def test_a_refused_new_user_keeps_what_was_typed(browser: Browser, wrong: dict[str, str], words: str) -> None:
    answer = browser.post("/users", NEW_USER | wrong)
    assert answer.status_code in (409, 422)
    assert words in answer.text
    assert "周毅" in answer.text
    assert found("zhou.yi") is None


def test_a_new_role_counts_from_the_next_click(app: Flask, browser: Browser, li_na: User) -> None:
    hers = Browser(app).log_in_as(li_na)
    assert hers.get("/users").status_code == 403
    browser.post(f"/users/{li_na.id}", {"name": "Li Na", "name_zh": "李娜", "role": "admin", "department": ""})
    assert hers.get("/users").status_code == 200
    assert journal_of(li_na) == ["change_role", "change_user"]


def test_the_last_administrator_stays(browser: Browser, admin: User) -> None:
    answer = browser.post(f"/users/{admin.id}", {"name": "Root", "role": "manager", "department": ""})
    assert answer.status_code == 422
    assert "last administrator" in answer.text


def test_nobody_disables_themselves(browser: Browser, admin: User) -> None:
    answer = browser.post(f"/users/{admin.id}/disable")
    assert answer.status_code == 422
    assert "their own account" in answer.text


def test_a_disabled_user_is_out_and_comes_back_when_enabled(app: Flask, browser: Browser, li_na: User) -> None:
    hers = Browser(app).log_in_as(li_na)
    browser.post(f"/users/{li_na.id}/disable")
    assert hers.get("/notices").status_code == 303
    browser.post(f"/users/{li_na.id}/enable")
    assert Browser(app).post("/login", {"login": "li.na", "password": PASSWORD}).status_code == 303
    assert journal_of(li_na) == ["disable_user", "enable_user", "log_in"]


def test_a_forgotten_password_is_set_anew_and_ends_the_sessions(app: Flask, browser: Browser, li_na: User) -> None:
    hers = Browser(app).log_in_as(li_na)
    assert browser.post(f"/users/{li_na.id}/password", {"password": "too short"}).status_code == 422
    assert hers.get("/notices").status_code == 200
    assert browser.post(f"/users/{li_na.id}/password", {"password": "eleven grey herons"}).status_code == 303
    assert hers.get("/notices").status_code == 303
    assert Browser(app).post("/login", {"login": "li.na", "password": "eleven grey herons"}).status_code == 303


def test_there_is_no_page_for_the_house_itself(browser: Browser) -> None:
    with work():
        audit = actions.system_user("audit", "Night audit", now=NOON)
    assert browser.get(f"/users/{audit.id}").status_code == 404
    assert browser.get("/users/999999").status_code == 404


def test_the_house_itself_cannot_get_a_password(admin: User) -> None:
    audit = actions.system_user("audit", "Night audit", now=NOON)
    with pytest.raises(NotAllowed, match="house itself"):
        actions.reset_password(audit, PASSWORD, by=admin, now=NOON)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_only_an_administrator_manages_users(house: House, li_na: User, role: Role) -> None:
    verbs: list[Any] = [
        lambda by: actions.add_user("x.y", "X Y", Role.CASHIER, password=PASSWORD, by=by, now=NOON),
        lambda by: actions.change_user(li_na, name="X", name_zh=None, role=role, department=None, by=by, now=NOON),
        lambda by: actions.disable_user(li_na, by=by, now=NOON),
        lambda by: actions.enable_user(li_na, by=by, now=NOON),
        lambda by: actions.reset_password(li_na, PASSWORD, by=by, now=NOON),
    ]
    for verb in verbs:
        with pytest.raises(NotAllowed):
            verb(house.user(role.value))


def test_a_system_user_is_made_once(house: House) -> None:
    with work():
        first, second = (actions.system_user("audit", "Night audit", now=clock.now()) for _ in range(2))
        assert first is second
        with pytest.raises(Refused):
            actions.add_user("audit", "Somebody", Role.CASHIER, password=PASSWORD, by=None, now=clock.now())
