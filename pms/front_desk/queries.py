"""Everything the desk asks: rooms as they stand, who is registered, who is due out."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa

from pms.db import db
from pms.front_desk.models import KeyCard, Registration, Voucher
from pms.front_desk.rules import RoomState
from pms.guests.models import Guest
from pms.guests.names import list_name
from pms.property.models import Housekeeping, Room
from pms.reservations.models import RoomNight, Stay, StayGuest
from pms.reservations.status import Status

G, N, R, S, W = Guest.__table__, RoomNight.__table__, Room.__table__, Stay.__table__, StayGuest.__table__
READY = (Housekeeping.CLEAN, Housekeeping.INSPECTED)


class Registered(NamedTuple):
    """Somebody of the room: the stay's guest, or who shares with him."""

    id: int
    name: str
    incognito: bool


_REGISTERED = sa.select(G.c.id, G.c.surname, G.c.given, G.c.name_zh, G.c.incognito).where(
    sa.or_(
        G.c.id == sa.bindparam("guest"),
        G.c.id.in_(sa.select(W.c.guest_id).where(W.c.stay_id == sa.bindparam("stay"))),
    )
)


def registered_guests(stay: Stay) -> list[Registered]:
    """The stay's guest first, then those who share the room; one statement."""
    rows = db.session.connection().execute(_REGISTERED, {"guest": stay.guest_id, "stay": stay.id})
    people = [Registered(r.id, list_name(r.surname, r.given, r.name_zh), r.incognito) for r in rows]
    return sorted(people, key=lambda person: (person.id != stay.guest_id, person.id))


_INSIDE = S.alias("inside")
_LIVING = G.alias("living")
_ROOM_STATE = (
    sa.select(
        R.c.id, R.c.number, R.c.housekeeping, N.c.stay_id, N.c.closure_id,
        _INSIDE.c.id.label("inside_id"), _LIVING.c.surname, _LIVING.c.given, _LIVING.c.name_zh,
    )
    .select_from(
        R.outerjoin(_INSIDE, sa.and_(_INSIDE.c.room_id == R.c.id, _INSIDE.c.status == sa.literal_column("'in_house'")))
        .outerjoin(_LIVING, _LIVING.c.id == _INSIDE.c.guest_id)
        .outerjoin(N, sa.and_(N.c.room_id == R.c.id, N.c.night == sa.bindparam("night")))
    )
    .where(R.c.id == sa.bindparam("room"))
)  # fmt: skip


def room_state(room_id: int, night: date) -> RoomState:
    """A room as it stands now and for the night; one statement."""
    row = db.session.connection().execute(_ROOM_STATE, {"room": room_id, "night": night}).one()
    return RoomState(
        id=row.id,
        number=row.number,
        clean=row.housekeeping in READY,
        lives_here=list_name(row.surname, row.given, row.name_zh) if row.inside_id else "",
        tonight_stay=row.stay_id,
        closed=row.closure_id is not None,
    )


class FreeRoom(NamedTuple):
    id: int
    number: str
    housekeeping: Housekeeping


def free_rooms(type_id: int, first: date, until: date, *, ready: bool = True, limit: int | None = 3) -> list[FreeRoom]:
    """Rooms of a type that nothing has from `first` to before `until` and nobody holds back; inspected ones first.

    `ready`: only those a guest can enter now.
    """
    taken = sa.select(N.c.room_id).where(N.c.night >= first, N.c.night < until)
    wanted = (
        sa.select(R.c.id, R.c.number, R.c.housekeeping)
        .where(R.c.type_id == type_id, R.c.active, R.c.held_back == "", R.c.id.not_in(taken))
        .order_by(R.c.housekeeping != Housekeeping.INSPECTED, R.c.number)
        .limit(limit)
    )
    if ready:
        inside = sa.select(S.c.room_id).where(S.c.status == Status.IN_HOUSE, S.c.room_id.is_not(None))
        wanted = wanted.where(R.c.housekeeping.in_(READY), R.c.id.not_in(inside))
    return [FreeRoom(*row) for row in db.session.connection().execute(wanted)]


def past_stays(guest_id: int) -> int:
    """How often the guest has stayed with us before: welcome for the (n + 1)th time (C3)."""
    wanted = sa.select(sa.func.count()).where(S.c.guest_id == guest_id, S.c.status == Status.CHECKED_OUT)
    return int(db.session.connection().execute(wanted).scalar_one())


def keys_of(stay_id: int) -> list[KeyCard]:
    """All keys ever made for a stay, the newest last."""
    return list(db.session.scalars(sa.select(KeyCard).where(KeyCard.stay_id == stay_id).order_by(KeyCard.id)))


def registrations_of(stay_id: int) -> list[Registration]:
    wanted = sa.select(Registration).where(Registration.stay_id == stay_id).order_by(Registration.id)
    return list(db.session.scalars(wanted))


def vouchers_of(stay_id: int) -> list[Voucher]:
    return list(db.session.scalars(sa.select(Voucher).where(Voucher.stay_id == stay_id).order_by(Voucher.day)))


def unsent_registrations() -> list[Any]:
    """The police queue (C9): `registration_id, at, guest_id, stay_id` not sent yet, the oldest first."""
    wanted = (
        sa.select(
            Registration.id.label("registration_id"), Registration.at, Registration.guest_id, Registration.stay_id
        )
        .where(Registration.sent_at.is_(None))
        .order_by(Registration.at, Registration.id)
    )
    return list(db.session.connection().execute(wanted))
