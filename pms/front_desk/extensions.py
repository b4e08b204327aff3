"""Guests who stay longer or leave earlier than booked (E1, E2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from pms import access, clock, journal, notices
from pms.accounts.models import User
from pms.assignment import actions as assignment
from pms.cashier.charges import charge_day_use
from pms.cashier.queries import balances, held_by_cards
from pms.db import db, insert_all, insert_one
from pms.errors import Offer, Refused
from pms.front_desk import queries, rules
from pms.front_desk.desk import called, issue_key, must_be_in_house, save, told, void_keys
from pms.front_desk.models import CallResult, DueOutCall, Extension, Voucher
from pms.front_desk.queries import Blocking, FreeRoom
from pms.lengths import check_lengths
from pms.notices import Department
from pms.property.models import Room
from pms.property.queries import facts
from pms.reservations import occupancy
from pms.reservations.actions import change_departure
from pms.reservations.models import Stay, Use
from pms.say import Listed, say


@dataclass(frozen=True, slots=True)
class Displaced:
    """Somebody who is to have the room on the added nights, and rooms of his type that are free for his whole stay."""

    stay_id: int
    guest: str
    arrival: date
    departure: date
    locked: bool
    instead: tuple[FreeRoom, ...]


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What an extension would mean, shown before anybody says yes (E2). `others` are rooms he could move to tonight."""

    departure: date
    displaced: tuple[Displaced, ...]
    closed: bool
    others: tuple[FreeRoom, ...]

    @property
    def free(self) -> bool:
        return not self.displaced and not self.closed


@dataclass(frozen=True, slots=True)
class Extended:
    """What an extension made. `unplaced` are stays that lost their room and have none yet; `top_up` is what the
    deposit lacks for the nights to come, in minor units.
    """

    extension_id: int
    moved: tuple[int, ...]
    unplaced: tuple[int, ...]
    top_up: int


def what_if_extend(stay: Stay, departure: date) -> WhatIf:
    """Who stands against staying on until `departure`, and what could be offered; reading only."""
    room_id = occupancy.last_room(stay)
    assert room_id is not None
    blocking = queries.blocking(room_id, stay.departure, departure)
    displaced = tuple(_displaced(row) for row in blocking if row.stay_id)
    others = queries.free_rooms(stay.held_type_id, clock.business_date(), departure, ready=False) if blocking else []
    return WhatIf(departure, displaced, any(row.closed for row in blocking), tuple(others))


def extend(
    stay: Stay,
    departure: date,
    *,
    displace: bool = False,
    prices: tuple[int, ...] | None = None,
    approved_by: User | None = None,
    force: bool = False,
    by: User,
    now: datetime,
) -> Extended:
    """The guest stays until `departure` in his room (E2).

    Raises `Refused` when others are to have the room, naming them, with other rooms as offers; `displace` says that
    this was seen and wanted: they get other rooms of their type, or none yet. Whoever was promised that very room is
    never displaced. Sold-out types are refused by reservations unless `force` (sell_beyond_limit), as is a discount
    beyond the clerk's limit that neither was approved before nor is by `approved_by` now. A late check-out that was
    granted for the old day is over.
    """
    access.require(by, "extend")
    must_be_in_house(stay)
    if departure <= stay.departure:
        raise Refused(
            say("The guest is already booked until {departure}.", departure=stay.departure), field="departure"
        )
    look = what_if_extend(stay, departure)
    _refuse_blocked(stay, look, displace)
    others = [db.session.get_one(Stay, each.stay_id) for each in look.displaced]
    for other in others:
        assignment.unplace(other, by=by, now=now)
        save(other)
    old, stay.late_check_out = stay.departure, False
    change_departure(stay, departure, prices=prices, approved_by=approved_by, force=force, by=by, now=now)
    moved, unplaced = _place_anew(others, by=by, now=now)
    _add_vouchers(stay, old, by=by)
    approver = None if prices else stay.discount_approved_by
    extension_id = _write_down(stay, old, approver=approver, by=by, now=now)
    return Extended(extension_id, moved, unplaced, top_up(stay))


def leave_early(stay: Stay, departure: date, *, day_use_price: int | None = None, by: User, now: datetime) -> Extended:
    """The guest leaves before the booked day; nights not slept are free again and are not charged (E2).

    Leaving on the day of arrival makes the stay a day use, with a price agreed for it (0 for nothing). Raises
    `Refused` for a day that is past or not earlier.
    """
    access.require(by, "extend")
    must_be_in_house(stay)
    if departure >= stay.departure:
        raise Refused(say("The guest is booked until {departure} only.", departure=stay.departure), field="departure")
    same_day = departure == stay.arrival
    if same_day and day_use_price is None:
        raise Refused(
            say("The guest leaves on the day of arrival. Agree a price for the day use, or undo the check-in."),
            offers=(Offer(say("Undo the check-in"), "undo_check_in", stay.id),),
            field="day_use_price",
        )
    old, stay.late_check_out = stay.departure, False
    change_departure(stay, departure, by=by, now=now)
    V = Voucher.__table__
    db.session.connection().execute(sa.delete(V).where(V.c.stay_id == stay.id, V.c.day > departure))
    if same_day and stay.use is Use.PAID:
        stay.use = Use.DAY_USE
        save(stay)
        if day_use_price:
            charge_day_use(stay, day_use_price, by=by, now=now)
    return Extended(_write_down(stay, old, by=by, now=now), (), (), 0)


