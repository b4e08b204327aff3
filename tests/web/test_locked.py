"""Somebody else holds the database."""

from __future__ import annotations

import sqlite3

from flask import Flask
from psycopg.errors import DeadlockDetected, LockNotAvailable, SerializationFailure
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.exc import OperationalError

from pms.db import db, work
from pms.web.house import is_locked, sqlstate
from tests.clients import Browser
from tests.web.probe import guests


def test_what_is_locked_and_what_may_be_tried_again() -> None:
    def wrapped(error: Exception) -> OperationalError:
        return OperationalError("statement", {}, error)

    assert is_locked(wrapped(sqlite3.OperationalError("database is locked")))
    assert is_locked(wrapped(LockNotAvailable()))
    assert not is_locked(wrapped(sqlite3.OperationalError("disk I/O error")))
    assert not is_locked(wrapped(SerializationFailure()))
    assert sqlstate(wrapped(DeadlockDetected())) == "40P01"


def test_a_post_while_another_writer_holds_the_database_asks_to_come_back(app: Flask, browser: Browser) -> None:
    def impatient(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA busy_timeout=50")

    db.engine.dispose()
    event.listen(Engine, "connect", impatient)
    try:
        with work():
            db.session.connection()
            answer = browser.post("/probe/guest")
    finally:
        event.remove(Engine, "connect", impatient)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "2"
    assert guests() == 0
