"""Coming in: the right password, the throttle, and the sessions that end at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from pms import clock
from pms.accounts import actions, passwords, queries
from pms.accounts.models import LoginAttempt, User, UserSession
from pms.db import db, reading, work
from pms.web import sessions
from tests.accounts.conftest import PASSWORD
from tests.clients import Browser

LogIn = Callable[..., Browser]

pytestmark = pytest.mark.usefixtures("li_na")


def is_in(browser: Browser) -> bool:
    return browser.get("/notices").status_code == 200


def later(monkeypatch: pytest.MonkeyPatch, pause: timedelta) -> None:
    moment = clock.now() + pause
    monkeypatch.setattr(clock, "now", lambda: moment)


@pytest.mark.both_engines
def test_the_right_password_lets_in(log_in: LogIn) -> None:
    browser = log_in()
    assert (browser.answer.status_code, browser.answer.location) == (303, "/")
    assert is_in(browser)


def test_capitals_and_spaces_around_a_login_do_not_matter(log_in: LogIn) -> None:
    assert is_in(log_in(" Li.Na "))


def test_logging_in_leads_to_the_page_that_was_wanted(log_in: LogIn) -> None:
    assert log_in(path="/login?next=/notices").answer.location == "/notices"


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example", "/%09/evil.example"]
)
def test_logging_in_leads_to_no_other_house(log_in: LogIn, elsewhere: str) -> None:
    assert log_in(path=f"/login?next={elsewhere}").answer.location == "/"


@pytest.mark.parametrize(
    ("login", "password"), [("li.na", "wrong password"), ("nobody", PASSWORD), ("", ""), ("li.na", "")]
)
def test_who_is_wrong_is_not_told_what_was_wrong(log_in: LogIn, login: str, password: str) -> None:
    browser = log_in(login, password)
    assert browser.answer.status_code == 422
    assert "Login or password is not right." in browser.answer.text
    assert not is_in(browser)


def test_an_unknown_user_costs_the_same_work(log_in: LogIn, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at = []
    fits = passwords.fits
    monkeypatch.setattr(passwords, "fits", lambda *given: looked_at.append(given[0] is None) or fits(*given))
    log_in("nobody", PASSWORD)
    log_in("li.na", "wrong password")
    assert looked_at == [True, False]


def test_a_disabled_user_gets_the_words_of_an_unknown_one(log_in: LogIn, li_na: User) -> None:
    with work():
        li_na.active = False
    assert "Login or password is not right." in log_in().answer.text


@pytest.mark.both_engines
def test_after_five_wrong_tries_the_account_rests(log_in: LogIn, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(5):
        assert log_in(password="wrong password", address=f"10.0.0.{number}").answer.status_code == 422
    refused = log_in(address="10.0.0.99").answer
    assert refused.status_code == 429
    assert "Wait 15 minutes" in refused.text
    later(monkeypatch, timedelta(minutes=16))
    assert is_in(log_in())


def test_an_unknown_account_rests_in_the_same_words(log_in: LogIn) -> None:
    for _ in range(5):
        log_in("nobody", "wrong password")
    assert "Wait 15 minutes" in log_in("nobody").answer.text


@pytest.mark.both_engines
def test_a_success_wipes_out_the_wrong_tries_before_it(log_in: LogIn) -> None:
    for _ in range(2):
        for _ in range(4):
            log_in(password="wrong password")
        assert is_in(log_in())


def test_after_thirty_wrong_tries_from_one_address_it_rests_but_others_do_not(log_in: LogIn) -> None:
    for number in range(30):
        log_in(f"nobody{number}", "wrong password")
    assert log_in().answer.status_code == 429
    assert is_in(log_in(address="10.0.0.2"))


def test_a_try_is_counted_before_the_password_is_looked_at(log_in: LogIn, monkeypatch: pytest.MonkeyPatch) -> None:
    def look(*_: object) -> bool:
        with reading():
            tries.append(len(db.session.query(LoginAttempt).all()))
        return False

    tries: list[int] = []
    monkeypatch.setattr(passwords, "fits", look)
    log_in()
    assert tries == [1]


def test_what_was_typed_as_login_is_not_kept(log_in: LogIn) -> None:
    log_in("my password by mistake", "li.na")
    with reading():
        assert "mistake" not in str([vars(attempt) for attempt in db.session.query(LoginAttempt)])


def test_a_session_before_the_login_does_not_live_on(app: Flask, log_in: LogIn) -> None:
    browser = Browser(app)
    with browser.client.session_transaction() as session:
        session["planted"] = "yes"
    browser.post("/login", {"login": "li.na", "password": PASSWORD})
    with browser.client.session_transaction() as session:
        assert "planted" not in session


def test_the_table_does_not_hold_what_the_cookie_holds(log_in: LogIn) -> None:
    with log_in().client.session_transaction() as session:
        key = session[sessions.KEY]
    with reading():
        assert [row.key_hash for row in db.session.query(UserSession)] == [actions.hash_key(key)]
        assert key not in actions.hash_key(key)


@pytest.mark.both_engines
def test_a_copied_cookie_is_worthless_after_logging_out(app: Flask, log_in: LogIn) -> None:
    browser, thief = log_in(), Browser(app)
    with browser.client.session_transaction() as mine, thief.client.session_transaction() as copy:
        copy.update(mine)
    assert is_in(thief)
    assert browser.post("/logout").location == "/login"
    assert not is_in(browser)
    assert not is_in(thief)


def test_logging_out_twice_does_no_harm(log_in: LogIn) -> None:
    browser = log_in()
    assert [browser.post("/logout").status_code for _ in range(2)] == [303, 303]


def test_disabling_ends_the_session_at_once(log_in: LogIn, li_na: User, admin: User) -> None:
    browser = log_in()
    with work():
        actions.disable_user(li_na, by=admin, now=clock.now())
    assert not is_in(browser)


@pytest.mark.both_engines
def test_an_idle_session_ends(log_in: LogIn, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = log_in()
    later(monkeypatch, timedelta(minutes=59))
    assert is_in(browser)
    later(monkeypatch, timedelta(minutes=59))
    assert is_in(browser), "work keeps it alive"
    later(monkeypatch, timedelta(minutes=61))
    assert not is_in(browser)


def test_a_session_in_use_ends_after_twelve_hours(log_in: LogIn, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = log_in()
    for _ in range(13):
        later(monkeypatch, timedelta(minutes=54))
        assert is_in(browser)
    later(monkeypatch, timedelta(minutes=30))
    assert not is_in(browser)


def test_keeping_a_session_alive_writes_once_a_minute(log_in: LogIn, monkeypatch: pytest.MonkeyPatch) -> None:
    touched = []
    monkeypatch.setattr(queries, "touch_session", lambda *given: touched.append(given))
    browser = log_in()
    is_in(browser)
    assert touched == []
    later(monkeypatch, timedelta(seconds=61))
    is_in(browser)
    assert len(touched) == 1


@pytest.mark.both_engines
def test_old_sessions_and_tries_are_thrown_away(log_in: LogIn, monkeypatch: pytest.MonkeyPatch) -> None:
    log_in()
    later(monkeypatch, timedelta(days=2))
    with work():
        actions.clean_up(idle=timedelta(hours=1), longest=timedelta(hours=12), now=clock.now())
    with reading():
        assert (db.session.query(UserSession).count(), db.session.query(LoginAttempt).count()) == (0, 0)
