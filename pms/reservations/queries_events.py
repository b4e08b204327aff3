"""What is on in the house (R14), and what each clerk has booked (R13)."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from pms.accounts.models import User
from pms.db import db
from pms.errors import Missing
from pms.reservations.models import Booking, Stay, StayNight
from pms.reservations.models_events import Event
from pms.reservations.status import Status
from pms.say import say

ALL = sa.true()


class CreditLine(NamedTuple):
    """What a clerk took on a date and since the first of its month: bookings, rooms, room-nights, value in minor
    units. What was cancelled later stays counted and is named in `month_cancelled`, in rooms.
    """

    clerk: str
    clerk_zh: str | None
    bookings: int
    rooms: int
    nights: int
    value: int
    month_bookings: int
    month_rooms: int
    month_nights: int
    month_value: int
    month_cancelled: int


def events_of(day: date) -> list[Event]:
    """What takes place on `day`, by time; weddings are known as such."""
    wanted = sa.select(Event).where(Event.day == day, Event.called_off_at.is_(None)).options(joinedload(Event.wedding))
    return list(db.session.scalars(wanted.order_by(Event.starts, Event.place, Event.id)))


def load_event(event_id: int) -> Event:
    """Raises `Missing`."""
    found = db.session.get(Event, event_id)
    if found is None:
        raise Missing(say("There is no such event."))
    return found


def clerks_credit(day: date) -> list[CreditLine]:
    """Who took how much on `day` and in its month, the most of the month first; one statement."""
    today = Booking.booked_on == day
    cancelled = Stay.status == Status.CANCELLED
    wanted: Any = (
        sa.select(
            User.name, User.name_zh,
            _each(Booking.id, today), _each(Stay.id, today), _sum(1, today), _sum(StayNight.price, today),
            _each(Booking.id), _each(Stay.id), _sum(1), _sum(StayNight.price), _each(Stay.id, cancelled),
        )
        .select_from(Booking)
        .join(User, User.id == Booking.taken_by)
        .join(Stay, Stay.booking_id == Booking.id)
        .outerjoin(StayNight, StayNight.stay_id == Stay.id)
        .where(Booking.booked_on.between(day.replace(day=1), day))
        .group_by(User.id, User.name, User.name_zh)
    )  # fmt: skip
    lines = [CreditLine(*row) for row in db.session.execute(wanted)]
    return sorted(lines, key=lambda line: (-line.month_nights, line.clerk))


def _each(column: Any, condition: Any = ALL) -> Any:
    return sa.func.count(sa.distinct(sa.case((condition, column))))


def _sum(what: Any, condition: Any = ALL) -> Any:
    """Over the nights; a stay of no nights (day use) has none."""
    slept = sa.and_(StayNight.night.is_not(None), condition)
    return sa.cast(sa.func.coalesce(sa.func.sum(sa.case((slept, what), else_=0)), 0), sa.BigInteger)
