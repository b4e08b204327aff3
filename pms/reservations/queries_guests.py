"""What the house knows of a guest from his stays (R12)."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import sqlalchemy as sa

from pms.db import db
from pms.property.models import Room
from pms.reservations.models import Booking, Stay, StayGuest, StayNight
from pms.reservations.queries import StayLine, stays_with
from pms.reservations.status import Status

SLEPT = (Status.CHECKED_OUT, Status.IN_HOUSE)


class History(NamedTuple):
    """Every stay of a guest, the newest first, and what they come to."""

    stays: list[StayLine]
    sharing: frozenset[int]
    """Stays in which he shares another's room."""

    slept: int
    """How often he has been here; the current stay counts."""

    nights: int
    revenue: int
    """Room revenue of the nights slept as main guest, in minor units."""


def history(guest_id: int, today: date) -> History:
    """Three statements, however often he came."""
    sharing = frozenset(db.session.scalars(sa.select(StayGuest.stay_id).where(StayGuest.guest_id == guest_id)))
    stays = stays_with(guest_id, sharing)
    wanted = (
        sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(StayNight.price), 0))
        .select_from(StayNight)
        .join(Stay, Stay.id == StayNight.stay_id)
        .where(Stay.guest_id == guest_id, Stay.status.in_(SLEPT), StayNight.night < today)
    )
    nights, revenue = db.session.execute(wanted).one()
    slept = sum(stay.status in SLEPT for stay in stays)
    return History(stays, sharing, slept, int(nights), int(revenue))


class Found(NamedTuple):
    """A stay in which somebody is a guest, main or sharing; `room` is where he sleeps."""

    stay_id: int
    confirmation: str
    in_house: bool
    room: str | None


def where_found(guest_id: int) -> list[Found]:
    """Every stay of a guest, also those in which he shares the room; one statement."""
    sharing = sa.select(StayGuest.stay_id).where(StayGuest.guest_id == guest_id)
    wanted = (
        sa.select(Stay.id, Booking.confirmation, Stay.status == Status.IN_HOUSE, Room.number)
        .join(Booking, Booking.id == Stay.booking_id)
        .outerjoin(Room, Room.id == Stay.room_id)
        .where(sa.or_(Stay.guest_id == guest_id, Stay.id.in_(sharing)))
        .order_by(Stay.id)
    )
    return [Found(row[0], row[1], bool(row[2]), row[3]) for row in db.session.execute(wanted)]
