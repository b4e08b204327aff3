"""What the check-in sheet asks: the people of a room with their documents and rooms as they stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

import sqlalchemy as sa

from pms.db import db
from pms.guests.models import DocumentKind, Guest, GuestDocument
from pms.guests.queries import DocumentLine
from pms.guests.rules import mask
from pms.property.models import Housekeeping, Room
from pms.reservations.models import Stay, StayGuest
from pms.reservations.status import Status


def guests_of(stay: Stay) -> list[Guest]:
    """Everybody of the room, the main guest first; one statement."""
    sharing = sa.select(StayGuest.guest_id).where(StayGuest.stay_id == stay.id)
    wanted = sa.select(Guest).where(sa.or_(Guest.id == stay.guest_id, Guest.id.in_(sharing)))
    return sorted(db.session.scalars(wanted), key=lambda guest: (guest.id != stay.guest_id, guest.id))


def documents_on_file(guest_ids: Iterable[int]) -> dict[int, list[DocumentLine]]:
    """By guest the documents the house knows, newest first, numbers masked; one statement."""
    wanted = sa.select(GuestDocument).where(GuestDocument.guest_id.in_(list(guest_ids)))
    found: dict[int, list[DocumentLine]] = defaultdict(list)
    for row in db.session.scalars(wanted.order_by(GuestDocument.id.desc())):
        line = DocumentLine(row.id, row.kind, mask(row.number), row.country, row.expires_on, row.seen_at)
        found[row.guest_id].append(line)
    return found


def same_document(guest_id: int, kind: DocumentKind, number: str) -> GuestDocument | None:
    """The document of this kind and number a guest has on file."""
    wanted = sa.select(GuestDocument).where(
        GuestDocument.guest_id == guest_id, GuestDocument.kind == kind, GuestDocument.number == number
    )
    return db.session.scalars(wanted.order_by(GuestDocument.id)).first()


class LastStay(NamedTuple):
    arrival: date
    departure: date
    room: str


def last_stay(guest_id: int) -> LastStay | None:
    """The last time the guest slept here."""
    wanted = (
        sa.select(Stay.arrival, Stay.departure, sa.func.coalesce(Room.number, ""))
        .outerjoin(Room, Room.id == Stay.room_id)
        .where(Stay.guest_id == guest_id, Stay.status == Status.CHECKED_OUT)
        .order_by(Stay.departure.desc(), Stay.id.desc())
        .limit(1)
    )
    row = db.session.execute(wanted).first()
    return LastStay(*row) if row else None


class RoomNow(NamedTuple):
    """A room as it stands at this moment."""

    id: int
    number: str
    type_id: int
    housekeeping: Housekeeping
    ready_at: datetime | None
    lived_in: bool


def rooms_now(room_ids: Iterable[int]) -> dict[int, RoomNow]:
    """By id; one statement."""
    inside = sa.select(Stay.id).where(Stay.room_id == Room.id, Stay.status == Status.IN_HOUSE).exists()
    wanted = sa.select(Room.id, Room.number, Room.type_id, Room.housekeeping, Room.ready_at, inside)
    return {row.id: RoomNow(*row) for row in db.session.execute(wanted.where(Room.id.in_(list(room_ids))))}
