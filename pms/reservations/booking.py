"""Taking bookings (R1): one or several rooms under one confirmation number, nightly prices fixed (R4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from pms import access, clock, journal, notices
from pms.db import db, insert_all, insert_record, know
from pms.errors import Refused
from pms.guests.actions import guest_or_missing
from pms.guests.models import Account, Guest
from pms.guests.queries import load_account
from pms.guests.rules import e164
from pms.lengths import check_lengths
from pms.property import queries as house
from pms.reservations import (
    blocks,
    change_slip,
    contracts,
    inventory,
    numbers,
    pricing,
    queries,
    queries_groups,
    rules,
    selling,
    welcome,
)
from pms.reservations.merging import refuse_merged
from pms.reservations.models import Booking, Stay, StayGuest, StayNight, Use
from pms.reservations.requests import BookingRequest, StayRequest
from pms.reservations.status import Status
from pms.say import Say, say

if TYPE_CHECKING:
    from pms.accounts.models import User


NEW, ADDED = say("New booking"), say("More rooms for booking")


@dataclass(frozen=True, slots=True)
class Agreed:
    """A stay that may be sold: what was asked, its nights and what they cost."""

    asked: StayRequest
    guest: Guest
    sharers: tuple[int, ...]
    nights: list[date]
    price: pricing.Fixed


def book(request: BookingRequest, *, by: User, now: datetime) -> Booking:
    """Take a booking. Raises `Refused` with offers when it cannot be sold, `NotAllowed` for what is beyond the role."""
    access.require(by, "book")
    today = clock.business_date()
    if not request.stays:
        raise Refused(say("A booking needs at least one room."))
    account = _account(request)
    agreed = _sell_all(request.stays, request.group_id, account, today, by)
    booking = insert_record(Booking, **_values(request, today, by, now))
    know(booking, stays=_save(booking, agreed))
    journal.write(by, "book", booking, now=now, confirmation=booking.confirmation, **_on_record(agreed))
    welcome.prepare_soon(booking.stays, today, by=by, now=now)
    _tell(booking, agreed, today, NEW, by=by, now=now)
    return booking


def add_stays(booking: Booking, stays: Sequence[StayRequest], *, by: User, now: datetime) -> list[Stay]:
    """More rooms for a booking 加房 (R2), sold like new ones. Raises as `book`."""
    access.require(by, "change_booking")
    today = clock.business_date()
    refuse_merged(booking)
    if not stays:
        raise Refused(say("Please say which rooms to add."))
    agreed = _sell_all(stays, booking.group_id, contracts.account_of(booking), today, by)
    added = _save(booking, agreed)
    db.session.expire(booking, ["stays"])
    rooms = [{"stay": stay.id, "type": house.type_of(stay.type_id).code} for stay in added]
    change_slip.record(booking, "add_rooms", was=[], now_is=rooms, today=today, by=by, now=now)
    journal.write(by, "add_stays", booking, now=now, stays=[stay.id for stay in added], **_on_record(agreed))
    welcome.prepare_soon(added, today, by=by, now=now)
    _tell(booking, agreed, today, ADDED, by=by, now=now)
    return added


def _values(request: BookingRequest, today: date, by: User, now: datetime) -> dict[str, Any]:
    """The columns of a new booking."""
    values = {
        "confirmation": _confirmation(today),
        "booked_on": today,
        "booked_at": now,
        "taken_by": by.id,
        "source": request.source,
        "market": request.market,
        "channel": request.channel,
        "guarantee": request.guarantee,
        "booker": request.booker.strip(),
        "telephone": e164(request.telephone, house.hotel().country),
        "company_id": request.company_id,
        "agent_id": request.agent_id,
        "group_id": request.group_id,
        "notes": request.notes.strip(),
    }
    check_lengths(Booking, values)
    return values


def _account(request: BookingRequest) -> Account | None:
    """Under whose contract it is booked. Raises `Missing`."""
    known = request.company_id or request.agent_id
    return load_account(known) if known else None


def _sell_all(
    stays: Sequence[StayRequest], group_id: int | None, account: Account | None, today: date, by: User
) -> list[Agreed]:
    """Check, price and take every stay, in the order of types and nights: two bookings never wait in a circle."""
    if group_id is not None:
        blocks.refuse_cancelled(queries_groups.load_group(group_id))
    agreed = [_agree(asked, group_id, account, today, by) for asked in stays]
    in_order = sorted(agreed, key=lambda deal: (deal.asked.type_id, deal.asked.arrival))
    for deal in in_order:
        inventory.prepare(deal.asked.type_id, deal.nights)
    for deal in in_order:
        asked = deal.asked
        if asked.use is Use.DAY_USE:
            continue
        if not (asked.force or group_id):
            selling.check_minimum_stay(asked.type_id, deal.nights)
        selling.sell(asked.type_id, deal.nights, group_id=group_id, force=asked.force)
    return agreed


def _agree(asked: StayRequest, group_id: int | None, account: Account | None, today: date, by: User) -> Agreed:
    """What one stay costs, when nothing but the availability stands against it."""
    if asked.force:
        access.require(by, "sell_beyond_limit")
    guest = guest_or_missing(asked.guest_id)
    sharers = tuple(guest_or_missing(sharer).id for sharer in asked.sharers)
    rules.check_dates(asked.arrival, asked.departure, today, day_use=asked.use is Use.DAY_USE)
    rules.check_eta(asked.eta)
    rules.check_party(asked.party)
    kind = sold_type(asked.type_id)
    check_plan(asked.plan_id)
    contracts.check(account, asked.plan_id, asked.arrival, asked.departure)
    if not asked.force:
        rules.check_persons(asked.adults, asked.children, kind.capacity, kind.code)
    if asked.vip_level and asked.vip_level != guest.vip_level:
        access.require(by, "set_vip")
    nights = rules.nights_of(asked.arrival, asked.departure)
    price = pricing.fix(
        asked.plan_id,
        asked.type_id,
        nights,
        use=asked.use,
        discount_percent=asked.discount_percent,
        approved_by=asked.approved_by,
        by_hand=asked.prices,
        force=asked.force,
        contract=queries.block_prices(group_id, asked.type_id),
        agreed_percent=contracts.agreed_percent(account, asked.arrival, asked.departure),
        by=by,
    )
    return Agreed(asked, guest, sharers, nights, price)


def sold_type(type_id: int) -> Any:
    """The room type, if it is sold. Raises `Refused`."""
    kind = house.facts().types.get(type_id)
    if kind is None or not kind.active:
        raise Refused(say("This room type is not sold."), field="type")
    return kind


def check_plan(plan_id: int) -> None:
    """Raises `Refused` unless the rate plan is offered."""
    plan = house.facts().plans.get(plan_id)
    if plan is None or not plan.active:
        raise Refused(say("This rate plan is not offered."), field="plan")


def _save(booking: Booking, agreed: Sequence[Agreed]) -> list[Stay]:
    """Write the stays and their nights; ids are there afterwards."""
    stays = [_stay(booking, deal) for deal in agreed]
    nights, sharers = [], []
    for stay, deal in zip(stays, agreed, strict=True):
        for night, price in zip(deal.nights, deal.price.prices, strict=True):
            nights.append({"stay_id": stay.id, "night": night, "type_id": stay.type_id, "price": price})
        sharers += [{"stay_id": stay.id, "guest_id": guest_id} for guest_id in deal.sharers]
    insert_all(StayNight, nights)
    insert_all(StayGuest, sharers)
    return stays


def _stay(booking: Booking, deal: Agreed) -> Stay:
    asked = deal.asked
    approver = deal.price.approved_by
    values = {
        "booking_id": booking.id,
        "guest_id": deal.guest.id,
        "group_id": booking.group_id,
        "status": Status.RESERVED,
        "use": asked.use,
        "arrival": asked.arrival,
        "departure": asked.departure,
        "adults": asked.adults,
        "children": asked.children,
        "type_id": asked.type_id,
        "plan_id": asked.plan_id,
        "eta": asked.eta,
        "vip_level": asked.vip_level or deal.guest.vip_level,
        "needs": rules.words(asked.needs),
        "wishes": rules.words(asked.wishes),
        "party": asked.party,
        "remarks": asked.remarks.strip(),
        "discount_percent": asked.discount_percent,
        "discount_approved_by": approver.id if approver else None,
    }
    check_lengths(Stay, values)
    stay = insert_record(Stay, **values)
    know(stay, booking=booking, guest=deal.guest)
    return stay


def _confirmation(today: date) -> str:
    """`LT-26-04690`: the hotel's code, the year, a running number."""
    return f"{house.hotel().code}-{today:%y}-{numbers.next_number('confirmation'):05d}"


