"""Bookings, stays and their nights. The room-night is the atom (DESIGN 3.1): `room_nights` has one row for a room and
a night, so that two guests in one bed are impossible whatever the code does.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pms.db import BY_KEY, Json, Money, UtcDateTime, choice, db, partial_index
from pms.guests.models import Account, Guest
from pms.property.models import RatePlan, Room, RoomType
from pms.reservations.status import Status


class Guarantee(StrEnum):
    """What stands behind a booking; NONE is held until the hold hour only (R7)."""

    NONE = "none"
    DEPOSIT = "deposit"
    PREAUTHORISATION = "preauthorisation"
    COMPANY = "company"
    AGENT = "agent"
    ORDER = "order"


class Source(StrEnum):
    PHONE = "phone"
    WALK_IN = "walk_in"
    WEB = "web"
    AGENT = "agent"
    COMPANY = "company"
    OTA = "ota"
    GROUP = "group"
    CONFERENCE = "conference"
    WEDDING = "wedding"
    OTHER = "other"


class Use(StrEnum):
    """How the room counts: complimentary and house use are occupied but not sold, day use is no room-night."""

    PAID = "paid"
    COMPLIMENTARY = "complimentary"
    HOUSE_USE = "house_use"
    DAY_USE = "day_use"


class GroupStatus(StrEnum):
    TENTATIVE = "tentative"
    DEFINITE = "definite"
    CANCELLED = "cancelled"


class Group(db.Model):  # type: ignore[name-defined]
    """A group, conference or wedding with a block of rooms (R8)."""

    __tablename__ = "groups"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(16), unique=True)
    name: Mapped[str] = mapped_column(sa.String(80))
    name_zh: Mapped[str] = mapped_column(sa.String(80), default="")
    status: Mapped[GroupStatus] = mapped_column(choice(GroupStatus), default=GroupStatus.DEFINITE)
    kind: Mapped[Source] = mapped_column(choice(Source), default=Source.GROUP)
    arrival: Mapped[date] = mapped_column(index=True)
    departure: Mapped[date]
    cut_off: Mapped[date | None]
    plan_id: Mapped[int | None] = mapped_column(sa.ForeignKey("rate_plans.id"))
    account_id: Mapped[int | None] = mapped_column(sa.ForeignKey("accounts.id"))
    leader_id: Mapped[int | None] = mapped_column(sa.ForeignKey("guests.id"))
    eta: Mapped[str] = mapped_column(sa.String(5), default="")
    colour: Mapped[int] = mapped_column(default=1)  # g1 .. g4 on screens
    notes: Mapped[str] = mapped_column(sa.String(500), default="")
    version: Mapped[int] = mapped_column(default=1)

    leader: Mapped[Guest | None] = relationship()
    account: Mapped[Account | None] = relationship()
    __mapper_args__ = {"version_id_col": version}


class GroupBlock(db.Model):  # type: ignore[name-defined]
    """Rooms of a type held for a group on a night; `picked_up` of them have a guest's name."""

    __tablename__ = "group_blocks"

    group_id: Mapped[int] = mapped_column(sa.ForeignKey("groups.id"), primary_key=True)
    night: Mapped[date] = mapped_column(primary_key=True)
    type_id: Mapped[int] = mapped_column(sa.ForeignKey("room_types.id"), primary_key=True)
    blocked: Mapped[int]
    picked_up: Mapped[int] = mapped_column(default=0)
    price: Mapped[int] = mapped_column(Money)

    __table_args__ = (sa.CheckConstraint("picked_up >= 0 and blocked >= 0", name="counts"),)


