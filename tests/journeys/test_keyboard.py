"""The harness itself: it counts strokes and notices what a keyboard cannot do."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import AtDesk
from tests.journeys.day import Day


def test_strokes_are_counted_letter_by_letter(day: Day, at_desk: AtDesk) -> None:
    clerk = at_desk()
    clerk.find("whi")
    assert clerk.strokes == 4
    expect(clerk.page.locator("a.hit.chosen")).to_contain_text("Whitfield")
    clerk.press("Control+k", "Escape")
    assert clerk.strokes == 6


def test_the_desk_is_of_one_language_and_axe_finds_nothing(day: Day, at_desk: AtDesk) -> None:
    clerk = at_desk()
    clerk.no_mixed_language()
    clerk.axe_clean()


def test_a_pointer_is_noticed(day: Day, at_desk: AtDesk) -> None:
    clerk = at_desk()
    clerk.page.mouse.click(300, 300)
    with pytest.raises(AssertionError, match="a pointer was used"):
        clerk.finish()
    clerk.complaints.clear()


def test_a_word_of_the_other_language_is_noticed(day: Day, at_desk: AtDesk) -> None:
    clerk = at_desk()
    clerk.page.evaluate("document.querySelector('main').append('Towels 毛巾')")
    with pytest.raises(AssertionError, match="Towels"):
        clerk.no_mixed_language()
