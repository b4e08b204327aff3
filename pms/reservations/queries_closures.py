"""What stands in the way of closing a room, and what a closure does to what is sold."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import case, func, select, update
from sqlalchemy.orm import joinedload

from pms.db import db
from pms.guests.models import Guest
from pms.property.models import Closure, Discrepancy, Housekeeping, Room
from pms.reservations import rules
from pms.reservations.models import RoomNight, Stay, TypeNight
from pms.reservations.status import Status


class Shortage(NamedTuple):
    """`missing` rooms of a type on a night: more is sold than there is."""

    night: date
    missing: int


def stay_in_room(room_id: int, first: date, until: date) -> Any:
    """The first stay that has a night there from `first` to before `until`: its guest and dates, or None."""
    wanted = (
        select(Stay.id.label("stay_id"), Guest, Stay.arrival, Stay.departure)
        .join(RoomNight, RoomNight.stay_id == Stay.id)
        .join(Guest, Guest.id == Stay.guest_id)
        .where(RoomNight.room_id == room_id, RoomNight.night >= first, RoomNight.night < until)
        .order_by(RoomNight.night)
        .limit(1)
    )
    return db.session.execute(wanted).first()


def stays_in_room(room_id: int, first: date, until: date) -> list[Stay]:
    """Everybody who has a night there from `first` to before `until`, by arrival, with their guests."""
    nights = select(RoomNight.stay_id).where(
        RoomNight.room_id == room_id, RoomNight.night >= first, RoomNight.night < until
    )
    wanted = select(Stay).where(Stay.id.in_(nights)).options(joinedload(Stay.guest)).order_by(Stay.arrival)
    return list(db.session.scalars(wanted))


def next_stay_in_room(room_id: int, day: date) -> Any:
    """The first stay that has a night there on `day` or later, or None."""
    return stay_in_room(room_id, day, date.max)


def nights_counted(type_id: int, day: date) -> list[list[date]]:
    """The nights of a type from `day` on that have a counter row, in consecutive runs."""
    wanted = select(TypeNight.night).where(TypeNight.type_id == type_id, TypeNight.night >= day)
    return rules.stretches(db.session.scalars(wanted))


def change_limit(type_id: int, day: date, *, was: int, now_is: int) -> None:
    """Another overbooking limit from `day` on, on the nights that had the type's own limit."""
    db.session.execute(
        update(TypeNight)
        .where(TypeNight.type_id == type_id, TypeNight.night >= day, TypeNight.extra == was)
        .values(extra=now_is)
    )


def overlapping_closure(room_id: int, first: date, until: date) -> Closure | None:
    wanted = select(Closure).where(
        Closure.room_id == room_id, Closure.first < until, Closure.until > first, Closure.reopened_at.is_(None)
    )
    return db.session.scalar(wanted.limit(1))


def free_rooms(type_id: int, first: date, until: date, *, limit: int = 3) -> list[Room]:
    """Rooms of a type that nobody and nothing has from `first` to before `until`; ready ones first."""
    taken = select(RoomNight.room_id).where(RoomNight.night >= first, RoomNight.night < until)
    out_of_service = select(Closure.room_id).where(
        Closure.first < until, Closure.until > first, Closure.reopened_at.is_(None)
    )
    ready = case((Room.housekeeping.in_([Housekeeping.INSPECTED, Housekeeping.CLEAN]), 0), else_=1)
    wanted = (
        select(Room)
        .where(Room.type_id == type_id, Room.active, Room.held_back == "")
        .where(Room.id.not_in(taken), Room.id.not_in(out_of_service))
        .order_by(ready, Room.number)
        .limit(limit)
    )
    return list(db.session.scalars(wanted))


def oversold(type_id: int, first: date, until: date) -> list[Shortage]:
    """Nights on which more rooms of a type are sold than there are, in date order."""
    wanted = (
        select(TypeNight.night, TypeNight.sold - TypeNight.rooms)
        .where(TypeNight.type_id == type_id, TypeNight.night >= first, TypeNight.night < until)
        .where(TypeNight.sold > TypeNight.rooms)
        .order_by(TypeNight.night)
    )
    return [Shortage(night, missing) for night, missing in db.session.execute(wanted)]


def shortages(type_id: int, day: date) -> list[Shortage]:
    """All nights from `day` on that are oversold."""
    return oversold(type_id, day, date.max)


def closures_ending(day: date) -> list[Closure]:
    """Closures whose last night was the one before `day` and that nobody ended early."""
    wanted = select(Closure).where(Closure.until == day, Closure.reopened_at.is_(None))
    return list(db.session.scalars(wanted))


def persons_in_house(room_id: int) -> int:
    """Persons the front office knows in a room now; 0 when it is vacant."""
    counted = select(func.sum(Stay.adults + Stay.children)).where(
        Stay.room_id == room_id, Stay.status == Status.IN_HOUSE
    )
    return db.session.scalar(counted) or 0


def open_discrepancy(room_id: int, day: date) -> Discrepancy | None:
    wanted = select(Discrepancy).where(
        Discrepancy.room_id == room_id, Discrepancy.business_date == day, Discrepancy.resolved_at.is_(None)
    )
    return db.session.scalar(wanted)


def open_discrepancies() -> list[Discrepancy]:
    """What housekeeping and front office still see differently, by room number."""
    wanted = select(Discrepancy).join(Room, Room.id == Discrepancy.room_id).where(Discrepancy.resolved_at.is_(None))
    return list(db.session.scalars(wanted.order_by(Room.number)))
