"""A browser for tests without a browser: logs in, sends forms with their tokens."""

from __future__ import annotations

import secrets
import uuid
from typing import Any

from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from pms import clock
from pms.accounts.actions import hash_key
from pms.accounts.models import User, UserSession
from pms.db import db, work
from pms.web.sessions import KEY
from tests.builders import House

CSRF = secrets.token_hex(20)


def new_token() -> str:
    return str(uuid.uuid4())


class Browser:
    """One browser; `answer` is the last thing it got.

    `post` sends what a page's form would: the CSRF token and a new form token, or the one given.
    """

    answer: TestResponse

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.client = app.test_client()
        with self.client.session_transaction() as session:
            session["csrf_token"] = CSRF

    def log_in_as(self, user: User) -> Browser:
        """A session as if the user had logged in, without the slow password."""
        key = secrets.token_urlsafe(32)
        with work():
            now = clock.now()
            db.session.add(UserSession(key_hash=hash_key(key), user_id=user.id, started_at=now, seen_at=now))
        with self.client.session_transaction() as session:
            session[KEY] = key
        return self

    def get(self, path: str, **options: Any) -> TestResponse:
        self.answer = self.client.get(path, **options)
        return self.answer

    def post(self, path: str, data: dict[str, Any] | None = None, token: str = "", **options: Any) -> TestResponse:
        form = {"csrf_token": self.csrf(), "_token": token or new_token()} | (data or {})
        self.answer = self.client.post(path, data=form, **options)
        return self.answer

    def csrf(self) -> str:
        """A token for the session, which is a new one after logging in."""
        with self.client.session_transaction() as session:
            raw = session.setdefault("csrf_token", CSRF)
        secret = self.app.config["SECRET_KEY"]
        return str(URLSafeTimedSerializer(secret, salt="wtf-csrf-token").dumps(raw))


def at_desk(app: Flask, house: House, role: str = "front_desk_agent", language: str = "en") -> Browser:
    """The browser of somebody of this role, logged in."""
    with work():
        user = house.user(role)
        user.language = language
    return Browser(app).log_in_as(user)
