"""The figures of the house by date, counted from stays, nights and postings (papers.md, "Formulas")."""

from __future__ import annotations

from datetime import date

import pytest

from pms.cashier.models import PostingKind
from pms.db import db, insert_all, insert_one, reading, work
from pms.front_desk.models import Extension
from pms.night_audit import queries, queries_figures
from pms.night_audit.models import DailyFigures
from pms.night_audit.queries_figures import Counts
from pms.property.models import Closure, ClosureKind
from pms.reservations import occupancy
from pms.reservations.models import Source, Use
from pms.reservations.status import Status
from tests.builders import NOON, TODAY
from tests.night_audit.conftest import DAY, Night

pytestmark = pytest.mark.both_engines


def counted(day: date = TODAY) -> Counts:
    with reading():
        (row,) = queries_figures.counts(day)
    return row


def test_free_rooms_are_occupied_and_not_sold(night: Night, engine_name: str) -> None:
    with work():
        night.guest_in_house("1201", adults=2, children=1)
        night.guest_in_house("1202", use=Use.COMPLIMENTARY)
        night.guest_in_house("1203", use=Use.HOUSE_USE)
    found = counted()
    assert (found.occupied, found.complimentary, found.house_use, found.persons) == (3, 1, 1, 5)


def test_day_use_is_an_arrival_and_a_departure_and_no_night(night: Night, engine_name: str) -> None:
    with work():
        night.house.stay(nights=0, status=Status.CHECKED_OUT, use=Use.DAY_USE, checked_out_on=TODAY)
    found = counted()
    assert (found.day_use, found.arrivals, found.departures, found.occupied) == (1, 1, 1, 0)


def test_a_guest_who_left_early_slept_only_until_then(night: Night, engine_name: str) -> None:
    with work():
        night.house.stay(arrival=-2, nights=5, status=Status.CHECKED_OUT, checked_out_on=TODAY)
    assert counted(TODAY - DAY).occupied == 1
    assert counted(TODAY).occupied == 0


def test_walk_ins_extensions_and_early_departures_are_counted(night: Night, engine_name: str) -> None:
    with work():
        stay = night.guest_in_house("1201", booking=night.house.booking(source=Source.WALK_IN))
        for change in (1, 2, -1):
            insert_one(
                Extension,
                stay_id=stay.id,
                business_date=TODAY,
                at=NOON,
                by_id=night.auditor.id,
                old_departure=TODAY + 2 * DAY,
                new_departure=TODAY + (2 + change) * DAY,
            )
    found = counted()
    assert (found.walk_ins, found.extensions, found.early_departures) == (1, 2, 1)


def test_rooms_out_of_order_are_counted_out_of_service_is_not(night: Night, engine_name: str) -> None:
    with work():
        closure = Closure(
            room_id=night.house.rooms["1302"].id,
            kind=ClosureKind.OUT_OF_ORDER,
            first=TODAY,
            until=TODAY + DAY,
            reason="pipe",
            created_at=NOON,
            created_by=night.auditor.id,
        )
        db.session.add(closure)
        db.session.flush()
        occupancy.close_room(closure)
    assert (counted().rooms, counted().out_of_order) == (8, 1)
    assert counted(TODAY + DAY).out_of_order == 0


def test_revenue_is_what_was_posted_less_what_was_reversed(night: Night, engine_name: str) -> None:
    with work():
        stay = night.guest_in_house("1201")
        folio = night.folio(night.house.stay())
        for kind, amount in (
            (PostingKind.ROOM, 68_000),
            (PostingKind.ROOM, -8_000),
            (PostingKind.DAY_USE, 20_000),
            (PostingKind.NO_SHOW_FEE, 30_000),
            (PostingKind.FOOD, 4_000),
            (PostingKind.TAX, 999),
            (PostingKind.PAYMENT, -50_000),
            (PostingKind.TRANSFER, -10_000),
        ):
            night.posting(stay, folio, kind, amount)
    with reading():
        assert queries_figures.revenue(TODAY) == (80_000, 34_000)


def test_daily_rows_are_the_dates_on_which_something_happened(night: Night, engine_name: str) -> None:
    with work():
        left = night.house.stay(arrival=-5, nights=2, status=Status.CHECKED_OUT)
        night.posting(left, night.folio(left), PostingKind.ROOM, 68_000, TODAY - 5 * DAY)
        night.house.stay(arrival=-4, status=Status.CANCELLED, ended_on=TODAY - 9 * DAY)
        night.house.stay(arrival=-4, status=Status.NO_SHOW, ended_on=TODAY - 4 * DAY)
    with reading():
        rows = queries.daily_rows(TODAY - 30 * DAY, TODAY)
    assert [(row.date - TODAY).days for row in rows] == [-9, -5, -4, -3]
    assert [tuple(row)[1:] for row in rows] == [
        (0, 0, 0, 0, 0, 0, 1),
        (1, 0, 1, 68_000, 0, 0, 0),
        (0, 0, 1, 0, 0, 1, 0),
        (0, 1, 0, 0, 0, 0, 0),
    ]


def test_daily_rows_include_the_last_date_asked_for(night: Night, engine_name: str) -> None:
    with work():
        night.guest_in_house("1201")
    with reading():
        assert [row.date for row in queries.daily_rows(TODAY, TODAY)] == [TODAY]
        assert queries.daily_rows(TODAY - 2 * DAY, TODAY - DAY) == []


def test_month_and_year_are_added_up_and_last_year_is_beside_them(night: Night, engine_name: str) -> None:
    days = [date(2025, 11, 21), date(2026, 1, 1), date(2026, 11, 1), date(2026, 11, 20), TODAY, TODAY + DAY]
    with work():
        for number, day in enumerate(days):
            frozen(day, occupied=10**number)
    with reading():
        spans = {row.span: (row.days, row.occupied) for row in queries_figures.figures(TODAY)}
        chart = queries_figures.figures_by_day(TODAY)
    assert spans == {"day": (1, 10_000), "month": (3, 11_100), "year": (4, 11_110), "last_year": (1, 1)}
    assert [(row.day.day, row.occupied, row.occupied_last_year) for row in chart] == [
        (1, 100, None),
        (20, 1_000, None),
        (21, 10_000, 1),
    ]


def test_last_year_of_a_leap_day_is_the_28th(night: Night, engine_name: str) -> None:
    assert queries_figures.same_day_last_year(date(2028, 2, 29)) == date(2027, 2, 28)


def frozen(day: date, **values: int) -> None:
    names = [column.name for column in DailyFigures.__table__.c if column.name != "business_date"]
    insert_all(DailyFigures, [{"business_date": day} | dict.fromkeys(names, 0) | values])
