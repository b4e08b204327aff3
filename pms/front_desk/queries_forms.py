"""What the forms of the desk say about one record: the registration card and the slip of a room change."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from pms.accounts.models import User
from pms.cashier.models import Posting, PostingKind, Preauthorisation
from pms.db import db
from pms.errors import Missing
from pms.front_desk.models import Registration, RoomMove
from pms.guests.models import Account, Guest, GuestDocument
from pms.guests.names import list_name
from pms.guests.rules import mask
from pms.property.models import RatePlan, Room, RoomType
from pms.reservations.models import Booking, Group, Stay, StayGuest, StayNight
from pms.reservations.status import Status
from pms.say import say

NO_RECORD = say("There is no such record to print.")


class RegistrationCard(NamedTuple):
    """One guest's registration in one stay; the document's number is masked, money in minor units."""

    confirmation: str
    guest: str
    sex: str
    born_on: date | None
    nationality: str
    document_kind: str
    document_number: str
    visa: str
    purpose: str
    telephone: str
    company: str
    room: str
    type: str
    type_zh: str
    rate_code: str
    rate: int | None
    arrival: date
    departure: date
    adults: int
    children: int
    deposit: int
    held_by_card: int


def registration_cards(stay_id: int) -> list[RegistrationCard]:
    """Of everybody in the room, the main guest first (C9); the newest document, the registered one before all others.

    Raises `Missing`.
    """
    rows = db.session.execute(_people(Stay.id == stay_id)).all()
    if not rows:
        raise Missing(NO_RECORD)
    return [_card(row) for row in rows]


def cards_of_group(group_id: int) -> list[RegistrationCard]:
    """As `registration_cards`, of everybody of a group who is still to come, room by room (N5); one statement."""
    coming = _people(Stay.group_id == group_id, Stay.status == Status.RESERVED)
    return [_card(row) for row in db.session.execute(coming)]


def _people(*conditions: Any) -> Any:
    """Everybody of some stays, by room."""
    sharing = sa.select(StayGuest.guest_id).where(StayGuest.stay_id == Stay.id).correlate(Stay)
    deposit = _sum_of(-Posting.amount, Posting.stay_id == Stay.id, Posting.kind == PostingKind.DEPOSIT)
    held = _sum_of(Preauthorisation.amount, Preauthorisation.stay_id == Stay.id, Preauthorisation.released_at.is_(None))
    other = aliased(GuestDocument)
    newest = sa.select(sa.func.max(other.id)).where(other.guest_id == Guest.id).scalar_subquery()
    registered = sa.and_(Registration.stay_id == Stay.id, Registration.guest_id == Guest.id)
    document = GuestDocument.id == sa.func.coalesce(Registration.document_id, newest)
    return (
        sa.select(
            Booking.confirmation, Guest.surname, Guest.given, Guest.name_zh, Guest.sex, Guest.born_on,
            Guest.nationality, GuestDocument.kind, GuestDocument.number, Registration.visa, Registration.purpose,
            Guest.telephone, Account.name_en, Account.name_zh.label("account_zh"), Group.code.label("group_code"),
            Room.number.label("room"), RoomType.name_en.label("type"), RoomType.name_zh.label("type_zh"),
            RatePlan.code.label("rate_code"), StayNight.price, Stay.arrival, Stay.departure, Stay.adults,
            Stay.children, deposit.label("deposit"), held.label("held_by_card"),
        )
        .select_from(Stay)
        .join(Guest, sa.or_(Guest.id == Stay.guest_id, Guest.id.in_(sharing)))
        .join(Booking, Booking.id == Stay.booking_id)
        .join(RoomType, RoomType.id == sa.func.coalesce(Stay.assign_type_id, Stay.type_id))
        .join(RatePlan, RatePlan.id == Stay.plan_id)
        .outerjoin(Room, Room.id == Stay.room_id)
        .outerjoin(StayNight, sa.and_(StayNight.stay_id == Stay.id, StayNight.night == Stay.arrival))
        .outerjoin(Account, Account.id == Booking.company_id)
        .outerjoin(Group, Group.id == Stay.group_id)
        .outerjoin(Registration, registered)
        .outerjoin(GuestDocument, document)
        .where(*conditions)
        .order_by(Room.number.is_(None), Room.number, Stay.id, Guest.id != Stay.guest_id, Guest.id)
    )  # fmt: skip


def _card(row: Any) -> RegistrationCard:
    return RegistrationCard(
        confirmation=row.confirmation,
        guest=list_name(row.surname, row.given, row.name_zh),
        sex=row.sex,
        born_on=row.born_on,
        nationality=row.nationality,
        document_kind=str(row.kind or ""),
        document_number=mask(row.number or ""),
        visa=row.visa or "",
        purpose=row.purpose or "",
        telephone=row.telephone,
        company=" ".join(filter(None, (row.group_code, row.name_en, row.account_zh))),
        room=row.room or "",
        type=row.type,
        type_zh=row.type_zh,
        rate_code=row.rate_code,
        rate=row.price,
        arrival=row.arrival,
        departure=row.departure,
        adults=row.adults,
        children=row.children,
        deposit=int(row.deposit),
        held_by_card=int(row.held_by_card),
    )


class ChangeSlip(NamedTuple):
    """A room change as the slip 换房单 tells it; `rate_effect` is the change a night in minor units."""

    at: datetime
    guest: str
    from_room: str
    to_room: str
    from_type: str
    to_type: str
    reason: str
    asked_by_house: bool
    consent: str
    rate_effect: int
    departure: date
    by: str


def change_slip(move_id: int) -> ChangeSlip:
    """Raises `Missing`."""
    old, new = aliased(Room), aliased(Room)
    old_type, new_type = aliased(RoomType), aliased(RoomType)
    statement = (
        sa.select(
            RoomMove.at, Guest.surname, Guest.given, Guest.name_zh, old.number.label("from_room"),
            new.number.label("to_room"), old_type.code.label("from_type"), new_type.code.label("to_type"),
            RoomMove.reason, RoomMove.asked_by_house, RoomMove.consent, RoomMove.rate_effect, Stay.departure,
            User.name.label("by"),
        )
        .select_from(RoomMove)
        .join(Stay, Stay.id == RoomMove.stay_id)
        .join(Guest, Guest.id == Stay.guest_id)
        .join(User, User.id == RoomMove.by_id)
        .join(old, old.id == RoomMove.from_room_id)
        .join(new, new.id == RoomMove.to_room_id)
        .join(old_type, old_type.id == old.type_id)
        .join(new_type, new_type.id == new.type_id)
        .where(RoomMove.id == move_id)
    )  # fmt: skip
    values = dict(_one(statement)._mapping)
    guest = list_name(values.pop("surname"), values.pop("given"), values.pop("name_zh"))
    return ChangeSlip(guest=guest, **values)


def _sum_of(amount: Any, *conditions: Any) -> Any:
    return sa.select(sa.func.coalesce(sa.func.sum(amount), 0)).where(*conditions).scalar_subquery()


def _one(statement: Any) -> Any:
    row = db.session.execute(statement).first()
    if row is None:
        raise Missing(NO_RECORD)
    return row