def grant_late_check_out(stay: Stay, *, by: User, now: datetime) -> None:
    """The guest may keep the room until the evening of his departure, when nobody is to have it that night.

    A half day shares the day of turnover with nobody (reservations.occupancy).
    """
    access.require(by, "extend")
    must_be_in_house(stay)
    last_room = occupancy.last_room(stay)
    assert stay.room_id is not None and last_room is not None
    for coming in queries.blocking(last_room, stay.departure, stay.departure + rules.DAY):
        raise Refused(
            say("{guest} is to have this room from {arrival} on.", guest=coming.guest or "–", arrival=stay.departure),
            offers=(Offer(say("Give {guest} another room first", guest=coming.guest or "–"), "place", coming.stay_id),),
        )
    stay.late_check_out = True
    save(stay)
    void_keys(stay, now=now)
    issue_key(stay, stay.room_id, 1, now=now)
    journal.write(by, "late_check_out", stay, now=now)
    text = say("{guest} leaves late on {day}.", guest=called(stay), day=stay.departure)
    notices.tell((Department.HOUSEKEEPING, Department.SERVICE_CENTRE), text, about=stay, by=by, now=now)


def record_call(stay: Stay, result: CallResult, note: str = "", *, by: User, now: datetime) -> int:
    """Write down what a guest due out has answered (E1); returns the call's id."""
    access.require(by, "extend")
    must_be_in_house(stay)
    today = clock.business_date()
    if stay.departure > today:
        raise Refused(say("This guest is booked until {departure}.", departure=stay.departure))
    check_lengths(DueOutCall, {"note": note.strip()})
    call = insert_one(
        DueOutCall, stay_id=stay.id, business_date=today, at=now, by_id=by.id, result=result, note=note.strip()
    )
    journal.write(by, "due_out_call", stay, now=now, result=result.value, note=note.strip() or None)
    return call


def _displaced(row: Blocking) -> Displaced:
    instead = queries.free_rooms(row.type_id, row.arrival, row.departure, ready=False)
    return Displaced(row.stay_id, row.guest, row.arrival, row.departure, row.locked, tuple(instead))


def _refuse_blocked(stay: Stay, look: WhatIf, displace: bool) -> None:
    if look.free:
        return
    rooms = tuple(Offer(say("Move to room {room}", room=room.number), "room", room.id) for room in look.others)
    if look.closed:
        raise Refused(say("The room is out of order on these nights."), offers=rooms, field="departure")
    first = next((each for each in look.displaced if each.locked), look.displaced[0])
    if first.locked:
        text = say("{guest} was promised this room from {arrival} on.", guest=first.guest, arrival=first.arrival)
        raise Refused(text, offers=rooms, field="departure")
    if not displace:
        text = say("{guest} is to have this room from {arrival} on.", guest=first.guest, arrival=first.arrival)
        names = [each.guest for each in look.displaced]
        ids = [each.stay_id for each in look.displaced]
        give = Offer(say("Extend, and give {guests} another room", guests=Listed(names)), "displace", ids)
        raise Refused(text, offers=(*rooms, give), field="departure")


def _place_anew(others: Sequence[Stay], *, by: User, now: datetime) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Another room for everybody displaced, the best one; whom it was not possible for, reservations are told."""
    moved, unplaced = [], []
    for other in others:
        best = assignment.suggest(other, 1)
        if best:
            room = db.session.get_one(Room, best[0].room.id)
            assignment.place_stay(other, room, by=by, now=now)
            save(other)
            moved.append(other.id)
            continue
        unplaced.append(other.id)
        text = say("{guest}, arriving {arrival}, has lost the room and has none yet.", guest=called(other),
                   arrival=other.arrival)  # fmt: skip
        notices.tell((Department.RESERVATIONS, Department.FRONT_DESK), text, about=other, by=by, now=now)
    return tuple(moved), tuple(unplaced)


def _add_vouchers(stay: Stay, old: date, *, by: User) -> None:
    meals = facts().plans[stay.plan_id].breakfasts * stay.persons
    if meals:
        days = rules.voucher_days(old, stay.departure, old)
        insert_all(Voucher, [{"stay_id": stay.id, "day": d, "persons": meals, "issued_by": by.id} for d in days])


def _write_down(stay: Stay, old: date, *, approver: int | None = None, by: User, now: datetime) -> int:
    """The Extension row, the new key, the journal and who is told."""
    assert stay.room_id is not None
    void_keys(stay, now=now)
    issue_key(stay, stay.room_id, 1, now=now)
    longer = stay.departure > old
    price = queries.price_of_night(stay.id, old) if longer else None
    extension_id = insert_one(
        Extension, stay_id=stay.id, business_date=clock.business_date(), at=now, by_id=by.id, old_departure=old,
        new_departure=stay.departure, price=price, approved_by=approver,
    )  # fmt: skip
    journal.write(by, "extend" if longer else "leave_early", stay, now=now, was=old, now_is=stay.departure, price=price)
    text = say("{guest} now leaves on {departure}.", guest=called(stay), departure=stay.departure)
    notices.tell(told(stay), text, about=stay, by=by, now=now)
    return extension_id


def top_up(stay: Stay, more: int = 0) -> int:
    """What the deposit lacks: what is owed, the nights to come and `more` for nights not added yet, less what cards
    hold for us.
    """
    owed = balances([stay.id])[stay.id] + queries.price_of_nights_from(stay.id, clock.business_date()) + more
    return max(owed - held_by_cards(stay.id), 0)
