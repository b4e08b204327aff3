"""Luggage held and messages on the rack, as papers list them (papers.md, "Columns"), one statement each."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

import sqlalchemy as sa

from pms import clock
from pms.accounts.models import User
from pms.db import UtcDateTime
from pms.guest_services.models import Luggage, Message, MessageStatus
from pms.guests.models import Guest
from pms.guests.queries_papers import DAY, MASKED_GUEST, guest_rows, plain_rows
from pms.property.models import Room
from pms.reservations.models import Stay


class LuggageLine(NamedTuple):
    """Pieces under one tag; times in UTC."""

    tag: str
    pieces: int
    description: str
    shelf: str
    guest: str
    guest_incognito: bool
    room: str
    contact: str
    collector: str
    stored_at: datetime
    due_at: datetime
    overdue: bool


def luggage_held(day: date) -> list[LuggageLine]:
    """What is on the shelves now, the longest due first; overdue is what should have gone before `day` ends (L5)."""
    return plain_rows(LuggageLine, _luggage_held(), tomorrow=clock.at_local(day + timedelta(days=1), 0))


@cache
def _luggage_held() -> Any:
    tomorrow = sa.bindparam("tomorrow", type_=UtcDateTime())
    return (
        sa.select(
            Luggage.tag, (Luggage.pieces - Luggage.collected).label("pieces"), Luggage.description, Luggage.shelf,
            Luggage.depositor.label("guest"),
            sa.func.coalesce(Guest.incognito, sa.false()).label("guest_incognito"),
            Luggage.room_number.label("room"), Luggage.contact, Luggage.collector,
            Luggage.stored_at, Luggage.due_at, (Luggage.due_at < tomorrow).label("overdue"),
        )
        .select_from(Luggage)
        .outerjoin(Stay, Stay.id == Luggage.stay_id)
        .outerjoin(Guest, Guest.id == Stay.guest_id)
        .where(Luggage.released_at.is_(None))
        .order_by(Luggage.due_at, Luggage.tag)
    )  # fmt: skip


class MessageLine(NamedTuple):
    number: str
    taken_at: datetime
    room: str
    guest: str
    guest_incognito: bool
    caller: str
    contact: str
    text: str
    wants: str
    status: str
    ended_at: datetime | None
    by: str


def messages(day: date) -> list[MessageLine]:
    """Messages taken on `day` and older ones still on the rack, in order of time (Q2)."""
    return guest_rows(MessageLine, _messages(), day=day)


@cache
def _messages() -> Any:
    return (
        sa.select(
            *MASKED_GUEST, Message.number, Message.taken_at, sa.func.coalesce(Room.number, "").label("room"),
            Message.caller, Message.caller_contact.label("contact"), Message.text, Message.wants, Message.status,
            Message.ended_at, User.name.label("by"),
        )
        .select_from(Message)
        .join(Guest, Guest.id == Message.guest_id)
        .join(User, User.id == Message.taken_by)
        .outerjoin(Stay, Stay.id == Message.stay_id)
        .outerjoin(Room, Room.id == Stay.room_id)
        .where(sa.or_(Message.taken_on == DAY, Message.status == MessageStatus.ON_RACK))
        .order_by(Message.taken_at, Message.id)
    )  # fmt: skip
