"""Who should be here and is not (R7), with the last call, and of which types rooms are short tonight."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa

from pms.db import db
from pms.guests.models import Guest
from pms.property import queries as house
from pms.property.models import Room
from pms.reservations import queries_availability, rules
from pms.reservations.models import Booking, Guarantee, Stay
from pms.reservations.models_calls import Answer, ArrivalCall
from pms.reservations.status import Status


class OverdueLine(NamedTuple):
    """An arrival that is waited for. `until` is the time he was expected or held, HH:MM of the hotel's clock."""

    stay_id: int
    confirmation: str
    guest_id: int
    surname: str
    given: str
    name_zh: str
    incognito: bool
    vip: int
    telephone: str
    arrival: date
    eta: str
    guarantee: Guarantee
    type_id: int
    room: str | None
    answer: Answer | None
    answered_at: datetime | None
    until: str = ""

    @property
    def may_be_released(self) -> bool:
        """Nothing stands behind it, and the time it was held until is over."""
        return self.guarantee is Guarantee.NONE


def overdue(day: date, time: str) -> list[OverdueLine]:
    """Reserved guests of `day` or before who are late at `time`, the longest waited for first; one statement."""
    hold = house.hotel().hold_hour
    lines = [OverdueLine(*row) for row in db.session.execute(_due(day))]
    waited = [
        line._replace(until=rules.expected_by(line.eta, guaranteed=_sure(line), hold_hour=hold))
        for line in lines
        if line.arrival < day or rules.is_late(line.eta, guaranteed=_sure(line), hold_hour=hold, time=time)
    ]
    return sorted(waited, key=lambda line: (line.arrival, line.until, line.stay_id))


def short_of(day: date) -> dict[int, int]:
    """By type id, how many rooms more are sold for the night than there are."""
    tonight = queries_availability.availability(day, day + timedelta(days=1))
    return {row.type_id: row.oversold for row in tonight if row.oversold}


def _sure(line: OverdueLine) -> bool:
    return line.guarantee is not Guarantee.NONE


def _due(day: date) -> Any:
    called = sa.select(sa.func.max(ArrivalCall.id)).where(ArrivalCall.stay_id == Stay.id).correlate(Stay)
    telephone = sa.case((Booking.telephone != "", Booking.telephone), else_=Guest.telephone)
    return (
        sa.select(
            Stay.id, Booking.confirmation, Guest.id, Guest.surname, Guest.given, Guest.name_zh, Guest.incognito,
            Stay.vip_level, telephone, Stay.arrival, Stay.eta, Booking.guarantee, Stay.type_id, Room.number,
            ArrivalCall.answer, ArrivalCall.at,
        )
        .select_from(Stay)
        .join(Booking, Booking.id == Stay.booking_id)
        .join(Guest, Guest.id == Stay.guest_id)
        .outerjoin(Room, Room.id == Stay.room_id)
        .outerjoin(ArrivalCall, ArrivalCall.id == called.scalar_subquery())
        .where(Stay.arrival <= day, Stay.status == Status.RESERVED)
    )  # fmt: skip
