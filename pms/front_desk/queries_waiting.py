"""Who waits for a room at the desk, and who is to be called afterwards (C10)."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from pms.db import db
from pms.errors import Missing
from pms.front_desk.models_waiting import RoomWait
from pms.front_desk.queries_check_in import RoomNow, rooms_now
from pms.reservations.models import Stay
from pms.reservations.status import Status
from pms.say import say


class WaitingGuest(NamedTuple):
    """Somebody at the desk whose room is not ready; `since` he waits, `room.ready_at` as housekeeping promised."""

    stay: Stay
    since: datetime
    room: RoomNow | None


class CallDue(NamedTuple):
    """A guest who had to wait and has his room now; `due_at` is when he is asked whether all is well."""

    stay: Stay
    since: datetime
    due_at: datetime


def waiting_for_room(today: date) -> list[WaitingGuest]:
    """Guests due today for whom rush cleaning was asked and who are not in yet, longest waiting first; two
    statements whatever their number.
    """
    waits = _open(Stay.status == Status.RESERVED, Stay.arrival <= today)
    rooms = rooms_now(wait.stay.room_id for wait in waits if wait.stay.room_id)
    return [WaitingGuest(wait.stay, wait.since, rooms.get(wait.stay.room_id or 0)) for wait in waits]


def calls_due() -> list[CallDue]:
    """Guests in house who had to wait and were not called yet, the earliest call first; one statement."""
    found = (CallDue(wait.stay, wait.since, due) for wait in _open(Stay.status == Status.IN_HOUSE)
             if (due := wait.due_at()))  # fmt: skip
    return sorted(found, key=lambda call: call.due_at)


def wait_of(stay_id: int) -> RoomWait:
    """Raises `Missing` for a guest who did not wait."""
    found = db.session.get(RoomWait, stay_id)
    if found is None:
        raise Missing(say("This guest did not wait for his room."))
    return found


def _open(*where: sa.ColumnElement[bool]) -> list[RoomWait]:
    wanted = (
        sa.select(RoomWait)
        .join(RoomWait.stay)
        .options(contains_eager(RoomWait.stay).options(joinedload(Stay.guest), joinedload(Stay.room)))
        .where(RoomWait.called_at.is_(None), *where)
        .order_by(RoomWait.since, RoomWait.stay_id)
    )
    return list(db.session.scalars(wanted))
