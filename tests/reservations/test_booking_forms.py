"""What a clerk types for a booking, and that the price on the screen is the price on the booking."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from wtforms import Form

from pms.db import reading
from pms.property.models import RateKind
from pms.reservations import offer
from pms.reservations.forms_bookings import Line, UntilField, new_guest
from pms.reservations.groups import Block, NewGroup, create_group
from pms.web.fields import DayField
from tests.builders import House
from tests.reservations.clerk import Clerk, day, prices

TODAY = date(2026, 11, 21)
DAYS = st.dates(date(2020, 1, 1), date(2080, 12, 31))


class Asked(Form):
    today = TODAY
    arrival = DayField("Arrival")
    departure = UntilField("Departure")


def departure(arrival: str, typed: str) -> date | None:
    form = Asked(MultiDict({"arrival": arrival, "departure": typed}))
    form.validate()
    return form.departure.day


@given(DAYS, st.integers(1, 365))
def test_a_number_is_nights(arrival: date, nights: int) -> None:
    assert departure(arrival.isoformat(), str(nights)) == arrival + timedelta(days=nights)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("sun", "2026-11-29"), ("+3", "2026-11-30"), ("1/12", "2026-12-01"), ("2026-12-05", "2026-12-05")],
)
def test_a_day_of_departure_is_seen_from_the_arrival(typed: str, meant: str) -> None:
    assert departure("fri", typed) == date.fromisoformat(meant)


@given(DAYS, st.integers(1, 60), st.integers(1, 10**6), st.integers(1, 10**6), st.integers(1, 20), st.integers(0, 9))
def test_a_line_of_the_booking_survives_the_form(
    arrival: date, nights: int, kind: int, plan: int, rooms: int, children: int
) -> None:
    line = Line(arrival, arrival + timedelta(days=nights), kind, plan, rooms, 2, children)
    assert Line.read(line.written) == line


@pytest.mark.parametrize(
    ("typed", "surname", "given", "name_zh"),
    [
        ("Fischer, Anna", "Fischer", "Anna", ""),
        ("van der Berg, Jan", "van der Berg", "Jan", ""),
        ("Zhao Lei 赵磊", "Zhao", "Lei", "赵磊"),
        ("赵磊", "", "", "赵磊"),
        ("Okafor", "Okafor", "", ""),
    ],
)
def test_a_new_name_is_read_surname_first(typed: str, surname: str, given: str, name_zh: str) -> None:
    guest = new_guest(typed, "")
    assert (guest.surname, guest.given, guest.name_zh) == (surname, given, name_zh)


@pytest.mark.parametrize("percent", [0, 7, 30])
def test_what_the_grid_shows_is_what_is_booked(house: House, supervisor: Clerk, percent: int) -> None:
    stay = supervisor.book("DLK", arrival=6, nights=3, plan="PKG", discount_percent=percent)
    with reading():
        plans = offer.plans(group=False)
        rows = offer.offers(day(6), day(9), percent=percent, plans=plans)
        (row,) = [row for row in rows if row.kind.code == "DLK"]
        (price,) = [price for price in row.prices if price and price.plan.code == "PKG"]
        assert list(price.prices) == prices(stay)
        assert row.left == 1
        assert not row.sells(rooms=2, nights=3)
        assert all(plan.kind is not RateKind.GROUP for plan in plans)


def test_a_group_is_offered_what_its_block_still_holds_at_the_price_agreed(house: House, supervisor: Clerk) -> None:
    kind, plan = house.types["SUI"].id, house.plans["GRP"].id
    block = Block(type_id=kind, rooms=2, price=90_000)
    dates = {"arrival": day(6), "departure": day(8)}
    new = NewGroup(code="TOUR", name="Tour", plan_id=plan, blocks=(block,), **dates)
    group = supervisor.do(create_group, new)
    with reading():
        plans = offer.plans(group=True)
        alone = {row.kind.code: row for row in offer.offers(day(6), day(8), plans=plans)}
        inside = {row.kind.code: row for row in offer.offers(day(6), day(8), plans=plans, group_id=group.id)}
        assert (alone["SUI"].left, inside["SUI"].left) == (0, 2)
        assert alone["SUI"].full == (day(6), day(7))
        agreed = next(price for price in inside["SUI"].prices if price and price.plan.code == "GRP")
        assert agreed.total == 180_000
