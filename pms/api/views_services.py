"""Luggage, messages, and callers who ask for a guest."""

from __future__ import annotations

from typing import Any

from pms import clock
from pms.api import cursors, queries
from pms.api.answers import may, tell
from pms.api.door import Door
from pms.api.schemas import Page
from pms.api.schemas_desk import (
    CollectionIn,
    LuggageIn,
    LuggageOut,
    LuggagePage,
    LuggageQuery,
    MessageIn,
    MessageOut,
    MessagePage,
)
from pms.api.schemas_kept import EnquiryIn, EnquiryOut
from pms.guest_services import actions
from pms.guest_services.models import Luggage
from pms.guest_services.queries import find_luggage
from pms.guest_services.rules import Collection, Deposited
from pms.guests.names import list_name
from pms.reservations.queries import load_stay
from pms.web.gate import me

bp = Door("Guest services")


# --- Luggage ---------------------------------------------------------------------------------------------------------
@bp.does("GET /luggage", needs="release_luggage")
def list_luggage(query: LuggageQuery) -> LuggagePage:
    """What lies on the shelves; with `q` what is meant by it, all on one page."""
    secret = may("see_incognito")
    if query.q.strip():
        return LuggagePage(items=[_luggage(each) for each in find_luggage(query.q) if _may_know(each)], next=None)
    (last,) = cursors.read(query.cursor, int) or (0,)
    found = queries.luggage_after(last, query.limit + 1, see_incognito=secret)
    rows, following = cursors.cut(found, query.limit, lambda each: (each.id,))
    return LuggagePage(items=[_luggage(each) for each in rows], next=following)


@bp.does("POST /luggage", needs="store_luggage", status=201)
def store_luggage(body: LuggageIn) -> LuggageOut:
    """Take pieces in under one numbered tag."""
    stay = load_stay(body.stay_id) if body.stay_id else None
    wanted = body.model_dump(exclude={"stay_id", "room"})
    stored = actions.store_luggage(Deposited(room_number=body.room, **wanted), stay=stay, by=me(), now=clock.now())
    return _luggage(stored)


@bp.does("GET /luggage/{tag}", needs="release_luggage")
def read_luggage(tag: str) -> LuggageOut:
    """What is under a tag, also when it was handed out."""
    return _luggage(queries.luggage_called(tag, see_incognito=may("see_incognito")))


@bp.does("POST /luggage/{tag}/release", needs="release_luggage")
def release_luggage(tag: str, body: CollectionIn) -> LuggageOut:
    """Hand luggage out to who may take it."""
    luggage = queries.luggage_called(tag, see_incognito=may("see_incognito"))
    return _luggage(actions.release_luggage(luggage, Collection(**body.model_dump()), by=me(), now=clock.now()))


# --- Messages --------------------------------------------------------------------------------------------------------
@bp.does("GET /messages", needs="deliver_message")
def list_messages(query: Page) -> MessagePage:
    """Messages on the rack, oldest first."""
    (last,) = cursors.read(query.cursor, int) or (0,)
    found = queries.messages_after(last, query.limit + 1, see_incognito=may("see_incognito"))
    rows, following = cursors.cut(found, query.limit, lambda row: (row.Message.id,))
    return MessagePage(items=[_message(row) for row in rows], next=following)


@bp.does("POST /stays/{stay_id}/messages", needs="take_message", status=201)
def take_message(stay_id: int, body: MessageIn) -> MessageOut:
    """Put a message for a guest on the rack; it has been read back to the caller."""
    slip = actions.take_message(load_stay(stay_id), actions.NewMessage(**body.model_dump()), by=me(), now=clock.now())
    return _message(queries.message_row(slip.number, see_incognito=True))


@bp.does("POST /messages/{number}/delivery", needs="deliver_message")
def deliver_message(number: str) -> MessageOut:
    """The guest has his message."""
    row = queries.message_row(number, see_incognito=may("see_incognito"))
    actions.deliver_message(row.Message, by=me(), now=clock.now())
    return _message(row)


# --- Callers ---------------------------------------------------------------------------------------------------------
@bp.does("POST /enquiries", needs="answer_caller")
def answer_caller(body: EnquiryIn) -> EnquiryOut:
    """What to tell somebody who asks for a guest; it is written down."""
    found = actions.answer_caller(body.name, body.room, by=me(), now=clock.now())
    return EnquiryOut(said=tell(found.text), stay_id=found.stay_id)


def _may_know(luggage: Luggage) -> bool:
    return may("see_incognito") or luggage.stay is None or not luggage.stay.guest.incognito


def _luggage(luggage: Luggage) -> LuggageOut:
    fields = (name for name in LuggageOut.model_fields if name != "room")
    return LuggageOut(room=luggage.room_number, **{name: getattr(luggage, name) for name in fields})


def _message(row: Any) -> MessageOut:
    slip = row.Message
    shared = ("number", "stay_id", "caller", "caller_contact", "text", "wants", "status", "taken_at")
    return MessageOut(
        room=row.room,
        guest=list_name(row.surname, row.given, row.name_zh),
        **{name: getattr(slip, name) for name in shared},
    )
