"""What the message rack shows: what waits for whom, and what became of the others."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from pms.accounts.models import User
from pms.db import db
from pms.errors import Missing
from pms.guest_services.models import Message, MessageStatus
from pms.guests.models import Guest
from pms.property.models import Room
from pms.reservations.models import Stay
from pms.say import say

MOST = 200
ENDED, READ, TOOK = aliased(User), aliased(User), aliased(User)


class MessageRow(NamedTuple):
    """A slip with who is to get it and who dealt with it; names of staff in Latin and Chinese."""

    id: int
    number: str
    status: MessageStatus
    urgent: bool
    surname: str
    given: str
    name_zh: str
    incognito: bool
    vip: int
    room: str | None
    caller: str
    contact: str
    wants: str
    text: str
    taken_at: datetime
    taken_by: str
    taken_by_zh: str
    off_rack_at: datetime
    ended_at: datetime | None
    ended_by: str | None
    ended_by_zh: str | None
    delivered_to: str
    read_at: datetime | None
    read_by: str | None
    read_by_zh: str | None

    def undisclosed(self) -> MessageRow:
        """The same slip without its guest's name, for those who need not know (Q1)."""
        return self._replace(surname="", given="", name_zh="") if self.incognito else self

    def waits(self, now: datetime) -> bool:
        return self.status is MessageStatus.ON_RACK and self.off_rack_at > now


def _rows() -> sa.Select[*tuple[Any, ...]]:
    """The columns of `MessageRow`, in its order."""
    return (
        sa.select(
            Message.id, Message.number, Message.status, Message.urgent,
            Guest.surname, Guest.given, Guest.name_zh, Guest.incognito, sa.func.coalesce(Stay.vip_level, 0),
            Room.number, Message.caller, Message.caller_contact, Message.wants, Message.text,
            Message.taken_at, TOOK.name, TOOK.name_zh, Message.off_rack_at,
            Message.ended_at, ENDED.name, ENDED.name_zh, Message.delivered_to,
            Message.read_at, READ.name, READ.name_zh,
        )
        .select_from(Message)
        .join(Guest, Guest.id == Message.guest_id)
        .join(TOOK, TOOK.id == Message.taken_by)
        .outerjoin(Stay, Stay.id == Message.stay_id)
        .outerjoin(Room, Room.id == Stay.room_id)
        .outerjoin(ENDED, ENDED.id == Message.ended_by)
        .outerjoin(READ, READ.id == Message.read_by)
    )  # fmt: skip


def waiting(now: datetime, *, see_incognito: bool) -> list[MessageRow]:
    """What is to be delivered: urgent ones first, then the oldest. Those past their 24 hours are off the rack."""
    wanted = _rows().where(Message.status == MessageStatus.ON_RACK, Message.off_rack_at > now)
    rows = db.session.execute(wanted.order_by(Message.urgent.desc(), Message.taken_at, Message.id))
    return _disclosed(rows, see_incognito)


def history(now: datetime, *, see_incognito: bool) -> list[MessageRow]:
    """What was delivered, withdrawn or taken off, the newest first."""
    over = sa.or_(Message.status != MessageStatus.ON_RACK, Message.off_rack_at <= now)
    rows = db.session.execute(_rows().where(over).order_by(Message.taken_at.desc(), Message.id.desc()).limit(MOST))
    return _disclosed(rows, see_incognito)


def row(message_id: int, *, see_incognito: bool) -> MessageRow:
    """One slip, whatever became of it. Raises `Missing`."""
    rows = _disclosed(db.session.execute(_rows().where(Message.id == message_id)), see_incognito)
    if not rows:
        raise Missing(say("There is no such message."))
    return rows[0]


def load(message_id: int) -> Message:
    """Raises `Missing`."""
    message = db.session.get(Message, message_id)
    if message is None:
        raise Missing(say("There is no such message."))
    return message


def _disclosed(rows: Iterable[Any], see_incognito: bool) -> list[MessageRow]:
    lines = [MessageRow(*values) for values in rows]
    return lines if see_incognito else [line.undisclosed() for line in lines]
