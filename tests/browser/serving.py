"""The Lanting Hotel on a real server in a thread, and the Chromium that looks at it: for tests and for pictures."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask, current_app, flash, render_template_string
from werkzeug.serving import WSGIRequestHandler, make_server

from pms import clock, create_app
from pms.accounts.models import User
from pms.db import db, work
from tests.browser import lanting
from tests.clients import Browser
from tests.engines import create_tables

CHROMIUM = os.environ.get("PMS_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
ELEMENTS = Path(__file__).with_name("elements.html")


class Quiet(WSGIRequestHandler):
    """Writes no line for each of the many requests of a page."""

    def log(self, type: str, message: str, *args: object) -> None:
        pass


@dataclass
class Served:
    """The running house: where, and what its users have chosen."""

    app: Flask
    url: str

    def session_cookie(self, login: str) -> Any:
        """The cookie of somebody logged in, without the slow password."""
        with self.app.app_context():
            user = db.session.query(User).filter_by(login=login).one()
            cookie = Browser(self.app).log_in_as(user).client.get_cookie("pms_session")
        assert cookie is not None
        return {"name": "pms_session", "value": cookie.value, "url": self.url}

    def prefer(self, login: str = "lina", **settings: object) -> None:
        """Somebody's settings: language, theme, shortcuts_on."""
        with self.app.app_context(), work():
            user = db.session.query(User).filter_by(login=login).one()
            for name, value in settings.items():
                setattr(user, name, value)


@contextmanager
def serve(folder: Path) -> Iterator[Served]:
    """The house on a free port; beside its own pages the one of all elements. Its clock stands at 15:42, and no other
    house's clock with it: this one is served while the worker runs tests that have nothing to do with it.
    """
    url = f"sqlite:///{folder / 'house.db'}"
    create_tables(url)
    settings = {"DATABASE_URL": url, "DATA_DIR": str(folder), "SECRET_KEY": "only for tests", "LOG_LEVEL": "ERROR"}
    app = create_app(settings | {"ENVIRONMENT": "development", "SESSION_COOKIE_SECURE": False})
    app.add_url_rule("/elements", view_func=_elements)
    real_now, clock.now = clock.now, lambda: lanting.NOW if current_app == app else real_now()
    with app.app_context(), work():
        lanting.build()
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Served(app, f"http://127.0.0.1:{server.port}")
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        clock.now = real_now
        with app.app_context():
            db.engine.dispose()


def _elements() -> str:
    flash("Whitfield checked in to 2108", "undo:/elements")
    return render_template_string(ELEMENTS.read_text())
