"""What the house answers about seasons, prices and limits, and that a change is seen at once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pms.access import Role
from pms.db import db, reading, work
from pms.errors import Refused
from pms.property import queries
from pms.property.models import ConnectingPair, RatePrice, SeasonKind
from tests.builders import House

SATURDAY = date(2026, 11, 21)


def test_a_day_outside_every_season_is_normal(house: House) -> None:
    assert queries.season_on(SATURDAY) is SeasonKind.NORMAL


def test_a_season_may_run_over_new_year(house: House) -> None:
    assert queries.season_on(date(2026, 12, 31)) is SeasonKind.LOW
    assert queries.season_on(date(2027, 1, 1)) is SeasonKind.LOW
    assert queries.season_on(date(2026, 12, 19)) is SeasonKind.NORMAL


def test_guests_leave_two_hours_later_in_the_low_season(house: House) -> None:
    assert queries.check_out_hour(date(2027, 1, 10)) == 14
    assert queries.check_out_hour(SATURDAY) == 12


def test_the_price_of_the_weekday_goes_before_that_of_every_day(house: House) -> None:
    bar, king = house.plans["BAR"].id, house.types["STK"].id
    with work():
        db.session.add(RatePrice(plan_id=bar, type_id=king, season=SeasonKind.NORMAL, weekday=5, price=75_000))
        queries.settings_changed()
    assert queries.prices(bar, king, [SATURDAY, SATURDAY + timedelta(days=1)]) == (75_000, 68_000)


def test_a_plan_without_a_price_for_the_night_is_refused_by_name(house: House) -> None:
    bar, deluxe = house.plans["BAR"].id, house.types["DLK"].id
    with work():
        db.session.delete(db.session.get_one(RatePrice, (bar, deluxe, SeasonKind.NORMAL, -1)))
        queries.settings_changed()
    with pytest.raises(Refused, match="BAR has no price for DLK on Sat 21 Nov 2026"):
        queries.price_of(bar, deluxe, SATURDAY)


def test_the_supervisor_gives_less_in_the_peak_season(house: House) -> None:
    assert queries.discount_limit(Role.RESERVATION_SUPERVISOR, SeasonKind.PEAK) == 20
    assert queries.discount_limit(Role.RESERVATION_SUPERVISOR, SeasonKind.LOW) == 30


def test_a_role_without_a_limit_may_give_nothing(house: House) -> None:
    assert queries.discount_limit(Role.CONCIERGE, SeasonKind.LOW) == 0


def test_rooms_connect_both_ways(house: House) -> None:
    a, b = house.rooms["1201"].id, house.rooms["1202"].id
    with work():
        db.session.add(ConnectingPair(room_a=min(a, b), room_b=max(a, b)))
        queries.settings_changed()
    assert queries.connect(b, a)
    assert queries.neighbours(a) == [b]
    assert not queries.connect(a, house.rooms["1203"].id)


@pytest.mark.both_engines
def test_a_change_is_seen_by_the_next_unit_of_work(house: House) -> None:
    bar, king = house.plans["BAR"].id, house.types["STK"].id
    with reading():
        assert queries.price_of(bar, king, SATURDAY) == 68_000
    with work():
        db.session.get_one(RatePrice, (bar, king, SeasonKind.NORMAL, -1)).price = 70_000
        queries.settings_changed()
        assert queries.price_of(bar, king, SATURDAY) == 70_000
    with reading():
        assert queries.price_of(bar, king, SATURDAY) == 70_000


def test_a_change_that_is_rolled_back_leaves_nothing_in_the_memory(house: House) -> None:
    bar, king = house.plans["BAR"].id, house.types["STK"].id
    db.session.get_one(RatePrice, (bar, king, SeasonKind.NORMAL, -1)).price = 1
    queries.settings_changed()
    assert queries.price_of(bar, king, SATURDAY) == 1
    db.session.rollback()
    with reading():
        assert queries.price_of(bar, king, SATURDAY) == 68_000


def test_an_empty_database_says_how_to_set_the_house_up(app: object) -> None:
    with reading(), pytest.raises(Refused, match="pms init"):
        queries.hotel()


@given(st.dates(date(2024, 1, 1), date(2028, 12, 31)), st.dates(date(2023, 1, 1), date(2023, 12, 31)))
def test_every_day_is_inside_a_season_that_starts_on_it_and_ends_the_day_before(day: date, start: date) -> None:
    first, last = f"{start:%m-%d}", f"{start - timedelta(days=1):%m-%d}"
    assert queries._within(f"{day:%m-%d}", first, last) or (day.month, day.day) == (2, 29)
