"""What a contract account brought (R4): its stays, nights and room revenue."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import sqlalchemy as sa

from pms.db import db
from pms.guests.models import Guest
from pms.property.models import Room, RoomType
from pms.reservations.models import Booking, Stay, StayNight
from pms.reservations.queries_guests import SLEPT
from pms.reservations.status import Status

MOST_STAYS = 50


class StayOfAccount(NamedTuple):
    """A stay booked under an account, with what `who` and `state_of` of bookings/_parts.html need."""

    stay_id: int
    confirmation: str
    surname: str
    given: str
    name_zh: str
    incognito: bool
    arrival: date
    departure: date
    type: str
    room: str | None
    status: Status

    @property
    def nights(self) -> int:
        return (self.departure - self.arrival).days


class Production(NamedTuple):
    """Room-nights slept and their revenue in minor units, and the nights that are still to come."""

    nights: int
    revenue: int
    to_come: int


def stays_of_account(account_id: int) -> list[StayOfAccount]:
    """The last stays booked under an account, the latest arrival first."""
    wanted = (
        sa.select(
            Stay.id,
            Booking.confirmation,
            Guest.surname,
            Guest.given,
            Guest.name_zh,
            Guest.incognito,
            Stay.arrival,
            Stay.departure,
            RoomType.code,
            Room.number,
            Stay.status,
        )
        .join(Booking, Booking.id == Stay.booking_id)
        .join(Guest, Guest.id == Stay.guest_id)
        .join(RoomType, RoomType.id == Stay.type_id)
        .outerjoin(Room, Room.id == Stay.room_id)
        .where(under(account_id))
        .order_by(Stay.arrival.desc(), Stay.id.desc())
        .limit(MOST_STAYS)
    )
    return [StayOfAccount(*row) for row in db.session.execute(wanted)]


def production(account_id: int, today: date, *, since: date | None = None) -> Production:
    """What was slept before `today` (from `since` on) and what is booked from then on; one statement."""
    slept = sa.and_(Stay.status.in_(SLEPT), StayNight.night < today)
    to_come = sa.and_(Stay.status.in_((Status.RESERVED, Status.IN_HOUSE)), StayNight.night >= today)
    wanted = (
        sa.select(
            sa.func.count().filter(slept),
            sa.func.coalesce(sa.func.sum(StayNight.price).filter(slept), 0),
            sa.func.count().filter(to_come),
        )
        .select_from(Booking)
        .join(Stay, Stay.booking_id == Booking.id)
        .join(StayNight, StayNight.stay_id == Stay.id)
        .where(under(account_id), *([StayNight.night >= since] if since else []))
    )
    nights, revenue, coming = db.session.execute(wanted).one()
    return Production(int(nights), int(revenue), int(coming))


def under(account_id: int | sa.ScalarSelect[int]) -> sa.ColumnElement[bool]:
    """The condition that a booking was made under an account, as its company or its agency."""
    return sa.or_(Booking.company_id == account_id, Booking.agent_id == account_id)
