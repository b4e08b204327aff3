"""What happened to stays today, as papers list it (papers.md, "Columns"): room changes, extensions, who did not come.

One statement a list; rows hold plain values only, so that the audit can freeze them for the date it closes.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from pms.accounts.models import User
from pms.cashier.models import Posting, PostingKind
from pms.front_desk.models import Extension, RoomMove
from pms.guests.models import Guest
from pms.guests.queries_papers import DAY, GUEST, MASKED_GUEST, guest_rows
from pms.property.models import Room, RoomType
from pms.reservations.models import Booking, RoomNight, Stay
from pms.reservations.models_moves import PlannedMove
from pms.reservations.status import Status


class MoveLine(NamedTuple):
    """A room change. `rate_effect` is the change a night in minor units."""

    at: datetime
    guest: str
    guest_incognito: bool
    from_room: str
    to_room: str
    from_type: str
    to_type: str
    reason: str
    asked_by_house: bool
    consent: str
    by: str
    rate_effect: int


def room_changes(day: date) -> list[MoveLine]:
    """Who moved on `day`, in order of time."""
    return guest_rows(MoveLine, _room_changes(), day=day)


@cache
def _room_changes() -> Any:
    old, new = aliased(Room), aliased(Room)
    old_type, new_type = aliased(RoomType), aliased(RoomType)
    return (
        sa.select(
            *MASKED_GUEST, RoomMove.at, old.number.label("from_room"), new.number.label("to_room"),
            old_type.code.label("from_type"), new_type.code.label("to_type"), RoomMove.reason,
            RoomMove.asked_by_house, RoomMove.consent, User.name.label("by"), RoomMove.rate_effect,
        )
        .select_from(RoomMove)
        .join(Stay, Stay.id == RoomMove.stay_id)
        .join(Guest, Guest.id == Stay.guest_id)
        .join(User, User.id == RoomMove.by_id)
        .join(old, old.id == RoomMove.from_room_id)
        .join(new, new.id == RoomMove.to_room_id)
        .join(old_type, old_type.id == old.type_id)
        .join(new_type, new_type.id == new.type_id)
        .where(RoomMove.business_date == DAY)
        .order_by(RoomMove.at, RoomMove.id)
    )  # fmt: skip


class AgreedMove(NamedTuple):
    """A room change that was agreed before the guest came (P7)."""

    from_room: str
    to_room: str
    type: str
    guest: str
    guest_incognito: bool
    persons: int
    departure: date
    consent: str


def moves_of_tomorrow(day: date) -> list[AgreedMove]:
    """Who changes rooms on the day after `day`, by the room he leaves."""
    return guest_rows(AgreedMove, _moves(), day=day, tomorrow=day + timedelta(days=1))


@cache
def _moves() -> Any:
    old, new = aliased(Room), aliased(Room)
    return (
        sa.select(
            *MASKED_GUEST, old.number.label("from_room"), new.number.label("to_room"), RoomType.code.label("type"),
            (Stay.adults + Stay.children).label("persons"), Stay.departure, PlannedMove.consent,
        )
        .select_from(PlannedMove)
        .join(Stay, Stay.id == PlannedMove.stay_id)
        .join(Guest, Guest.id == Stay.guest_id)
        .join(RoomNight, sa.and_(RoomNight.stay_id == Stay.id, RoomNight.night == DAY))
        .join(old, old.id == RoomNight.room_id)
        .join(new, new.id == PlannedMove.room_id)
        .join(RoomType, RoomType.id == new.type_id)
        .where(PlannedMove.day == sa.bindparam("tomorrow", type_=sa.Date))
        .order_by(sa.func.length(old.number), old.number)
    )  # fmt: skip


class ExtensionLine(NamedTuple):
    """A departure that was moved: an extension or an early departure. `price` is that of the first added night."""

    at: datetime
    room: str
    guest: str
    guest_incognito: bool
    old_departure: date
    new_departure: date
    price: int | None
    by: str
    approved_by: str


def extensions(day: date) -> list[ExtensionLine]:
    """Departures moved on `day`, in order of time."""
    return guest_rows(ExtensionLine, _extensions(), day=day)


@cache
def _extensions() -> Any:
    approver = aliased(User)
    return (
        sa.select(
            *MASKED_GUEST, Extension.at, sa.func.coalesce(Room.number, "").label("room"), Extension.old_departure,
            Extension.new_departure, Extension.price, User.name.label("by"),
            sa.func.coalesce(approver.name, "").label("approved_by"),
        )
        .select_from(Extension)
        .join(Stay, Stay.id == Extension.stay_id)
        .join(Guest, Guest.id == Stay.guest_id)
        .join(User, User.id == Extension.by_id)
        .outerjoin(approver, approver.id == Extension.approved_by)
        .outerjoin(Room, Room.id == Stay.room_id)
        .where(Extension.business_date == DAY)
        .order_by(Extension.at, Extension.id)
    )  # fmt: skip


class LostLine(NamedTuple):
    """A booking that ended before arrival. `fee` is what was charged for it, in minor units."""

    confirmation: str
    guest: str
    incognito: bool
    arrival: date
    guarantee: str
    status: str
    reason: str
    fee: int
    by: str


def no_shows_and_cancellations(day: date) -> list[LostLine]:
    """Who did not come and who cancelled on `day`, no-shows first."""
    return guest_rows(LostLine, _no_shows_and_cancellations(), day=day)


@cache
def _no_shows_and_cancellations() -> Any:
    fee = (
        sa.select(sa.func.coalesce(sa.func.sum(Posting.amount), 0))
        .where(Posting.stay_id == Stay.id, Posting.kind.in_((PostingKind.NO_SHOW_FEE, PostingKind.CANCELLATION_FEE)))
        .scalar_subquery()
    )
    return (
        sa.select(
            *GUEST, Booking.confirmation, Stay.arrival, Booking.guarantee, Stay.status,
            Stay.end_reason.label("reason"), sa.cast(fee, sa.BigInteger).label("fee"),
            sa.func.coalesce(User.name, "").label("by"),
        )
        .select_from(Stay)
        .join(Guest, Guest.id == Stay.guest_id)
        .join(Booking, Booking.id == Stay.booking_id)
        .outerjoin(User, User.id == Stay.ended_by)
        .where(Stay.ended_on == DAY, Stay.status.in_((Status.NO_SHOW, Status.CANCELLED)))
        .order_by(Stay.status.desc(), Booking.confirmation, Stay.id)
    )  # fmt: skip
