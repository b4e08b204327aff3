"""Check-in of one guest, and the way back (C1-C3, C6-C10)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

import sqlalchemy as sa

from pms import access, clock, journal, notices
from pms.accounts.models import User
from pms.assignment.actions import place_stay, suggest
from pms.cashier import actions as cashier
from pms.cashier.models import PaymentMethod, PostingKind
from pms.cashier.queries import balance, folio_of, standing_charges
from pms.db import db, insert_all, run
from pms.errors import Offer, Refused
from pms.front_desk import queries, rules
from pms.front_desk.desk import issue_key, named, room_offers, save, told, void_keys
from pms.front_desk.models import Registration, Voucher
from pms.front_desk.models_special import EarlyCheckIn
from pms.front_desk.queries import Registered
from pms.front_desk.rules import CheckIn, Deposit, DepositKind, RoomState
from pms.guests.models import GuestDocument
from pms.lengths import check_lengths
from pms.money import Amount
from pms.property.models import Room
from pms.property.queries import facts, hotel
from pms.reservations import status
from pms.reservations.actions import BookingRequest, Change, Changed, book, change_stay
from pms.reservations.models import Stay
from pms.say import say

D = GuestDocument.__table__
_SEEN = (
    sa.update(D)
    .where(D.c.id == sa.bindparam("document"), D.c.guest_id == sa.bindparam("guest"))
    .values(seen_at=sa.bindparam("at"), seen_by=sa.bindparam("by"))
)
PAID_BY = {
    DepositKind.CASH: PaymentMethod.CASH,
    DepositKind.CARD: PaymentMethod.CARD,
    DepositKind.MOBILE: PaymentMethod.MOBILE,
}


@dataclass(frozen=True, slots=True)
class CheckedIn:
    """What check-in made: the folio, the key, and the number of the room to tell the bellman."""

    stay: Stay
    folio_id: int
    key_id: int
    room: str


def check_in(stay: Stay, sheet: CheckIn, *, by: User, now: datetime) -> CheckedIn:
    """Register a guest who is due today or overdue, and give him his room (C2, C3).

    Raises `Refused` when something no stroke may skip is missing, or when the room is not ready, with ready rooms of
    the type and the wait list as offers; `Conflict` when somebody else checked him in or took the room.
    """
    done, guest = admit(stay, sheet, by=by, now=now)
    who = named(guest.name, guest.incognito)
    text = say("{guest} is now in room {room}, until {departure}.", guest=who, room=done.room, departure=stay.departure)
    notices.tell(told(stay), text, about=stay, by=by, now=now)
    return done


def admit(stay: Stay, sheet: CheckIn, *, by: User, now: datetime) -> tuple[CheckedIn, Registered]:
    """`check_in` without telling anybody: the departments hear of a group once, not room by room. Also who it is."""
    access.require(by, "check_in")
    target = status.after(stay.status, "check_in")
    today = clock.business_date()
    if sheet.room_id is not None and sheet.room_id != stay.room_id:
        place_stay(stay, db.session.get_one(Room, sheet.room_id), by=by, now=now)
    guests, room = look(stay, sheet, today)

    stay.status, stay.checked_in_on, stay.checked_in_at = target, today, now
    save(stay)
    register(stay, sheet, by=by, now=now)
    folio_id = cashier.open_folio(stay, on=today, by=by, now=now)
    assert sheet.deposit is not None
    take_deposit(stay, folio_id, sheet.deposit, by=by, now=now)
    key_id = issue_key(stay, room.id, sheet.keys, now=now)
    issue_vouchers(stay, today, by=by)

    journal.write(
        by, "check_in", stay, now=now, room=room.number, keys=sheet.keys, deposit=sheet.deposit.kind.value,
        amount=sheet.deposit.amount or None, why_none=sheet.deposit.why_none or None,
    )  # fmt: skip
    return CheckedIn(stay, folio_id, key_id, room.number), guests[0]


def look(stay: Stay, sheet: CheckIn, today: date) -> tuple[list[Registered], RoomState]:
    """Is everything ready to check this guest in? Raises `Refused` with what is not; changes nothing."""
    status.after(stay.status, "check_in")
    rules.check_due(stay.arrival, stay.departure, today)
    guests = queries.registered_guests(stay)
    rules.check_sheet(sheet, [(guest.id, guest.name) for guest in guests])
    return guests, ready_room(stay, today)


def walk_in(request: BookingRequest, sheet: CheckIn, *, offered: str = "", by: User, now: datetime) -> CheckedIn:
    """Book, place and check in a guest who stands at the desk without a reservation, all or nothing (C2).

    `sheet.room_id` None takes the ready room `offered` to the guest, by its number, or else the best one of the type:
    one that was taken meanwhile, or that the guest may not have once he is known, must not stop him. Raises what
    booking, placing and check-in refuse.
    """
    access.require(by, "check_in")
    if len(request.stays) != 1 or request.stays[0].arrival != clock.business_date():
        raise Refused(say("A walk-in is one room from today on; book the others first."))
    booking = book(request, by=by, now=now)
    stay = booking.stays[0]
    if sheet.room_id is None:
        sheet = replace(sheet, room_id=_ready_room_of_type(stay, offered))
    return check_in(stay, sheet, by=by, now=now)


def add_night_before(stay: Stay, *, by: User, now: datetime) -> Changed:
    """Sell tonight as well to a guest who comes after midnight, before the audit, and is booked for the new date.

    Raises `Refused` for any other date of arrival; `said` of the result tells when his room is not free tonight.
    """
    access.require(by, "check_in")
    today = clock.business_date()
    if stay.arrival != today + rules.DAY:
        raise Refused(say("Only a guest who is booked for tomorrow can take tonight as well."), field="arrival")
    return change_stay(stay, Change(arrival=today), version=stay.version, by=by, now=now)


def undo_check_in(stay: Stay, *, by: User, now: datetime) -> None:
    """Take a check-in of this business date back with everything it made.

    Raises `Refused` on a later date, when charges stand on the folio, while a deposit is not given back, or when the
    registration has already gone to the police.
    """
    access.require(by, "undo_check_in")
    target = status.after(stay.status, "undo_check_in")
    today = clock.business_date()
    if stay.checked_in_on != today:
        raise Refused(say("The check-in was on {day}, which is closed.", day=stay.checked_in_on))
    if any(row.sent_at for row in queries.registrations_of(stay.id)):
        raise Refused(say("The registration has already been sent to the police."))
    _refuse_open_money(stay)
    stay.status, stay.checked_in_on, stay.checked_in_at = target, None, None
    save(stay)
    for model in (Registration, Voucher, EarlyCheckIn):
        db.session.execute(sa.delete(model).where(model.stay_id == stay.id))
    void_keys(stay, now=now)
    cashier.release_preauthorisations(stay.id, by=by, now=now)
    cashier.drop_empty_folio(stay)
    journal.write(by, "undo_check_in", stay, now=now)
    text = say("The check-in to room {room} was taken back.", room=stay.room.number if stay.room else "–")
    notices.tell(told(stay), text, about=stay, by=by, now=now)


def _ready_room_of_type(stay: Stay, offered: str) -> int:
    ready = {room.id for room in queries.free_rooms(stay.held_type_id, stay.arrival, stay.departure, limit=None)}
    rooms = [choice.room for choice in suggest(stay, limit=None) if choice.room.id in ready]
    if rooms:
        return next((room.id for room in rooms if room.number == offered), rooms[0].id)
    raise Refused(
        say("No clean room of this type is free."),
        offers=(Offer(say("Ask for rush cleaning and let the guest wait"), "rush_cleaning"),),
        field="room",
    )


def ready_room(stay: Stay, today: date) -> RoomState:
    """The room of the stay, if the guest can go there now. Raises `Refused` with ready rooms as offers."""
    if stay.room_id is None:
        raise Refused(
            say("This guest has no room yet."), offers=room_offers(stay, max(stay.arrival, today)), field="room"
        )
    room = queries.room_state(stay.room_id, today)
    why_not = rules.check_room(room, stay.id, overnight=stay.departure > today)
    if why_not:
        wait = Offer(say("Ask for rush cleaning and let the guest wait"), "rush_cleaning", room.id)
        others = room_offers(stay, max(stay.arrival, today), but=(room.id,))
        raise Refused(why_not, offers=(*others, wait), field="room")
    return room


def register(stay: Stay, sheet: CheckIn, *, by: User, now: datetime) -> None:
    """Write down who was registered with which document. Raises `Refused` for one that is not on file."""
    for seen in sheet.documents:
        check_lengths(Registration, {"visa": seen.visa, "purpose": seen.purpose})
        values = {"document": seen.document_id, "guest": seen.guest_id, "at": now, "by": by.id}
        if run(_SEEN, values).rowcount != 1:
            raise Refused(say("This document is not on file for this guest."), field="documents")
    rows = [
        {
            "stay_id": stay.id, "guest_id": seen.guest_id, "document_id": seen.document_id, "at": now, "by_id": by.id,
            "signed": True, "visa": seen.visa, "purpose": seen.purpose,
        }
        for seen in sheet.documents
    ]  # fmt: skip
    insert_all(Registration, rows)


def take_deposit(stay: Stay, folio_id: int, deposit: Deposit, *, by: User, now: datetime) -> None:
    """Pay it in, or hold it on the card."""
    if deposit.kind is DepositKind.PREAUTHORISATION:
        cashier.preauthorise(stay, deposit.amount, deposit.reference, by=by, now=now)
    elif deposit.kind is not DepositKind.NONE:
        cashier.pay(
            folio_id, stay.id, deposit.amount, PAID_BY[deposit.kind], kind=PostingKind.DEPOSIT,
            reference=deposit.reference, by=by, now=now,
        )  # fmt: skip


def issue_vouchers(stay: Stay, today: date, *, by: User) -> None:
    """Breakfast for everybody of the room, for each morning, when the rate has it."""
    meals = facts().plans[stay.plan_id].breakfasts * stay.persons
    if meals:
        days = rules.voucher_days(stay.arrival, stay.departure, today)
        insert_all(Voucher, [{"stay_id": stay.id, "day": d, "persons": meals, "issued_by": by.id} for d in days])


def _refuse_open_money(stay: Stay) -> None:
    folio_id = folio_of(stay.id)
    if folio_id is None:
        return
    if standing_charges(folio_id):
        raise Refused(say("There are charges on the folio. Reverse them first, or check the guest out."))
    if held := -balance(folio_id):
        amount = Amount(held, hotel().currency)
        offers = (Offer(say("Give back {amount}", amount=amount), "refund", held),)
        raise Refused(say("The deposit of {amount} must be given back first.", amount=amount), offers=offers)
