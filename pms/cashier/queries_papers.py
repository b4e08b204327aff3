"""The money as papers show it (papers.md, "Columns" and "Formulas"): who brought it, and that it adds up."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa

from pms.cashier import queries
from pms.cashier.models import Posting, PostingKind
from pms.db import Money
from pms.guests.models import Guest
from pms.guests.queries_papers import plain_rows
from pms.reservations.models import Booking, Stay, StayNight, Use

ROOM_REVENUE = (PostingKind.ROOM, PostingKind.DAY_USE)
# A night is slept when its guest had come by then and had not left; day use is no room-night.
SLEPT = sa.and_(
    Stay.checked_in_on <= StayNight.night,
    sa.or_(Stay.checked_out_on.is_(None), Stay.checked_out_on > StayNight.night),
    Stay.use != Use.DAY_USE,
)


class ShareLine(NamedTuple):
    """What came from one source or country: room-nights (`sold` without free ones), persons and room revenue in minor
    units, on the day, in its month and in its year so far.
    """

    code: str
    day_rooms: int
    day_sold: int
    day_persons: int
    day_revenue: int
    month_rooms: int
    month_sold: int
    month_persons: int
    month_revenue: int
    year_rooms: int
    year_sold: int
    year_persons: int
    year_revenue: int


def business_source(day: date) -> list[ShareLine]:
    """By where the booking came from."""
    return _shares(Booking.source, day)


def geographic_origin(day: date) -> list[ShareLine]:
    """By the nationality of the guest, ISO alpha-2, '' where it is not known."""
    return _shares(Guest.nationality, day)


def _shares(code: Any, day: date) -> list[ShareLine]:
    first = {"day": day, "month": day.replace(day=1), "year": day.replace(month=1, day=1)}
    nights = _from_stays(
        sa.select(
            sa.cast(code, sa.String(24)).label("code"), StayNight.night.label("on"), sa.literal(1).label("rooms"),
            sa.case((Stay.use == Use.PAID, 1), else_=0).label("sold"), (Stay.adults + Stay.children).label("persons"),
            sa.literal(0).label("revenue"),
        ).join_from(StayNight, Stay, Stay.id == StayNight.stay_id)
    ).where(StayNight.night.between(first["year"], day), SLEPT)  # fmt: skip
    money = _from_stays(
        sa.select(
            sa.cast(code, sa.String(24)), Posting.business_date, sa.literal(0), sa.literal(0), sa.literal(0),
            Posting.amount,
        ).join_from(Posting, Stay, Stay.id == Posting.stay_id)
    ).where(Posting.business_date.between(first["year"], day), Posting.kind.in_(ROOM_REVENUE))  # fmt: skip
    all_ = sa.union_all(nights, money).subquery()
    sums = [
        sa.cast(sa.func.sum(sa.case((all_.c.on >= since, all_.c[what]), else_=0)), Money).label(f"{span}_{what}")
        for span, since in first.items()
        for what in ("rooms", "sold", "persons", "revenue")
    ]
    return plain_rows(ShareLine, sa.select(all_.c.code, *sums).group_by(all_.c.code).order_by(all_.c.code))


def _from_stays(statement: Any) -> Any:
    return statement.join(Booking, Booking.id == Stay.booking_id).join(Guest, Guest.id == Stay.guest_id)


class LedgerLine(NamedTuple):
    """A ledger on one day, minor units; `folios` is the sum of all folios: that of guest and deposit ledger."""

    ledger: str
    opening: int
    debit: int
    credit: int
    closing: int
    folios: int


def trial_balance(day: date) -> list[LedgerLine]:
    """Guest, deposit and city ledger, in this order."""
    found = queries.trial_balance(day)
    ledgers = {"guest": found.guest, "deposit": found.deposit, "city": found.city}
    return [
        LedgerLine(name, ledger.opening, ledger.debit, ledger.credit, ledger.closing, found.folios)
        for name, ledger in ledgers.items()
    ]
