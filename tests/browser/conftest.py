"""A real Chromium on a real server: the Lanting Hotel at 15:42, served from a thread of the test run."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask, flash, render_template_string
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import BrowserContext, Page, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from pms import clock, create_app
from pms.accounts.models import User
from pms.db import db, work
from tests.browser import lanting
from tests.clients import Browser
from tests.engines import create_tables

CHROMIUM = os.environ.get("PMS_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
ELEMENTS = Path(__file__).with_name("elements.html")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One Chromium and one house for all of these tests: under pytest-xdist one worker takes them."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


class Quiet(WSGIRequestHandler):
    """Writes no line for each of the many requests of a page."""

    def log(self, type: str, message: str, *args: object) -> None:
        pass


@dataclass
class Served:
    """The running house: where, and a way to log in without the slow password."""

    app: Flask
    url: str

    def session_cookie(self, login: str) -> dict[str, str]:
        with self.app.app_context():
            user = db.session.query(User).filter_by(login=login).one()
            client = Browser(self.app).log_in_as(user).client
        cookie = client.get_cookie("pms_session")
        assert cookie is not None
        return {"name": "pms_session", "value": cookie.value, "url": self.url}


@pytest.fixture(scope="package")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The house on a free port, with the page of all elements beside the product's own."""
    folder = tmp_path_factory.mktemp("lanting")
    url = f"sqlite:///{folder / 'house.db'}"
    create_tables(url)
    app = create_app(
        {
            "DATABASE_URL": url,
            "DATA_DIR": str(folder),
            "ENVIRONMENT": "development",
            "SECRET_KEY": "only for tests",
            "SESSION_COOKIE_SECURE": False,
            "LOG_LEVEL": "ERROR",
        }
    )
    app.add_url_rule("/elements", view_func=_elements)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: lanting.NOW)
        with app.app_context(), work():
            lanting.build()
        server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield Served(app, f"http://127.0.0.1:{server.port}")
        server.shutdown()
        thread.join()
        server.server_close()
        with app.app_context():
            db.engine.dispose()


def _elements() -> str:
    flash("Whitfield checked in to 2108", "undo:/elements")
    return render_template_string(ELEMENTS.read_text())


@pytest.fixture(scope="package")
def chromium() -> Iterator[Chromium]:
    if CHROMIUM is None:
        pytest.skip("Chromium: not installed (apt-get install chromium, or set PMS_CHROMIUM)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def context(chromium: Chromium, served: Served) -> Iterator[BrowserContext]:
    """One browser window for all tests, so that styles and scripts are fetched once."""
    context = chromium.new_context(base_url=served.url, viewport={"width": 1280, "height": 800}, locale="en-GB")
    yield context
    context.close()


@pytest.fixture
def stranger(context: BrowserContext, served: Served) -> Iterator[Page]:
    """A page of somebody not logged in. What the browser complains about fails the test."""
    prefer(served, language="en", theme="light", shortcuts_on=True)
    context.clear_cookies()
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    page.close()
    assert [text for text in complaints if "status of 4" not in text] == []


@pytest.fixture
def page(stranger: Page, served: Served) -> Page:
    """Li Na of the late shift, logged in, at the desk, in English and light."""
    stranger.context.add_cookies([served.session_cookie("lina")])  # type: ignore[list-item]
    stranger.goto("/")
    return stranger


def prefer(served: Served, **settings: object) -> None:
    """Li Na's settings: language, theme, shortcuts_on."""
    with served.app.app_context(), work():
        user = db.session.query(User).filter_by(login="lina").one()
        for name, value in settings.items():
            setattr(user, name, value)
