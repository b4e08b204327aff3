"""What is owed beyond what is secured, and nights sold at another price than the plan's (papers.md, "Columns")."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from pms.accounts.models import User
from pms.cashier.models import Posting, Preauthorisation
from pms.db import run
from pms.errors import Refused
from pms.guests.models import Guest
from pms.guests.names import list_name
from pms.guests.queries_papers import DAY, MASKED_GUEST, NAME, guest_rows
from pms.property import queries as house
from pms.property.models import RatePlan, Room
from pms.reservations.models import IN_HOUSE_NOW, Booking, GroupBlock, Stay, StayNight, Use
from pms.reservations.status import Status

Approver, Taker = aliased(User), aliased(User)


class BalanceLine(NamedTuple):
    """A guest in house who owes more than his card secures, minor units: `gap` is what nothing stands behind."""

    guest: str
    guest_incognito: bool
    room: str
    departure: date
    balance: int
    authorised: int

    @property
    def gap(self) -> int:
        return self.balance - self.authorised


class VarianceLine(NamedTuple):
    """A night at another price than the plan's or the group's, minor units; `expected` is None without such a price."""

    room: str
    guest: str
    guest_incognito: bool
    rate_code: str
    discount_percent: int
    posted: int
    expected: int | None
    by: str

    @property
    def difference(self) -> int | None:
        return None if self.expected is None else self.posted - self.expected


def high_balances(day: date) -> list[BalanceLine]:
    """The largest gap first; `day` is the date the list is frozen for."""
    return sorted(guest_rows(BalanceLine, _balances()), key=lambda line: (-line.gap, line.room))


def rate_variance(day: date) -> list[VarianceLine]:
    """Nights of `day` that were sold otherwise than priced: discounts, prices by hand, plans without a price."""
    lines = [_variance(row, day) for row in run(_nights(), {"day": day})]
    return [line for line in lines if line.difference != 0]


def _variance(row: Any, day: date) -> VarianceLine:
    return VarianceLine(
        room=row.room,
        guest=list_name(row.surname, row.given, row.name_zh),
        guest_incognito=row.incognito,
        rate_code=row.rate_code,
        discount_percent=row.discount_percent,
        posted=row.price,
        expected=_expected(row, day) if row.agreed is None else row.agreed,
        by=row.by,
    )


def _expected(row: Any, day: date) -> int | None:
    try:
        return house.price_of(row.plan_id, row.type_id, day)
    except Refused:  # the plan has no price for this type any more
        return None


@cache
def _balances() -> Any:
    in_house = sa.select(Stay.id).where(IN_HOUSE_NOW)
    owed = (
        sa.select(Posting.stay_id, sa.func.sum(Posting.amount).label("balance"))
        .where(Posting.stay_id.in_(in_house))
        .group_by(Posting.stay_id)
        .subquery()
    )
    secured = (
        sa.select(Preauthorisation.stay_id, sa.func.sum(Preauthorisation.amount).label("amount"))
        .where(Preauthorisation.released_at.is_(None), Preauthorisation.stay_id.in_(in_house))
        .group_by(Preauthorisation.stay_id)
        .subquery()
    )
    authorised = sa.func.coalesce(secured.c.amount, 0)
    return (
        sa.select(
            *MASKED_GUEST, sa.func.coalesce(Room.number, "").label("room"), Stay.departure,
            sa.cast(owed.c.balance, sa.BigInteger).label("balance"),
            sa.cast(authorised, sa.BigInteger).label("authorised"),
        )
        .select_from(Stay)
        .join(Guest, Guest.id == Stay.guest_id)
        .join(owed, owed.c.stay_id == Stay.id)
        .outerjoin(secured, secured.c.stay_id == Stay.id)
        .outerjoin(Room, Room.id == Stay.room_id)
        .where(IN_HOUSE_NOW, owed.c.balance > authorised)
    )  # fmt: skip


@cache
def _nights() -> Any:
    agreed = sa.and_(
        GroupBlock.group_id == Stay.group_id,
        GroupBlock.type_id == StayNight.type_id,
        GroupBlock.night == StayNight.night,
    )
    return (
        sa.select(
            *NAME, Guest.incognito, sa.func.coalesce(Room.number, "").label("room"), RatePlan.code.label("rate_code"),
            Stay.discount_percent, Stay.plan_id, StayNight.type_id, StayNight.price, GroupBlock.price.label("agreed"),
            sa.func.coalesce(Approver.name, Taker.name).label("by"),
        )
        .select_from(StayNight)
        .join(Stay, Stay.id == StayNight.stay_id)
        .join(Guest, Guest.id == Stay.guest_id)
        .join(Booking, Booking.id == Stay.booking_id)
        .join(RatePlan, RatePlan.id == Stay.plan_id)
        .join(Taker, Taker.id == Booking.taken_by)
        .outerjoin(Approver, Approver.id == Stay.discount_approved_by)
        .outerjoin(Room, Room.id == Stay.room_id)
        .outerjoin(GroupBlock, agreed)
        .where(StayNight.night == DAY, Stay.status == Status.IN_HOUSE, Stay.use == Use.PAID)
        .order_by(sa.func.length(Room.number), Room.number, Stay.id)
    )  # fmt: skip
