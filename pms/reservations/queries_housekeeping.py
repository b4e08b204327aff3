"""What the housekeeping board knows of every room: two statements, however many rooms there are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from pms.accounts.models import User
from pms.db import db
from pms.errors import Missing
from pms.guests.models import Guest
from pms.journal import JournalLine
from pms.property.models import Closure, ClosureKind, Discrepancy, DiscrepancyKind, Housekeeping, Room, RoomType
from pms.reservations.models import Group, Stay
from pms.reservations.models_moves import PlannedMove
from pms.reservations.status import Status
from pms.say import say

LIVING, COMING = aliased(Stay), aliased(Stay)
RUSH = "ask_rush_cleaning"
NOT_READY = (Housekeeping.DIRTY, Housekeeping.CLEANING)


@dataclass(frozen=True, slots=True)
class BoardRoom:
    """A room today: its state, who lives there as a number, who comes, and why it is closed.

    `persons` 0 is vacant. `name` is the guest who comes, '' for those who need not know; `rush_at` since when somebody
    waits for this room.
    """

    id: int
    number: str
    floor: int
    type_en: str
    type_zh: str
    housekeeping: Housekeeping
    since: datetime | None
    ready_at: datetime | None
    persons: int
    departure: date | None
    late_check_out: bool
    coming: int | None
    eta: str
    early: bool
    vip: int
    group_code: str | None
    group_colour: int | None
    name: str
    closure: ClosureKind | None
    closed_until: date | None
    reason: str
    from_room: str | None = None
    """The room from which he comes who moves within the house."""
    rush_at: datetime | None = None


class DiscrepancyRow(NamedTuple):
    id: int
    room_id: int
    room: str
    kind: DiscrepancyKind
    seen: int | None
    known: int | None
    found_at: datetime
    found_by: str
    found_by_zh: str | None
    resolved_at: datetime | None
    action: str


def board(day: date, *, names: bool, see_incognito: bool) -> list[BoardRoom]:
    """Every room in use by floor and number. `names`: may whoever asks read guests' names?"""
    rows = {row.id: row for row in db.session.execute(_rooms(day))}.values()  # two closures are still one room
    rush = _asked_for([row.coming for row in rows if row.coming and row.housekeeping in NOT_READY])
    return [_room(row, rush.get(row.coming), names, see_incognito) for row in rows]


def one_room(room_id: int, day: date, *, names: bool, see_incognito: bool) -> BoardRoom:
    """Raises `Missing`."""
    row = db.session.execute(_rooms(day).where(Room.id == room_id)).first()
    if row is None:
        raise Missing(say("There is no such room."))
    rush = _asked_for([row.coming] if row.coming and row.housekeeping in NOT_READY else [])
    return _room(row, rush.get(row.coming), names, see_incognito)


def open_closure(room_id: int, day: date) -> Closure | None:
    """The closure a room is under on `day`."""
    wanted = sa.select(Closure).where(
        Closure.room_id == room_id, Closure.first <= day, Closure.until > day, Closure.reopened_at.is_(None)
    )
    return db.session.scalar(wanted.limit(1))


def discrepancies(day: date) -> list[DiscrepancyRow]:
    """What is open, and what was settled on `day`; by room."""
    wanted = (
        sa.select(
            Discrepancy.id, Room.id, Room.number, Discrepancy.kind, Discrepancy.housekeeping_persons,
            Discrepancy.front_office_persons, Discrepancy.found_at, User.name, User.name_zh, Discrepancy.resolved_at,
            Discrepancy.action,
        )
        .join(Room, Room.id == Discrepancy.room_id)
        .join(User, User.id == Discrepancy.found_by)
        .where(sa.or_(Discrepancy.resolved_at.is_(None), Discrepancy.business_date == day))
        .order_by(Discrepancy.resolved_at.is_not(None), Room.number, Discrepancy.id)
    )  # fmt: skip
    return [DiscrepancyRow._make(row) for row in db.session.execute(wanted)]


