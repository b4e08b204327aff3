"""Rooms and nights: who or what has a room on a night. The primary key of `room_nights` forbids double booking; the
code here only explains it nicely.

Early arrival and late check-out are half days: whoever asks for one shares the turnover day with nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
import sqlalchemy.orm
from sqlalchemy.exc import IntegrityError

from pms.db import db, insert_all, run
from pms.errors import Conflict
from pms.guests.models import Guest
from pms.property.models import Closure, Room
from pms.reservations.inventory import nights_between, recount_rooms
from pms.reservations.models import RoomNight, Stay
from pms.reservations.models_moves import PlannedMove
from pms.reservations.queries_moves import Agreed, agreed, forget
from pms.say import Say, say

N = RoomNight.__table__
DAY = timedelta(days=1)

_AROUND = (
    sa.select(
        N.c.night,
        N.c.stay_id,
        N.c.closure_id,
        Stay.arrival,
        Stay.departure,
        Stay.early_arrival,
        Stay.late_check_out,
        Stay.guest_id,
    )
    .outerjoin(Stay, Stay.id == N.c.stay_id)
    .where(N.c.room_id == sa.bindparam("room"), N.c.night.between(sa.bindparam("first"), sa.bindparam("last")))
    .order_by(N.c.night)
)
_SET_ROOM = (
    sa.update(Stay.__table__)
    .where(Stay.__table__.c.id == sa.bindparam("stay"))
    .values(room_id=sa.bindparam("room"), version=Stay.__table__.c.version + 1)
)
_VACATE = sa.delete(N).where(N.c.stay_id == sa.bindparam("stay"), N.c.night >= sa.bindparam("since"))
_LEAVE = _VACATE.where(N.c.night < sa.bindparam("until"))


class Taken(Conflict):
    """Somebody or something else has the room; `stay_id` or `closure_id` says who."""

    def __init__(self, reason: Say, *, stay_id: int | None = None, closure_id: int | None = None) -> None:
        super().__init__(reason, field="room")
        self.stay_id = stay_id
        self.closure_id = closure_id


def place(stay: Stay, room: Room, *, since: date | None = None) -> None:
    """Give `room` to `stay` for its nights from `since` (default: arrival) on. Raises `Taken`.

    Day use takes no room-night, only the room itself.
    """
    first = since or stay.arrival
    check_free(stay, room, first)
    _insert([(stay.id, room.id, night) for night in nights_between(first, stay.departure)])
    stay.room_id = room.id


def place_in_turn(stay: Stay, room: Room, moves: Iterable[Agreed]) -> None:
    """Give `room` to `stay` from its arrival on, and others from the days of `moves` on. Raises `Taken`.

    A move on a day outside of the stay is left out: who arrives later begins in the room he would have then.
    """
    begin = [(stay.arrival, room.id, None), *((move.day, move.room_id, move) for move in moves)]
    ends = [*(day for day, *_ in begin[1:]), stay.departure]
    parts = [
        (room_id, max(day, stay.arrival), min(end, stay.departure), move)
        for (day, room_id, move), end in zip(begin, ends, strict=True)
        if max(day, stay.arrival) < min(end, stay.departure)
    ]
    for room_id, first, until, _ in parts:
        _refuse_if_taken(stay, db.session.get_one(Room, room_id), first, until)
    _insert([(stay.id, room_id, night) for room_id, first, until, _ in parts for night in nights_between(first, until)])
    kept = [move for _, first, _, move in parts if move and first > stay.arrival]
    insert_all(PlannedMove, [_planned(stay.id, move) for move in kept])
    stay.room_id = parts[0][0]


def _planned(stay_id: int, move: Agreed) -> dict[str, Any]:
    return {
        "stay_id": stay_id,
        "day": move.day,
        "room_id": move.room_id,
        "consent": move.consent,
        "at": move.at,
        "by_id": move.by_id,
    }


def place_many(placings: Iterable[tuple[int, int, date, date]]) -> None:
    """Rooms for many stays at once: (stay id, room id, arrival, departure). Raises `Conflict` on a lost race."""
    placings = list(placings)
    if not placings:
        return
    _insert(
        [(s, room, night) for s, room, arrival, departure in placings for night in nights_between(arrival, departure)]
    )
    run(_SET_ROOM, [{"stay": s, "room": room} for s, room, _, _ in placings])
    for stay_id, *_ in placings:
        _forget_room(stay_id)


def vacate_many(stays: Iterable[tuple[int, date]]) -> None:
    """Take many stays that have not arrived out of their rooms at once: (stay id, arrival)."""
    stays = list(stays)
    if not stays:
        return
    run(_VACATE, [{"stay": stay_id, "since": arrival} for stay_id, arrival in stays])
    run(_SET_ROOM, [{"stay": stay_id, "room": None} for stay_id, _ in stays])
    for stay_id, _ in stays:
        _forget_room(stay_id)


def _forget_room(stay_id: int) -> None:
    """Objects read before must not keep the old room."""
    if (stay := db.session.identity_map.get(sa.orm.util.identity_key(Stay, stay_id))) is not None:
        db.session.expire(stay, ["room_id", "room", "version"])


def vacate(stay: Stay, *, since: date) -> None:
    """Take the stay's nights from `since` on out of its room; without earlier nights it has no room any more."""
    run(_VACATE, {"stay": stay.id, "since": since})
    if since <= stay.arrival:
        stay.room_id = None


