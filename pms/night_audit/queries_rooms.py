"""Step 5 in one statement each, however many rooms and slips there are."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from pms import journal
from pms.accounts.models import User
from pms.db import UtcDateTime, db
from pms.guest_services.models import Message, MessageStatus
from pms.property.models import Housekeeping, Room
from pms.reservations.models import RoomNight

_NOW = sa.bindparam("now", type_=UtcDateTime())
_SLEPT_IN = sa.select(RoomNight.room_id).where(
    RoomNight.night == sa.bindparam("day", type_=sa.Date), RoomNight.stay_id.is_not(None)
)
_DIRTY = (
    sa.update(Room)
    .where(
        Room.id.in_(_SLEPT_IN),
        sa.or_(
            Room.housekeeping_since.is_(None),
            Room.housekeeping_since <= sa.bindparam("closed_at", type_=UtcDateTime()),
        ),
    )
    .values(
        housekeeping=Housekeeping.DIRTY,
        housekeeping_since=_NOW,
        ready_at=None,
        occupied_by_housekeeping=None,
        persons_by_housekeeping=None,
        version=Room.version + 1,
    )
)
_OFF_THE_RACK = (
    sa.update(Message)
    .where(Message.status == MessageStatus.ON_RACK, Message.off_rack_at <= _NOW)
    .values(status=MessageStatus.TAKEN_OFF, ended_at=_NOW, ended_by=sa.bindparam("by"), version=Message.version + 1)
)


def make_stay_overs_dirty(day: date, *, closed_at: datetime, now: datetime) -> int:
    """Rooms in which somebody slept on `day` and which housekeeping has not dealt with since; returns how many."""
    return _update(_DIRTY, {"day": day, "closed_at": closed_at, "now": now})


def take_messages_off_the_rack(now: datetime, *, by: User) -> int:
    """Slips whose 24 hours are over are still in the history (Q2); returns how many."""
    count = _update(_OFF_THE_RACK, {"now": now, "by": by.id})
    if count:
        journal.write(by, "take_off_rack", "messages", now=now, count=count)
    return count


def _update(statement: sa.Update, parameters: dict[str, Any]) -> int:
    """Through the session, so that rooms and slips somebody has loaded are not left as they were."""
    result: Any = db.session.execute(statement, parameters, execution_options={"synchronize_session": "fetch"})
    return int(result.rowcount)
