"""The worklist of wake-up calls, by the clock."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

import sqlalchemy as sa

from pms.db import db
from pms.errors import Missing
from pms.guest_services.models_wake_ups import WakeUp, WakeUpState
from pms.guests.models import Guest
from pms.guests.queries_papers import MASKED_GUEST, guest_rows
from pms.property.models import Room
from pms.reservations.models import Group, Stay
from pms.reservations.status import Status
from pms.say import say

OPEN = (WakeUpState.WAITING, WakeUpState.GO_UP)
LOOKED_BACK = timedelta(hours=24)


class WakeUpRow(NamedTuple):
    id: int
    stay_id: int | None
    wall: str
    next_at: datetime
    state: WakeUpState
    unanswered: int
    room: str | None
    group: str | None
    surname: str
    given: str
    name_zh: str
    incognito: bool
    vip: int

    def undisclosed(self) -> WakeUpRow:
        """The same call without its guest's name, for those who need not know (Q1)."""
        return self._replace(stay_id=None, surname="", given="", name_zh="") if self.incognito else self

    @property
    def time(self) -> str:
        return self.wall[-5:]


class WakeUpLine(NamedTuple):
    """A call as the night's paper lists it."""

    wall: str
    room: str
    guest: str
    guest_incognito: bool
    group: str
    unanswered: int
    state: str


def worklist(now: datetime, *, see_incognito: bool) -> list[WakeUpRow]:
    """Calls to be made by guests in house, and those of the last 24 hours, in the order of the clock."""
    lately = sa.and_(WakeUp.state.notin_(OPEN), WakeUp.next_at > now - LOOKED_BACK)
    to_ring = sa.and_(WakeUp.state.in_(OPEN), Stay.status == Status.IN_HOUSE)
    wanted = _rows().where(sa.or_(to_ring, lately)).order_by(WakeUp.next_at, Room.number, WakeUp.id)
    return _disclosed(wanted, see_incognito)


def of_day(day: date, after: tuple[str, int] | None, limit: int, *, see_incognito: bool) -> list[WakeUpRow]:
    """`limit` calls of a day after the time and id in `after`, whatever became of them."""
    wanted = _rows().where(WakeUp.wall >= f"{day}", WakeUp.wall < f"{day + timedelta(days=1)}")
    if after is not None:
        wanted = wanted.where(sa.tuple_(WakeUp.wall, WakeUp.id) > sa.tuple_(*map(sa.literal, after)))
    return _disclosed(wanted.order_by(WakeUp.wall, WakeUp.id).limit(limit), see_incognito)


def row(wake_up_id: int, *, see_incognito: bool) -> WakeUpRow:
    """Raises `Missing`."""
    return _one(WakeUp.id == wake_up_id, see_incognito=see_incognito)


def row_at(stay_id: int, wall: str, *, see_incognito: bool) -> WakeUpRow:
    """A stay's call at `wall` that stands. Raises `Missing`."""
    stands = (WakeUp.stay_id == stay_id, WakeUp.wall == wall, WakeUp.state != WakeUpState.CANCELLED)
    return _one(*stands, see_incognito=see_incognito)


def _rows() -> sa.Select[*tuple[Any, ...]]:
    """The columns of `WakeUpRow`, in its order."""
    return (
        sa.select(
            WakeUp.id, WakeUp.stay_id, WakeUp.wall, WakeUp.next_at, WakeUp.state, WakeUp.unanswered, Room.number,
            Group.code, Guest.surname, Guest.given, Guest.name_zh, Guest.incognito, Stay.vip_level,
        )
        .select_from(WakeUp)
        .join(Stay, Stay.id == WakeUp.stay_id)
        .join(Guest, Guest.id == Stay.guest_id)
        .outerjoin(Group, Group.id == Stay.group_id)
        .outerjoin(Room, Room.id == Stay.room_id)
    )  # fmt: skip


def _one(*conditions: Any, see_incognito: bool) -> WakeUpRow:
    rows = _disclosed(_rows().where(*conditions), see_incognito)
    if not rows:
        raise _NO_WAKE_UP
    return rows[0]


def _disclosed(wanted: sa.Select[*tuple[Any, ...]], see_incognito: bool) -> list[WakeUpRow]:
    rows = [WakeUpRow(*line) for line in db.session.execute(wanted)]
    return rows if see_incognito else [row.undisclosed() for row in rows]


def load(wake_up_id: int) -> WakeUp:
    """Raises `Missing`."""
    found = db.session.get(WakeUp, wake_up_id)
    if found is None:
        raise _NO_WAKE_UP
    return found


_NO_WAKE_UP = Missing(say("There is no such wake-up call."))


def ordered(stays: Collection[int], wall: str) -> set[int]:
    """Which of the stays have this call already."""
    wanted = sa.select(WakeUp.stay_id).where(
        WakeUp.stay_id.in_(stays), WakeUp.wall == wall, WakeUp.state != WakeUpState.CANCELLED
    )
    return set(db.session.scalars(wanted))


def stays_of(group: Group) -> list[int]:
    """One stay for each room of a group that is in the house."""
    wanted = sa.select(Stay.id).where(Stay.group_id == group.id, Stay.status == Status.IN_HOUSE).order_by(Stay.id)
    return list(db.session.scalars(wanted))


def group_called(code: str) -> Group | None:
    return db.session.scalar(sa.select(Group).where(sa.func.upper(Group.code) == code.strip().upper()))


def wake_ups(day: date) -> list[WakeUpLine]:
    """Calls of the date and of the next one, by the clock (Q4)."""
    return guest_rows(WakeUpLine, _wake_ups(), first=f"{day}", until=f"{day + timedelta(days=2)}")


@cache
def _wake_ups() -> Any:
    return (
        sa.select(
            *MASKED_GUEST, WakeUp.wall, sa.func.coalesce(Room.number, "").label("room"),
            sa.func.coalesce(Group.code, "").label("group"), WakeUp.unanswered, WakeUp.state,
        )
        .select_from(WakeUp)
        .join(Stay, Stay.id == WakeUp.stay_id)
        .join(Guest, Guest.id == Stay.guest_id)
        .outerjoin(Group, Group.id == Stay.group_id)
        .outerjoin(Room, Room.id == Stay.room_id)
        .where(WakeUp.wall >= sa.bindparam("first"), WakeUp.wall < sa.bindparam("until"))
        .where(WakeUp.state != WakeUpState.CANCELLED)
        .order_by(WakeUp.wall, Room.number, WakeUp.id)
    )  # fmt: skip
