"""Everything the desk asks: rooms as they stand, who is registered, who is due out."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from pms.cashier.models import Posting
from pms.db import db, run
from pms.front_desk.models import CallResult, DueOutCall, KeyCard, Registration, Voucher
from pms.front_desk.rules import RoomState
from pms.guests.models import Guest
from pms.guests.names import list_name
from pms.property.models import Housekeeping, Room
from pms.reservations.models import RoomNight, Stay, StayGuest, StayNight
from pms.reservations.status import Status
from pms.say import Say, say

G, N, R, S, W = Guest.__table__, RoomNight.__table__, Room.__table__, Stay.__table__, StayGuest.__table__
C, P = DueOutCall.__table__, StayNight.__table__
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
    rows = run(_REGISTERED, {"guest": stay.guest_id, "stay": stay.id})
    people = [Registered(r.id, list_name(r.surname, r.given, r.name_zh), r.incognito) for r in rows]
    return sorted(people, key=lambda person: (person.id != stay.guest_id, person.id))


_INSIDE = S.alias("inside")
_LIVING = G.alias("living")
_ROOM_STATE = (
    sa.select(
        R.c.id, R.c.number, R.c.housekeeping, N.c.stay_id, N.c.closure_id,
        _INSIDE.c.id.label("inside_id"), _LIVING.c.surname, _LIVING.c.given, _LIVING.c.name_zh,
        _LIVING.c.incognito,
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
    row = run(_ROOM_STATE, {"room": room_id, "night": night}).one()
    return RoomState(
        id=row.id,
        number=row.number,
        clean=row.housekeeping in READY,
        lives_here=_who_lives_here(row) if row.inside_id else "",
        tonight_stay=row.stay_id,
        closed=row.closure_id is not None,
    )


def _who_lives_here(row: Any) -> str | Say:
    """The cashier reads it too, who need not know of a guest without disclosure (Q1)."""
    return say("A guest") if row.incognito else list_name(row.surname, row.given, row.name_zh)


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
        .order_by(R.c.housekeeping != Housekeeping.INSPECTED, sa.func.length(R.c.number), R.c.number)
        .limit(limit)
    )
    if ready:
        inside = sa.select(S.c.room_id).where(S.c.status == Status.IN_HOUSE, S.c.room_id.is_not(None))
        wanted = wanted.where(R.c.housekeeping.in_(READY), R.c.id.not_in(inside))
    return [FreeRoom(*row) for row in db.session.connection().execute(wanted)]


def keys_of(stay_id: int) -> list[KeyCard]:
    """All keys ever made for a stay, the newest last."""
    return list(db.session.scalars(sa.select(KeyCard).where(KeyCard.stay_id == stay_id).order_by(KeyCard.id)))


def registrations_of(stay_id: int) -> list[Registration]:
    wanted = sa.select(Registration).where(Registration.stay_id == stay_id).order_by(Registration.id)
    return list(db.session.scalars(wanted))


def vouchers_of(stay_id: int) -> list[Voucher]:
    return list(db.session.scalars(sa.select(Voucher).where(Voucher.stay_id == stay_id).order_by(Voucher.day)))


class Blocking(NamedTuple):
    """What has a room on nights somebody else would like: a stay, or a closure (`stay_id` None)."""

    stay_id: int
    guest: str
    type_id: int
    arrival: date
    departure: date
    locked: bool
    closed: bool


def blocking(room_id: int, first: date, until: date) -> list[Blocking]:
    """What has the room from `first` to before `until`, each once, in the order of their nights."""
    wanted = (
        sa.select(
            N.c.stay_id, N.c.closure_id, S.c.type_id, S.c.assign_type_id, S.c.arrival, S.c.departure, S.c.do_not_move,
            G.c.surname, G.c.given, G.c.name_zh,
        )
        .select_from(N.outerjoin(S, S.c.id == N.c.stay_id).outerjoin(G, G.c.id == S.c.guest_id))
        .where(N.c.room_id == room_id, N.c.night >= first, N.c.night < until)
        .order_by(N.c.night)
    )  # fmt: skip
    found: dict[tuple[int | None, int | None], Blocking] = {}
    for row in db.session.connection().execute(wanted):
        found.setdefault((row.stay_id, row.closure_id), _blocking(row))
    return list(found.values())


def _blocking(row: Any) -> Blocking:
    if row.stay_id is None:
        return Blocking(0, "", 0, date.min, date.min, False, True)
    return Blocking(
        row.stay_id,
        list_name(row.surname, row.given, row.name_zh),
        row.assign_type_id or row.type_id,
        row.arrival,
        row.departure,
        row.do_not_move,
        False,
    )


def price_of_night(stay_id: int, night: date) -> int:
    """The price fixed for a night of a stay. Raises `NoResultFound` for a night it does not have."""
    wanted = sa.select(P.c.price).where(P.c.stay_id == stay_id, P.c.night == night)
    return int(db.session.connection().execute(wanted).scalar_one())


def price_of_nights_from(stay_id: int, first: date) -> int:
    """Sum of the prices of a stay's nights from `first` on."""
    wanted = sa.select(sa.func.coalesce(sa.func.sum(P.c.price), 0)).where(P.c.stay_id == stay_id, P.c.night >= first)
    return int(db.session.connection().execute(wanted).scalar_one())


