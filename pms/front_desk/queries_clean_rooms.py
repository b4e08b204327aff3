"""Are there enough clean rooms of each type for the arrivals of the next hours (P18)?"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import NamedTuple

import sqlalchemy as sa

from pms.db import db
from pms.front_desk.queries import READY
from pms.property.models import Housekeeping, Room
from pms.property.queries import types
from pms.reservations.models import RoomNight, Stay
from pms.reservations.models_moves import PlannedMove
from pms.reservations.status import Status


class TypeNeed(NamedTuple):
    """A type: guests who come in the next hours, rooms ready for them, and the empty rooms still to be cleaned."""

    id: int
    code: str
    name_en: str
    name_zh: str
    coming: int
    ready: int
    to_clean: tuple[str, ...]

    @property
    def short(self) -> int:
        """How many rooms are missing."""
        return max(0, self.coming - self.ready)

    @property
    def to_rush(self) -> tuple[str, ...]:
        """The rooms to be cleaned first."""
        return self.to_clean[: self.short]


def clean_rooms(day: date, until: str) -> list[TypeNeed]:
    """By type, for guests of `day` who come until `until` (HH:MM of the hotel's clock), those without a time, the
    overdue ones and those who change rooms as agreed included; two statements whatever the size of the house.
    """
    coming = _coming(day, until)
    ready, to_clean = _rooms(day)
    return [
        TypeNeed(kind.id, kind.code, kind.name_en, kind.name_zh, coming.get(kind.id, 0), ready.get(kind.id, 0),
                 tuple(to_clean.get(kind.id, ())))
        for kind in types()
        if coming.get(kind.id) or ready.get(kind.id) or to_clean.get(kind.id)
    ]  # fmt: skip


def _coming(day: date, until: str) -> dict[int, int]:
    held = sa.func.coalesce(Stay.assign_type_id, Stay.type_id)
    soon = sa.or_(Stay.arrival < day, Stay.eta == "", Stay.eta <= until)
    arriving = (
        sa.select(held, sa.func.count())
        .where(Stay.status == Status.RESERVED, Stay.arrival <= day, Stay.departure > day, soon)
        .group_by(held)
    )
    moving = (
        sa.select(Room.type_id, sa.func.count())
        .join(PlannedMove, PlannedMove.room_id == Room.id)
        .join(Stay, Stay.id == PlannedMove.stay_id)
        .where(PlannedMove.day <= day, Stay.status == Status.IN_HOUSE)
        .group_by(Room.type_id)
    )
    found: Counter[int] = Counter()
    for kind, count in db.session.execute(sa.union_all(arriving, moving)):
        found[kind] += count
    return found


def _rooms(day: date) -> tuple[dict[int, int], dict[int, list[str]]]:
    """Empty rooms that a guest of today could have: how many are ready by type, and the numbers of the others, those
    being cleaned first.
    """
    lived_in = sa.exists().where(Stay.room_id == Room.id, Stay.status == Status.IN_HOUSE)
    closed = sa.exists().where(RoomNight.room_id == Room.id, RoomNight.night == day, RoomNight.closure_id.is_not(None))
    wanted = (
        sa.select(Room.type_id, Room.number, Room.housekeeping)
        .where(Room.active, ~lived_in, ~closed, Room.held_back == "")
        .order_by(Room.housekeeping != Housekeeping.CLEANING, sa.func.length(Room.number), Room.number)
    )
    ready: dict[int, int] = {}
    to_clean: dict[int, list[str]] = {}
    for kind, number, state in db.session.execute(wanted):
        if state in READY:
            ready[kind] = ready.get(kind, 0) + 1
        else:
            to_clean.setdefault(kind, []).append(number)
    return ready, to_clean