class Booking(db.Model):  # type: ignore[name-defined]
    """What was agreed with one caller: one or several stays under one confirmation number."""

    __tablename__ = "bookings"

    id: Mapped[int] = mapped_column(primary_key=True)
    confirmation: Mapped[str] = mapped_column(sa.String(16), unique=True)
    booked_on: Mapped[date] = mapped_column(index=True)  # business date
    booked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    taken_by: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))  # R13
    source: Mapped[Source] = mapped_column(choice(Source))
    market: Mapped[str] = mapped_column(sa.String(20), default="")
    channel: Mapped[str] = mapped_column(sa.String(20), default="")
    guarantee: Mapped[Guarantee] = mapped_column(choice(Guarantee), default=Guarantee.NONE)
    booker: Mapped[str] = mapped_column(sa.String(80), default="")
    telephone: Mapped[str] = mapped_column(sa.String(24), default="", index=True)
    company_id: Mapped[int | None] = mapped_column(sa.ForeignKey("accounts.id"))
    agent_id: Mapped[int | None] = mapped_column(sa.ForeignKey("accounts.id"))
    group_id: Mapped[int | None] = mapped_column(sa.ForeignKey("groups.id"))
    merged_into: Mapped[int | None] = mapped_column(sa.ForeignKey("bookings.id"))
    notes: Mapped[str] = mapped_column(sa.String(500), default="")
    version: Mapped[int] = mapped_column(default=1)

    company: Mapped[Account | None] = relationship(foreign_keys=[company_id])
    agent: Mapped[Account | None] = relationship(foreign_keys=[agent_id])
    group: Mapped[Group | None] = relationship()
    stays: Mapped[list[Stay]] = relationship(back_populates="booking", order_by="Stay.id")
    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        partial_index("ix_bookings_group_id", "group_id", where="group_id IS NOT NULL"),
        partial_index("ix_bookings_company_id", "company_id", where="company_id IS NOT NULL"),
        partial_index("ix_bookings_agent_id", "agent_id", where="agent_id IS NOT NULL"),
    )


