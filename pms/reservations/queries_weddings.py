"""The weddings to come, and what each of them lacks (R9)."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from pms.db import db
from pms.property.models import Room
from pms.reservations.models import Group, GroupStatus, Source, Stay
from pms.reservations.models_arrangements import Arrangement
from pms.reservations.models_events import Event, Wedding
from pms.reservations.status import Status

EXPECTED = (Status.RESERVED, Status.IN_HOUSE)
Couple, Decoration = aliased(Stay), aliased(Arrangement)


class WeddingLine(NamedTuple):
    """A wedding on the list; bride and all that follows them is empty while the sheet is not taken down.

    `room` is the newly-weds' (None: no stay chosen or nothing placed), `rooms` and `placed` count the party's;
    `salon_done` and `decorated` say whether it is ticked off.
    """

    group_id: int
    code: str
    colour: int
    name: str
    name_zh: str
    arrival: date
    departure: date
    bride: str | None
    groom: str | None
    day: date | None
    starts: str | None
    place: str | None
    covers: int | None
    stay_id: int | None
    room: str | None
    decorated: bool
    salon_at: str | None
    salon_done: bool
    rooms: int
    placed: int


def weddings_from(day: date) -> list[WeddingLine]:
    """Weddings whose party has not left by `day`, the next one first, groups without a sheet too; one statement."""
    wanted = (
        sa.select(
            Group.id, Group.code, Group.colour, Group.name, Group.name_zh, Group.arrival, Group.departure,
            Wedding.bride, Wedding.groom, Event.day, Event.starts, Event.place, Event.covers, Wedding.stay_id,
            Room.number, Decoration.done_at.is_not(None), Wedding.salon_at, Arrangement.done_at.is_not(None),
            _stays(), _stays(Stay.room_id.is_not(None)),
        )
        .select_from(Group)
        .outerjoin(Wedding, Wedding.group_id == Group.id)
        .outerjoin(Event, Event.id == Wedding.event_id)
        .outerjoin(Arrangement, Arrangement.id == Wedding.salon_id)
        .outerjoin(Decoration, Decoration.id == Wedding.decoration_id)
        .outerjoin(Couple, Couple.id == Wedding.stay_id)
        .outerjoin(Room, Room.id == Couple.room_id)
        .where(Group.kind == Source.WEDDING, Group.status != GroupStatus.CANCELLED, Group.departure >= day)
        .order_by(sa.func.coalesce(Event.day, Group.arrival), Group.code)
    )  # fmt: skip
    rows: Any = db.session.execute(wanted)
    return [WeddingLine(*row) for row in rows]


def wedding_of(group_id: int) -> Wedding | None:
    return db.session.get(Wedding, group_id)


def _stays(*conditions: Any) -> Any:
    """How many rooms of the group are expected or taken."""
    counted = sa.select(sa.func.count()).where(Stay.group_id == Group.id, Stay.status.in_(EXPECTED), *conditions)
    return counted.correlate(Group).scalar_subquery()
