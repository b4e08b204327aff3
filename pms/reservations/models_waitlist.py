"""Who could not be given a room: those who wait for one 候补, and those who went elsewhere (R6)."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pms.db import UtcDateTime, choice, db, partial_index
from pms.guests.models import Guest
from pms.reservations.models import Booking, Source


class WaitStatus(StrEnum):
    WAITING = "waiting"
    BOOKED = "booked"
    GIVEN_UP = "given_up"


class WaitCall(StrEnum):
    """What came of the last call to somebody who waits."""

    NO_ANSWER = "no_answer"
    THINKS = "thinks"


class Why(StrEnum):
    """Why we did not get a booking."""

    FULL = "full"
    STOPPED = "stopped"
    MINIMUM_STAY = "minimum_stay"
    PRICE = "price"
    NOT_THE_KIND = "not_the_kind"
    OTHER = "other"


class Waiting(db.Model):  # type: ignore[name-defined]
    """Somebody who wants `rooms` rooms from `arrival` to `departure` and is called when they can be had.

    `type_id` None takes any type. The price is that of `plan_id` on the day it is booked.
    """

    __tablename__ = "waitlist"

    id: Mapped[int] = mapped_column(primary_key=True)
    guest_id: Mapped[int] = mapped_column(sa.ForeignKey("guests.id"), index=True)
    telephone: Mapped[str] = mapped_column(sa.String(24))
    type_id: Mapped[int | None] = mapped_column(sa.ForeignKey("room_types.id"))
    plan_id: Mapped[int] = mapped_column(sa.ForeignKey("rate_plans.id"))
    source: Mapped[Source] = mapped_column(choice(Source), default=Source.PHONE)
    arrival: Mapped[date]
    departure: Mapped[date]
    rooms: Mapped[int] = mapped_column(default=1)
    adults: Mapped[int] = mapped_column(default=1)
    children: Mapped[int] = mapped_column(default=0)
    note: Mapped[str] = mapped_column(sa.String(200), default="")
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    asked_by: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    status: Mapped[WaitStatus] = mapped_column(choice(WaitStatus), default=WaitStatus.WAITING)
    called_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    called_by: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))
    outcome: Mapped[WaitCall | None] = mapped_column(choice(WaitCall))
    booking_id: Mapped[int | None] = mapped_column(sa.ForeignKey("bookings.id"))
    version: Mapped[int] = mapped_column(default=1)

    guest: Mapped[Guest] = relationship()
    booking: Mapped[Booking | None] = relationship()
    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        sa.CheckConstraint("departure > arrival", name="some_nights"),
        sa.CheckConstraint("rooms > 0", name="some_rooms"),
        sa.CheckConstraint("telephone <> ''", name="can_be_called"),
        sa.CheckConstraint("(status = 'booked') = (booking_id IS NOT NULL)", name="booked_once"),
        partial_index("ix_waitlist_waiting", "departure", where="status = 'waiting'"),
    )


class Turnaway(db.Model):  # type: ignore[name-defined]
    """A caller we lost or refused: business the house did not get. Written once, never changed."""

    __tablename__ = "turnaways"

    id: Mapped[int] = mapped_column(primary_key=True)
    business_date: Mapped[date] = mapped_column(index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    why: Mapped[Why] = mapped_column(choice(Why))
    type_id: Mapped[int | None] = mapped_column(sa.ForeignKey("room_types.id"))
    source: Mapped[Source] = mapped_column(choice(Source), default=Source.PHONE)
    arrival: Mapped[date]
    departure: Mapped[date]
    rooms: Mapped[int]
    note: Mapped[str] = mapped_column(sa.String(200), default="")

    __table_args__ = (
        sa.CheckConstraint("departure > arrival", name="some_nights"),
        sa.CheckConstraint("rooms > 0", name="some_rooms"),
    )
