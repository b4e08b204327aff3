"""The list of bookings: filters, quick views and their counts, in two statements whatever the size of the house."""

from __future__ import annotations

import operator
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa

from pms.db import db
from pms.errors import Missing
from pms.guests.models import Guest
from pms.guests.queries import dialled, matching
from pms.property.models import Room, RoomType
from pms.reservations import queries
from pms.reservations.models import Booking, Group, GroupStatus, Guarantee, Source, Stay, StayNight
from pms.reservations.queries import AGENT, COMPANY
from pms.reservations.status import Status

PAGE = 200


class BookingRow(NamedTuple):
    """A stay on the list of bookings."""

    id: int
    confirmation: str
    status: Status
    arrival: date
    departure: date
    adults: int
    children: int
    vip: int
    eta: str
    booked_on: date
    ended_on: date | None
    source: Source
    guarantee: Guarantee
    surname: str
    given: str
    name_zh: str
    incognito: bool
    type_en: str
    type_zh: str
    room: str | None
    group_code: str | None
    group_colour: int | None
    company: str | None
    company_zh: str | None

    @property
    def nights(self) -> int:
        return (self.departure - self.arrival).days

    def undisclosed(self) -> BookingRow:
        """The same without the name of a guest who wants no disclosure (Q1)."""
        if not self.incognito:
            return self
        return self._replace(surname="", given="", name_zh="", company=None, company_zh=None)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which bookings; what is None or empty does not matter. `text` is a name, a telephone or a confirmation number."""

    first: date | None = None
    last: date | None = None
    status: Status | None = None
    source: Source | None = None
    made_on: date | None = None
    ended_on: date | None = None
    text: str = ""


def bookings(wanted: Wanted, *, see_incognito: bool, page: int = 1) -> list[BookingRow]:
    """The stays that fit, by arrival, `PAGE` a page and one more when there are further pages; one statement.

    A name that must not be disclosed finds nothing, unless asked `see_incognito`.
    """
    rows = (
        _rows()
        .where(*_conditions(wanted, see_incognito))
        .order_by(Stay.arrival, Guest.surname, Stay.id)
        .limit(PAGE + 1)
        .offset((page - 1) * PAGE)
    )
    return [BookingRow(*row) for row in db.session.execute(rows)]


def counts(views: dict[str, Wanted]) -> dict[str, int]:
    """How many stays each quick view has; one statement."""
    each = [_count(wanted) for wanted in views.values()]
    return dict(zip(views, db.session.execute(sa.select(*each)).one(), strict=True)) if each else {}


def _count(wanted: Wanted) -> Any:
    """Stays alone where nothing of the booking is asked: a whole year's are then counted in their index."""
    count = sa.select(sa.func.count()).select_from(Stay)
    if wanted.source or wanted.made_on or wanted.text:
        count = count.join(Booking, Booking.id == Stay.booking_id)
    return count.where(*_conditions(wanted, True)).scalar_subquery()


def booking_of(number: str) -> Booking:
    """The booking of a confirmation number, else of an id. Raises `Missing`."""
    try:
        return queries.booking_by_confirmation(number)
    except Missing:
        if not number.isdecimal():
            raise
    return queries.load_booking(int(number))


def prices_by_stay(booking_id: int) -> dict[int, dict[date, int]]:
    """The price of each night of each stay of a booking, in order; one statement."""
    wanted = (
        sa.select(StayNight.stay_id, StayNight.night, StayNight.price)
        .join(Stay, Stay.id == StayNight.stay_id)
        .where(Stay.booking_id == booking_id)
        .order_by(StayNight.stay_id, StayNight.night)
    )
    found: dict[int, dict[date, int]] = {}
    for stay_id, night, price in db.session.execute(wanted):
        found.setdefault(stay_id, {})[night] = price
    return found


def groups_to_come(today: date) -> list[Group]:
    """Groups that are not over and not cancelled, by arrival."""
    wanted = sa.select(Group).where(Group.departure > today, Group.status != GroupStatus.CANCELLED)
    return list(db.session.scalars(wanted.order_by(Group.arrival, Group.code)))


def _conditions(wanted: Wanted, see_incognito: bool) -> list[Any]:
    tests: tuple[tuple[Any, Any, Any], ...] = (
        (wanted.first, operator.ge, Stay.arrival),
        (wanted.last, operator.le, Stay.arrival),
        (wanted.status, operator.eq, Stay.status),
        (wanted.source, operator.eq, Booking.source),
        (wanted.made_on, operator.eq, Booking.booked_on),
        (wanted.ended_on, operator.eq, Stay.ended_on),
    )
    conditions = [compare(column, value) for value, compare, column in tests if value is not None]
    if wanted.text.strip():
        conditions.append(_meant(wanted.text.strip(), see_incognito))
    return conditions


def _meant(text: str, see_incognito: bool) -> Any:
    named = matching(text) if see_incognito else sa.and_(matching(text), Guest.incognito.is_(False))
    numbered = Booking.confirmation.contains(text.upper(), autoescape=True)
    return sa.or_(named, dialled(Booking.telephone, text), numbered)


def _rows() -> Any:
    """The columns of `BookingRow`, in its order."""
    return (
        sa.select(
            Stay.id,
            Booking.confirmation,
            Stay.status,
            Stay.arrival,
            Stay.departure,
            Stay.adults,
            Stay.children,
            Stay.vip_level,
            Stay.eta,
            Booking.booked_on,
            Stay.ended_on,
            Booking.source,
            Booking.guarantee,
            Guest.surname,
            Guest.given,
            Guest.name_zh,
            Guest.incognito,
            RoomType.name_en,
            RoomType.name_zh,
            Room.number,
            Group.code,
            Group.colour,
            sa.func.coalesce(COMPANY.name_en, AGENT.name_en),
            sa.func.coalesce(COMPANY.name_zh, AGENT.name_zh),
        )
        .select_from(Stay)
        .join(Booking, Booking.id == Stay.booking_id)
        .join(Guest, Guest.id == Stay.guest_id)
        .join(RoomType, RoomType.id == Stay.type_id)
        .outerjoin(Room, Room.id == Stay.room_id)
        .outerjoin(Group, Group.id == Stay.group_id)
        .outerjoin(COMPANY, COMPANY.id == Booking.company_id)
        .outerjoin(AGENT, AGENT.id == Booking.agent_id)
    )