def move(stay: Stay, to: Room, *, since: date) -> None:
    """From the night `since` on the stay has room `to`. Raises `Taken` and changes nothing when it is not free.

    The next planned move is carried out so, when it is to this room; what is planned after it stays. Any other room
    takes the place of all that was planned.
    """
    check_free(stay, to, since)
    coming = agreed(stay.id)
    if coming and coming[0].room_id == to.id:
        _go_as_planned(stay, coming[0], since)
    else:
        forget(stay.id, stay.departure)
        run(_VACATE, {"stay": stay.id, "since": since})
        _insert([(stay.id, to.id, night) for night in nights_between(since, stay.departure)])
    stay.room_id = to.id


def _go_as_planned(stay: Stay, planned: Agreed, since: date) -> None:
    forget(stay.id, planned.day)
    run(_LEAVE, {"stay": stay.id, "since": since, "until": planned.day})
    _insert([(stay.id, planned.room_id, night) for night in nights_between(since, planned.day)])


def stay_put(stay: Stay, planned: Agreed) -> None:
    """The guest keeps the room he has before the planned move, until the next one or his departure. Raises `Taken`."""
    moves = agreed(stay.id)
    place = moves.index(planned)
    before = moves[place - 1].room_id if place else stay.room_id
    until = moves[place + 1].day if place + 1 < len(moves) else stay.departure
    room = db.session.get_one(Room, before)
    _refuse_if_taken(stay, room, planned.day, until)
    run(_LEAVE, {"stay": stay.id, "since": planned.day, "until": until})
    _insert([(stay.id, room.id, night) for night in nights_between(planned.day, until)])


def last_room(stay: Stay) -> int | None:
    """The room of the stay's last night, from which it is lengthened."""
    return next((move.room_id for move in reversed(agreed(stay.id))), stay.room_id)


def lengthen(stay: Stay, until: date) -> None:
    """Keep the stay's last room for the nights from its departure to `until`; the caller then moves the departure."""
    room_id = last_room(stay)
    if room_id is None:
        return
    room = db.session.get_one(Room, room_id)
    _refuse_if_taken(stay, room, stay.departure, until)
    _insert([(stay.id, room.id, night) for night in nights_between(stay.departure, until)])


def close_room(closure: Closure) -> None:
    """An out-of-order room takes its nights and leaves them out of what can be sold. Raises `Taken`."""
    nights = nights_between(closure.first, closure.until)
    room = db.session.get_one(Room, closure.room_id)
    for row in _around(room.id, closure.first, closure.until - DAY):
        raise _taken(room, row)
    insert_all(RoomNight, [_row(room.id, night, closure_id=closure.id) for night in nights])
    recount_rooms(room.type_id, nights)


def reopen_room(closure: Closure, *, since: date) -> None:
    """Give back the nights of a closure from `since` on."""
    room = db.session.get_one(Room, closure.room_id)
    db.session.connection().execute(sa.delete(N).where(N.c.closure_id == closure.id, N.c.night >= since))
    recount_rooms(room.type_id, nights_between(max(since, closure.first), closure.until))


def check_free(stay: Stay, room: Room, since: date) -> None:
    """Raises `Taken` unless `room` is free for `stay` from `since` to its departure, half days respected. The room it
    is to move to next need be free until it moves on.
    """
    coming = agreed(stay.id)
    as_planned = len(coming) > 1 and coming[0].room_id == room.id
    _refuse_if_taken(stay, room, since, coming[1].day if as_planned else stay.departure)


def _refuse_if_taken(stay: Stay, room: Room, first: date, until: date) -> None:
    for row in _around(room.id, first - DAY, until):
        if row.stay_id == stay.id:
            continue
        if first <= row.night < until:
            raise _taken(room, row)
        late = row.late_check_out and row.departure == first  # not who moves on to another room that day
        if row.stay_id and row.night < first == stay.arrival and (stay.early_arrival or late):
            raise _half_day(room, row, first)
        late = stay.late_check_out and stay.departure == until
        if row.stay_id and row.arrival == until and (late or row.early_arrival):
            raise _half_day(room, row, row.arrival)


def _around(room_id: int, first: date, last: date) -> Sequence[Any]:
    return run(_AROUND, {"room": room_id, "first": first, "last": last}).all()


def _insert(rows: list[tuple[int, int, date]]) -> None:
    try:
        insert_all(RoomNight, [_row(room_id, night, stay_id=stay_id) for stay_id, room_id, night in rows])
    except IntegrityError as error:  # lost a race: the unit of work is rolled back
        raise Conflict(
            say("Somebody else was faster: the room is taken. Please choose again."), field="room"
        ) from error


def _row(room_id: int, night: date, stay_id: int | None = None, closure_id: int | None = None) -> dict[str, Any]:
    return {"room_id": room_id, "night": night, "stay_id": stay_id, "closure_id": closure_id}


def _taken(room: Room, row: Any) -> Taken:
    if row.closure_id:
        closure = db.session.get_one(Closure, row.closure_id)
        text = say(
            "Room {room} is out of order until {until}: {reason}",
            room=room.number,
            until=closure.until,
            reason=closure.reason,
        )
        return Taken(text, closure_id=row.closure_id)
    guest = db.session.get_one(Guest, row.guest_id)
    text = say(
        "Room {room} is given to {guest} from {arrival} to {departure}.",
        room=room.number,
        guest=guest.name_on_notices,
        arrival=row.arrival,
        departure=row.departure,
    )
    return Taken(text, stay_id=row.stay_id)


def _half_day(room: Room, row: Any, day: date) -> Taken:
    guest = db.session.get_one(Guest, row.guest_id)
    text = say(
        "Room {room} is not free for half of {day}: early arrival or late check-out, with {guest}.",
        room=room.number,
        day=day,
        guest=guest.name_on_notices,
    )
    return Taken(text, stay_id=row.stay_id)
