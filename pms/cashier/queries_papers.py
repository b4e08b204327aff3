"""The money as papers show it (papers.md, "Columns" and "Formulas"): who brought it, and that it adds up."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa

from pms.cashier.models import Posting, PostingKind
from pms.db import Money, db
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
    """A ledger on one day, minor units; opening + debit - credit = closing."""

    ledger: str
    opening: int
    debit: int
    credit: int
    closing: int


def trial_balance(day: date) -> list[LedgerLine]:
    """Deposits of guests to come, folios of guests who came, and what was charged to accounts.

    A deposit becomes part of the guest ledger on the day of check-in.
    """
    to_come = sa.or_(Stay.checked_in_on.is_(None), Stay.checked_in_on > day)
    came_today = Stay.checked_in_on == day
    today, before = Posting.business_date == day, Posting.business_date < day
    charge, paid = Posting.amount > 0, Posting.amount < 0
    to_account = Posting.kind == PostingKind.TRANSFER
    statement = (
        sa.select(
            _sum(sa.and_(before, to_come)),
            _sum(sa.and_(before, came_today)),
            _sum(sa.and_(before, Stay.checked_in_on < day)),
            _sum(sa.and_(today, to_come, charge)),
            _sum(sa.and_(today, to_come, paid)),
            _sum(sa.and_(today, Stay.checked_in_on <= day, charge)),
            _sum(sa.and_(today, Stay.checked_in_on <= day, paid)),
            _sum(sa.and_(before, to_account)),
            _sum(sa.and_(today, to_account)),
        )
        .join(Stay, Stay.id == Posting.stay_id)
        .where(Posting.business_date <= day)
    )
    waiting, moved, opening, in_, out, debit, credit, account, charged = map(int, db.session.execute(statement).one())
    return [
        _ledger("deposit", waiting + moved, in_ - min(moved, 0), max(moved, 0) - out),
        _ledger("guest", opening, debit + max(moved, 0), -credit - min(moved, 0)),
        _ledger("city", -account, max(-charged, 0), max(charged, 0)),
    ]


def _ledger(name: str, opening: int, debit: int, credit: int) -> LedgerLine:
    return LedgerLine(name, opening, debit, credit, opening + debit - credit)


def _sum(condition: Any) -> Any:
    return sa.func.coalesce(sa.func.sum(sa.case((condition, Posting.amount), else_=0)), 0)
