"""Who eats breakfast tomorrow, and who lives here for nothing (papers.md, "Columns"): one statement a list."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from pms.accounts.models import User
from pms.guests.models import Guest
from pms.guests.queries_papers import DAY, MASKED_GUEST, guest_rows
from pms.property.models import RatePlan, Room, RoomType
from pms.reservations.models import IN_HOUSE_NOW, Booking, Group, Stay, StayNight, Use

Approver, Taker = aliased(User), aliased(User)


class BreakfastLine(NamedTuple):
    """A room whose rate has breakfast in it: `breakfasts` on the morning of `date`, for so many `persons`."""

    room: str
    guest: str
    guest_incognito: bool
    persons: int
    breakfasts: int
    package: str
    package_zh: str
    group_code: str
    date: date


class FreeLine(NamedTuple):
    """A room nobody pays for. `approved_by` is who gave the price by hand, else who took the booking; `price` is what
    the night costs all the same, in minor units.
    """

    room: str
    guest: str
    guest_incognito: bool
    use: str
    type: str
    arrival: date
    departure: date
    persons: int
    price: int
    remarks: str
    approved_by: str


def breakfasts(day: date) -> list[BreakfastLine]:
    """Breakfast on the morning after `day`: everybody who sleeps here now and has it in the rate."""
    return guest_rows(BreakfastLine, _breakfasts(), morning=day + timedelta(days=1))


def complimentary_and_house_use(day: date) -> list[FreeLine]:
    """Rooms slept in on `day` without being sold 免费房、自用房."""
    return guest_rows(FreeLine, _free(), day=day)


@cache
def _breakfasts() -> Any:
    persons = Stay.adults + Stay.children
    return (
        sa.select(
            *MASKED_GUEST, Room.number.label("room"), persons.label("persons"),
            (persons * RatePlan.breakfasts).label("breakfasts"), RatePlan.name_en.label("package"),
            RatePlan.name_zh.label("package_zh"), sa.func.coalesce(Group.code, "").label("group_code"),
            sa.bindparam("morning", type_=sa.Date).label("date"),
        )
        .select_from(Stay)
        .join(Guest, Guest.id == Stay.guest_id)
        .join(Room, Room.id == Stay.room_id)
        .join(RatePlan, RatePlan.id == Stay.plan_id)
        .outerjoin(Group, Group.id == Stay.group_id)
        .where(IN_HOUSE_NOW, Stay.use != Use.DAY_USE, RatePlan.breakfasts > 0)
        .order_by(sa.func.length(Room.number), Room.number)
    )  # fmt: skip


@cache
def _free() -> Any:
    return (
        sa.select(
            *MASKED_GUEST, Room.number.label("room"), Stay.use, RoomType.code.label("type"), Stay.arrival,
            Stay.departure, (Stay.adults + Stay.children).label("persons"),
            sa.func.coalesce(StayNight.price, 0).label("price"), Stay.remarks,
            sa.func.coalesce(Approver.name, Taker.name).label("approved_by"),
        )
        .select_from(Stay)
        .join(Guest, Guest.id == Stay.guest_id)
        .join(Booking, Booking.id == Stay.booking_id)
        .join(Room, Room.id == Stay.room_id)
        .join(RoomType, RoomType.id == Room.type_id)
        .join(Taker, Taker.id == Booking.taken_by)
        .outerjoin(Approver, Approver.id == Stay.discount_approved_by)
        .outerjoin(StayNight, sa.and_(StayNight.stay_id == Stay.id, StayNight.night == DAY))
        .where(IN_HOUSE_NOW, Stay.use.in_((Use.COMPLIMENTARY, Use.HOUSE_USE)))
        .order_by(Stay.use, sa.func.length(Room.number), Room.number)
    )  # fmt: skip
