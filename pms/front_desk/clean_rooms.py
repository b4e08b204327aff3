"""The shift leader keeps enough clean rooms of each type for the next hours (P18): rush cleaning 抢扫 by type."""

from __future__ import annotations

from datetime import datetime

from pms import access, clock, journal, notices
from pms.accounts.models import User
from pms.errors import Refused
from pms.front_desk.queries_clean_rooms import clean_rooms
from pms.notices import Department
from pms.say import Listed, say

TOLD = (Department.SERVICE_CENTRE, Department.HOUSEKEEPING)


def ask_rush_for_type(type_id: int, until: str, *, by: User, now: datetime) -> tuple[str, ...]:
    """Ask for the rooms that are missing of a type until `until` (HH:MM); returns their numbers.

    Raises `Refused` when nothing is missing, and when no empty room of the type is left to clean.
    """
    access.require(by, "ask_rush_for_type")
    need = next((need for need in clean_rooms(clock.business_date(), until) if need.id == type_id), None)
    if need is None or not need.short:
        raise Refused(say("There are enough clean rooms of this type."))
    rooms = need.to_rush
    if not rooms:
        raise Refused(say("No empty room of type {code} is left to clean. Offer another type.", code=need.code))
    text = say(
        "{coming} guests of type {code} come until {until}, {ready} rooms are ready. Please clean first: {rooms}.",
        coming=need.coming,
        code=need.code,
        until=until,
        ready=need.ready,
        rooms=Listed(rooms),
    )
    notices.tell(TOLD, text, about=f"roomtype:{type_id}", by=by, now=now)
    journal.write(by, "ask_rush_for_type", f"roomtype:{type_id}", now=now, until=until, rooms=list(rooms))
    return rooms
