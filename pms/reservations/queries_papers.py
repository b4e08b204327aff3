"""What is on the books for the next thirty nights (papers.md, "Forecast"), in one statement."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Any, NamedTuple

import sqlalchemy as sa

from pms.guests.queries_papers import plain_rows
from pms.property.models import Closure, Room
from pms.reservations.models import Group, GroupBlock, GroupStatus, RoomNight, Stay, StayNight, Use
from pms.reservations.status import Status

NIGHTS = 30
HELD = (Status.RESERVED, Status.IN_HOUSE)


class ForecastLine(NamedTuple):
    """One night. `rooms` are stays and what is left of blocks; `sold` leaves complimentary and house use out."""

    night: date
    arrivals: int
    departures: int
    rooms: int
    persons: int
    groups: int
    tentative: int
    sold: int
    revenue: int
    out_of_order: int
    house: int

    @property
    def individuals(self) -> int:
        return self.rooms - self.groups

    @property
    def definite(self) -> int:
        return self.rooms - self.tentative


def forecast(day: date) -> list[ForecastLine]:
    """The nights after `day`; a night nothing is known of has no row."""
    return plain_rows(ForecastLine, _forecast(), first=day + timedelta(days=1), last=day + timedelta(days=NIGHTS))


@cache
def _forecast() -> Any:
    span = (sa.bindparam("first", type_=sa.Date), sa.bindparam("last", type_=sa.Date))
    parts = sa.union_all(_nights(*span), _blocks(*span), _comings(*span), _goings(*span), _closures(*span)).subquery()
    sums = [sa.cast(sa.func.sum(parts.c[name]), sa.BigInteger).label(name) for name in COUNTS]
    house = sa.select(sa.func.count()).where(Room.active).scalar_subquery()
    return sa.select(parts.c.night, *sums, house.label("house")).group_by(parts.c.night).order_by(parts.c.night)


COUNTS = ("arrivals", "departures", "rooms", "persons", "groups", "tentative", "sold", "revenue", "out_of_order")


def _part(night: sa.SQLColumnExpression[date], **counts: sa.ColumnElement[int]) -> sa.Select[*tuple[Any, ...]]:
    """A statement with a column for each of COUNTS, 0 where nothing is given."""
    columns = [counts.get(name, sa.literal(0)).label(name) for name in COUNTS]
    return sa.select(night.label("night"), *columns)


def _when(condition: sa.ColumnElement[bool], value: sa.ColumnElement[int] | int = 1) -> sa.ColumnElement[int]:
    return sa.func.sum(sa.case((condition, value), else_=0))


def _nights(first: Any, last: Any) -> sa.Select[*tuple[Any, ...]]:
    return (
        _part(
            StayNight.night,
            rooms=sa.func.count(),
            persons=sa.func.sum(Stay.adults + Stay.children),
            groups=_when(Stay.group_id.is_not(None)),
            tentative=_when(Group.status == GroupStatus.TENTATIVE),
            sold=_when(Stay.use == Use.PAID),
            revenue=sa.func.sum(StayNight.price),
        )
        .select_from(StayNight)
        .join(Stay, Stay.id == StayNight.stay_id)
        .outerjoin(Group, Group.id == Stay.group_id)
        .where(StayNight.night.between(first, last), Stay.status.in_(HELD))
        .group_by(StayNight.night)
    )


def _blocks(first: Any, last: Any) -> sa.Select[*tuple[Any, ...]]:
    """What groups hold without names yet."""
    left = sa.case((GroupBlock.blocked > GroupBlock.picked_up, GroupBlock.blocked - GroupBlock.picked_up), else_=0)
    return (
        _part(
            GroupBlock.night,
            rooms=sa.func.sum(left),
            groups=sa.func.sum(left),
            tentative=_when(Group.status == GroupStatus.TENTATIVE, left),
            sold=sa.func.sum(left),
            revenue=sa.func.sum(left * GroupBlock.price),
        )
        .select_from(GroupBlock)
        .join(Group, Group.id == GroupBlock.group_id)
        .where(GroupBlock.night.between(first, last), Group.status != GroupStatus.CANCELLED)
        .group_by(GroupBlock.night)
    )


def _comings(first: Any, last: Any) -> sa.Select[*tuple[Any, ...]]:
    return (
        _part(Stay.arrival, arrivals=sa.func.count())
        .where(Stay.arrival.between(first, last), Stay.status.in_(HELD))
        .group_by(Stay.arrival)
    )


def _goings(first: Any, last: Any) -> sa.Select[*tuple[Any, ...]]:
    return (
        _part(Stay.departure, departures=sa.func.count())
        .where(Stay.departure.between(first, last), Stay.status.in_(HELD))
        .group_by(Stay.departure)
    )


def _closures(first: Any, last: Any) -> sa.Select[*tuple[Any, ...]]:
    return (
        _part(RoomNight.night, out_of_order=sa.func.count())
        .join(Closure, Closure.id == RoomNight.closure_id)  # few closures, thousands of nights
        .where(Closure.until > first, Closure.first <= last, RoomNight.night.between(first, last))
        .group_by(RoomNight.night)
    )
