"""What only the API asks: lists that go on after a key, and stays as flat rows with a constant number of statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from pms.cashier.models import Folio
from pms.db import connection, db, load, run
from pms.errors import Missing
from pms.guest_services.models import Luggage, Message, MessageStatus
from pms.guests.models import Account, Guest, GuestDocument
from pms.guests.queries import matching
from pms.property.models import Housekeeping, Room
from pms.reservations.models import Booking, Group, RoomNight, Stay, StayGuest, StayNight
from pms.reservations.queries_contracts import under
from pms.reservations.status import Status
from pms.say import say

_STAYS = (
    sa.select(
        Stay.id,
        Stay.version,
        Booking.confirmation,
        Stay.guest_id,
        Guest.surname,
        Guest.given,
        Guest.name_zh,
        Guest.incognito,
        Stay.status,
        Stay.use,
        Stay.arrival,
        Stay.departure,
        Stay.adults,
        Stay.children,
        Stay.type_id,
        sa.func.coalesce(Stay.assign_type_id, Stay.type_id).label("held_type_id"),
        Stay.plan_id,
        Room.number.label("room"),
        Stay.do_not_move,
        Booking.guarantee,
        Group.code.label("group"),
        Stay.eta,
        Stay.early_arrival,
        Stay.vip_level,
        Stay.needs,
        Stay.wishes,
        Stay.remarks,
    )
    .select_from(Stay)
    .join(Booking, Booking.id == Stay.booking_id)
    .join(Guest, Guest.id == Stay.guest_id)
    .outerjoin(Room, Room.id == Stay.room_id)
    .outerjoin(Group, Group.id == Stay.group_id)
)


_ORDER = (Stay.arrival, Stay.id)
_STAY = _STAYS.where(Stay.id == sa.bindparam("stay"))
_OF_BOOKING = _STAYS.where(Stay.booking_id == sa.bindparam("booking")).order_by(*_ORDER)
_EVERY_NIGHT = sa.select(StayNight.stay_id, StayNight.night, StayNight.price).order_by(StayNight.night)
_NIGHTS = _EVERY_NIGHT.where(StayNight.stay_id.in_(sa.bindparam("stays", expanding=True)))
_NIGHTS_OF_ONE = _EVERY_NIGHT.where(StayNight.stay_id == sa.bindparam("stay"))
_EVERY_SHARER = sa.select(StayGuest.stay_id, StayGuest.guest_id).order_by(StayGuest.guest_id)
_SHARERS = _EVERY_SHARER.where(StayGuest.stay_id.in_(sa.bindparam("stays", expanding=True)))
_SHARERS_OF_ONE = _EVERY_SHARER.where(StayGuest.stay_id == sa.bindparam("stay"))


def stay_row(stay_id: int) -> Any:
    """One stay, or None."""
    return run(_STAY, {"stay": stay_id}).first()


def stays_of_booking(booking_id: int) -> list[Any]:
    """The stays under one confirmation number, by arrival."""
    return run(_OF_BOOKING, {"booking": booking_id}).all()


def stay_rows(*conditions: Any, limit: int | None = None) -> list[Any]:
    """Stays by arrival and number; one statement."""
    wanted = _STAYS.where(*conditions).order_by(*_ORDER).limit(limit)
    return list(connection().execute(wanted).all())


def stays_after(key: tuple[date, int] | None, filters: Iterable[Any], limit: int) -> list[Any]:
    """`limit` stays after the arrival and number in `key`."""
    after = [] if key is None else [sa.tuple_(Stay.arrival, Stay.id) > sa.tuple_(*map(sa.literal, key))]
    return stay_rows(*filters, *after, limit=limit)


def stay_filters(
    *,
    status: Status | None,
    arrival_from: date | None,
    arrival_until: date | None,
    in_house_on: date | None,
    guest_id: int | None,
    group: str | None,
    account: str | None,
    room: str | None,
    see_incognito: bool,
) -> list[Any]:
    """The conditions of a list of stays; asked by guest, those who want no disclosure are left out."""
    possible: list[tuple[Any, Callable[[Any], Any]]] = [
        (status, lambda value: Stay.status == value),
        (arrival_from, lambda day: Stay.arrival >= day),
        (arrival_until, lambda day: Stay.arrival < day),
        (in_house_on, lambda day: sa.and_(Stay.arrival <= day, Stay.departure > day)),
        (guest_id, lambda value: Stay.guest_id == value),
        (guest_id if not see_incognito else None, lambda _: Guest.incognito.is_(False)),
        (group, lambda value: Group.code == value),
        (account, lambda code: under(sa.select(Account.id).where(Account.code == code).scalar_subquery())),
        (room, lambda value: Room.number == value),
    ]
    return [condition(wanted) for wanted, condition in possible if wanted is not None]


def nights_of(stay_ids: Sequence[int]) -> dict[int, list[dict[str, Any]]]:
    """`night` and `price` of each night by stay; one statement."""
    nights: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for stay_id, night, price in _of(stay_ids, _NIGHTS, _NIGHTS_OF_ONE):
        nights[stay_id].append({"night": night, "price": price})
    return nights


def sharers_of(stay_ids: Sequence[int]) -> dict[int, list[int]]:
    """Who shares the room, by stay; one statement."""
    sharers: dict[int, list[int]] = defaultdict(list)
    for stay_id, guest_id in _of(stay_ids, _SHARERS, _SHARERS_OF_ONE):
        sharers[stay_id].append(guest_id)
    return sharers


def _of(stay_ids: Sequence[int], of_many: Any, of_one: Any) -> Iterable[Any]:
    """The rows of some stays; of a single one by a statement that is ready."""
    if len(stay_ids) == 1:
        return run(of_one, {"stay": stay_ids[0]})
    return connection().execute(of_many, {"stays": stay_ids}).all()


def booking_of(confirmation: str) -> Booking:
    """A booking without its stays. Raises `Missing`."""
    booking_id = run(_BOOKING, {"number": confirmation.upper()}).scalar()
    if booking_id is None:
        raise Missing(say("There is no such booking."))
    return load(Booking, booking_id)


_BOOKING = sa.select(Booking.id).where(Booking.confirmation == sa.bindparam("number"))


def group_of(code: str) -> Group:
    """Raises `Missing`."""
    group = db.session.scalar(sa.select(Group).where(Group.code == code))
    if group is None:
        raise Missing(say("There is no such group."), field="group")
    return group


def account_called(code: str | None, field: str) -> int | None:
    """The id of a company's or agent's account; None for no code. Raises `Missing`."""
    if code is None:
        return None
    found = db.session.scalar(sa.select(Account.id).where(Account.code == code))
    if found is None:
        raise Missing(say("There is no such account."), field=field)
    return found


def guests_after(last: int, text: str, limit: int, *, see_incognito: bool) -> list[Guest]:
    """Guests meant by `text`, or all, by their number, each with his company."""
    conditions = [Guest.id > last, Guest.merged_into.is_(None), *([matching(text)] if text.strip() else [])]
    if not see_incognito:
        conditions.append(Guest.incognito.is_(False))
    wanted = sa.select(Guest).options(joinedload(Guest.account)).where(*conditions).order_by(Guest.id).limit(limit)
    return list(db.session.scalars(wanted))


def owners_of(document_ids: Sequence[int]) -> dict[int, int]:
    """The guest each document belongs to; unknown documents are left out."""
    wanted = sa.select(GuestDocument.id, GuestDocument.guest_id).where(GuestDocument.id.in_(document_ids))
    return {document_id: guest_id for document_id, guest_id in db.session.connection().execute(wanted)}


_ROOMS = (
    sa.select(
        Room.number,
        Room.floor,
        Room.type_id,
        Room.housekeeping,
        Room.ready_at,
        Stay.id.label("stay_id"),
        RoomNight.closure_id,
        Guest.incognito,
    )
    .outerjoin(Stay, sa.and_(Stay.room_id == Room.id, Stay.status == Status.IN_HOUSE))
    .outerjoin(Guest, Guest.id == Stay.guest_id)
    .outerjoin(RoomNight, sa.and_(RoomNight.room_id == Room.id, RoomNight.night == sa.bindparam("tonight")))
    .where(Room.active)
    .order_by(Room.number)
)


def rooms_after(
    last: str, tonight: date, limit: int, *, type_id: int | None = None, housekeeping: Housekeeping | None = None
) -> list[Any]:
    """Rooms by number as they stand, with who lives in them."""
    wanted = _ROOMS.where(Room.number > last).limit(limit)
    if type_id is not None:
        wanted = wanted.where(Room.type_id == type_id)
    if housekeeping is not None:
        wanted = wanted.where(Room.housekeeping == housekeeping)
    return list(db.session.connection().execute(wanted, {"tonight": tonight}))


def room_row(number: str, tonight: date) -> Any:
    """One room as it stands. Raises `Missing`."""
    row = db.session.connection().execute(_ROOMS.where(Room.number == number), {"tonight": tonight}).first()
    if row is None:
        raise Missing(say("There is no such room."))
    return row


def room_called(number: str) -> Room:
    """The record of a room in use. Raises `Missing`."""
    room = db.session.scalar(sa.select(Room).where(Room.number == number, Room.active))
    if room is None:
        raise Missing(say("There is no such room."), field="room")
    return room


def folio_row(stay_id: int) -> Any:
    """`id, number, opened_on, closed_on`. Raises `Missing` before there is a folio."""
    F = Folio.__table__
    wanted = sa.select(F.c.id, F.c.number, F.c.opened_on, F.c.closed_on).where(F.c.stay_id == stay_id)
    row = db.session.connection().execute(wanted).first()
    if row is None:
        raise Missing(say("This stay has no folio yet."))
    return row


_LUGGAGE = sa.select(Luggage).outerjoin(Stay, Stay.id == Luggage.stay_id).outerjoin(Guest, Guest.id == Stay.guest_id)


def luggage_after(last: int, limit: int, *, see_incognito: bool) -> list[Luggage]:
    """What lies on the shelves, by its number."""
    wanted = _LUGGAGE.where(Luggage.released_at.is_(None), Luggage.id > last, *_disclosed(see_incognito))
    return list(db.session.scalars(wanted.order_by(Luggage.id).limit(limit)))


def luggage_called(tag: str, *, see_incognito: bool) -> Luggage:
    """Raises `Missing`."""
    luggage = db.session.scalar(_LUGGAGE.where(Luggage.tag == tag, *_disclosed(see_incognito)))
    if luggage is None:
        raise Missing(say("There is no such luggage."))
    return luggage


def _disclosed(see_incognito: bool) -> list[Any]:
    return [] if see_incognito else [Guest.incognito.is_not(True)]


_MESSAGES = (
    sa.select(Message, Room.number.label("room"), Guest.surname, Guest.given, Guest.name_zh, Guest.incognito)
    .join(Guest, Guest.id == Message.guest_id)
    .outerjoin(Stay, Stay.id == Message.stay_id)
    .outerjoin(Room, Room.id == Stay.room_id)
)


def messages_after(last: int, limit: int, *, see_incognito: bool) -> list[Any]:
    """Messages on the rack, oldest first: the message, its room and its guest's names."""
    wanted = _MESSAGES.where(Message.status == MessageStatus.ON_RACK, Message.id > last, *_disclosed(see_incognito))
    return list(db.session.execute(wanted.order_by(Message.id).limit(limit)))


def message_row(number: str, *, see_incognito: bool) -> Any:
    """Raises `Missing`."""
    row = db.session.execute(_MESSAGES.where(Message.number == number, *_disclosed(see_incognito))).first()
    if row is None:
        raise Missing(say("There is no such message."))
    return row