def _on_record(agreed: Sequence[Agreed]) -> dict[str, Any]:
    """What of a sale the journal keeps besides the fact: overrides and approvals."""
    approvers = {deal.price.approved_by.id for deal in agreed if deal.price.approved_by}
    return {
        "rooms": len(agreed),
        "forced": True if any(deal.asked.force for deal in agreed) else None,
        "prices_by_hand": True if any(deal.asked.prices is not None for deal in agreed) else None,
        "discount_percent": max(deal.asked.discount_percent for deal in agreed) or None,
        "discount_approved_by": sorted(approvers) or None,
    }


def _tell(booking: Booking, agreed: Sequence[Agreed], today: date, what: Say, *, by: User, now: datetime) -> None:
    """Whoever has to prepare something hears of new rooms (R2, R9); the desk does not tell itself."""
    first = min(deal.asked.arrival for deal in agreed)
    vip = any(deal.asked.vip_level or deal.guest.vip_level for deal in agreed)
    told = rules.told_of_booking(booking.source, today, first, vip=vip, at_desk=by.role in access.DESK)
    if told:
        text = say(
            "{what} {confirmation}: {guest}, rooms: {rooms}, arrival {arrival}.",
            what=what,
            confirmation=booking.confirmation,
            guest=agreed[0].guest.name_on_notices,
            rooms=len(agreed),
            arrival=first,
        )
        notices.tell(told, text, about=booking, by=by, now=now)
