"""Changing a stay (R2): dates, type, price, persons, guest, wishes; every line on the change slip."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from pms import access, clock, journal, notices
from pms.accounts.models import User
from pms.db import db, know, save
from pms.errors import Conflict, Refused
from pms.guests.actions import check_vip, guest_or_missing
from pms.lengths import check_lengths
from pms.property import queries as house
from pms.property.models import Room
from pms.reservations import (
    change_slip,
    contracts,
    freed,
    nights,
    occupancy,
    pricing,
    queries,
    rules,
    selling,
    welcome,
)
from pms.reservations.booking import check_plan, sold_type
from pms.reservations.models import Stay, Use
from pms.reservations.occupancy import Taken
from pms.reservations.queries_moves import agreed
from pms.reservations.requests import Change
from pms.reservations.saving import nobody_else
from pms.reservations.status import STATUS_NAMES, Status, WrongStatus
from pms.say import Listed, Say, say

if TYPE_CHECKING:
    from collections.abc import Mapping

CONTROLS = frozenset({"approved_by", "force"})
# Once the guest is in house, the desk extends and moves; these may still be written down here.
IN_HOUSE_TOO = frozenset({"adults", "children", "needs", "wishes", "remarks", "vip_level"})
WELCOMED_BY = frozenset({"arrival", "vip_level", "guest_id"})  # what the welcome policy looks at
REPRICES = frozenset({"type_id", "plan_id", "discount_percent", "prices"})


@dataclass(frozen=True, slots=True)
class Changed:
    """What came of a change; `said` are sentences the clerk has to read, such as that the room was released."""

    stay: Stay
    said: tuple[Say, ...] = ()


@dataclass(frozen=True, slots=True)
class _Before:
    """A stay as it was: its nights, the type they were counted on, and what the change slip shows."""

    nights: list[date]
    type_id: int
    shown: Mapping[str, Any]


@nobody_else()
def change_stay(stay: Stay, change: Change, *, version: int, by: User, now: datetime) -> Changed:
    """Change what is not None in `change`, if the stay still has the `version` the clerk saw.

    Prices of nights that stay the same are kept unless type, plan or discount change. A placed room is kept if it is
    free on the new nights, else released and said. Raises `Conflict` telling what happened meanwhile, `Refused` with
    offers when it cannot be sold or priced so.
    """
    access.require(by, "change_booking")
    check_version(stay, version)
    today = clock.business_date()
    asked = _asked(stay, change)
    if not asked:
        return Changed(stay)
    _check(stay, asked, change.force, today, by)
    before = _Before(rules.nights_of(stay.arrival, stay.departure), stay.held_type_id, _shown(stay))
    _set(stay, asked)
    said = _move(stay, before, asked, change, by)
    save(stay)
    save(stay.booking)
    _write_down(stay, before, said, change.force, today, by=by, now=now)
    freed.tell_waitlist(before.type_id, _nights_left(stay, before), by=by, now=now)
    if "arrival" in asked:
        welcome.follow(stay)
    if WELCOMED_BY & set(asked):
        welcome.prepare_soon([stay], today, by=by, now=now)
    return Changed(stay, said)


def check_version(stay: Stay, version: int) -> None:
    """Raises `Conflict` saying what others changed since the clerk looked, and how things stand now."""
    if stay.version == version:
        return
    state = say(
        "{status}, {arrival} to {departure}, type {type}",
        status=STATUS_NAMES[stay.status],
        arrival=stay.arrival,
        departure=stay.departure,
        type=house.type_of(stay.type_id).code,
    )
    subjects = [change_slip.SUBJECTS[what] for what in queries.changed_since(stay.id, version)]
    if subjects:
        raise Conflict(
            say("Changed by somebody else meanwhile: {what}. It is now: {state}.", what=Listed(subjects), state=state)
        )
    raise Conflict(say("Somebody else has worked on this stay meanwhile. It is now: {state}.", state=state))


def _asked(stay: Stay, change: Change) -> dict[str, Any]:
    """What of a change really is different."""
    wanted = {f.name: getattr(change, f.name) for f in fields(change) if f.name not in CONTROLS}
    for name in ("needs", "wishes"):
        wanted[name] = None if wanted[name] is None else rules.words(wanted[name])
    current = {name: getattr(stay, name, None) for name in wanted} | {"guarantee": stay.booking.guarantee}
    return {name: value for name, value in wanted.items() if value is not None and value != current[name]}


def _check(stay: Stay, asked: Mapping[str, Any], force: bool, today: date, by: User) -> None:
    _check_status(stay, set(asked))
    if force:
        access.require(by, "sell_beyond_limit")
    if "vip_level" in asked:
        check_vip(asked["vip_level"], by)
    if "guest_id" in asked:
        guest_or_missing(asked["guest_id"])
    if "plan_id" in asked:
        check_plan(asked["plan_id"])
    if {"plan_id", "arrival", "departure"} & set(asked):
        plan, first, until = (asked.get(name, getattr(stay, name)) for name in ("plan_id", "arrival", "departure"))
        contracts.check(contracts.account_of(stay.booking), plan, first, until)
    rules.check_party(asked.get("party", ""))
    rules.check_eta(asked.get("eta", ""))
    if {"eta", "early_arrival"} & set(asked) and asked.get("early_arrival", stay.early_arrival):
        rules.check_early(asked.get("eta", stay.eta))
    check_lengths(Stay, asked)
    _check_dates(stay, asked, today)
    if {"adults", "children", "type_id"} & set(asked) and not force:
        kind = sold_type(asked.get("type_id", stay.type_id))
        adults, children = asked.get("adults", stay.adults), asked.get("children", stay.children)
        rules.check_persons(adults, children, kind.capacity, kind.code)


def _check_status(stay: Stay, asked: set[str]) -> None:
    if stay.status is Status.IN_HOUSE and not asked <= IN_HOUSE_TOO:
        raise Refused(say("{guest} is in house: extend, shorten or move the stay at the desk.", guest=stay.guest.name))
    if stay.status not in (Status.RESERVED, Status.IN_HOUSE):
        raise WrongStatus(say("This stay is over: {status}.", status=STATUS_NAMES[stay.status]))


def _check_dates(stay: Stay, asked: Mapping[str, Any], today: date) -> None:
    arrival, departure = asked.get("arrival", stay.arrival), asked.get("departure", stay.departure)
    if "arrival" in asked:
        rules.check_dates(arrival, departure, today, day_use=stay.use is Use.DAY_USE)
    elif "departure" in asked:
        rules.check_departure(arrival, departure, day_use=stay.use is Use.DAY_USE)


def _set(stay: Stay, asked: Mapping[str, Any]) -> None:
    for name, value in asked.items():
        if name == "guarantee":
            stay.booking.guarantee = value
        elif name != "prices":
            setattr(stay, name, value.strip() if isinstance(value, str) else value)
    if "type_id" in asked:
        stay.assign_type_id = None  # an upgrade was agreed for the old type
    if "guest_id" in asked:
        guest = guest_or_missing(asked["guest_id"])
        stay.guest_id = guest.id
        know(stay, guest=guest)


def _move(stay: Stay, before: _Before, asked: Mapping[str, Any], change: Change, by: User) -> tuple[Say, ...]:
    """Counters, prices and room follow the new dates, type and plan."""
    after = rules.nights_of(stay.arrival, stay.departure)
    moved = after != before.nights or stay.held_type_id != before.type_id
    if moved:
        if not change.force and stay.group_id is None:
            selling.check_minimum_stay(stay.held_type_id, after)
        selling.exchange(
            (before.type_id, before.nights), (stay.held_type_id, after), group_id=stay.group_id, force=change.force
        )
    if moved or REPRICES & set(asked):
        _price(stay, after, asked, change, by)
    return _keep_room(stay, before) if moved or asked.get("early_arrival") else ()


def _price(stay: Stay, after: list[date], asked: Mapping[str, Any], change: Change, by: User) -> None:
    kept = {} if REPRICES & set(asked) else queries.prices_of(stay.id)
    to_price = [night for night in after if night not in kept]
    fixed = pricing.fix(
        stay.plan_id,
        stay.type_id,
        to_price,
        use=stay.use,
        discount_percent=0 if change.prices is not None else stay.discount_percent,
        approved_by=change.approved_by or queries.approver_of(stay),
        by_hand=change.prices,
        force=change.force,
        contract=queries.block_prices(stay.group_id, stay.type_id),
        agreed_percent=contracts.agreed_percent(contracts.account_of(stay.booking), stay.arrival, stay.departure),
        by=by,
    )
    if "discount_percent" in asked or fixed.approved_by:
        stay.discount_approved_by = fixed.approved_by.id if fixed.approved_by else None
    prices = kept | dict(zip(to_price, fixed.prices, strict=True))
    nights.rewrite(stay, after, [prices[night] for night in after])


def _nights_left(stay: Stay, before: _Before) -> list[date]:
    """The nights of the old type that the stay has given back."""
    kept = rules.nights_of(stay.arrival, stay.departure) if stay.held_type_id == before.type_id else []
    return sorted(set(before.nights) - set(kept))


def _keep_room(stay: Stay, before: _Before) -> tuple[Say, ...]:
    if stay.room_id is None:
        return ()
    room, moves = db.session.get_one(Room, stay.room_id), agreed(stay.id)
    occupancy.vacate(stay, since=min([stay.arrival, *before.nights]))
    if stay.held_type_id != before.type_id:
        why = say("it is not of the new type")
    else:
        try:
            occupancy.place_in_turn(stay, room, moves)
            return ()
        except Taken as taken:
            why = taken.reason
    stay.do_not_move, stay.do_not_move_why = False, ""
    return (say("Room {room} was released: {why}", room=room.number, why=why),)


def _shown(stay: Stay) -> dict[str, Any]:
    """A stay as the change slip shows it, by subject."""
    return {
        "dates": {"arrival": stay.arrival.isoformat(), "departure": stay.departure.isoformat()},
        "type": {"type": house.type_of(stay.type_id).code},
        "plan": {"plan": house.facts().plans[stay.plan_id].code},
        "discount": {"percent": stay.discount_percent},
        "prices": {"prices": list(queries.prices_of(stay.id).values())},
        "persons": {"adults": stay.adults, "children": stay.children},
        "guest": {"guest": stay.guest.name},
        "party": {"party": stay.party},
        "wishes": {"needs": stay.needs, "wishes": stay.wishes},
        "remarks": {"remarks": stay.remarks, "eta": stay.eta},
        "early": {"early": stay.early_arrival},
        "vip": {"level": stay.vip_level},
        "guarantee": {"guarantee": stay.booking.guarantee.value},
    }


def _write_down(
    stay: Stay, before: _Before, said: tuple[Say, ...], forced: bool, today: date, *, by: User, now: datetime
) -> None:
    shown = _shown(stay)
    changed = [what for what, value in shown.items() if value != before.shown[what]]
    for what in changed:
        was, now_is = before.shown[what], shown[what]
        change_slip.record(stay, what, was=was, now_is=now_is, today=today, by=by, now=now)
    journal.write(by, "change_stay", stay, now=now, changed=changed, said=said or None, forced=forced or None)
    earliest = min([stay.arrival, *before.nights])
    placed = bool(said) or stay.room_id is not None
    in_house = stay.status is Status.IN_HOUSE
    told = rules.whom_to_tell(today, earliest, placed=placed, vip=stay.vip_level > 0, in_house=in_house)
    if told and changed:
        subjects = Listed([change_slip.SUBJECTS[subject] for subject in changed])
        who = stay.guest.name_on_notices
        text = say("{guest}, arrival {arrival}: changed: {what}.", guest=who, arrival=stay.arrival, what=subjects)
        notices.tell(told, text, about=stay, by=by, now=now)
