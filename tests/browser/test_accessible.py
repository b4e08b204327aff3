"""WCAG 2.2 AA as far as axe can see, on every page of the shell, in both themes and both languages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessible import complaints, complaints_in_both_themes
from tests.browser.serving import Served


def open_search(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("wang")
    page.locator(".hit.chosen").wait_for()


def open_dialog(page: Page) -> None:
    page.get_by_role("button", name="Cancel booking").click()


PAGES: dict[str, tuple[str, Callable[[Page], None] | None]] = {
    "desk": ("/", None),
    "in house": ("/?list=in_house", lambda page: page.keyboard.press("j")),
    "ready rooms": ("/?list=ready", None),
    "notices": ("/notices", None),
    "search over the desk": ("/", open_search),
    "search page": ("/search?q=wang", None),
    "all keys": ("/", lambda page: page.keyboard.press("?")),
    "password": ("/password", None),
    "papers": ("/papers/", None),
    "refusal": ("/users", None),
    "not found": ("/nothing-here", None),
    "elements": ("/elements", None),
    "dialog": ("/elements", open_dialog),
}


SECTIONS = "seasons types types/1 rooms rooms/1 connecting plans plans/1 discounts departments closures".split()
SETTINGS = ("/settings", *(f"/settings/{section}" for section in SECTIONS))


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(page: Page, served: Served, name: str, theme: str) -> None:
    path, then = PAGES[name]
    served.prefer(theme=theme)
    page.goto(path)
    if then:
        then(page)
    assert complaints(page) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/users", "/users/1", "/notices", *SETTINGS])
def test_axe_finds_nothing_on_the_pages_of_the_administrator(
    stranger: Page, served: Served, path: str, theme: str
) -> None:
    stranger.context.add_cookies([served.session_cookie("ada")])
    served.prefer("ada", theme=theme)
    stranger.goto(path)
    expect(stranger.locator("h1")).to_be_visible()
    assert complaints(stranger) == []


@pytest.mark.parametrize("path", ["/", "/papers/", "/search?q=wang"])
def test_axe_finds_nothing_in_chinese(page: Page, served: Served, path: str) -> None:
    served.prefer(language="zh", theme="dark")
    page.goto(path)
    assert complaints(page) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_on_the_login_page(stranger: Page, theme: str) -> None:
    stranger.goto("/login")
    stranger.context.add_cookies([{"name": "theme", "value": theme, "url": stranger.url}])
    stranger.reload()
    assert complaints(stranger) == []


def test_a_pale_word_is_complained_of_in_the_theme_it_is_pale_in(page: Page) -> None:
    assert complaints_in_both_themes(page) == []
    page.locator("#list-title").evaluate("heading => { heading.style.color = '#222' }")  # well enough on white
    assert [complaint[:20] for complaint in complaints_in_both_themes(page)] == ["dark: color-contrast"]
