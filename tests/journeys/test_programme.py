"""A dinner is written into the programme of a group by keyboard alone, in both languages (C4)."""

from __future__ import annotations

from playwright.sync_api import expect

from pms.db import reading
from pms.front_desk.models_programme import Item
from pms.front_desk.queries_programme import confirmed, programme
from tests.builders import TODAY
from tests.journeys.conftest import AtDesk
from tests.journeys.day import Day


def test_a_dinner_stands_on_the_programme_and_the_telephone_is_opened(day: Day, at_desk: AtDesk) -> None:
    group_id = day.tour[0].group_id
    assert group_id is not None
    clerk = at_desk("reservation_clerk", path=f"/groups/{group_id}/programme")
    page = clerk.page
    assert clerk.focused() == "item"
    clerk.no_mixed_language()
    clerk.axe_clean()
    clerk.start_counting().press("ArrowDown", "ArrowDown", "ArrowDown", "Tab", "Tab").type("1830")
    clerk.press("Tab").type("B2").press("Control+Enter")
    expect(page.locator("[data-row]")).to_contain_text(["18:30"])
    clerk.no_mixed_language()
    clerk.axe_clean()
    clerk.press("Escape", "l")
    expect(page.locator(".pms-toast")).to_be_visible()
    assert clerk.strokes <= 16
    with reading():
        (line,) = programme(group_id)
        assert (line.item, line.day, line.at, line.place) == (Item.DINNER, TODAY, "18:30", "B2")
        found = confirmed(group_id)
        assert found is not None
        assert found.long_distance
