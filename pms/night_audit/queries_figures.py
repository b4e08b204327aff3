"""The figures of the house by date, from its own records (papers.md, "Formulas"): nights, moves and postings."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa

from pms.cashier.models import MONEY_IN, Posting, PostingKind
from pms.db import db, run
from pms.front_desk.models import Extension
from pms.night_audit.models import DailyFigures
from pms.property.models import Room
from pms.reservations.models import Booking, RoomNight, Source, Stay, StayNight, Use
from pms.reservations.status import Status

D, E, N, P, R, S = (model.__table__ for model in (DailyFigures, Extension, StayNight, Posting, Room, Stay))
_DAY = sa.bindparam("day", type_=sa.Date)
_FIRST, _LAST = sa.bindparam("first", type_=sa.Date), sa.bindparam("last", type_=sa.Date)

ROOM_KINDS = (PostingKind.ROOM, PostingKind.DAY_USE)
NOT_OTHER = (*ROOM_KINDS, PostingKind.TAX, *sorted(MONEY_IN))

# A night is slept when its guest had come by then and had not left; day use is no room-night.
_SLEPT = sa.and_(
    S.c.checked_in_on <= N.c.night,
    sa.or_(S.c.checked_out_on.is_(None), S.c.checked_out_on > N.c.night),
    S.c.use != Use.DAY_USE,
)


def _count(*conditions: Any) -> Any:
    return sa.select(sa.func.count()).select_from(S).where(*conditions).scalar_subquery()


def _count_if(condition: Any) -> Any:
    return sa.func.coalesce(sa.func.sum(sa.case((condition, 1), else_=0)), 0)


# --- One date, when it is closed -------------------------------------------------------------------------------------
class Counts(NamedTuple):
    """What is counted of a date when it is closed: everything of the figures that is not money."""

    rooms: int
    out_of_order: int
    occupied: int
    complimentary: int
    house_use: int
    day_use: int
    walk_ins: int
    arrivals: int
    departures: int
    early_departures: int
    extensions: int
    no_shows: int
    cancellations: int
    persons: int


_NIGHTS = (
    sa.select(
        sa.func.count().label("occupied"),
        _count_if(S.c.use == Use.COMPLIMENTARY).label("complimentary"),
        _count_if(S.c.use == Use.HOUSE_USE).label("house_use"),
        sa.func.coalesce(sa.func.sum(S.c.adults + S.c.children), 0).label("persons"),
    )
    .select_from(N.join(S, S.c.id == N.c.stay_id))
    .where(N.c.night == _DAY, _SLEPT)
)
_MOVES = sa.select(
    sa.select(sa.func.count()).select_from(R).where(R.c.active).scalar_subquery().label("rooms"),
    sa.select(sa.func.count())
    .where(RoomNight.night == _DAY, RoomNight.closure_id.is_not(None))
    .scalar_subquery()
    .label("out_of_order"),
    _count(S.c.checked_in_on == _DAY, S.c.use == Use.DAY_USE).label("day_use"),
    sa.select(sa.func.count())
    .select_from(S.join(Booking, Booking.id == S.c.booking_id))
    .where(S.c.checked_in_on == _DAY, Booking.source == Source.WALK_IN)
    .scalar_subquery()
    .label("walk_ins"),
    _count(S.c.checked_in_on == _DAY).label("arrivals"),
    _count(S.c.checked_out_on == _DAY).label("departures"),
    _count(S.c.ended_on == _DAY, S.c.status == Status.NO_SHOW).label("no_shows"),
    _count(S.c.ended_on == _DAY, S.c.status == Status.CANCELLED).label("cancellations"),
)
_EXTENSIONS = sa.select(
    _count_if(E.c.new_departure > E.c.old_departure).label("extensions"),
    _count_if(E.c.new_departure < E.c.old_departure).label("early_departures"),
).where(E.c.business_date == _DAY)


def counts(day: date) -> list[Counts]:
    """One row: what `day` counts to, as of now."""
    connection = db.session.connection()
    parts: dict[str, Any] = {}
    for statement in (_NIGHTS, _MOVES, _EXTENSIONS):
        parts |= connection.execute(statement, {"day": day}).one()._mapping
    return [Counts(**{name: int(value) for name, value in parts.items()})]


def _amount_if(condition: Any) -> Any:
    return sa.cast(sa.func.coalesce(sa.func.sum(sa.case((condition, P.c.amount), else_=0)), 0), sa.BigInteger)


_REVENUE = sa.select(_amount_if(P.c.kind.in_(ROOM_KINDS)), _amount_if(P.c.kind.not_in(NOT_OTHER))).where(
    P.c.business_date == _DAY
)


def revenue(day: date) -> tuple[int, int]:
    """Room revenue (nights and day use, reversals taken off) and all other revenue, tax in neither, minor units."""
    room, other = run(_REVENUE, {"day": day}).one()
    return int(room), int(other)


# --- Frozen figures, for the manager's daily -------------------------------------------------------------------------
SUMMED = tuple(column.name for column in D.c if column.name != "business_date" and not column.name.startswith("guest_"))


class Figures(NamedTuple):
    """The figures of a stretch of closed dates, added up. `days` says how many dates there are, 0 when none."""

    span: str  # day, month, year, last_year
    first: date
    last: date
    days: int
    rooms: int
    out_of_order: int
    occupied: int
    complimentary: int
    house_use: int
    day_use: int
    walk_ins: int
    arrivals: int
    departures: int
    early_departures: int
    extensions: int
    no_shows: int
    cancellations: int
    persons: int
    room_revenue: int
    other_revenue: int

    @property
    def sold(self) -> int:
        """Rooms sold: complimentary and house use are occupied, not sold."""
        return self.occupied - self.complimentary - self.house_use


_SUMS = sa.select(
    sa.func.count(),
    *(sa.cast(sa.func.coalesce(sa.func.sum(D.c[name]), 0), sa.BigInteger).label(name) for name in SUMMED),
).where(D.c.business_date.between(_FIRST, _LAST))


def figures(day: date) -> list[Figures]:
    """The date itself, its month and year so far, and the same day last year, in this order."""
    year_ago = same_day_last_year(day)
    spans = (
        ("day", day, day),
        ("month", day.replace(day=1), day),
        ("year", day.replace(month=1, day=1), day),
        ("last_year", year_ago, year_ago),
    )
    return [figures_of(first, last, span) for span, first, last in spans]


def figures_of(first: date, last: date, span: str = "") -> Figures:
    """The frozen figures from `first` to `last`, both included, added up."""
    sums = run(_SUMS, {"first": first, "last": last}).one()
    return Figures(span, first, last, *map(int, sums))


class DayFigures(NamedTuple):
    """One closed date of the chart, and how many rooms were occupied on the same day last year, if that is known."""

    day: date
    rooms: int
    out_of_order: int
    occupied: int
    occupied_last_year: int | None
    rooms_last_year: int | None


def figures_by_day(day: date) -> list[DayFigures]:
    """The dates of the month up to `day`, each beside the same day last year."""
    first = day.replace(day=1)
    this_year = _by_day(first, day)
    last_year = _by_day(same_day_last_year(first), same_day_last_year(day))
    rows = []
    for on, now in this_year.items():
        then = last_year.get(same_day_last_year(on))
        before = (then.occupied, then.rooms) if then else (None, None)
        rows.append(DayFigures(on, now.rooms, now.out_of_order, now.occupied, *before))
    return rows


_BY_DAY = (
    sa.select(D.c.business_date, D.c.rooms, D.c.out_of_order, D.c.occupied)
    .where(D.c.business_date.between(_FIRST, _LAST))
    .order_by(D.c.business_date)
)


def _by_day(first: date, last: date) -> dict[date, Any]:
    rows = run(_BY_DAY, {"first": first, "last": last})
    return {row.business_date: row for row in rows}


def same_day_last_year(day: date) -> date:
    """The same date a year earlier; 28 February for the 29th."""
    return day.replace(year=day.year - 1, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year - 1)


# --- Many dates, for the proof against other records -----------------------------------------------------------------
class DailyRow(NamedTuple):
    """A date on which something happened. `rooms_sold` are occupied nights, free ones included; day use in and out
    is part of arrivals and departures."""

    date: date
    arrivals: int
    departures: int
    rooms_sold: int
    revenue_cents: int
    day_use: int
    no_shows: int
    cancellations: int


def _per_day(column: Any, what: Any, *conditions: Any) -> Any:
    return sa.select(column, what).where(column.between(_FIRST, _LAST), *conditions).group_by(column)


_DAILY = {
    "arrivals": _per_day(S.c.checked_in_on, sa.func.count()),
    "departures": _per_day(S.c.checked_out_on, sa.func.count()),
    "rooms_sold": _per_day(N.c.night, sa.func.count(), _SLEPT).select_from(N.join(S, S.c.id == N.c.stay_id)),
    "revenue_cents": _per_day(
        P.c.business_date, sa.cast(sa.func.sum(P.c.amount), sa.BigInteger), P.c.kind.in_(ROOM_KINDS)
    ),
    "day_use": _per_day(S.c.checked_in_on, sa.func.count(), S.c.use == Use.DAY_USE),
    "no_shows": _per_day(S.c.ended_on, sa.func.count(), S.c.status == Status.NO_SHOW),
    "cancellations": _per_day(S.c.ended_on, sa.func.count(), S.c.status == Status.CANCELLED),
}


def daily_rows(first: date, until: date) -> list[DailyRow]:
    """Every date from `first` to `until`, both included, on which something happened; from stays, nights, postings."""
    found: dict[date, dict[str, int]] = {}
    for name, statement in _DAILY.items():
        for day, value in db.session.connection().execute(statement, {"first": first, "last": until}):
            found.setdefault(day, dict.fromkeys(_DAILY, 0))[name] = int(value)
    return [DailyRow(day, **found[day]) for day in sorted(found)]
