"""Logged-in browsers: the cookie holds a random key, everything else is in the table."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import structlog
from flask import Flask, Request, current_app, g, request, session
from flask.json.tag import JSONTag, TaggedJSONSerializer
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from flask_login import LoginManager
from sqlalchemy.exc import DBAPIError

from pms import clock
from pms.accounts import queries
from pms.accounts.actions import LoginLimits, hash_key
from pms.accounts.models import User
from pms.db import work
from pms.say import Say, from_json
from pms.web.gate import is_program

log = structlog.get_logger("pms")

KEY = "_user_id"  # Flask-Login's name for what it hands to the loader; here the session's key
UPKEEP_EVERY = timedelta(minutes=1)
BY_ITSELF = "X-Live"
"""A header of requests that a page makes by itself: they do not keep a session alive that nobody uses."""


class TagSay(JSONTag):
    """Lets `flash(say(...))` keep the sentence until the page that shows it, in the language of its reader."""

    __slots__ = ()
    key = " say"

    def check(self, value: Any) -> bool:
        return isinstance(value, Say)

    def to_json(self, value: Say) -> Any:
        return value.to_json()

    def to_python(self, value: Any) -> Any:
        return from_json(value)


serializer = TaggedJSONSerializer()
serializer.register(TagSay)


class Cookies(SecureCookieSessionInterface):
    """Browsers are known by their cookie; of a program's request no cookie is read."""

    serializer = serializer

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        return self.session_class() if is_program() else super().open_session(app, request)


def init_app(app: Flask) -> None:
    app.session_interface = Cookies()
    manager = LoginManager(app)
    manager.session_protection = None  # the row in the table protects; desks share addresses
    manager.user_loader(_load)


def open_session(key: str) -> None:
    """Make this browser a new one, so that nothing planted before the login lives on."""
    session.clear()
    session[KEY] = key
    g.pop("_login_user", None)


def close_session() -> None:
    session.clear()
    g.pop("_login_user", None)


def current_key() -> str | None:
    return session.get(KEY)


def timeouts() -> tuple[timedelta, timedelta]:
    """Idle and absolute."""
    config = current_app.config
    return timedelta(minutes=config["SESSION_IDLE_MINUTES"]), timedelta(hours=config["SESSION_HOURS"])


def login_limits() -> LoginLimits:
    config = current_app.config
    return LoginLimits(
        per_account=config["LOGIN_TRIES_PER_ACCOUNT"],
        per_address=config["LOGIN_TRIES_PER_ADDRESS"],
        pause=timedelta(minutes=config["LOGIN_PAUSE_MINUTES"]),
    )


def keep_alive() -> None:
    """Note that the session is in use: once a minute, in a short write of its own after the request's work.

    When the database is busy it is left for the next request.
    """
    seen: tuple[str, datetime] | None = g.pop("session_seen", None)
    if seen is None:
        return
    try:
        with work():
            queries.touch_session(*seen)
    except DBAPIError:
        log.info("session upkeep skipped")


def _load(key: str) -> User | None:
    """The user behind a key, unless the session ended, was ended, or ran out."""
    now = clock.now()
    idle, longest = timeouts()
    row = queries.session_by_key(hash_key(key))
    if row is None or not row.user.is_active or now - row.seen_at > idle or now - row.started_at > longest:
        return None
    if now - row.seen_at > UPKEEP_EVERY and BY_ITSELF not in request.headers:
        g.session_seen = (row.key_hash, now)
    g.who = (row.user.id, row.user.role.value)
    return row.user
