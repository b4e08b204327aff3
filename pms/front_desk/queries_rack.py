"""What the rack shows: rooms, who or what has them, what is sold, who has no room. One statement each, whatever the
number of rooms.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa

from pms.db import db, run
from pms.errors import Missing
from pms.front_desk.models import RoomMove
from pms.guests.models import Guest
from pms.property.models import Closure, ClosureKind, Housekeeping, Room
from pms.reservations.models import Booking, Group, Guarantee, RoomNight, Stay, TypeNight, Use
from pms.reservations.rules import LONGEST_STAY
from pms.reservations.status import Status
from pms.say import say

C, G, N, R, S, T = (model.__table__ for model in (Closure, Guest, RoomNight, Room, Stay, TypeNight))
GR, B = Group.__table__, Booking.__table__
WINDOW: dict[str, Any] = {"first": sa.bindparam("first"), "last": sa.bindparam("last")}


class RackRoom(NamedTuple):
    """A line of the rack."""

    id: int
    number: str
    floor: int
    type_id: int
    housekeeping: Housekeeping


class Held(NamedTuple):
    """A stretch of nights, `first` to `last`, on which a stay or a closure (`stay_id` None) has a room.

    `status` is the value of a Status; `room_now` the stay's present room: another one than `room_id` once the guest has
    moved on. What depends on dates is decided by the database, which need not hand them over: `came`: arrival is before
    today; `leaves`: departure is not after it; `begins`: the stay begins with this stretch. Day use has no `nights`.
    """

    room_id: int
    first: date
    last: date
    stay_id: int | None
    closure_id: int | None
    status: str | None
    room_now: int | None
    came: bool | None
    leaves: bool | None
    begins: bool | None
    vip: int
    surname: str
    given: str
    name_zh: str
    incognito: bool
    group_id: int | None
    locked: bool
    early: bool
    late: bool
    nights: bool


class Unplaced(NamedTuple):
    """A guest due to arrive who has no room yet."""

    stay_id: int
    surname: str
    given: str
    name_zh: str
    incognito: bool
    vip: int
    persons: int
    arrival: date
    departure: date
    type_id: int
    group: str | None
    colour: int | None
    version: int


def rack_rooms(*, type_id: int | None = None, floors: Iterable[int] = ()) -> list[RackRoom]:
    """Rooms in use by floor and number, of one type and some floors if asked."""
    wanted = sa.select(R.c.id, R.c.number, R.c.floor, R.c.type_id, R.c.housekeeping).where(R.c.active)
    if type_id:
        wanted = wanted.where(R.c.type_id == type_id)
    if chosen := list(floors):
        wanted = wanted.where(R.c.floor.in_(chosen))
    rows = db.session.connection().execute(wanted.order_by(R.c.floor, R.c.number))
    return [RackRoom._make(row) for row in rows]


def floors_in_use() -> list[int]:
    return list(db.session.scalars(sa.select(R.c.floor).where(R.c.active).distinct().order_by(R.c.floor)))


_NIGHTS = (
    sa.select(
        N.c.room_id, N.c.stay_id, N.c.closure_id, sa.func.min(N.c.night).label("first"),
        sa.func.max(N.c.night).label("last"),
    )
    # Room by room along the primary key: by the index of nights, SQLite looks each night up a second time.
    .where(N.c.room_id.in_(sa.select(R.c.id)), N.c.night.between(WINDOW["first"], WINDOW["last"]))
    .group_by(N.c.room_id, N.c.stay_id, N.c.closure_id)
    .subquery()
)  # fmt: skip
TODAY: Any = sa.bindparam("today")


def _who(first: Any, nights: bool) -> tuple[Any, ...]:
    return (
        sa.type_coerce(S.c.status, sa.String), S.c.room_id, S.c.arrival < TODAY, S.c.departure <= TODAY,
        S.c.arrival == first, sa.func.coalesce(sa.func.nullif(S.c.vip_level, 0), G.c.vip_level, 0), G.c.surname,
        G.c.given, G.c.name_zh, G.c.incognito, S.c.group_id, S.c.do_not_move, S.c.early_arrival, S.c.late_check_out,
        sa.literal(nights),
    )  # fmt: skip


# Names of groups and reasons of closures are asked for apart: joined, they cost as much as the stays themselves.
_HELD = (
    sa.select(
        _NIGHTS.c.room_id, _NIGHTS.c.first, _NIGHTS.c.last, _NIGHTS.c.stay_id, _NIGHTS.c.closure_id,
        *_who(_NIGHTS.c.first, True),
    )
    .select_from(_NIGHTS.outerjoin(S, S.c.id == _NIGHTS.c.stay_id).outerjoin(G, G.c.id == S.c.guest_id))
    .order_by(_NIGHTS.c.room_id, _NIGHTS.c.first)
)  # fmt: skip
_DAY_USE = (
    sa.select(S.c.room_id, S.c.arrival, S.c.arrival, S.c.id, sa.null(), *_who(S.c.arrival, False))
    .select_from(S.join(G, G.c.id == S.c.guest_id))
    .where(
        S.c.use == Use.DAY_USE,
        S.c.arrival.between(WINDOW["first"], WINDOW["last"]),
        S.c.status.in_((Status.RESERVED, Status.IN_HOUSE, Status.CHECKED_OUT)),
        S.c.room_id.is_not(None),
    )
)


def held(first: date, last: date, today: date) -> list[Held]:
    """Who and what has rooms on the nights from `first` to `last`, by room and night."""
    rows = db.session.connection().execute(_HELD, {"first": first, "last": last, "today": today})
    return list(map(Held._make, rows.all()))  # all(): fetched one by one, five thousand rows take 5 ms longer


def day_use(first: date, last: date, today: date) -> list[Held]:
    """Stays without a night that have a room on one of these days."""
    rows = run(_DAY_USE, {"first": first, "last": last, "today": today})
    return [Held._make(row) for row in rows]


class Arriving(NamedTuple):
    """What decides whether an arrival of today is late."""

    stay_id: int
    eta: str
    guaranteed: bool


def arriving(day: date) -> list[Arriving]:
    """Who is still to come on `day`."""
    wanted = (
        sa.select(S.c.id, S.c.eta, B.c.guarantee != Guarantee.NONE)
        .select_from(S.join(B, B.c.id == S.c.booking_id))
        .where(S.c.arrival == day, S.c.status == Status.RESERVED)
    )
    return [Arriving._make(row) for row in db.session.connection().execute(wanted)]


def groups_around(first: date, last: date) -> dict[int, tuple[str, int]]:
    """Code and colour of the groups of these days."""
    wanted = sa.select(GR.c.id, GR.c.code, GR.c.colour).where(GR.c.arrival <= last, GR.c.departure >= first)
    return {row.id: (row.code, row.colour) for row in db.session.connection().execute(wanted)}


def reasons_of_closures(first: date, last: date) -> dict[int, str]:
    """Why rooms are closed on these days."""
    wanted = sa.select(C.c.id, C.c.reason).where(C.c.first <= last, C.c.until >= first)
    return {row.id: row.reason for row in db.session.connection().execute(wanted)}


class OutOfService(NamedTuple):
    """A room that may be sold but should not; `until` is the day it is back."""

    room_id: int
    first: date
    until: date
    reason: str


_OUT_OF_SERVICE = sa.select(C.c.room_id, C.c.first, C.c.until, C.c.reason).where(
    C.c.kind == ClosureKind.OUT_OF_SERVICE,
    C.c.reopened_at.is_(None),
    C.c.first <= WINDOW["last"],
    C.c.until > WINDOW["first"],
)


def out_of_service(first: date, last: date) -> list[OutOfService]:
    rows = run(_OUT_OF_SERVICE, {"first": first, "last": last})
    return [OutOfService._make(row) for row in rows]


_SOLD = (
    sa.select(T.c.night, sa.func.sum(T.c.sold))
    .where(T.c.night.between(WINDOW["first"], WINDOW["last"]))
    .group_by(T.c.night)
)


def rooms_sold(first: date, last: date) -> dict[date, int]:
    """Rooms sold or held by blocks, by night, in the whole house; nights on which nothing is, are not named."""
    return {night: int(sold) for night, sold in run(_SOLD, {"first": first, "last": last})}


def rooms_in_house() -> int:
    """How many rooms there are to sell in the whole house."""
    return int(db.session.scalar(sa.select(sa.func.count()).select_from(R).where(R.c.active)) or 0)


def without_room(day: date) -> list[Unplaced]:
    """Who is due on `day` or should have come before and has no room, VIPs first."""
    vip = sa.func.coalesce(sa.func.nullif(S.c.vip_level, 0), G.c.vip_level, 0)
    # Bounded on both sides: asked for departures from `day` on, SQLite reads every booking of the year to come.
    could_be_due = S.c.arrival.between(day - timedelta(days=LONGEST_STAY), day)
    wanted = (
        sa.select(
            S.c.id, G.c.surname, G.c.given, G.c.name_zh, G.c.incognito, vip, S.c.adults + S.c.children, S.c.arrival,
            S.c.departure, sa.func.coalesce(S.c.assign_type_id, S.c.type_id), GR.c.code, GR.c.colour, S.c.version,
        )
        .select_from(S.join(G, G.c.id == S.c.guest_id).outerjoin(GR, GR.c.id == S.c.group_id))
        .where(S.c.status == Status.RESERVED, could_be_due, S.c.departure >= day, S.c.room_id.is_(None))
        .order_by(vip == 0, vip, S.c.arrival, G.c.surname, S.c.id)
    )  # fmt: skip
    return [Unplaced._make(row) for row in db.session.connection().execute(wanted)]


def move_of(stay_id: int, move_id: int) -> RoomMove:
    """A room change of a stay. Raises `Missing`."""
    move = db.session.get(RoomMove, move_id)
    if move is None or move.stay_id != stay_id:
        raise Missing(say("There is no such room change."))
    return move


def ready_at(room_ids: Iterable[int]) -> dict[int, Any]:
    """When housekeeping promised rooms that are not clean yet."""
    wanted = sa.select(R.c.id, R.c.ready_at).where(
        R.c.id.in_(list(room_ids)), R.c.housekeeping.in_((Housekeeping.DIRTY, Housekeeping.CLEANING))
    )
    return {row.id: row.ready_at for row in db.session.connection().execute(wanted)}
