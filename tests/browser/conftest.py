"""A real Chromium on the Lanting Hotel of the mocks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import BrowserContext, Page

from tests.browser.serving import Served, serve


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One Chromium and one house for all of these tests: under pytest-xdist one worker takes them."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="package")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serve(tmp_path_factory.mktemp("lanting")) as served:
        yield served


@pytest.fixture(scope="package")
def context(chromium: Chromium, served: Served) -> Iterator[BrowserContext]:
    """One browser window for all tests, so that styles and scripts are fetched once."""
    context = chromium.new_context(base_url=served.url, viewport={"width": 1280, "height": 800}, locale="en-GB")
    yield context
    context.close()


@pytest.fixture
def stranger(context: BrowserContext, served: Served) -> Iterator[Page]:
    """A page of somebody not logged in. What the browser complains about fails the test."""
    served.prefer(language="en", theme="light", shortcuts_on=True)
    context.clear_cookies()
    context.set_default_timeout(120_000)  # a busy machine is slow, not wrong
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
    stranger.context.add_cookies([served.session_cookie("lina")])
    stranger.goto("/")
    return stranger
