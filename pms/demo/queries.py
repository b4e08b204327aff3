"""What the demo asks of the house it plays in."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from pms.db import db
from pms.guests.models import Guest
from pms.property import queries as house
from pms.property.models import Housekeeping, Room
from pms.reservations.models import Booking, Stay
from pms.reservations.status import Status

_LIVED_IN = sa.select(Stay.room_id).where(Stay.status == Status.IN_HOUSE, Stay.room_id.is_not(None))


def ids_of_types() -> dict[str, int]:
    return {row.code: row.id for row in house.types()}


def ids_of_plans() -> dict[str, int]:
    return {row.code: row.id for row in house.plans()}


def guest_named(surname: str) -> Guest | None:
    return db.session.scalar(sa.select(Guest).where(Guest.surname == surname).order_by(Guest.id).limit(1))


def bookings_arriving(day: date, count: int) -> list[Booking]:
    """Of individuals."""
    wanted = sa.select(Booking).where(Booking.group_id.is_(None), Booking.stays.any(_comes(day)))
    return list(db.session.scalars(wanted.order_by(Booking.id).limit(count)))


def _comes(day: date) -> sa.ColumnElement[bool]:
    return sa.and_(Stay.arrival == day, Stay.status == Status.RESERVED)


def vacant_dirty_rooms() -> list[Room]:
    wanted = sa.select(Room).where(Room.housekeeping == Housekeeping.DIRTY, Room.id.not_in(_LIVED_IN))
    return list(db.session.scalars(wanted.order_by(Room.number)))


def occupied_rooms() -> list[Room]:
    return list(db.session.scalars(sa.select(Room).where(Room.id.in_(_LIVED_IN)).order_by(Room.number)))


def vacant_clean_room() -> Room | None:
    """A clean room nobody lives in or is to come to, the highest."""
    given = sa.select(Stay.room_id).where(Stay.status == Status.RESERVED, Stay.room_id.is_not(None))
    wanted = sa.select(Room).where(
        Room.housekeeping == Housekeeping.CLEAN, Room.id.not_in(_LIVED_IN), Room.id.not_in(given)
    )
    return db.session.scalars(wanted.order_by(Room.floor.desc(), Room.number).limit(1)).first()


def rooms_of(stay_ids: list[int]) -> dict[int, int]:
    """Stay -> the room it is placed in."""
    wanted = sa.select(Stay.id, Stay.room_id).where(Stay.id.in_(stay_ids), Stay.room_id.is_not(None))
    return {stay: room for stay, room in db.session.execute(wanted) if room is not None}


def rooms_being_cleaned(stay_ids: list[int]) -> set[int]:
    """Which of these stays have a room that is being cleaned."""
    wanted = sa.select(Stay.id).join(Room, Room.id == Stay.room_id).where(Stay.id.in_(stay_ids))
    return set(db.session.scalars(wanted.where(Room.housekeeping == Housekeeping.CLEANING)))


def left_lately(count: int) -> list[Stay]:
    """The last guests who checked out, with guest and room."""
    return _stays(Status.CHECKED_OUT, Stay.checked_out_at.desc(), count)


def in_house_now(count: int) -> list[Stay]:
    return _stays(Status.IN_HOUSE, Stay.id, count)


def _stays(status: Status, order: object, count: int) -> list[Stay]:
    both = (joinedload(Stay.guest), joinedload(Stay.room))
    wanted = sa.select(Stay).where(Stay.status == status).order_by(order).limit(count)  # type: ignore[arg-type]
    return list(db.session.scalars(wanted.options(*both)))
