"""Things kept: what is here, what is overdue, and whose something found may be."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

import sqlalchemy as sa

from pms.db import db
from pms.errors import Missing
from pms.guest_services.models_kept import Gone, KeepingTime, Kept, KeptKind
from pms.guests.models import Guest
from pms.guests.queries_papers import plain_rows
from pms.property.models import Room
from pms.reservations.models import RoomNight, Stay
from pms.say import say

MOST = 200


class KeptRow(NamedTuple):
    """One thing. The owner's name is gone for those who need not know a guest who wants no disclosure (Q1)."""

    id: int
    number: str
    kind: KeptKind
    what: str
    giver: str
    owner: str
    incognito: bool
    room: str
    place: str
    shelf: str
    kept_at: datetime
    due_on: date
    told_at: datetime | None
    gone: Gone | None
    gone_at: datetime | None
    gone_to: str

    def undisclosed(self) -> KeptRow:
        return self._replace(owner="", gone_to="") if self.incognito else self


class KeptLine(NamedTuple):
    number: str
    kind: str
    what: str
    place: str
    shelf: str
    guest: str
    guest_incognito: bool
    giver: str
    kept_on: date
    due_on: date
    told: bool
    overdue: bool


def _rows() -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(
            Kept.id, Kept.number, Kept.kind, Kept.what, Kept.giver, Kept.owner,
            sa.func.coalesce(Guest.incognito, sa.false()), sa.func.coalesce(Room.number, ""), Kept.place, Kept.shelf,
            Kept.kept_at, Kept.due_on, Kept.told_at, Kept.gone, Kept.gone_at, Kept.gone_to,
        )
        .select_from(Kept)
        .outerjoin(Room, Room.id == Kept.room_id)
        .outerjoin(Stay, Stay.id == Kept.stay_id)
        .outerjoin(Guest, Guest.id == Stay.guest_id)
    )  # fmt: skip


def here(*, see_incognito: bool) -> list[KeptRow]:
    """Everything that is here, what is due first first."""
    wanted = _rows().where(Kept.gone.is_(None)).order_by(Kept.due_on, Kept.id)
    return _disclosed(wanted, see_incognito)


def gone(*, see_incognito: bool) -> list[KeptRow]:
    """What has left us, the last first."""
    wanted = _rows().where(Kept.gone.is_not(None)).order_by(Kept.gone_at.desc(), Kept.id.desc()).limit(MOST)
    return _disclosed(wanted, see_incognito)


def things_after(
    last: int, limit: int, *, here: bool, kind: KeptKind | None, due_before: date | None, see_incognito: bool
) -> list[KeptRow]:
    """`limit` things after the id `last`, in the order in which they came; those that are `here`, or that have left."""
    wanted = _rows().where(Kept.id > last, Kept.gone.is_(None) if here else Kept.gone.is_not(None))
    if kind is not None:
        wanted = wanted.where(Kept.kind == kind)
    if due_before is not None:
        wanted = wanted.where(Kept.due_on < due_before)
    return _disclosed(wanted.order_by(Kept.id).limit(limit), see_incognito)


def row(thing_id: int, *, see_incognito: bool) -> KeptRow:
    """Raises `Missing`."""
    found = _disclosed(_rows().where(Kept.id == thing_id), see_incognito)
    if not found:
        raise Missing(say("There is no such thing here."))
    return found[0]


def load(thing_id: int) -> Kept:
    """Raises `Missing`."""
    thing = db.session.get(Kept, thing_id)
    if thing is None:
        raise Missing(say("There is no such thing here."))
    return thing


def days_kept() -> dict[KeptKind, int]:
    """The kinds for which the house has said how many days they are kept."""
    return {row.kind: row.days for row in db.session.scalars(sa.select(KeepingTime))}


def lived_there(room_id: int, day: date, *, see_incognito: bool) -> list[Any]:
    """Who had the room lately, the last first: `stay_id, surname, given, name_zh, arrival, departure` (L7)."""
    wanted = (
        sa.select(Stay.id.label("stay_id"), Guest.surname, Guest.given, Guest.name_zh, Stay.arrival, Stay.departure)
        .join(RoomNight, RoomNight.stay_id == Stay.id)
        .join(Guest, Guest.id == Stay.guest_id)
        .where(RoomNight.room_id == room_id, RoomNight.night <= day)
        .group_by(Stay.id, Guest.surname, Guest.given, Guest.name_zh, Stay.arrival, Stay.departure)
        .order_by(sa.func.max(RoomNight.night).desc())
        .limit(3)
    )
    wanted = wanted if see_incognito else wanted.where(~Guest.incognito)
    return list(db.session.execute(wanted))


def things_kept(day: date) -> list[KeptLine]:
    """What is here when the date closes; overdue is what should have gone by then (L5)."""
    return plain_rows(KeptLine, _things_kept(), day=day)


@cache
def _things_kept() -> Any:
    day = sa.bindparam("day", type_=sa.Date)
    return (
        sa.select(
            Kept.number, Kept.kind, Kept.what, sa.func.coalesce(Room.number, Kept.place).label("place"), Kept.shelf,
            Kept.owner.label("guest"), sa.func.coalesce(Guest.incognito, sa.false()).label("guest_incognito"),
            Kept.giver, Kept.kept_on, Kept.due_on, Kept.told_at.is_not(None).label("told"),
            (Kept.due_on < day).label("overdue"),
        )
        .select_from(Kept)
        .outerjoin(Room, Room.id == Kept.room_id)
        .outerjoin(Stay, Stay.id == Kept.stay_id)
        .outerjoin(Guest, Guest.id == Stay.guest_id)
        .where(Kept.gone.is_(None))
        .order_by(Kept.due_on, Kept.id)
    )  # fmt: skip


def _disclosed(wanted: sa.Select[*tuple[Any, ...]], see_incognito: bool) -> list[KeptRow]:
    lines = [KeptRow(*values) for values in db.session.execute(wanted)]
    return lines if see_incognito else [line.undisclosed() for line in lines]
