"""Pictures of the pages, in both themes and languages, at the size of the mocks.

.venv/bin/python tools/screenshots.py FOLDER [NAME ...]     the house of the browser tests: /tmp/pictures home palette
.venv/bin/python tools/screenshots.py docs/pictures --readme http://localhost:5000     the README's, of a demo

The README's are made in the hotel's morning, before anybody has worked in the demo.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from itertools import product
from math import dist
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from pms.demo.staff import PASSWORD
from tests.browser.serving import CHROMIUM, FLAGS, serve

Then = Callable[[Page], None]
Colour = tuple[int, int, int]
SCREEN, PHONE = ViewportSize(width=1280, height=800), ViewportSize(width=390, height=800)
MOST_BYTES = 200_000  # of a picture in the repository


def _search(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("wang")
    page.locator(".hit.chosen").wait_for()


def _displaced(page: Page) -> None:
    """Room 901 one night longer: who would lose the room."""
    page.keyboard.press("f")
    page.keyboard.type("901")
    page.keyboard.press("Enter")
    page.keyboard.press("e")
    page.locator("#pop #day").wait_for()
    page.keyboard.type("+1")
    page.locator("#pop .mn-bad").wait_for()


def _sheet(page: Page) -> None:
    """The sheet of a guest who has no room yet."""
    page.keyboard.press("/")
    page.keyboard.type("kim seo")
    page.locator(".hit.chosen", has_text="Kim").wait_for()
    page.keyboard.press("Enter")
    page.locator("form[data-sheet]").wait_for()


def _planned(page: Page) -> None:
    """Everybody without a room planned, the reasons of the first open."""
    page.keyboard.press("Control+Enter")
    page.locator("#accept").wait_for()
    page.keyboard.press("j")
    page.keyboard.press("w")
    page.locator(".pl-reasons").wait_for()


def _refused(page: Page) -> None:
    """The guest of the sheet refuses his room and says what he would rather have."""
    _sheet(page)
    page.goto(page.url.replace("/check-in", "/another-room?words=higher&words=quieter"))


# name -> who, address, what is done before the picture
PICTURES: dict[str, tuple[str, str, Then | None]] = {
    "home": ("lina", "/", lambda page: page.keyboard.press("j")),
    "in-house": ("lina", "/?list=in_house", None),
    "palette": ("lina", "/", _search),
    "keys": ("lina", "/", lambda page: page.keyboard.press("?")),
    "place-guests": ("lina", "/placing", None),
    "placing-rules": ("ada", "/settings/placing", None),
    "placing": ("lina", "/placing", _planned),
    "another-room": ("lina", "/", _refused),
    "availability": ("lina", "/availability", None),
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
# the same, with the window, for the README
README: dict[str, tuple[str, str, Then | None, ViewportSize]] = {
    "desk": ("lina", "/", lambda page: page.keyboard.press("j"), SCREEN),
    "rack": ("lina", "/rack?days=7&type=STT", _displaced, SCREEN),
    "check-in": ("lina", "/", _sheet, SCREEN),
    "housekeeping": ("huangyan", "/housekeeping", None, PHONE),
}
READ_IN = [*product(README, ["en"], ["light", "dark"]), ("desk", "zh", "light"), ("desk", "zh", "dark")]


def take(browser: Browser, folder: Path, names: list[str]) -> None:
    """One PNG for each page, language and theme, 1280 x 800 at 1.5 dots a pixel."""
    with tempfile.TemporaryDirectory() as data, serve(Path(data)) as served:
        page = browser.new_page(viewport=SCREEN, device_scale_factor=1.5, base_url=served.url)
        for name, lang, theme in product(names, ("en", "zh"), ("light", "dark")):
            login, path, then = PICTURES[name]
            served.prefer(login, language=lang, theme=theme)
            page.context.add_cookies([served.session_cookie(login)])
            _shoot(page, path, then, folder / f"{name}-{lang}-{theme}.png")


def take_for_readme(browser: Browser, folder: Path, address: str) -> None:
    """The README's pictures, of the demo served at `address`, in few colours."""
    for name, lang, theme in READ_IN:
        login, path, then, window = README[name]
        page = browser.new_page(viewport=window, device_scale_factor=1.5, base_url=address)
        _log_in(page, login, lang, theme)
        picture = folder / f"{name}-{lang}-{theme}.png"
        _shoot(page, path, then, picture)
        _make_small(picture)
        page.close()


def _log_in(page: Page, login: str, lang: str, theme: str) -> None:
    page.goto("/login")
    page.fill("[name=login]", login)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url("/")
    for name, value in (("language", lang), ("theme", theme)):
        switch = page.locator(f"form:has([name={name}][value={value}])")
        if switch.count():  # what is chosen already is not offered
            with page.expect_navigation():
                switch.evaluate("form => form.submit()")


def _shoot(page: Page, path: str, then: Then | None, picture: Path) -> None:
    page.goto(path)
    if then:
        then(page)
    page.wait_for_timeout(400)  # overlays fade in
    page.screenshot(path=picture)
    print(picture.name)


def _make_small(picture: Path) -> None:
    """As many colours as fit into MOST_BYTES, without dithering, so that letters stay sharp."""
    image = Image.open(picture).convert("RGB")
    dots = _dots(image)
    for count in (256, 128, 64):
        palette = _palette(image, dots, count)
        nearest = {colour: min(range(len(palette)), key=lambda n: dist(palette[n], colour)) for colour in set(dots)}
        small = Image.frombytes("P", image.size, bytes(nearest[dot] for dot in dots))
        small.putpalette([part for colour in palette for part in colour])
        small.save(picture, optimize=True)
        if picture.stat().st_size < MOST_BYTES:
            break


def _dots(image: Image.Image) -> list[Colour]:
    parts = image.tobytes()
    return list(zip(parts[::3], parts[1::3], parts[2::3], strict=True))


def _palette(image: Image.Image, dots: list[Colour], count: int) -> list[Colour]:
    """Half of them the most frequent, so that surfaces keep their colour; half spread over the rare ones."""
    frequent = [colour for colour, _ in Counter(dots).most_common(count // 2)]
    spread = image.quantize(count - len(frequent), Image.Quantize.MAXCOVERAGE).convert("RGB")
    return [*frequent, *sorted(set(_dots(spread)) - set(frequent))]


def main() -> None:
    parser = argparse.ArgumentParser(description="Pictures of the pages in both themes and languages.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("names", nargs="*", choices=[[], *PICTURES], help="all when none is named")
    parser.add_argument("--readme", metavar="URL", help="those of the README, of the demo served there")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        if options.readme:
            take_for_readme(browser, options.folder, options.readme)
        else:
            take(browser, options.folder, options.names or list(PICTURES))
        browser.close()


if __name__ == "__main__":
    main()
