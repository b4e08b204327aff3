"""Bookings of one party under one confirmation number 并房 (R2)."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa

from pms import access, clock, journal, notices
from pms.db import db
from pms.errors import Refused
from pms.reservations import change_slip, rules
from pms.reservations.models import Booking, Guarantee, Stay
from pms.reservations.saving import nobody_else
from pms.say import say

if TYPE_CHECKING:
    from pms.accounts.models import User


@nobody_else()
def merge(into: Booking, other: Booking, *, by: User, now: datetime) -> Booking:
    """The stays of `other` belong to `into` from now on; `other` stays findable and points there.

    The guarantee of `into` holds; where it has none, that of `other`. Raises `Refused` for the same booking, one
    merged before, or bookings of different groups.
    """
    access.require(by, "change_booking")
    if into.id == other.id:
        raise Refused(say("A booking cannot be merged with itself."))
    for booking in (into, other):
        refuse_merged(booking)
    if into.group_id != other.group_id:
        raise Refused(say("Bookings of different groups cannot be merged."))
    today = clock.business_date()
    moved = list(other.stays)
    for stay in moved:
        stay.booking = into
    other.merged_into = into.id
    db.session.execute(sa.update(Booking).where(Booking.merged_into == other.id).values(merged_into=into.id))
    if into.guarantee is Guarantee.NONE:
        into.guarantee = other.guarantee
    db.session.flush()
    stays = [stay.id for stay in moved]
    was, now_is = {"confirmation": other.confirmation}, {"confirmation": into.confirmation, "stays": stays}
    for booking in (into, other):
        change_slip.record(booking, "merge", was=was, now_is=now_is, today=today, by=by, now=now)
    journal.write(by, "merge", into, now=now, other=other.confirmation, stays=stays)
    _tell(into, other, moved, today, by=by, now=now)
    return into


def _tell(into: Booking, other: Booking, moved: list[Stay], today: date, *, by: User, now: datetime) -> None:
    """Whoever has prepared something under the old number hears of the new one."""
    if not moved:
        return
    first = min(moved, key=lambda stay: (stay.arrival, stay.id))
    placed, vip = any(stay.room_id for stay in moved), any(stay.vip_level for stay in moved)
    told = rules.whom_to_tell(today, first.arrival, placed=placed, vip=vip)
    if told:
        text = say(
            "Booking {other} is now part of {into}: {guest}, arrival {arrival}.",
            other=other.confirmation,
            into=into.confirmation,
            guest=first.guest.name_on_notices,
            arrival=first.arrival,
        )
        notices.tell(told, text, about=into, by=by, now=now)


def refuse_merged(booking: Booking) -> None:
    """Raises `Refused` when the booking's stays have moved to another one."""
    if booking.merged_into is not None:
        raise Refused(say("Booking {confirmation} was merged into another one.", confirmation=booking.confirmation))
