"""Taking a room out of order 维修房 or out of service 停用房, and giving it back.

Out of order takes the room's nights, so it is refused while a guest has one of them. Out of service is a warning on a
room that may still be sold. A closure may leave the type oversold: that is allowed, shown and told (DESIGN 3.1).
"""

from __future__ import annotations

from datetime import date, datetime

from pms import journal, notices
from pms.access import Actor, require
from pms.clock import business_date
from pms.db import db
from pms.errors import Offer, Refused
from pms.guests.models import Guest
from pms.lengths import check_lengths
from pms.notices import Department
from pms.property.models import Closure, ClosureKind, Housekeeping, Room
from pms.reservations import freed, occupancy, queries_closures
from pms.reservations.inventory import nights_between
from pms.reservations.status import Status
from pms.say import Say, say

CLOSURE_NAMES: dict[ClosureKind, Say] = {
    ClosureKind.OUT_OF_ORDER: say("out of order"),
    ClosureKind.OUT_OF_SERVICE: say("out of service"),
}
TOLD = (Department.HOUSEKEEPING, Department.FRONT_DESK, Department.ENGINEERING)


def close(
    room: Room,
    kind: ClosureKind,
    first: date,
    until: date,
    reason: str,
    *,
    by: Actor,
    now: datetime,
    remark: str = "",
    comes_back_as: Housekeeping = Housekeeping.DIRTY,
) -> Closure:
    """Close `room` for the nights from `first` to before `until`.

    Raises `Refused` when a guest has the room on one of those nights, naming the guest and offering free rooms, when
    it is closed already, and for dates that make no sense.
    """
    require(by, "close_room")
    _check(room, first, until, reason)
    check_lengths(Closure, {"reason": reason.strip(), "remark": remark.strip()})
    if kind is ClosureKind.OUT_OF_ORDER:
        _refuse_if_a_guest_has_it(room, first, until)
    closure = Closure(
        room_id=room.id,
        kind=kind,
        first=first,
        until=until,
        reason=reason.strip(),
        remark=remark.strip(),
        comes_back_as=comes_back_as,
        created_at=now,
        created_by=by.id,
    )
    db.session.add(closure)
    db.session.flush()
    if kind is ClosureKind.OUT_OF_ORDER:
        occupancy.close_room(closure)
    journal.write(by, "close_room", room, now=now, kind=kind.value, first=first, until=until, reason=closure.reason)
    _tell_closed(closure, room, by, now)
    return closure


def make_way(room: Room, first: date, until: date, *, by: Actor, now: datetime) -> list[int]:
    """Take the room from everybody who has it on these nights and has not arrived, so that it can be closed.

    The ids of the stays that have no room now, to be planned again. Raises `Refused` when one of them is in house or
    was promised this very room: somebody has to talk to him first.
    """
    require(by, "close_room")
    require(by, "place")
    stays = queries_closures.stays_in_room(room.id, first, until)
    for stay in stays:
        if stay.status is not Status.RESERVED or stay.do_not_move:
            raise _has_it(room, stay.guest, stay.arrival, stay.departure)
    for stay in stays:
        occupancy.vacate(stay, since=stay.arrival)
        journal.write(by, "unplace", stay, now=now, room=room.number)
        text = say(
            "{guest}, arriving {arrival}, has lost the room and has none yet.",
            guest=stay.guest.name_on_notices,
            arrival=stay.arrival,
        )
        notices.tell((Department.RESERVATIONS, Department.FRONT_DESK), text, about=stay, by=by, now=now)
    db.session.flush()
    return [stay.id for stay in stays]


