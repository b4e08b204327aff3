"""What axe finds fault with on a page: WCAG 2.2 AA as far as a machine can see it."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

EVERYTHING = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules whose answer a theme can change."""

# Only what is wrong comes back: all that axe passed is megabytes of a long page.
RUN = "async runOnly => (await axe.run({runOnly, resultTypes: ['violations']})).violations"


def complaints(page: Page, only: list[str] = EVERYTHING) -> list[str]:
    """A line for each element axe finds fault with on the page as it stands."""
    page.wait_for_timeout(150)  # overlays fade in for 120 ms
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE_SCRIPT)
    rules: list[dict[str, Any]] = page.evaluate(RUN, only)
    return [
        f"{rule['id']}: {node['html'][:160]} {node.get('failureSummary', '')[:300]}"
        for rule in rules
        for node in rule["nodes"]
    ]


def complaints_in_both_themes(page: Page) -> list[str]:
    """As `complaints`, in light and dark; the page keeps its own theme."""
    before = page.evaluate("document.documentElement.dataset.bsTheme") or "light"
    other = "dark" if before == "light" else "light"
    found = complaints(page)
    _turn(page, other)
    found += [f"{other}: {complaint}" for complaint in complaints(page, COLOURS)]
    _turn(page, before)
    return found


def _turn(page: Page, theme: str) -> None:
    page.evaluate("theme => { document.documentElement.dataset.bsTheme = theme }", theme)
