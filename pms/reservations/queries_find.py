"""Finding a guest or a stay by what a clerk hears: a name in either script, pinyin or initials, a telephone number, a
room or a confirmation number. One statement or two whatever the size of the house.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, case, func, or_, select

from pms.db import db
from pms.guests.models import Guest
from pms.guests.queries import dialled, matching
from pms.property.models import Room
from pms.reservations.models import Booking, Group, Stay, StayGuest
from pms.reservations.status import Status

MOST = 6
RECENT = 50
SHORTEST_CONFIRMATION = 3  # characters of its end
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
    incognito: bool


class GuestFound(NamedTuple):
    """A profile, and the stay of it that matters most: in house, the next to come, the last that was, or none."""

    id: int
    surname: str
    given: str
    name_zh: str
    vip: int
    incognito: bool
    nationality: str
    telephone: str
    stay: StayFound | None


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
            Guest.incognito,
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
    found = _one_each(Stay.status.in_(CURRENT), or_(name, called, *_room_of(text)), *known, limit=MOST)
    if len(found) < MOST:
        callers = select(Stay.guest_id).join(Booking, Booking.id == Stay.booking_id).where(called)
        recent = (
            select(Guest.id).where(or_(name, Guest.id.in_(callers)), *known).order_by(Guest.id.desc()).limit(RECENT)
        )
        past = _one_each(Stay.status.not_in(CURRENT), Stay.guest_id.in_(recent), limit=MOST)
        here = {stay.guest_id for stay in found}
        found += [stay for stay in past if stay.guest_id not in here]
    return found[:MOST]


def stays_by_confirmation(text: str, *, see_incognito: bool) -> list[StayFound]:
    """Stays whose confirmation number ends with what was typed (at least three characters), also when the booking was
    merged into another since.
    """
    wanted = _stays().where(_confirmed(text), *_disclosed(see_incognito))
    return [StayFound(*row) for row in db.session.execute(wanted.order_by(Stay.id.desc()).limit(MOST))]


def stays_in(states: Iterable[Status], text: str, *, see_incognito: bool, limit: int = MOST) -> list[StayFound]:
    """Stays in one of `states` by name, telephone, room or confirmation number; those in house by room, first."""
    sharing = select(StayGuest.stay_id).join(Guest, Guest.id == StayGuest.guest_id)
    sharers = Stay.id.in_(sharing.where(matching(text), *_disclosed(see_incognito)))
    meant = or_(matching(text), dialled(Booking.telephone, text), _confirmed(text), sharers, *_room_of(text))
    wanted = (
        _stays()
        .where(Stay.status.in_(tuple(states)), meant, *_disclosed(see_incognito))
        .order_by(Stay.status != Status.IN_HOUSE, Stay.arrival, Room.number, Stay.id)
        .limit(limit)
    )
    return [StayFound(*row) for row in db.session.execute(wanted)]


def guests_meant(text: str, *, see_incognito: bool, limit: int = MOST) -> list[GuestFound]:
    """Profiles meant by `text`: those in house first, then to come, then others, the newest profile first."""
    known = _disclosed(see_incognito)
    stays = select(Stay.guest_id).join(Booking, Booking.id == Stay.booking_id).outerjoin(Room, Room.id == Stay.room_id)
    current = stays.where(Stay.status.in_(CURRENT), or_(_confirmed(text), *_room_of(text)))
    sharing = (
        select(StayGuest.guest_id)
        .join(Stay, Stay.id == StayGuest.stay_id)
        .join(Room, Room.id == Stay.room_id)
        .where(Stay.status == Status.IN_HOUSE, *(_room_of(text) or [Room.id.is_(None)]))
    )
    callers = stays.where(dialled(Booking.telephone, text))
    nearest = select(func.min(_nearness())).where(Stay.guest_id == Guest.id).correlate(Guest).scalar_subquery()
    meant = or_(matching(text), *(Guest.id.in_(ids) for ids in (current, sharing, callers)))
    wanted = select(Guest).where(meant, *known).order_by(func.coalesce(nearest, 3), Guest.id.desc()).limit(limit)
    return _with_stays(list(db.session.scalars(wanted)))


def _with_stays(guests: Sequence[Guest]) -> list[GuestFound]:
    ids = [guest.id for guest in guests]
    stays = {stay.guest_id: stay for stay in _one_each(Stay.guest_id.in_(ids), limit=len(ids))} if ids else {}
    return [
        GuestFound(
            guest.id,
            guest.surname,
            guest.given,
            guest.name_zh,
            guest.vip_level,
            guest.incognito,
            guest.nationality,
            guest.telephone,
            stays.get(guest.id),
        )
        for guest in guests
    ]


def _nearness() -> ColumnElement[int]:
    return case((Stay.status == Status.IN_HOUSE, 0), (Stay.status == Status.RESERVED, 1), else_=2)


def _one_each(*where: ColumnElement[bool], limit: int) -> list[StayFound]:
    """Of each guest the stay that matters most: in house, the next one to come, the last one that was."""
    nearest = _nearness()
    soonest = case((Stay.status == Status.RESERVED, Stay.arrival))
    order = (nearest, soonest, Stay.arrival.desc(), Stay.id)
    place = func.row_number().over(partition_by=Guest.id, order_by=order).label("place")
    ranked = _stays().add_columns(place, nearest.label("nearest")).where(*where).subquery()
    next_first = case((ranked.c.nearest == 1, ranked.c.arrival))  # today's arrivals before next month's
    wanted = (
        select(*(ranked.c[name] for name in StayFound._fields))
        .where(ranked.c.place == 1)
        .order_by(ranked.c.nearest, next_first, ranked.c.arrival.desc(), ranked.c.id)
        .limit(limit)
    )
    return [StayFound(*row) for row in db.session.execute(wanted)]


def _room_of(text: str) -> list[ColumnElement[bool]]:
    return [Room.number == text.strip()] if text.strip().isdigit() else []


def _confirmed(text: str) -> ColumnElement[bool]:
    """The condition that a stay is of the booking whose number ends with `text`."""
    number = text.strip().upper()
    if len(number) < SHORTEST_CONFIRMATION or not number[-1].isdigit():
        return Stay.id.is_(None)
    bookings = (
        select(func.coalesce(Booking.merged_into, Booking.id))
        .where(Booking.confirmation.endswith(number, autoescape=True))
        .limit(RECENT)
    )
    return Stay.booking_id.in_(bookings)
