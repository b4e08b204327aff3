"""Edits of a stay's nights: another departure, another type to sleep in. Counter, room and prices move together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from pms import access, clock, journal
from pms.db import insert_all, run
from pms.errors import Refused
from pms.property import queries as house
from pms.reservations import change_slip, contracts, freed, occupancy, pricing, queries, rules, selling
from pms.reservations.booking import sold_type
from pms.reservations.models import Stay, StayNight, Use
from pms.reservations.saving import save
from pms.reservations.status import STATUS_NAMES, Status
from pms.say import say

if TYPE_CHECKING:
    from pms.accounts.models import User

N = StayNight.__table__
_SHORTEN = sa.delete(N).where(N.c.stay_id == sa.bindparam("stay"), N.c.night >= sa.bindparam("since"))
_HOLD = (
    sa.update(N)
    .where(N.c.stay_id == sa.bindparam("stay"), N.c.night >= sa.bindparam("since"))
    .values(type_id=sa.bindparam("to_type"))
)


def change_departure(
    stay: Stay,
    new_departure: date,
    *,
    prices: tuple[int, ...] | None = None,
    approved_by: User | None = None,
    force: bool = False,
    by: User,
    now: datetime,
) -> Stay:
    """Let a stay end on another day (E2): added nights are sold and priced, nights not slept are free again.

    The room goes with it: `Taken` says who stands against more nights in it. `prices` are those of the added nights;
    without them the plan's, with the stay's discount: who approved it before, or `approved_by` now, stands behind it.
    Raises `Refused` with offers when the type is sold out.
    """
    in_house = stay.status is Status.IN_HOUSE
    access.require(by, "extend" if in_house else "change_booking")
    if force:
        access.require(by, "sell_beyond_limit")
    today = clock.business_date()
    old = stay.departure
    _check_departure(stay, new_departure, today)
    if new_departure > old:
        _lengthen(stay, new_departure, prices, approved_by, force, by)
    elif new_departure < old:
        _shorten(stay, new_departure)
    else:
        return stay
    stay.departure = new_departure
    save(stay)
    change_slip.record(
        stay,
        "dates",
        was={"departure": old.isoformat()},
        now_is={"departure": new_departure.isoformat()},
        today=today,
        by=by,
        now=now,
    )
    forced = True if force else None
    journal.write(by, "change_departure", stay, now=now, was=old, now_is=new_departure, forced=forced)
    freed.tell_waitlist(stay.held_type_id, rules.nights_of(new_departure, old), by=by, now=now)
    return stay


def agree_upgrade(stay: Stay, type_id: int, *, by: User, now: datetime) -> Stay:
    """From now on the stay is to sleep in another type (P7, P8) at the price it has; the booked type takes it back.

    The nights are counted on that type. Selling limits do not bind: whether a room can be had, placing finds out.
    """
    access.require(by, "approve_upgrade")
    return _sleep_in(stay, type_id, "agree_upgrade", by=by, now=now)


def agree_other_bed(stay: Stay, type_id: int, *, by: User, now: datetime) -> Stay:
    """Another bed in a type that stands as high (P6): no upgrade, so whoever places may agree to it.

    Raises `Refused` for a type of another rank.
    """
    access.require(by, "place")
    if sold_type(type_id).rank != house.type_of(stay.held_type_id).rank:
        raise Refused(say("That room is of a better or plainer type. Ask for an upgrade instead."), field="room")
    return _sleep_in(stay, type_id, "agree_other_bed", by=by, now=now)


def _sleep_in(stay: Stay, type_id: int, action: str, *, by: User, now: datetime) -> Stay:
    if stay.status not in (Status.RESERVED, Status.IN_HOUSE):
        raise Refused(say("This stay is over: {status}.", status=STATUS_NAMES[stay.status]))
    kind = sold_type(type_id)
    old = stay.held_type_id
    if old == type_id:
        return stay
    since = max(stay.arrival, clock.business_date())
    hold_type(stay, type_id, since=since)
    stay.assign_type_id = None if type_id == stay.type_id else type_id
    save(stay)
    journal.write(by, action, stay, now=now, was=house.type_of(old).code, now_is=kind.code)
    return stay


def hold_type(stay: Stay, type_id: int, *, since: date) -> None:
    """Count the stay's nights from `since` on another type, beyond its limit if need be."""
    nights = rules.nights_of(since, stay.departure)
    if not nights:
        return
    selling.exchange((stay.held_type_id, nights), (type_id, nights), group_id=stay.group_id, force=True)
    run(_HOLD, {"stay": stay.id, "since": since, "to_type": type_id})


def write_nights(stay: Stay, nights: Sequence[date], prices: Sequence[int]) -> None:
    rows: list[dict[str, Any]] = [
        {"stay_id": stay.id, "night": night, "type_id": stay.held_type_id, "price": price}
        for night, price in zip(nights, prices, strict=True)
    ]
    insert_all(StayNight, rows)


def rewrite(stay: Stay, nights: Sequence[date], prices: Sequence[int]) -> None:
    """Replace all nights of a stay that has not arrived."""
    run(_SHORTEN, {"stay": stay.id, "since": date.min})
    write_nights(stay, nights, prices)


def _check_departure(stay: Stay, new: date, today: date) -> None:
    if stay.status not in (Status.RESERVED, Status.IN_HOUSE):
        raise Refused(say("This stay is over: {status}.", status=STATUS_NAMES[stay.status]))
    if new < today:
        raise Refused(say("Departure {departure} is before the business date.", departure=new), field="departure")
    if new == stay.arrival and stay.status is Status.IN_HOUSE:
        return  # leaves on the day of arrival
    rules.check_departure(stay.arrival, new)


def _lengthen(
    stay: Stay, until: date, prices: tuple[int, ...] | None, approved_by: User | None, force: bool, by: User
) -> None:
    if stay.use is Use.DAY_USE:
        stay.use = Use.PAID  # who stays the night pays for it
    added = rules.nights_of(stay.departure, until)
    fixed = pricing.fix(
        stay.plan_id,
        stay.type_id,
        added,
        use=stay.use,
        discount_percent=0 if prices is not None else stay.discount_percent,
        approved_by=approved_by or queries.approver_of(stay),
        by_hand=prices,
        force=force,
        contract=queries.block_prices(stay.group_id, stay.type_id),
        agreed_percent=contracts.agreed_percent(contracts.account_of(stay.booking), stay.arrival, until),
        by=by,
    )
    if fixed.approved_by:
        stay.discount_approved_by = fixed.approved_by.id
    selling.sell(stay.held_type_id, added, group_id=stay.group_id, force=force)
    occupancy.lengthen(stay, until)
    write_nights(stay, added, fixed.prices)


def _shorten(stay: Stay, until: date) -> None:
    selling.give_back(stay.held_type_id, rules.nights_of(until, stay.departure), group_id=stay.group_id)
    if stay.room_id is not None:
        room = stay.room_id
        occupancy.vacate(stay, since=until)
        if stay.status is Status.IN_HOUSE:
            stay.room_id = room  # leaves today: the room is theirs until check-out
    run(_SHORTEN, {"stay": stay.id, "since": until})
