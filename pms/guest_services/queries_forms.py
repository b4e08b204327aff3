"""What a message slip, a luggage tag and a card with directions say about their record."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from pms.accounts.models import User
from pms.db import db
from pms.errors import Missing, Refused
from pms.guest_services.models import Luggage, Message
from pms.guest_services.queries_directions import direction
from pms.guests.models import Guest
from pms.guests.names import list_name
from pms.property.models import Room
from pms.property.queries import hotel
from pms.reporting.texts import Bilingual
from pms.reservations.models import Stay
from pms.say import say


class MessageSlip(NamedTuple):
    number: str
    guest: str
    room: str
    caller: str
    contact: str
    wants: str
    text: str
    taken_at: datetime
    taken_by: str
    off_rack_at: datetime
    urgent: bool = False


def message_slip(message_id: int) -> MessageSlip:
    """Raises `Missing`."""
    statement = (
        sa.select(
            Message.number, Guest.surname, Guest.given, Guest.name_zh, sa.func.coalesce(Room.number, "").label("room"),
            Message.caller, Message.caller_contact.label("contact"), Message.wants, Message.text, Message.taken_at,
            User.name.label("taken_by"), Message.off_rack_at, Message.urgent,
        )
        .select_from(Message)
        .join(Guest, Guest.id == Message.guest_id)
        .join(User, User.id == Message.taken_by)
        .outerjoin(Stay, Stay.id == Message.stay_id)
        .outerjoin(Room, Room.id == Stay.room_id)
        .where(Message.id == message_id)
    )  # fmt: skip
    values = _one(statement)
    guest = list_name(values.pop("surname"), values.pop("given"), values.pop("name_zh"))
    return MessageSlip(guest=guest, **values)


class LuggageTag(NamedTuple):
    """Pieces under one tag; `code` is what the scanner reads."""

    tag: str
    code: str
    pieces: int
    description: str
    shelf: str
    depositor: str
    contact: str
    room: str
    collector: str
    stored_at: datetime
    stored_by: str
    due_at: datetime


def luggage_tag(luggage_id: int) -> LuggageTag:
    """Raises `Missing`."""
    statement = (
        sa.select(
            Luggage.tag, Luggage.code, Luggage.pieces, Luggage.description, Luggage.shelf, Luggage.depositor,
            Luggage.contact, Luggage.room_number.label("room"), Luggage.collector, Luggage.stored_at,
            User.name.label("stored_by"), Luggage.due_at,
        )
        .join_from(Luggage, User, User.id == Luggage.stored_by)
        .where(Luggage.id == luggage_id)
    )  # fmt: skip
    return LuggageTag(**_one(statement))


class DirectionCard(NamedTuple):
    """Directions for a guest, and the way back to us. `address_zh` is '' for an answer that leads nowhere."""

    title: Bilingual
    text: Bilingual
    address_zh: str
    telephone: str
    hours: Bilingual
    way: Bilingual
    hotel_name_zh: str
    hotel_address: str
    hotel_telephone: str


def direction_card(direction_id: int) -> DirectionCard:
    """Raises `Missing`, and `Refused` for what was set aside."""
    found, house = direction(direction_id), hotel()
    if not found.active:
        raise Refused(say("These directions were set aside. Search for those that are valid now."))
    return DirectionCard(
        Bilingual(found.title_en, found.title_zh), Bilingual(found.text_en, found.text_zh), found.address_zh,
        found.telephone, Bilingual(found.hours_en, found.hours_zh), Bilingual(found.way_en, found.way_zh),
        house.name_zh, house.address, house.telephone,
    )  # fmt: skip


def _one(statement: Any) -> dict[str, Any]:
    row = db.session.execute(statement).first()
    if row is None:
        raise Missing(say("There is no such record to print."))
    return dict(row._mapping)