class Stay(db.Model):  # type: ignore[name-defined]
    """One occupancy of one room from `arrival` to `departure` (business dates; equal dates are day use).

    `room_id` is the room of the current or, before arrival, the first night, kept with `room_nights` by
    reservations.occupancy; None while nothing is placed. `type_id` is what was booked and is paid for,
    `assign_type_id` what is to be placed when an upgrade was agreed.
    """

    __tablename__ = "stays"

    id: Mapped[int] = mapped_column(primary_key=True)
    booking_id: Mapped[int] = mapped_column(sa.ForeignKey("bookings.id"), index=True)
    guest_id: Mapped[int] = mapped_column(sa.ForeignKey("guests.id"), index=True)
    group_id: Mapped[int | None] = mapped_column(sa.ForeignKey("groups.id"))
    status: Mapped[Status] = mapped_column(choice(Status), default=Status.RESERVED)
    use: Mapped[Use] = mapped_column(choice(Use), default=Use.PAID)
    arrival: Mapped[date]
    departure: Mapped[date]
    adults: Mapped[int] = mapped_column(default=1)
    children: Mapped[int] = mapped_column(default=0)
    type_id: Mapped[int] = mapped_column(sa.ForeignKey("room_types.id"))
    assign_type_id: Mapped[int | None] = mapped_column(sa.ForeignKey("room_types.id"))
    plan_id: Mapped[int] = mapped_column(sa.ForeignKey("rate_plans.id"))
    room_id: Mapped[int | None] = mapped_column(sa.ForeignKey("rooms.id"))
    do_not_move: Mapped[bool] = mapped_column(default=False)
    do_not_move_why: Mapped[str] = mapped_column(sa.String(120), default="")
    eta: Mapped[str] = mapped_column(sa.String(5), default="")  # HH:MM of the hotel's clock
    early_arrival: Mapped[bool] = mapped_column(default=False)
    late_check_out: Mapped[bool] = mapped_column(default=False)
    vip_level: Mapped[int] = mapped_column(default=0)
    vip_host: Mapped[str] = mapped_column(sa.String(80), default="")
    amenities: Mapped[str] = mapped_column(sa.String(120), default="")
    inspected_by: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))
    inspected_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    needs: Mapped[str] = mapped_column(sa.String(120), default="")  # musts: accessible, non_smoking, twin, king ...
    wishes: Mapped[str] = mapped_column(sa.String(200), default="")  # high, quiet, far_from_lift, room:1204 ...
    party: Mapped[str] = mapped_column(sa.String(16), default="")  # family, company, entourage ... within the booking
    remarks: Mapped[str] = mapped_column(sa.String(300), default="")
    discount_percent: Mapped[int] = mapped_column(default=0)
    discount_approved_by: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))
    checked_in_on: Mapped[date | None]
    checked_in_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    checked_out_on: Mapped[date | None]
    checked_out_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_on: Mapped[date | None]  # business date of the cancellation or no-show
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_by: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))
    end_reason: Mapped[str] = mapped_column(sa.String(120), default="")
    version: Mapped[int] = mapped_column(default=1)

    booking: Mapped[Booking] = relationship(back_populates="stays")
    guest: Mapped[Guest] = relationship()
    group: Mapped[Group | None] = relationship()
    type: Mapped[RoomType] = relationship(foreign_keys=[type_id])
    assign_type: Mapped[RoomType | None] = relationship(foreign_keys=[assign_type_id])
    plan: Mapped[RatePlan] = relationship()
    room: Mapped[Room | None] = relationship()
    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        sa.CheckConstraint("departure >= arrival", name="dates_in_order"),
        sa.Index("ix_stays_arrival", "arrival", "status"),
        sa.Index("ix_stays_departure", "departure", "status"),
        partial_index("ix_stays_group_id", "group_id", where="group_id IS NOT NULL"),
        partial_index("ix_stays_room_id", "room_id", where="room_id IS NOT NULL"),
        partial_index("ix_stays_in_house", "departure", where="status = 'in_house'"),
        # whatever the code does, nobody is checked in to a room in which somebody lives
        partial_index("uq_stays_room_in_house", "room_id", where="status = 'in_house'", unique=True),
        partial_index("ix_stays_checked_in_on", "checked_in_on", where="checked_in_on IS NOT NULL"),
        partial_index("ix_stays_checked_out_on", "checked_out_on", where="checked_out_on IS NOT NULL"),
        partial_index("ix_stays_ended_on", "ended_on", where="ended_on IS NOT NULL"),
    )

    @property
    def persons(self) -> int:
        return self.adults + self.children

    @property
    def held_type_id(self) -> int:
        """The type its nights from today on are counted on and slept in."""
        return self.assign_type_id or self.type_id


class StayGuest(db.Model):  # type: ignore[name-defined]
    """Somebody who shares the room with the stay's main guest."""

    __tablename__ = "stay_guests"

    stay_id: Mapped[int] = mapped_column(sa.ForeignKey("stays.id"), primary_key=True)
    guest_id: Mapped[int] = mapped_column(sa.ForeignKey("guests.id"), primary_key=True)


# Those in house first, from an index alone, then what belongs to them: a paper of tonight does not open every stay and
# posting there ever was. The status is written out, so that the partial index may serve.
_LIVING = sa.alias(Stay.__table__)
IN_HOUSE_NOW: Any = Stay.id.in_(
    sa.select(_LIVING.c.id).where(_LIVING.c.status == sa.literal_column(f"'{Status.IN_HOUSE.value}'"))
)


class StayNight(db.Model):  # type: ignore[name-defined]
    """A night that is slept or booked: the type it is counted on and the price fixed for it, in minor units.

    Cancelled and no-show stays keep their nights, so that reinstating finds the prices: count nights with the status.
    """

    __tablename__ = "stay_nights"

    stay_id: Mapped[int] = mapped_column(sa.ForeignKey("stays.id"), primary_key=True)
    night: Mapped[date] = mapped_column(primary_key=True)
    type_id: Mapped[int] = mapped_column(sa.ForeignKey("room_types.id"))
    price: Mapped[int] = mapped_column(Money)

    # With stay and price in it the forecast and the night's charges read the index alone, in half the time.
    __table_args__ = (sa.Index("ix_stay_nights_night", "night", "stay_id", "price"), BY_KEY)


