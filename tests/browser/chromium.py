"""One real Chromium for all tests of a run that look at pages: a second Playwright in one process is an error."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.browser.serving import CHROMIUM, FLAGS

if TYPE_CHECKING:
    from playwright.sync_api import Browser as Chromium


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    if CHROMIUM is None:
        pytest.skip("Chromium: not installed (apt-get install chromium, or set PMS_CHROMIUM)")
    from playwright.sync_api import sync_playwright  # slow to import: only when a page is looked at

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()
