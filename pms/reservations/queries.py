"""Bookings and stays, looked up and listed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased, joinedload, selectinload

from pms.accounts.models import User
from pms.db import db
from pms.errors import Missing
from pms.guests.models import Account, Guest
from pms.guests.names import list_name
from pms.property.models import Housekeeping, RatePlan, Room, RoomType
from pms.reservations.models import Booking, BookingChange, Group, GroupBlock, Guarantee, Stay, StayNight, Use
from pms.reservations.status import Status
from pms.say import say

BOOKED_TYPE, HELD_TYPE = aliased(RoomType), aliased(RoomType)
COMPANY, AGENT = aliased(Account), aliased(Account)


class StayLine(NamedTuple):
    """A stay on a list of the desk. `room` is None while nothing is placed; `type` what was booked, `held_type` what it
    sleeps in; `vip` 0 is none.
    """

    stay_id: int
    booking_id: int
    confirmation: str
    guest_id: int
    guest: str
    vip: int
    incognito: bool
    status: Status
    use: Use
    arrival: date
    departure: date
    adults: int
    children: int
    room: str | None
    housekeeping: Housekeeping | None
    type: str
    held_type: str
    plan: str
    guarantee: Guarantee
    eta: str
    group: str | None
    company: str | None
    agent: str | None
    needs: str
    wishes: str
    remarks: str
    do_not_move: bool
    version: int

    @property
    def nights(self) -> int:
        return (self.departure - self.arrival).days

    @property
    def persons(self) -> int:
        return self.adults + self.children


def load_booking(booking_id: int) -> Booking:
    """A booking with its stays and guests. Raises `Missing`."""
    return _one_booking(Booking.id == booking_id)


def booking_by_confirmation(confirmation: str) -> Booking:
    """The booking of a confirmation number as the guest writes it, in capitals or not. Raises `Missing`."""
    return _one_booking(sa.func.upper(Booking.confirmation) == confirmation.strip().upper())


def load_stay(stay_id: int) -> Stay:
    """A stay with its booking, guest, type and room. Raises `Missing`."""
    related = (Stay.booking, Stay.guest, Stay.type, Stay.plan, Stay.room)
    stay = db.session.scalar(sa.select(Stay).where(Stay.id == stay_id).options(*(joinedload(r) for r in related)))
    if stay is None:
        raise Missing(say("There is no such stay."))
    return stay


def arrivals(day: date) -> list[StayLine]:
    """Who is expected on `day` or should have come before, by group and name; one statement."""
    due = (Stay.status == Status.RESERVED, Stay.arrival <= day)
    return _lines(*due, order=(sa.func.coalesce(Group.code, ""), Guest.surname, Guest.given, Guest.name_zh, Stay.id))


def due_out(day: date) -> list[StayLine]:
    """Guests in house who leave on `day` or should have left before, by room; one statement."""
    return _lines(Stay.status == Status.IN_HOUSE, Stay.departure <= day, order=(Room.number, Stay.id))


def in_house() -> list[StayLine]:
    """Everybody who lives in the house now, by room; one statement."""
    return _lines(Stay.status == Status.IN_HOUSE, order=(Room.number, Stay.id))


def stay_history(guest_id: int) -> list[StayLine]:
    """Every stay of a guest (R12), newest first; those who share a room are main guests of nothing."""
    return _lines(Stay.guest_id == guest_id, order=(Stay.arrival.desc(), Stay.id.desc()))


def stays_with(guest_id: int, sharing: Collection[int]) -> list[StayLine]:
    """Every stay of a guest and those in `sharing`, in which he shares another's room; newest first, one statement."""
    his = sa.or_(Stay.guest_id == guest_id, Stay.id.in_(sharing))
    return _lines(his, order=(Stay.arrival.desc(), Stay.id.desc()))


def stays_of_group(group_id: int) -> list[StayLine]:
    """Every stay of a group whatever became of it, those without a room last; one statement."""
    order = (Stay.status.in_((Status.CANCELLED, Status.NO_SHOW)), Room.number.is_(None), Room.number, Stay.id)
    return _lines(Stay.group_id == group_id, order=order)


