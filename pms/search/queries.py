"""What the search asks: one statement a kind, each with a small limit."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from sqlalchemy import func, or_, select

from pms.db import db
from pms.guest_services.models import Luggage
from pms.guests.models import Guest
from pms.guests.rules import plain
from pms.property.models import Housekeeping, Room, RoomType
from pms.reservations.models import Group, GroupStatus, Stay
from pms.reservations.status import Status

MOST = 6


class RoomFound(NamedTuple):
    id: int
    number: str
    type_en: str
    type_zh: str
    housekeeping: Housekeeping
    stay_id: int | None
    """Who lives there now."""


class GroupFound(NamedTuple):
    id: int
    code: str
    name: str
    name_zh: str
    arrival: date
    departure: date
    colour: int


class TagFound(NamedTuple):
    id: int
    tag: str
    depositor: str
    pieces: int
    shelf: str


def rooms(text: str) -> list[RoomFound]:
    """Rooms whose number begins with what was typed, and who lives in them."""
    number = text.strip()
    if not number.isdigit():
        return []
    wanted = (
        select(Room.id, Room.number, RoomType.name_en, RoomType.name_zh, Room.housekeeping, Stay.id)
        .join(RoomType, RoomType.id == Room.type_id)
        .outerjoin(Stay, (Stay.room_id == Room.id) & (Stay.status == Status.IN_HOUSE))
        .where(Room.active, Room.number.startswith(number, autoescape=True))
        .order_by(Room.number)
        .limit(MOST)
    )
    return [RoomFound(*row) for row in db.session.execute(wanted)]


def groups(text: str, today: date) -> list[GroupFound]:
    """Groups that are still to come or here, by the beginning of their code or a part of their name."""
    typed = text.strip()
    if len(typed) < 2:
        return []
    named = func.lower(Group.name).contains(typed.lower(), autoescape=True)
    meant = or_(Group.code.istartswith(typed, autoescape=True), named, Group.name_zh.contains(typed, autoescape=True))
    wanted = (
        select(Group.id, Group.code, Group.name, Group.name_zh, Group.arrival, Group.departure, Group.colour)
        .where(meant, Group.departure >= today, Group.status != GroupStatus.CANCELLED)
        .order_by(Group.arrival, Group.code)
        .limit(MOST)
    )
    return [GroupFound(*row) for row in db.session.execute(wanted)]


def tags(text: str, *, see_incognito: bool) -> list[TagFound]:
    """Luggage still held, by its tag or by who left it; a guest who wants no disclosure is not betrayed by it."""
    words = plain(text)
    if not words:
        return []
    wanted = (
        select(Luggage.id, Luggage.tag, Luggage.depositor, Luggage.pieces, Luggage.shelf)
        .outerjoin(Stay, Stay.id == Luggage.stay_id)
        .outerjoin(Guest, Guest.id == Stay.guest_id)
        .where(
            Luggage.released_at.is_(None),
            *([] if see_incognito else [Guest.incognito.is_not(True)]),
            or_(Luggage.tag == text.strip(), Luggage.depositor_search.contains(words, autoescape=True)),
        )
        .order_by(Luggage.tag)
        .limit(MOST)
    )
    return [TagFound(*row) for row in db.session.execute(wanted)]