def reopen(closure: Closure, *, by: Actor, now: datetime) -> None:
    """Give the room back from tonight on, before its time. Raises `Refused` when it is open already."""
    require(by, "close_room")
    day = business_date()
    room = db.session.get_one(Room, closure.room_id)
    if closure.reopened_at is not None or closure.until <= day:
        raise Refused(say("Room {room} is open already.", room=room.number))
    closure.reopened_at = now
    if closure.kind is ClosureKind.OUT_OF_ORDER:
        occupancy.reopen_room(closure, since=day)
    if closure.first <= day:
        _come_back(room, closure, now)
    journal.write(by, "reopen_room", room, now=now, kind=closure.kind.value, first=closure.first, until=closure.until)
    notices.tell(TOLD, say("Room {room} is open again.", room=room.number), about=room, by=by, now=now)
    if closure.kind is ClosureKind.OUT_OF_ORDER:
        freed.tell_waitlist(room.type_id, nights_between(max(day, closure.first), closure.until), by=by, now=now)


def bring_back(day: date, *, now: datetime) -> list[Room]:
    """Rooms whose closure ended with the night before `day` come back in the state agreed; the night audit calls it."""
    rooms = []
    for closure in queries_closures.closures_ending(day):
        room = db.session.get_one(Room, closure.room_id)
        _come_back(room, closure, now)
        rooms.append(room)
    return rooms


def _come_back(room: Room, closure: Closure, now: datetime) -> None:
    if closure.kind is ClosureKind.OUT_OF_ORDER:
        room.housekeeping, room.housekeeping_since = closure.comes_back_as, now


def _check(room: Room, first: date, until: date, reason: str) -> None:
    if not reason.strip():
        raise Refused(say("Say why the room is closed."), field="reason")
    if first < business_date():
        raise Refused(say("A room cannot be closed for a date that is over."), field="first")
    if until <= first:
        raise Refused(say("The day the room comes back must be after the first day."), field="until")
    if not room.active:
        raise Refused(say("Room {room} is not in use.", room=room.number), field="room")
    other = queries_closures.overlapping_closure(room.id, first, until)
    if other is not None:
        raise Refused(
            say(
                "Room {room} is already {state} from {first} to {until}: {reason}",
                room=room.number,
                state=CLOSURE_NAMES[other.kind],
                first=other.first,
                until=other.until,
                reason=other.reason,
            ),
            field="first",
        )


def _refuse_if_a_guest_has_it(room: Room, first: date, until: date) -> None:
    found = queries_closures.stay_in_room(room.id, first, until)
    if found is not None:
        raise _has_it(room, found.Guest, found.arrival, found.departure)


def _has_it(room: Room, guest: Guest, arrival: date, departure: date) -> Refused:
    """Why the room cannot be closed, and where else the guest could be."""
    free = queries_closures.free_rooms(room.type_id, max(arrival, business_date()), departure)
    return Refused(
        say(
            "{guest} has room {room} from {arrival} to {departure}. Move the guest first.",
            guest=guest.name_on_notices,
            room=room.number,
            arrival=arrival,
            departure=departure,
        ),
        offers=tuple(
            Offer(say("Room {room} is free for all these nights.", room=other.number), "room", other.id)
            for other in free
        ),
        field="room",
    )


def _tell_closed(closure: Closure, room: Room, by: Actor, now: datetime) -> None:
    text = say(
        "Room {room} is {state} from {first} to {until}: {reason}",
        room=room.number,
        state=CLOSURE_NAMES[closure.kind],
        first=closure.first,
        until=closure.until,
        reason=closure.reason,
    )
    notices.tell(TOLD, text, about=closure, by=by, now=now)
    short = queries_closures.oversold(room.type_id, closure.first, closure.until)
    if closure.kind is ClosureKind.OUT_OF_ORDER and short:
        warning = say(
            "Type {type} is oversold on {count} nights, first on {night}, because room {room} is closed.",
            type=room.type.code,
            count=len(short),
            night=short[0].night,
            room=room.number,
        )
        departments = (Department.RESERVATIONS, Department.FRONT_DESK, Department.ASSISTANT_MANAGER)
        notices.tell(departments, warning, about=closure, by=by, now=now)
