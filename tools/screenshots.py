"""Pictures of the pages, to be looked at beside the mocks: both themes, both languages, the house of the browser tests.

.venv/bin/python tools/screenshots.py FOLDER [NAME ...]     e.g. tools/screenshots.py /tmp/pictures home palette
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from itertools import product
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.browser.serving import CHROMIUM, FLAGS, serve


def _search(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("wang")
    page.locator(".hit.chosen").wait_for()


# name -> who, address, what is done before the picture
PICTURES: dict[str, tuple[str, str, Callable[[Page], None] | None]] = {
    "home": ("lina", "/", lambda page: page.keyboard.press("j")),
    "in-house": ("lina", "/?list=in_house", None),
    "palette": ("lina", "/", _search),
    "keys": ("lina", "/", lambda page: page.keyboard.press("?")),
    "notices": ("lina", "/notices", None),
    "papers": ("lina", "/papers/", lambda page: page.keyboard.press("j")),
    "password": ("lina", "/password", None),
    "users": ("ada", "/users", None),
    "user": ("ada", "/users/1", None),
    "settings": ("ada", "/settings", None),
    "seasons": ("ada", "/settings/seasons", None),
    "connecting": ("ada", "/settings/connecting", None),
    "discounts": ("ada", "/settings/discounts", None),
    "plan": ("ada", "/settings/plans/1", None),
    "elements": ("lina", "/elements", None),
    "missing": ("lina", "/nothing-here", None),
}


def take(folder: Path, names: list[str]) -> None:
    """One PNG for each page, language and theme, 1280 x 800 at 1.5 dots a pixel like the mocks."""
    with tempfile.TemporaryDirectory() as data, serve(Path(data)) as served, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 800}, device_scale_factor=1.5, base_url=served.url)
        for name, lang, theme in product(names, ("en", "zh"), ("light", "dark")):
            login, path, then = PICTURES[name]
            served.prefer(login, language=lang, theme=theme)
            page.context.add_cookies([served.session_cookie(login)])
            page.goto(path)
            if then:
                then(page)
            page.wait_for_timeout(200)
            page.screenshot(path=folder / f"{name}-{lang}-{theme}.png")
            print(f"{name}-{lang}-{theme}.png")
        browser.close()


def main() -> None:
    parser = argparse.ArgumentParser(description="Pictures of the pages in both themes and languages.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("names", nargs="*", choices=[[], *PICTURES], help="all when none is named")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    take(options.folder, options.names or list(PICTURES))


if __name__ == "__main__":
    main()
