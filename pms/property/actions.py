"""What housekeeping says of the rooms. Closing a room, and comparing with the guests in house, is above in
pms.reservations (closures, discrepancies); the settings are changed in pms.property.editing.
"""

from __future__ import annotations

from datetime import datetime

from pms import clock, journal, notices
from pms.access import Actor, require
from pms.departments import Department
from pms.errors import Refused
from pms.property import rules
from pms.property.models import Housekeeping, Room
from pms.say import Say, say

HOUSEKEEPING_NAMES: dict[Housekeeping, Say] = {
    Housekeeping.DIRTY: say("dirty"),
    Housekeeping.CLEANING: say("being cleaned"),
    Housekeeping.CLEAN: say("clean"),
    Housekeeping.INSPECTED: say("inspected"),
}


def set_housekeeping(
    room: Room, state: Housekeeping, *, by: Actor, now: datetime, ready_at: datetime | None = None
) -> None:
    """Housekeeping or the desk says what a room is like now; `ready_at` is when it is promised.

    Raises `NotAllowed`, and `Refused` for the inspection of a dirty room.
    """
    require(by, "inspect_room" if state is Housekeeping.INSPECTED else "set_housekeeping")
    if state is Housekeeping.INSPECTED and not rules.may_be_inspected(room.housekeeping):
        raise Refused(say("Room {room} is dirty. It must be cleaned before it is inspected.", room=room.number))
    if ready_at is not None:
        rules.check_promise(ready_at, now)
    before, room.housekeeping = room.housekeeping, state
    room.housekeeping_since = now
    room.ready_at = ready_at if state in (Housekeeping.DIRTY, Housekeeping.CLEANING) else None
    journal.write(by, "set_housekeeping", room, now=now, was=before.value, state=state.value, ready_at=ready_at)


def promise_room(room: Room, ready_at: datetime, *, by: Actor, now: datetime) -> None:
    """Say when a room that is not clean yet will be ready (C10); housekeeping and the desk hear of it.

    Raises `Refused` for a room that is clean already and for a time that is no promise.
    """
    require(by, "set_housekeeping")
    rules.check_promise(ready_at, now)
    if room.housekeeping in (Housekeeping.CLEAN, Housekeeping.INSPECTED):
        raise Refused(say("Room {room} is ready already.", room=room.number))
    room.ready_at = ready_at
    journal.write(by, "promise_room", room, now=now, ready_at=ready_at)
    text = say("Room {room} is promised for {time}.", room=room.number, time=f"{clock.local(ready_at):%H:%M}")
    notices.tell((Department.HOUSEKEEPING, Department.FRONT_DESK), text, about=room, by=by, now=now)