def _rooms(day: date) -> sa.Select[*tuple[Any, ...]]:
    closed = sa.and_(
        Closure.room_id == Room.id, Closure.first <= day, Closure.until > day, Closure.reopened_at.is_(None)
    )
    comers = _comers(day)
    return (
        sa.select(
            Room.id, Room.number, Room.floor, RoomType.name_en.label("type_en"), RoomType.name_zh.label("type_zh"),
            Room.housekeeping, Room.housekeeping_since.label("since"), Room.ready_at,
            sa.func.coalesce(LIVING.adults + LIVING.children, 0).label("persons"), LIVING.departure,
            sa.func.coalesce(LIVING.late_check_out, sa.false()).label("late_check_out"),
            COMING.id.label("coming"), sa.func.coalesce(comers.c.eta, "").label("eta"),
            sa.func.coalesce(comers.c.early, sa.false()).label("early"), comers.c.from_room,
            sa.func.coalesce(sa.func.nullif(COMING.vip_level, 0), Guest.vip_level, 0).label("vip"),
            Group.code.label("group_code"), Group.colour.label("group_colour"),
            Guest.surname, Guest.given, Guest.name_zh, Guest.incognito,
            Closure.kind.label("closure"), Closure.until.label("closed_until"),
            sa.func.coalesce(Closure.reason, "").label("reason"),
        )
        .select_from(Room)
        .join(RoomType, RoomType.id == Room.type_id)
        .outerjoin(LIVING, sa.and_(LIVING.room_id == Room.id, LIVING.status == Status.IN_HOUSE))
        .outerjoin(comers, comers.c.room_id == Room.id)
        .outerjoin(COMING, COMING.id == comers.c.stay_id)
        .outerjoin(Guest, Guest.id == COMING.guest_id)
        .outerjoin(Group, Group.id == COMING.group_id)
        .outerjoin(Closure, closed)
        .where(Room.active)
        .order_by(Room.floor, sa.func.length(Room.number), Room.number)
    )  # fmt: skip


def _comers(day: date) -> sa.Subquery:
    """Who comes into which room on `day`: from outside, or from another room as was agreed before (P7)."""
    old = aliased(Room)
    arrivals = sa.select(
        Stay.room_id, Stay.id.label("stay_id"), Stay.eta, Stay.early_arrival.label("early"),
        sa.null().label("from_room"),
    ).where(Stay.status == Status.RESERVED, Stay.arrival == day, Stay.room_id.is_not(None))  # fmt: skip
    moving = (
        sa.select(PlannedMove.room_id, PlannedMove.stay_id, sa.literal(""), sa.false(), old.number)
        .join(Stay, Stay.id == PlannedMove.stay_id)
        .join(old, old.id == Stay.room_id)
        .where(PlannedMove.day == day, Stay.status == Status.IN_HOUSE)
    )
    return sa.union_all(arrivals, moving).subquery()


def _asked_for(stays: Iterable[int]) -> dict[int, datetime]:
    """Since when the guests of these stays have been waiting for a rush cleaning 抢扫 (C10)."""
    subjects = {f"stay:{stay}": stay for stay in stays}
    wanted = (
        sa.select(JournalLine.subject, sa.func.min(JournalLine.at))
        .where(JournalLine.subject.in_(list(subjects)), JournalLine.action == RUSH)
        .group_by(JournalLine.subject)
    )
    return {subjects[subject]: at for subject, at in db.session.execute(wanted)}


def _room(row: Any, rush_at: datetime | None, names: bool, see_incognito: bool) -> BoardRoom:
    values = dict(row._mapping)
    surname, given, zh, incognito = (values.pop(name) for name in ("surname", "given", "name_zh", "incognito"))
    name = (zh or " ".join(filter(None, (surname, given)))) if names and (see_incognito or not incognito) else ""
    return BoardRoom(**values, name=name or "", rush_at=rush_at)