class RoomNight(db.Model):  # type: ignore[name-defined]
    """What occupies a room on a night: a stay or an out-of-order closure, never two things."""

    __tablename__ = "room_nights"

    room_id: Mapped[int] = mapped_column(sa.ForeignKey("rooms.id"), primary_key=True)
    night: Mapped[date] = mapped_column(primary_key=True)
    stay_id: Mapped[int | None] = mapped_column(sa.ForeignKey("stays.id"))
    closure_id: Mapped[int | None] = mapped_column(sa.ForeignKey("closures.id"))

    __table_args__ = (
        sa.CheckConstraint("(stay_id IS NULL) <> (closure_id IS NULL)", name="one_occupant"),
        partial_index("ix_room_nights_stay_id", "stay_id", "night", where="stay_id IS NOT NULL", unique=True),
        sa.Index("ix_room_nights_night", "night"),
        partial_index("ix_room_nights_closure_id", "closure_id", where="closure_id IS NOT NULL"),
        BY_KEY,
    )


class TypeNight(db.Model):  # type: ignore[name-defined]
    """Counter that guards selling: rooms of a type sold or blocked on a night, and how many may be.

    `sold` counts nights of stays outside blocks plus the larger of blocked and picked up of every block.
    `rooms` are those of the type less out of order; `extra` overrides the type's overbooking limit (R3).
    A row is made when a night is first sold, closed or controlled.
    """

    __tablename__ = "type_nights"

    type_id: Mapped[int] = mapped_column(sa.ForeignKey("room_types.id"), primary_key=True)
    night: Mapped[date] = mapped_column(primary_key=True)
    sold: Mapped[int] = mapped_column(default=0)
    rooms: Mapped[int]
    extra: Mapped[int] = mapped_column(default=0)
    stop_sell: Mapped[bool] = mapped_column(default=False)
    minimum_stay: Mapped[int] = mapped_column(default=1)

    __table_args__ = (
        sa.CheckConstraint("sold >= 0", name="sold_positive"),
        sa.Index("ix_type_nights_night", "night"),
        BY_KEY,
    )


class Counter(db.Model):  # type: ignore[name-defined]
    """Running numbers that people read aloud: confirmations, folios, tags, messages. On SQLite; PostgreSQL has
    sequences of its own, for which nobody waits until somebody else's unit of work has ended.
    """

    __tablename__ = "counters"

    name: Mapped[str] = mapped_column(sa.String(20), primary_key=True)
    last: Mapped[int] = mapped_column(default=0)


NUMBERED = ("confirmation", "folio", "luggage", "message", "call", "kept")
NUMBERS = {name: sa.Sequence(f"number_{name}", metadata=db.metadata) for name in NUMBERED}


class BookingChange(db.Model):  # type: ignore[name-defined]
    """A line of the change slip 更改单 (R2): who, when, what was, what is."""

    __tablename__ = "booking_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    booking_id: Mapped[int] = mapped_column(sa.ForeignKey("bookings.id"), index=True)
    stay_id: Mapped[int | None] = mapped_column(sa.ForeignKey("stays.id"))
    business_date: Mapped[date] = mapped_column(index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    what: Mapped[str] = mapped_column(sa.String(20))  # dates, type, rooms, cancel, reinstate, merge ...
    was: Mapped[Any] = mapped_column(Json)
    now_is: Mapped[Any] = mapped_column(Json)
    reason: Mapped[str] = mapped_column(sa.String(120), default="")
    version: Mapped[int] = mapped_column(default=0)  # of the stay afterwards: tells a clerk what happened meanwhile