class DueOut(NamedTuple):
    """A guest who should have left by `day`: for the call list of 12:00 (E1). `called` is the day's last answer."""

    stay_id: int
    room: str
    surname: str
    given: str
    name_zh: str
    vip: int
    telephone: str
    departure: date
    late_check_out: bool
    balance: int
    called: CallResult | None
    note: str
    called_at: datetime | None

    @property
    def guest(self) -> str:
        return list_name(self.surname, self.given, self.name_zh)


def due_out_calls(day: date) -> list[DueOut]:
    """Guests due out on `day` or before who are still in house, the overdue ones first, then by room; one
    statement.
    """
    call = C.alias("call")
    calls = sa.select(sa.func.max(call.c.id)).where(call.c.stay_id == S.c.id, call.c.business_date == day)
    last_call = calls.correlate(S).scalar_subquery()
    owed = sa.select(sa.func.coalesce(sa.func.sum(Posting.amount), 0)).where(Posting.stay_id == S.c.id)
    wanted = (
        sa.select(
            S.c.id, R.c.number, G.c.surname, G.c.given, G.c.name_zh, S.c.vip_level, G.c.telephone, S.c.departure,
            S.c.late_check_out, owed.scalar_subquery(), C.c.result, sa.func.coalesce(C.c.note, ""), C.c.at,
        )
        .select_from(
            S.join(R, R.c.id == S.c.room_id).join(G, G.c.id == S.c.guest_id).outerjoin(C, C.c.id == last_call)
        )
        .where(S.c.status == Status.IN_HOUSE, S.c.departure <= day)
        .order_by(S.c.departure, sa.func.length(R.c.number), R.c.number)
    )  # fmt: skip
    return [DueOut(*tuple(row)) for row in db.session.connection().execute(wanted)]


class KeyOut(NamedTuple):
    """Key cards whose hour is over and whose guest is still in house: renew them or take them back."""

    stay_id: int
    room: str
    surname: str
    given: str
    name_zh: str
    incognito: bool
    copies: int


def keys_not_back(now: datetime) -> list[KeyOut]:
    """By room; one statement."""
    wanted = (
        sa.select(
            S.c.id, R.c.number, G.c.surname, G.c.given, G.c.name_zh, G.c.incognito, sa.func.sum(KeyCard.copies),
        )
        .select_from(S.join(KeyCard, KeyCard.stay_id == S.c.id).join(G, G.c.id == S.c.guest_id))
        .join(R, R.c.id == KeyCard.room_id)
        .where(S.c.status == Status.IN_HOUSE, KeyCard.void_at.is_(None), KeyCard.valid_until <= now)
        .group_by(S.c.id, R.c.number, G.c.surname, G.c.given, G.c.name_zh, G.c.incognito)
        .order_by(sa.func.length(R.c.number), R.c.number)
    )  # fmt: skip
    return [KeyOut(*tuple(row)) for row in db.session.connection().execute(wanted)]


def arriving_of_group(group_id: int, day: date) -> list[Stay]:
    """The stays of a group that are due on `day` or before and have not arrived, by room; guests are loaded."""
    wanted = (
        sa.select(Stay)
        .outerjoin(Room, Room.id == Stay.room_id)
        .where(Stay.group_id == group_id, Stay.status == Status.RESERVED, Stay.arrival <= day)
        .options(joinedload(Stay.guest))
        .order_by(sa.func.length(Room.number), Room.number, Stay.id)
    )
    return list(db.session.scalars(wanted))
