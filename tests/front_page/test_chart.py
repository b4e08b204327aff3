"""The picture of the nights ahead: bars stand on each other and add up to the table beside it."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pms.db import db, work
from pms.front_page import chart, queries
from pms.front_page.rows import NightRow
from pms.property.models import Closure, ClosureKind
from pms.reservations.models import Group, RoomNight
from pms.reservations.status import Status
from tests.builders import NOON, TODAY, House

counts = st.integers(0, 400)
nights = st.lists(st.tuples(counts, counts, counts), min_size=1, max_size=60)


@given(nights, st.integers(1, 300))
def test_bars_stand_side_by_side_and_stay_inside_the_picture(figures: list[tuple[int, int, int]], rooms: int) -> None:
    bars = chart.bars([NightRow(date(2026, 1, 1) + timedelta(days=n), *row) for n, row in enumerate(figures)], rooms)
    assert all(left.x + left.width <= right.x for left, right in pairwise(bars))
    for bar in bars:
        for block in (bar.individual, bar.group, bar.closed):
            assert block.height >= 0
            assert 0 <= block.y <= chart.AXIS
    assert sum(bar.named for bar in bars) == 1


def test_a_full_house_reaches_the_line_of_100() -> None:
    (bar,) = chart.bars([NightRow(TODAY, 90, 30, 0)], rooms=120)
    assert bar.group.y == chart.TOP
    assert bar.percent == 100


@pytest.mark.parametrize(("taken", "rooms", "percent"), [(0, 120, 0), (109, 120, 91), (1, 200, 1), (5, 0, 0)])
def test_percent_of_the_house_is_rounded_half_up(taken: int, rooms: int, percent: int) -> None:
    assert chart.percent(taken, rooms) == percent


def test_no_rooms_no_picture() -> None:
    assert chart.bars([NightRow(TODAY, 0, 0, 0)], rooms=0) == []


@pytest.mark.both_engines
def test_nights_tell_individuals_groups_and_closed_rooms_apart(house: House) -> None:
    with work():
        group = Group(code="SURG", name="Surgery", arrival=TODAY, departure=TODAY + timedelta(days=2))
        closure = Closure(
            room_id=house.rooms["1204"].id,
            kind=ClosureKind.OUT_OF_ORDER,
            first=TODAY,
            until=TODAY + timedelta(days=1),
            reason="Carpet",
            created_at=NOON,
            created_by=house.user().id,
        )
        db.session.add_all([group, closure])
        db.session.flush()
        db.session.add(RoomNight(room_id=closure.room_id, night=TODAY, closure_id=closure.id))
        house.stay(nights=2)
        house.stay(nights=1, group=group)
        house.stay(nights=3, status=Status.CANCELLED)
    first, second, third = queries.nights_ahead(TODAY, 3)
    assert first == (TODAY, 1, 1, 1)
    assert second == (TODAY + timedelta(days=1), 1, 0, 0)
    assert third == (TODAY + timedelta(days=2), 0, 0, 0)
