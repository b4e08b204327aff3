"""When a room can be sold again, whoever waits for one is to be called: reservations are told whom first (R6)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from pms import notices
from pms.access import Actor
from pms.departments import Department
from pms.property import queries as house
from pms.reservations import queries_waitlist
from pms.say import say


def tell_waitlist(type_id: int, nights: Sequence[date], *, by: Actor, now: datetime) -> None:
    """Something of a type was freed on some nights: name the first on the waitlist who can have what he wants now.

    Nothing is told while nobody waits for these nights, or while what was freed is not enough for any of them.
    """
    if not nights or not queries_waitlist.somebody_waits(min(nights), max(nights)):
        return
    wanted = queries_waitlist.who_wants(type_id, min(nights), max(nights))
    can_come = [line for line in wanted if line.can_come]
    if not can_come:
        return
    first = can_come[0]
    text = say(
        "Room freed: {type}, {arrival} to {departure}. Call first: {guest}, {telephone}. Waiting for it: {count}.",
        type=house.type_of(type_id).code,
        arrival=first.arrival,
        departure=first.departure,
        guest=first.name_on_notices,
        telephone=first.telephone,
        count=len(can_come),
    )
    notices.tell((Department.RESERVATIONS,), text, about=f"waiting:{first.id}", by=by, now=now)
