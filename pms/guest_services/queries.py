"""Luggage by tag, code, name or room; messages on the rack; who is in the house when a caller asks."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from pms.db import db
from pms.guest_services.models import Luggage, Message, MessageStatus
from pms.guest_services.models_boxes import BoxUse
from pms.guest_services.queries_boxes import open_uses_of
from pms.guests.models import Guest
from pms.guests.rules import plain
from pms.property.models import Room
from pms.reservations.models import Stay, StayGuest
from pms.reservations.status import Status

G, R, S, W = Guest.__table__, Room.__table__, Stay.__table__, StayGuest.__table__


def luggage_held() -> list[Luggage]:
    """Everything on the shelves, by the time it is to be collected."""
    return list(db.session.scalars(_held().order_by(Luggage.due_at, Luggage.tag)))


def luggage_overdue(now: datetime) -> list[Luggage]:
    """What should have been collected by now (L5), the longest overdue first."""
    return list(db.session.scalars(_held().where(Luggage.due_at < now).order_by(Luggage.due_at, Luggage.tag)))


def find_luggage(text: str, *, see_incognito: bool = True) -> list[Luggage]:
    """Held luggage by the scanned code, the tag with or without its zeros, the room, or words of the name.

    Without `see_incognito` a guest who wants no disclosure is not found by name (Q1).
    """
    typed = text.strip()
    words = plain(typed).split()
    if not words:
        return []
    by_name = sa.and_(*(Luggage.depositor_search.contains(word, autoescape=True) for word in words))
    if not see_incognito:
        secret = (Stay.id == Luggage.stay_id, Guest.id == Stay.guest_id, Guest.incognito)
        by_name = sa.and_(by_name, ~sa.exists().where(*secret))
    tag = typed.zfill(4) if typed.isdigit() else typed
    found = sa.or_(Luggage.code == typed.upper(), Luggage.tag == tag, Luggage.room_number == typed, by_name)
    return list(db.session.scalars(_held().where(found).order_by(Luggage.tag != tag, Luggage.due_at, Luggage.tag)))


def messages_on_rack(now: datetime) -> list[Message]:
    """Messages still to be delivered, the oldest first; those past their 24 hours are left to the audit."""
    wanted = (
        sa.select(Message)
        .where(Message.status == MessageStatus.ON_RACK, Message.off_rack_at > now)
        .order_by(Message.taken_at, Message.id)
    )
    return list(db.session.scalars(wanted))


class LeftHere(NamedTuple):
    """What still lies here for a guest who is about to leave."""

    luggage: list[Luggage]
    messages: list[Message]
    boxes: list[BoxUse]


def left_here(stay: Stay) -> LeftHere:
    """Luggage held, messages on the rack and safe-deposit boxes of a stay: pointed out before check-out."""
    messages = sa.select(Message).where(Message.stay_id == stay.id, Message.status == MessageStatus.ON_RACK)
    return LeftHere(
        list(db.session.scalars(_held().where(Luggage.stay_id == stay.id).order_by(Luggage.tag))),
        list(db.session.scalars(messages.order_by(Message.id))),
        open_uses_of(stay.id),
    )


def occupants() -> list[Any]:
    """Everybody in the house, sharers too: `stay_id, number, surname, given, name_zh, incognito`.

    Always all of them in one statement, so that an answer takes equally long whoever was asked for (Q1).
    """
    in_house = S.c.status == Status.IN_HOUSE
    living = sa.union_all(
        sa.select(S.c.id, S.c.room_id, S.c.guest_id).where(in_house),
        sa.select(S.c.id, S.c.room_id, W.c.guest_id).join(W, W.c.stay_id == S.c.id).where(in_house),
    ).subquery("living")
    wanted = (
        sa.select(living.c.id.label("stay_id"), R.c.number, G.c.surname, G.c.given, G.c.name_zh, G.c.incognito)
        .select_from(living.join(G, G.c.id == living.c.guest_id).join(R, R.c.id == living.c.room_id))
        .order_by(living.c.id, G.c.id)
    )
    return list(db.session.connection().execute(wanted))


def _held() -> sa.Select[tuple[Luggage]]:
    return sa.select(Luggage).where(Luggage.released_at.is_(None))
