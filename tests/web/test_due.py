"""When luggage is collected, as it is said at the counter; and the shelves as a picture."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pms.errors import Refused
from pms.guest_services.shelves import shelves_of
from pms.web.due import parse_due

NOW = datetime(2026, 11, 21, 15, 42, tzinfo=ZoneInfo("Asia/Shanghai"))  # a Saturday


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("16:00", "2026-11-21 16:00"),
        ("9:30", "2026-11-22 09:30"),  # over today, so tomorrow
        ("+1", "2026-11-22 23:59"),
        ("+1 18:00", "2026-11-22 18:00"),
        ("fri 9:30", "2026-11-27 09:30"),
        ("26/11 18:00", "2026-11-26 18:00"),
        ("today", "2026-11-21 23:59"),
        ("明天18点", "2026-11-22 18:00"),
        ("周五 9点半", "2026-11-27 09:30"),
        ("18点30分", "2026-11-21 18:30"),
        ("2026-11-26 08:05", "2026-11-26 08:05"),
        ("16：30", "2026-11-21 16:30"),
    ],
)
def test_what_is_said_is_understood(typed: str, meant: str) -> None:
    assert f"{parse_due(typed, NOW):%Y-%m-%d %H:%M}" == meant


@pytest.mark.parametrize("typed", ["", "25:00", "16:75", "soon", "31/02 10:00", "18:00 fri"])
def test_what_is_no_time_is_refused(typed: str) -> None:
    with pytest.raises(Refused):
        parse_due(typed, NOW)


@given(st.integers(0, 23), st.integers(0, 59))
def test_a_time_alone_is_its_next_one(hour: int, minute: int) -> None:
    found = parse_due(f"{hour}:{minute:02d}", NOW)
    assert found > NOW
    assert (found - NOW).total_seconds() <= 24 * 3600
    assert (found.hour, found.minute) == (hour, minute)


@dataclass
class Bag:
    shelf: str


def test_the_shelves_show_what_lies_where() -> None:
    bags = [Bag("A1"), Bag("A1"), Bag("C5"), Bag("cloakroom")]
    shelves = shelves_of(bags)
    assert (shelves.taken, shelves.free, shelves.next_free) == (2, 38, "A2")
    assert [bag.shelf for bag in shelves.racks["A"][0].rows] == ["A1", "A1"]
    assert shelves.elsewhere == [bags[3]]


def test_a_longer_rack_is_shown_whole() -> None:
    shelves = shelves_of([Bag("B11"), Bag("G2")])
    assert [len(rack) for rack in shelves.racks.values()] == [11] * 6
    assert "G" in shelves.racks