def times_stayed(guest_id: int) -> int:
    """How often the guest has slept here: for the greeting of the nth time (C3)."""
    slept = (Stay.guest_id == guest_id, Stay.status.in_((Status.CHECKED_OUT, Status.IN_HOUSE)))
    return db.session.scalar(sa.select(sa.func.count()).select_from(Stay).where(*slept)) or 0


def prices_of(stay_id: int) -> dict[date, int]:
    """The price fixed for each night, in order."""
    wanted = sa.select(StayNight.night, StayNight.price).where(StayNight.stay_id == stay_id).order_by(StayNight.night)
    return {row.night: row.price for row in db.session.execute(wanted)}


def changed_since(stay_id: int, version: int) -> list[str]:
    """What of a stay was changed after it had `version`, each subject of the change slip once, in order."""
    wanted = (
        sa.select(BookingChange.what)
        .where(BookingChange.stay_id == stay_id, BookingChange.version > version)
        .order_by(BookingChange.id)
    )
    return list(dict.fromkeys(db.session.scalars(wanted)))


def changes_of(booking_id: int) -> list[BookingChange]:
    """The change slip of a booking 更改单, oldest line first."""
    wanted = sa.select(BookingChange).where(BookingChange.booking_id == booking_id).order_by(BookingChange.id)
    return list(db.session.scalars(wanted))


def block_prices(group_id: int | None, type_id: int) -> Mapping[date, int]:
    """What was agreed with a group for a type, by night; empty without a group."""
    if group_id is None:
        return {}
    of_block = (GroupBlock.group_id == group_id, GroupBlock.type_id == type_id)
    wanted = sa.select(GroupBlock.night, GroupBlock.price).where(*of_block)
    return {row.night: row.price for row in db.session.execute(wanted)}


def approver_of(stay: Stay) -> User | None:
    """Who stands behind the stay's discount; asked again for nights that are added or priced anew (R5)."""
    return db.session.get(User, stay.discount_approved_by) if stay.discount_approved_by else None


def _one_booking(condition: sa.ColumnElement[bool]) -> Booking:
    stays = selectinload(Booking.stays).options(joinedload(Stay.guest), joinedload(Stay.room))
    booking = db.session.scalar(sa.select(Booking).where(condition).options(stays))
    if booking is None:
        raise Missing(say("There is no such booking."))
    return booking


def _lines(*conditions: sa.ColumnElement[bool], order: tuple[Any, ...]) -> list[StayLine]:
    wanted = (
        sa.select(
            Stay.id.label("stay_id"),
            Stay.booking_id,
            Booking.confirmation,
            Stay.guest_id,
            Guest.surname,
            Guest.given,
            Guest.name_zh,
            Stay.vip_level.label("vip"),
            Guest.incognito,
            Stay.status,
            Stay.use,
            Stay.arrival,
            Stay.departure,
            Stay.adults,
            Stay.children,
            Room.number.label("room"),
            Room.housekeeping,
            BOOKED_TYPE.code.label("type"),
            HELD_TYPE.code.label("held_type"),
            RatePlan.code.label("plan"),
            Booking.guarantee,
            Stay.eta,
            Group.code.label("group"),
            COMPANY.name_en.label("company"),
            AGENT.name_en.label("agent"),
            Stay.needs,
            Stay.wishes,
            Stay.remarks,
            Stay.do_not_move,
            Stay.version,
        )
        .select_from(Stay)
        .join(Booking, Booking.id == Stay.booking_id)
        .join(Guest, Guest.id == Stay.guest_id)
        .join(BOOKED_TYPE, BOOKED_TYPE.id == Stay.type_id)
        .join(HELD_TYPE, HELD_TYPE.id == sa.func.coalesce(Stay.assign_type_id, Stay.type_id))
        .join(RatePlan, RatePlan.id == Stay.plan_id)
        .outerjoin(Room, Room.id == Stay.room_id)
        .outerjoin(Group, Group.id == Stay.group_id)
        .outerjoin(COMPANY, COMPANY.id == Booking.company_id)
        .outerjoin(AGENT, AGENT.id == Booking.agent_id)
        .where(*conditions)
        .order_by(*order)
    )
    return [_line(row) for row in db.session.execute(wanted).mappings()]


def _line(row: sa.RowMapping) -> StayLine:
    values = dict(row)
    values["guest"] = list_name(values.pop("surname"), values.pop("given"), values.pop("name_zh"))
    return StayLine(**values)
