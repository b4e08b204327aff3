"""What the search asks: one statement a kind, each with a small limit."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, case, func, or_, select

from pms.db import db
from pms.guest_services.models import Luggage
from pms.guests.models import Guest
from pms.guests.queries import dialled, matching
from pms.guests.rules import plain
from pms.property.models import Housekeeping, Room, RoomType
from pms.reservations.models import Booking, Group, Stay
from pms.reservations.status import Status

MOST = 6
RECENT = 50
CURRENT = (Status.IN_HOUSE, Status.RESERVED)


class StayFound(NamedTuple):
    id: int
    guest_id: int
    status: Status
    arrival: date
    departure: date
    surname: str
    given: str
    name_zh: str
    vip: int
    room: str | None
    group_code: str | None
    confirmation: str


class RoomFound(NamedTuple):
    number: str
    type_en: str
    type_zh: str
    housekeeping: Housekeeping
    stay_id: int | None
    """Who lives there now."""


class TagFound(NamedTuple):
    tag: str
    depositor: str
    pieces: int
    shelf: str


def _stays() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Stay.id,
            Stay.guest_id,
            Stay.status,
            Stay.arrival,
            Stay.departure,
            Guest.surname,
            Guest.given,
            Guest.name_zh,
            Stay.vip_level.label("vip"),
            Room.number.label("room"),
            Group.code.label("group_code"),
            Booking.confirmation,
        )
        .select_from(Stay)
        .join(Guest, Guest.id == Stay.guest_id)
        .join(Booking, Booking.id == Stay.booking_id)
        .outerjoin(Room, Room.id == Stay.room_id)
        .outerjoin(Group, Group.id == Stay.group_id)
    )


def _disclosed(see_incognito: bool) -> list[ColumnElement[bool]]:
    """Guests who want no disclosure are unknown names to those who need not know (Q1)."""
    return [] if see_incognito else [Guest.incognito.is_(False)]


def stays_of(text: str, *, see_incognito: bool) -> list[StayFound]:
    """One stay for each guest of this name or telephone, or in the room of this number: in house, to come, past.

    The past is asked only when there is room for it, and only of the guests last added: a name of two letters fits
    thousands of them.
    """
    name, called, known = matching(text), dialled(Booking.telephone, text), _disclosed(see_incognito)
    by_room = [Room.number == text.strip()] if text.strip().isdigit() else []
    found = _one_each(Stay.status.in_(CURRENT), or_(name, called, *by_room), *known)
    if len(found) < MOST:
        callers = select(Stay.guest_id).join(Booking, Booking.id == Stay.booking_id).where(called)
        recent = (
            select(Guest.id).where(or_(name, Guest.id.in_(callers)), *known).order_by(Guest.id.desc()).limit(RECENT)
        )
        past = _one_each(Stay.status.not_in(CURRENT), Stay.guest_id.in_(recent))
        here = {stay.guest_id for stay in found}
        found += [stay for stay in past if stay.guest_id not in here]
    return found[:MOST]


def _one_each(*where: ColumnElement[bool]) -> list[StayFound]:
    """Of each guest the stay that matters most: in house, the next one to come, the last one that was."""
    nearest = case((Stay.status == Status.IN_HOUSE, 0), (Stay.status == Status.RESERVED, 1), else_=2)
    soonest = case((Stay.status == Status.RESERVED, Stay.arrival))
    order = (nearest, soonest, Stay.arrival.desc(), Stay.id)
    place = func.row_number().over(partition_by=Guest.id, order_by=order).label("place")
    ranked = _stays().add_columns(place, nearest.label("nearest")).where(*where).subquery()
    wanted = (
        select(*(ranked.c[name] for name in StayFound._fields))
        .where(ranked.c.place == 1)
        .order_by(ranked.c.nearest, ranked.c.arrival.desc(), ranked.c.id)
        .limit(MOST)
    )
    return [StayFound(*row) for row in db.session.execute(wanted)]


def stays_by_confirmation(text: str, *, see_incognito: bool) -> list[StayFound]:
    """Stays whose confirmation number ends with what was typed (at least three characters), also when the booking was
    merged into another since.
    """
    number = text.strip().upper()
    if len(number) < 3 or not number[-1].isdigit():
        return []
    bookings = (
        select(func.coalesce(Booking.merged_into, Booking.id))
        .where(Booking.confirmation.endswith(number, autoescape=True))
        .limit(RECENT)
    )
    wanted = _stays().where(Stay.booking_id.in_(bookings), *_disclosed(see_incognito))
    return [StayFound(*row) for row in db.session.execute(wanted.order_by(Stay.id.desc()).limit(MOST))]


def rooms(text: str) -> list[RoomFound]:
    """Rooms whose number begins with what was typed, and who lives in them."""
    number = text.strip()
    if not number.isdigit():
        return []
    wanted = (
        select(Room.number, RoomType.name_en, RoomType.name_zh, Room.housekeeping, Stay.id)
        .join(RoomType, RoomType.id == Room.type_id)
        .outerjoin(Stay, (Stay.room_id == Room.id) & (Stay.status == Status.IN_HOUSE))
        .where(Room.active, Room.number.startswith(number, autoescape=True))
        .order_by(Room.number)
        .limit(MOST)
    )
    return [RoomFound(*row) for row in db.session.execute(wanted)]


def tags(text: str, *, see_incognito: bool) -> list[TagFound]:
    """Luggage still held, by its tag or by who left it; a guest who wants no disclosure is not betrayed by it."""
    words = plain(text)
    if not words:
        return []
    wanted = (
        select(Luggage.tag, Luggage.depositor, Luggage.pieces, Luggage.shelf)
        .outerjoin(Stay, Stay.id == Luggage.stay_id)
        .outerjoin(Guest, Guest.id == Stay.guest_id)
        .where(
            Luggage.released_at.is_(None),
            *([] if see_incognito else [Guest.incognito.is_not(True)]),
            or_(Luggage.tag == text.strip(), Luggage.depositor_search.contains(words, autoescape=True)),
        )
        .order_by(Luggage.tag)
        .limit(MOST)
    )
    return [TagFound(*row) for row in db.session.execute(wanted)]
