"""Rooms as front office and housekeeping see them (papers.md, "Room status"), one statement each."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any, NamedTuple

import sqlalchemy as sa

from pms.guests.models import Guest
from pms.guests.queries_papers import DAY, MASKED_GUEST, guest_rows, plain_rows
from pms.property.models import Closure, Discrepancy, Room, RoomType
from pms.reservations.models import Stay
from pms.reservations.status import Status

FLOOR_ORDER = (sa.func.length(Room.number), Room.number)
IN_THE_ROOM = sa.and_(Stay.room_id == Room.id, Stay.status == Status.IN_HOUSE)


class RoomLine(NamedTuple):
    """A room: `front` is vacant, occupied, out_of_order or out_of_service; `housekeeping` its cleaning state."""

    room: str
    type: str
    floor: int
    front: str
    housekeeping: str
    persons: int
    departure: date | None
    reason: str


def room_states(day: date) -> list[RoomLine]:
    """Every room of the house as it stands, by number."""
    rows = plain_rows(RoomLine, _room_states(), day=day)
    return list({row.room: row for row in rows}.values())  # a room with two closures is still one room


@cache
def _room_states() -> Any:
    closed = sa.and_(
        Closure.room_id == Room.id, Closure.reopened_at.is_(None), Closure.first <= DAY, Closure.until > DAY
    )
    front = sa.case((Stay.id.is_not(None), "occupied"), (Closure.id.is_not(None), sa.cast(Closure.kind, sa.String(24))))
    return (
        sa.select(
            Room.number.label("room"), RoomType.code.label("type"), Room.floor,
            sa.func.coalesce(front, "vacant").label("front"), Room.housekeeping,
            sa.func.coalesce(Stay.adults + Stay.children, 0).label("persons"), Stay.departure,
            sa.func.coalesce(Closure.reason, "").label("reason"),
        )
        .select_from(Room)
        .join(RoomType, RoomType.id == Room.type_id)
        .outerjoin(Stay, IN_THE_ROOM)
        .outerjoin(Closure, closed)
        .where(Room.active)
        .order_by(*FLOOR_ORDER)
    )  # fmt: skip


class DiscrepancyLine(NamedTuple):
    """Front office and housekeeping disagree. `kind` is sleep, skip or persons."""

    room: str
    type: str
    kind: str
    housekeeping_persons: int | None
    front_office_persons: int | None
    guest: str
    guest_incognito: bool
    action: str


def discrepancies(day: date) -> list[DiscrepancyLine]:
    """What was found on `day` and what is still open from before."""
    return guest_rows(DiscrepancyLine, _discrepancies(), day=day)


@cache
def _discrepancies() -> Any:
    return (
        sa.select(
            *MASKED_GUEST, Room.number.label("room"), RoomType.code.label("type"), Discrepancy.kind,
            Discrepancy.housekeeping_persons, Discrepancy.front_office_persons, Discrepancy.action,
        )
        .select_from(Discrepancy)
        .join(Room, Room.id == Discrepancy.room_id)
        .join(RoomType, RoomType.id == Room.type_id)
        .outerjoin(Stay, IN_THE_ROOM)
        .outerjoin(Guest, Guest.id == Stay.guest_id)
        .where(sa.or_(Discrepancy.business_date == DAY, Discrepancy.resolved_at.is_(None)))
        .order_by(*FLOOR_ORDER, Discrepancy.id)
    )  # fmt: skip
