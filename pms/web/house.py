"""The Flask application whose every request is one unit of work."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Any

import structlog
from flask import Flask, Response, g, request, session
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import ServiceUnavailable

from pms.db import db, reading, work
from pms.web import sessions

log = structlog.get_logger("pms")

READING_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
TRIES = 4
RETRY = frozenset({"40001", "40P01"})  # serialization failure, deadlock: PostgreSQL asks to try again
LOCK_TIMEOUT = "55P03"


class House(Flask):
    """One request is one unit of work: pages read only, posts are committed before the answer leaves, and an answer
    of 400 or above leaves nothing behind.

    Views marked `gate.own_work` open their units of work themselves.
    """

    def wsgi_app(self, environ: Any, start_response: Any) -> Any:
        with self.app_context():  # always one of its own: Flask would share that of a command or test around it
            return super().wsgi_app(environ, start_response)

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Nothing here is a coroutine; Flask would look at each of the dozen functions around every request."""
        return func

    def full_dispatch_request(self) -> Response:
        session_before = dict(session)
        for attempt in range(1, TRIES + 1):
            try:
                response = self._in_unit_of_work()
            except DBAPIError as error:
                db.session.rollback()
                if is_locked(error):
                    return self._busy()
                if sqlstate(error) not in RETRY or attempt == TRIES:
                    raise
                log.info("retry", attempt=attempt, sqlstate=sqlstate(error))
                _forget(session_before)
            else:
                sessions.keep_alive()
                return response
        raise AssertionError("unreachable")

    def _in_unit_of_work(self) -> Response:
        with _unit_of_work(self):
            response = super().full_dispatch_request()
            if response.status_code >= 400:
                db.session.rollback()
        return response

    def _busy(self) -> Response:
        """503: somebody else holds the database; nothing was changed, trying again is safe."""
        with reading():
            return self.finalize_request(self.handle_user_exception(ServiceUnavailable(retry_after=2)))

    def log_exception(self, exc_info: tuple[type, BaseException, TracebackType] | tuple[None, None, None]) -> None:
        """Type and place of an error. Its message may hold a guest's name, so it is only shown while developing."""
        error = exc_info[1]
        if self.config["ENVIRONMENT"] == "development":
            log.error("error", exc_info=exc_info)
            return
        places = [f"{f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(exc_info[2])]
        log.error("error", kind=type(error).__name__, sqlstate=sqlstate(error), places=places[-12:])


def _unit_of_work(app: Flask) -> AbstractContextManager[None]:
    view = app.view_functions.get(request.endpoint or "")
    if request.method in READING_METHODS or getattr(view, "own_work", False):
        return reading()
    return work()


def _forget(session_before: dict[str, Any]) -> None:
    """Before a second try: what the first one left in the request."""
    session.clear()
    session.update(session_before)
    g.__dict__.clear()


def sqlstate(error: BaseException | None) -> str | None:
    """PostgreSQL's five characters for the kind of error, if it is one of PostgreSQL's."""
    return getattr(getattr(error, "orig", None), "sqlstate", None)


def is_locked(error: DBAPIError) -> bool:
    """True when another writer was too slow: SQLite's 'locked', PostgreSQL's lock timeout."""
    if sqlstate(error):
        return sqlstate(error) == LOCK_TIMEOUT
    return "database is locked" in str(error.orig) or "table is locked" in str(error.orig)
