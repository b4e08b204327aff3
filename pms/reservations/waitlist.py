"""The waitlist 候补 (R6): put on it, called, booked from it with one key, or given up; and the log of lost business."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from pms import access, clock, journal
from pms.db import db, save
from pms.errors import Refused
from pms.guests.actions import guest_or_missing
from pms.guests.rules import e164
from pms.lengths import check_lengths
from pms.property import queries as house
from pms.reservations import queries_waitlist, rules, selling
from pms.reservations.booking import book, check_plan, sold_type
from pms.reservations.inventory import SoldOut
from pms.reservations.models import Booking, Source
from pms.reservations.models_waitlist import Turnaway, WaitCall, Waiting, WaitStatus, Why
from pms.reservations.requests import BookingRequest, StayRequest
from pms.reservations.saving import nobody_else
from pms.say import say

if TYPE_CHECKING:
    from pms.accounts.models import User

MOST_ROOMS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody wants who cannot have it now; fields as in models_waitlist.Waiting."""

    guest_id: int
    telephone: str
    type_id: int | None
    plan_id: int
    arrival: date
    departure: date
    rooms: int = 1
    adults: int = 1
    children: int = 0
    source: Source = Source.PHONE
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """A caller who did not book; `type_id` None when he named none."""

    why: Why
    arrival: date
    departure: date
    rooms: int = 1
    type_id: int | None = None
    source: Source = Source.PHONE
    note: str = ""


def put_on(wish: Wish, *, by: User, now: datetime) -> Waiting:
    """Somebody waits for a room. Raises `Refused` without a telephone number, or while there are rooms to be sold."""
    access.require(by, "keep_waitlist")
    guest = guest_or_missing(wish.guest_id)
    telephone = wish.telephone.strip() or guest.telephone
    if not telephone:
        raise Refused(say("Under which number is the guest called when a room is free?"), field="telephone")
    _check(wish.arrival, wish.departure, wish.rooms)
    check_plan(wish.plan_id)
    if wish.type_id is not None:
        kind = sold_type(wish.type_id)
        rules.check_persons(wish.adults, wish.children, kind.capacity, kind.code)
    values = asdict(wish) | {
        "guest_id": guest.id,
        "telephone": e164(telephone, house.hotel().country),
        "note": wish.note.strip(),
    }
    check_lengths(Waiting, values)
    waiting = Waiting(**values, asked_at=now, asked_by=by.id)
    if queries_waitlist.free_types(waiting):
        raise Refused(say("There is a room for this stay: book it instead."), field="type")
    db.session.add(waiting)
    db.session.flush()
    journal.write(by, "wait", waiting, now=now, guest=guest.id, arrival=wish.arrival, departure=wish.departure)
    return waiting


def called(waiting: Waiting, outcome: WaitCall, *, by: User, now: datetime) -> None:
    """Somebody was called and has not decided. Raises `Refused` when he waits no more."""
    access.require(by, "keep_waitlist")
    _refuse_ended(waiting)
    waiting.called_at, waiting.called_by, waiting.outcome = now, by.id, outcome
    _save(waiting)
    journal.write(by, "call_waiting", waiting, now=now, outcome=outcome.value)


def book_waiting(waiting: Waiting, *, by: User, now: datetime) -> Booking:
    """Make a booking of it, in the type wanted or the lowest there is. Raises `Refused`, `SoldOut` with offers."""
    access.require(by, "keep_waitlist")
    _refuse_ended(waiting)
    room = StayRequest(
        guest_id=waiting.guest_id,
        type_id=_type_for(waiting),
        plan_id=waiting.plan_id,
        arrival=waiting.arrival,
        departure=waiting.departure,
        adults=waiting.adults,
        children=waiting.children,
        remarks=waiting.note,
    )
    request = BookingRequest(stays=(room,) * waiting.rooms, source=waiting.source, telephone=waiting.telephone)
    booking = book(request, by=by, now=now)
    waiting.status, waiting.booking_id = WaitStatus.BOOKED, booking.id
    _save(waiting)
    journal.write(by, "book_waiting", waiting, now=now, confirmation=booking.confirmation)
    return booking


def give_up(waiting: Waiting, note: str = "", *, by: User, now: datetime) -> None:
    """Whoever waited has gone elsewhere: off the list and into the log of lost business."""
    access.require(by, "keep_waitlist")
    _refuse_ended(waiting)
    waiting.status = WaitStatus.GIVEN_UP
    _save(waiting)
    journal.write(by, "give_up_waiting", waiting, now=now)
    lost = Lost(
        why=Why.FULL,
        arrival=waiting.arrival,
        departure=waiting.departure,
        rooms=waiting.rooms,
        type_id=waiting.type_id,
        source=waiting.source,
        note=note,
    )
    turn_away(lost, by=by, now=now)


def turn_away(lost: Lost, *, by: User, now: datetime) -> Turnaway:
    """Write down business the house did not get, and why. Raises `Refused` for dates that are no stay."""
    access.require(by, "keep_waitlist")
    if lost.type_id is not None:
        house.type_of(lost.type_id)
    if not 1 <= lost.rooms <= MOST_ROOMS:
        raise Refused(say("How many rooms: 1 to {most}.", most=MOST_ROOMS), field="rooms")
    rules.check_departure(lost.arrival, lost.departure)
    values = asdict(lost) | {"note": lost.note.strip()}
    check_lengths(Turnaway, values)
    turnaway = Turnaway(**values, business_date=clock.business_date(), at=now, by_id=by.id)
    db.session.add(turnaway)
    db.session.flush()
    journal.write(by, "turn_away", turnaway, now=now, why=lost.why.value, rooms=lost.rooms)
    return turnaway


def _check(arrival: date, departure: date, rooms: int) -> None:
    rules.check_dates(arrival, departure, clock.business_date(), day_use=False)
    if not 1 <= rooms <= MOST_ROOMS:
        raise Refused(say("How many rooms: 1 to {most}.", most=MOST_ROOMS), field="rooms")


def _type_for(waiting: Waiting) -> int:
    free = queries_waitlist.free_types(waiting)
    if free:
        return free[0]
    if waiting.type_id is not None:
        return waiting.type_id  # booking it says which nights are full, and what could be offered
    nights = rules.nights_of(waiting.arrival, waiting.departure)
    lowest = min(house.types(), key=lambda kind: kind.rank)
    offers = selling.offers_instead(lowest.id, nights)
    raise SoldOut(say("No type has a room on all these nights yet."), type_id=lowest.id, nights=nights, offers=offers)


def _refuse_ended(waiting: Waiting) -> None:
    if waiting.status is WaitStatus.BOOKED:
        number = waiting.booking.confirmation if waiting.booking else ""
        raise Refused(say("This guest waits no more: booked as {number}.", number=number))
    if waiting.status is WaitStatus.GIVEN_UP:
        raise Refused(say("This guest waits no more. Take a new booking, or put the guest on the list again."))


@nobody_else()
def _save(waiting: Waiting) -> None:
    save(waiting)
