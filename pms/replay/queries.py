"""What the replay asks of the house it plays in."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import sqlalchemy as sa

from pms.db import db
from pms.guests.models import Account
from pms.night_audit.models import DailyFigures
from pms.property.models import Housekeeping, RatePlan, Room, RoomType
from pms.reservations.models import Stay
from pms.reservations.status import Status

_LIVED_IN = sa.select(Stay.room_id).where(Stay.status == Status.IN_HOUSE, Stay.room_id.is_not(None))


class Totals(NamedTuple):
    """Of the closed dates played: room-nights sold and to be had, revenue in minor units."""

    rooms_sold: int
    revenue: int
    room_nights: int

    @property
    def occupancy(self) -> float:
        return self.rooms_sold / self.room_nights if self.room_nights else 0.0


def keys_of_the_house() -> tuple[int, dict[str, int], dict[str, int]]:
    """The rate plan's id, ids of types by code, ids of accounts by code."""
    plan = db.session.scalars(sa.select(RatePlan.id)).one()
    types, accounts = (_ids_by_code(kind) for kind in (RoomType, Account))
    return plan, types, accounts


def _ids_by_code(kind: type[RoomType] | type[Account]) -> dict[str, int]:
    return {row.code: row.id for row in db.session.execute(sa.select(kind.code, kind.id))}


def vacant_dirty_rooms() -> list[Room]:
    wanted = sa.select(Room).where(Room.housekeeping == Housekeeping.DIRTY, Room.id.not_in(_LIVED_IN))
    return list(db.session.scalars(wanted.order_by(Room.number)))


def vacant_clean_room(type_id: int) -> Room | None:
    """A vacant clean room, one of the type if there is one."""
    wanted = sa.select(Room).where(Room.housekeeping == Housekeeping.CLEAN, Room.id.not_in(_LIVED_IN))
    return db.session.scalars(wanted.order_by(Room.type_id != type_id, Room.number).limit(1)).first()


def totals(first: date, last: date) -> Totals:
    """Dates before the first arrival do not count as empty nights: occupancy is of the dates with guests."""
    open_dates = DailyFigures.business_date.between(first, last), DailyFigures.occupied > 0
    sums = [sa.func.sum(c) for c in (DailyFigures.occupied, DailyFigures.room_revenue, DailyFigures.rooms)]
    row = db.session.execute(sa.select(*sums).where(*open_dates)).one()
    return Totals(*(int(value or 0) for value in row))
