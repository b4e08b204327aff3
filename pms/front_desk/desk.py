"""Small steps that several verbs of the desk share: saving a stay, keys, offers and who is told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.exc import StaleDataError

from pms.db import db, insert_one, run
from pms.db import save as db_save
from pms.errors import Conflict, Offer
from pms.front_desk import queries
from pms.front_desk.models import KeyCard
from pms.front_desk.rules import LATE_KEY_HOUR, SHORTEST_KEY
from pms.notices import Department
from pms.property.models import Housekeeping, Room
from pms.property.queries import check_out_hour, hotel
from pms.reservations import status
from pms.reservations.models import Stay, Use
from pms.reservations.status import STATUS_NAMES, Status
from pms.say import Say, say

HOUSE_STAFF = (Department.HOUSEKEEPING, Department.SERVICE_CENTRE, Department.CONCIERGE, Department.OPERATOR)
SPECIAL_CARE = (Department.ASSISTANT_MANAGER, Department.RESTAURANTS)

K, R = KeyCard.__table__, Room.__table__
_LEAVE = (
    sa.update(R)
    .where(R.c.id == sa.bindparam("room"))
    .values(version=R.c.version + 1)
    .returning(R.c.number, R.c.version)
)
_VOID_KEYS = (
    sa.update(K).where(K.c.stay_id == sa.bindparam("stay"), K.c.void_at.is_(None)).values(void_at=sa.bindparam("at"))
)


def save(stay: Stay) -> None:
    """Write the stay now. Raises `Conflict` when somebody else changed it meanwhile or already lives in the room."""
    try:
        db_save(stay)
    except StaleDataError as error:
        raise Conflict(say("Somebody else has just changed this stay. Please look at it again.")) from error
    except IntegrityError as error:
        raise Conflict(
            say("Somebody else was faster: the room is taken. Please choose again."), field="room"
        ) from error


def leave_dirty(room_id: int, *, now: datetime) -> str:
    """The room a guest has left is dirty; returns its number."""
    values = {"housekeeping": Housekeeping.DIRTY, "housekeeping_since": now, "ready_at": None}
    row = run(_LEAVE, {"room": room_id, **values}).one()
    room = db.session.identity_map.get(Room.__mapper__.identity_key_from_primary_key((room_id,)))
    if room is not None:
        for name, value in (values | {"version": row.version}).items():
            set_committed_value(room, name, value)
    return str(row.number)


def must_be_in_house(stay: Stay) -> None:
    """Only a guest who is in the house can move, stay longer or leave early."""
    if stay.status is not Status.IN_HOUSE:
        raise status.WrongStatus(say("This guest is not in the house: {status}.", status=STATUS_NAMES[stay.status]))


def told(stay: Stay) -> tuple[Department, ...]:
    """Who hears of this guest: AM and restaurants as well for VIPs and disabled guests (C6, C8)."""
    special = stay.vip_level or "accessible" in stay.needs
    return (*HOUSE_STAFF, *SPECIAL_CARE) if special else HOUSE_STAFF


def named(name: str, incognito: bool) -> str | Say:
    """How a notice calls a guest: departments read it, so who wants no disclosure has no name there (Q1)."""
    return say("A guest") if incognito else name


def called(stay: Stay) -> str | Say:
    """`named` for the stay's guest."""
    return named(stay.guest.name, stay.guest.incognito)


def issue_key(stay: Stay, room_id: int, copies: int, *, now: datetime) -> int:
    """A key for the room until the guest's check-out hour, an hour at least; returns its id."""
    until = max(valid_until(stay), now + SHORTEST_KEY)
    return insert_one(KeyCard, stay_id=stay.id, room_id=room_id, issued_at=now, valid_until=until, copies=copies)


def void_keys(stay: Stay, *, now: datetime) -> int:
    """No key of the stay opens a door any more; returns how many were in use."""
    return run(_VOID_KEYS, {"stay": stay.id, "at": now}).rowcount


def valid_until(stay: Stay) -> datetime:
    """The hour of departure by season, 18:00 for VIPs, late check-outs and day use (C2, C6)."""
    return local_hour(stay.departure, key_hour(stay, stay.departure))


def key_hour(stay: Stay, departure: date) -> int:
    """The hour of the hotel's clock at which a key for `departure` stops to open."""
    late = stay.vip_level or stay.late_check_out or stay.use is Use.DAY_USE
    return LATE_KEY_HOUR if late else check_out_hour(departure)


def local_hour(day: date, hour: int) -> datetime:
    """The instant of an hour of the hotel's clock."""
    return datetime.combine(day, time(hour), tzinfo=ZoneInfo(hotel().zone)).astimezone(UTC)


def room_offers(stay: Stay, first: date, *, but: Iterable[int] = ()) -> tuple[Offer, ...]:
    """Up to three other rooms of the type, ready for the guest's nights from `first` on."""
    rooms = queries.free_rooms(stay.held_type_id, first, stay.departure, limit=6)
    return tuple(
        Offer(say("Room {room}", room=room.number), "room", room.id) for room in rooms if room.id not in set(but)
    )[:3]
