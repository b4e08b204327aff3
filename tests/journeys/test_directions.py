"""The way to a temple by keyboard alone: written by the concierge, found at the desk, printed for the guest (Q5)."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from pms.db import reading, work
from pms.guest_services.directions import NewDirection, add_direction
from pms.guest_services.queries_directions import directions
from tests.builders import NOON
from tests.journeys.conftest import AtDesk
from tests.journeys.day import Day

TEMPLE = NewDirection(
    title_en="Lingyin Temple",
    title_zh="灵隐寺",
    text_en="Bus 7 to the terminus.",
    text_zh="7 路公交车到终点。",
    address_zh="法云弄 1 号",
    way_en="8 km, about CNY 30",
    way_zh="8 公里，约 30 元",
)
STATION = NewDirection(title_en="East Station", title_zh="杭州东站", text_en="Metro line 1.", text_zh="地铁 1 号线。")
MOST_TO_PRINT = 13  # of them 8 letters to find the page and the place


def test_a_place_is_found_and_its_card_printed(day: Day, at_desk: AtDesk) -> None:
    with work():
        for place in (TEMPLE, STATION):
            add_direction(place, by=day.house.user("concierge"), now=NOON)
    clerk = at_desk()
    clerk.start_counting().find("zhilu").press("Enter")
    expect(clerk.page.locator("main [name=q]")).to_be_focused()
    expect(clerk.page.locator("#found [data-row]")).to_have_count(2)
    clerk.no_mixed_language()
    clerk.axe_clean()
    clerk.type("寺" if clerk.page.locator("html[lang^=zh]").count() else "tem")
    expect(clerk.page.locator("#found [data-row]")).to_have_count(1)
    clerk.press("ArrowDown", "Enter")
    expect(clerk.page.locator("#direction-title")).to_be_focused()
    clerk.no_mixed_language()
    clerk.axe_clean()
    with clerk.page.context.expect_page() as card:
        clerk.press("p")
    assert re.search(r"/directions/\d+/card\.pdf\?lang=en$", card.value.url)
    assert clerk.strokes <= MOST_TO_PRINT, clerk.strokes


def test_the_concierge_writes_it_in_both_languages(day: Day, at_desk: AtDesk) -> None:
    clerk = at_desk("concierge", path="/directions")
    clerk.press("Escape", "n")
    expect(clerk.page.locator("#title_en")).to_be_focused()
    texts = (TEMPLE.title_en, TEMPLE.title_zh, TEMPLE.text_en)
    for text in texts:
        clerk.type(text).press("Tab")
    clerk.press("Control+Enter")
    expect(clerk.page.locator("[data-focus]")).to_be_visible()  # the Chinese text is missing
    clerk.no_mixed_language()
    clerk.axe_clean()
    clerk.press("Tab", "Enter").type(TEMPLE.text_zh).press("Tab").type(TEMPLE.address_zh).press("Control+Enter")
    expect(clerk.page.locator("#direction-title")).to_be_focused()
    clerk.no_mixed_language()
    clerk.axe_clean()
    with reading():
        (place,) = directions()
        assert (place.title_zh, place.text_zh, place.address_zh) == ("灵隐寺", TEMPLE.text_zh, "法云弄 1 号")
