"""Which entry of the navigation a page belongs to."""

from __future__ import annotations

import pytest

from pms.front_page.navigation import PAGES


@pytest.mark.parametrize(
    ("endpoint", "entry"),
    [
        ("front_page.home", "front_page.home"),
        ("check_in.sheet", "front_page.home"),
        ("check_in.walk_in", "check_in.walk_in"),
        ("check_out.sheet", "front_page.home"),
        ("moves.sheet", "front_page.home"),
        ("bookings.new", "bookings.index"),
        ("rooms.rooms", "property.settings"),
        ("front_page.waiting_notices", None),
    ],
)
def test_a_page_belongs_to_one_entry(endpoint: str, entry: str | None) -> None:
    assert [page.endpoint for page in PAGES if page.key and page.is_current(endpoint)] == ([entry] if entry else [])


def test_no_two_pages_have_one_key() -> None:
    keys = [page.key for page in PAGES if page.key]
    assert sorted(keys) == sorted(set(keys))
