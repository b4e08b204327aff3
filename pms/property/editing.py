"""Changing the settings of the house. Every change needs "manage_property", is written down with what was and what is,
and is seen by all processes at once. What a change of rooms and types means for selling is in
pms.reservations.house_changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from pms import journal
from pms.access import Actor, Role, require
from pms.db import db
from pms.departments import Department
from pms.errors import Conflict, Refused
from pms.property import queries, rules
from pms.property.models import (
    ConnectingPair,
    DepartmentEntry,
    DiscountLimit,
    Hotel,
    RatePlan,
    RatePrice,
    Room,
    RoomType,
    Season,
    SeasonKind,
)
from pms.property.models_welcome import Welcome
from pms.say import say

ACTION = "manage_property"
HIGHEST_PERCENT = 100

PriceKey = tuple[int, SeasonKind, int]  # type id, season, weekday or EVERY_DAY


def change_hotel(values: Mapping[str, Any], *, version: int, by: Actor, now: datetime) -> Hotel:
    """Names, hours and policies; zone and currency stay as they were set up. Raises `Conflict` on an old `version`."""
    require(by, ACTION)
    hotel = db.session.get_one(Hotel, 1)
    _check_version(hotel.version, version)
    _save(hotel, values, "change_hotel", by, now)
    return hotel


def save_season(season: Season | None, values: Mapping[str, Any], *, by: Actor, now: datetime) -> Season:
    """A new or changed stretch of the year. Raises `Refused` for days that do not exist or belong to another season."""
    require(by, ACTION)
    days = set(rules.days_of_year(values["first"], values["last"]))
    for other in queries.seasons():
        shared = days & set(rules.days_of_year(other.first, other.last))
        if shared and (season is None or other.id != season.id):
            raise Refused(
                say("{day} belongs to the season {first} to {last} already.", day=min(shared), first=other.first,
                    last=other.last),
                field="first",
            )  # fmt: skip
    return _save_or_new(Season, season, values, "season", by, now)


def remove_season(season: Season, *, by: Actor, now: datetime) -> None:
    """Its days are normal from now on; prices fixed on bookings stay."""
    require(by, ACTION)
    journal.write(by, "remove_season", season, now=now, first=season.first, last=season.last)
    db.session.delete(season)
    queries.settings_changed()


def save_type(kind: RoomType | None, values: Mapping[str, Any], *, by: Actor, now: datetime) -> RoomType:
    """A room type; call it through reservations.house_changes, which follows up on selling."""
    require(by, ACTION)
    found = queries.type_by_code(values["code"])
    if found is not None and (kind is None or found.id != kind.id):
        raise Conflict(say("There is already a room type {code}.", code=values["code"]), field="code")
    return _save_or_new(RoomType, kind, values, "type", by, now)


def save_room(room: Room | None, values: Mapping[str, Any], *, version: int, by: Actor, now: datetime) -> Room:
    """A room; call it through reservations.house_changes, which follows up on selling. Raises `Conflict`."""
    require(by, ACTION)
    found = queries.room_by_number(values["number"])
    if found is not None and (room is None or found.id != room.id):
        raise Conflict(say("There is already a room {number}.", number=values["number"]), field="number")
    if room is not None:
        _check_version(room.version, version)
    return _save_or_new(Room, room, values, "room", by, now)


def connect(room_a: Room, room_b: Room, *, by: Actor, now: datetime) -> None:
    """Two rooms open into each other. Raises `Refused` unless they are two of one floor."""
    require(by, ACTION)
    if room_a.id == room_b.id or room_a.floor != room_b.floor:
        raise Refused(say("Connecting rooms are two rooms of one floor."), field="room_b")
    if queries.connect(room_a.id, room_b.id):
        raise Refused(say("{a} and {b} are connected already.", a=room_a.number, b=room_b.number), field="room_b")
    low, high = sorted((room_a.id, room_b.id))
    db.session.add(ConnectingPair(room_a=low, room_b=high))
    journal.write(by, "connect_rooms", room_a, now=now, other=room_b.number)
    queries.settings_changed()


def disconnect(room_a: Room, room_b: Room, *, by: Actor, now: datetime) -> None:
    """The door between two rooms is closed for good."""
    require(by, ACTION)
    pair = db.session.get(ConnectingPair, tuple(sorted((room_a.id, room_b.id))))
    if pair is None:
        raise Refused(say("{a} and {b} are not connected.", a=room_a.number, b=room_b.number))
    db.session.delete(pair)
    journal.write(by, "disconnect_rooms", room_a, now=now, other=room_b.number)
    queries.settings_changed()


def save_plan(plan: RatePlan | None, values: Mapping[str, Any], *, by: Actor, now: datetime) -> RatePlan:
    """Code, names, kind and breakfasts of a rate plan."""
    require(by, ACTION)
    found = queries.plan_by_code(values["code"])
    if found is not None and (plan is None or found.id != plan.id):
        raise Conflict(say("There is already a rate plan {code}.", code=values["code"]), field="code")
    return _save_or_new(RatePlan, plan, values, "plan", by, now)


def set_prices(plan: RatePlan, prices: Mapping[PriceKey, int | None], *, by: Actor, now: datetime) -> None:
    """Prices a night in minor units; None takes a price away. Bookings keep the prices they were made with (R4)."""
    require(by, ACTION)
    changed = []
    for (type_id, season, weekday), price in sorted(prices.items()):
        if price is not None and price < 0:
            raise Refused(say("A price is not negative."), field=rules.price_field(type_id, weekday))
        key = (plan.id, type_id, season, weekday)
        row = db.session.get(RatePrice, key)
        if (row.price if row else None) == price:
            continue
        changed.append([type_id, season.value, weekday, row.price if row else None, price])
        _set_price(row, key, price)
    if changed:
        journal.write(by, "set_prices", f"plan:{plan.id}", now=now, changed=changed)
        queries.settings_changed()


def set_limits(limits: Mapping[tuple[Role, SeasonKind], int], *, by: Actor, now: datetime) -> None:
    """The most each role may take off in a season, whole percent (R5)."""
    require(by, ACTION)
    changed = {}
    for (role, season), percent in limits.items():
        if not 0 <= percent <= HIGHEST_PERCENT:
            raise Refused(
                say("A discount is 0 to 100 percent, not {percent}.", percent=percent), field=f"{role}-{season}"
            )
        row = db.session.get(DiscountLimit, (role, season))
        before = row.percent if row else 0
        if before != percent:
            changed[f"{role.value} {season.value}"] = [before, percent]
            db.session.merge(DiscountLimit(role=role, season=season, percent=percent))
    if changed:
        journal.write(by, "set_discount_limits", "hotel:1", now=now, changed=changed)
        queries.settings_changed()


def set_departments(departments: Mapping[Department, str], *, by: Actor, now: datetime) -> None:
    """The departments there are, with their telephones; the others are removed."""
    require(by, ACTION)
    before = dict(queries.departments())
    for code in before.keys() - departments.keys():
        db.session.delete(db.session.get_one(DepartmentEntry, code))
    for code, telephone in departments.items():
        db.session.merge(DepartmentEntry(code=code, telephone=telephone.strip()))
    if before != departments:
        journal.write(by, "set_departments", "hotel:1", now=now, departments=sorted(departments))
        queries.settings_changed()


def save_welcome(line: Welcome | None, values: Mapping[str, Any], *, version: int, by: Actor, now: datetime) -> Welcome:
    """A line of the policy for VIPs and returning guests (C3, C6); call it through reservations.welcome, which gives it
    to those who come next. Raises `Refused` for a line that is for nobody, `Conflict` on an old `version`.
    """
    require(by, ACTION)
    if line is not None:
        _check_version(line.version, version)
    if not values["vip_level"] and not values["from_stay"]:
        raise Refused(say("Please say from which stay on the guest gets it."), field="from_stay")
    if values["vip_level"] and values["from_stay"]:
        raise Refused(say("A line is for a VIP level or for returning guests, not for both."), field="from_stay")
    return _save_or_new(Welcome, line, values, "welcome", by, now)


def _set_price(row: RatePrice | None, key: tuple[int, int, SeasonKind, int], price: int | None) -> None:
    if price is None:
        db.session.delete(row)
    elif row is None:
        plan_id, type_id, season, weekday = key
        db.session.add(RatePrice(plan_id=plan_id, type_id=type_id, season=season, weekday=weekday, price=price))
    else:
        row.price = price


def _check_version(there: int, seen: int) -> None:
    if there != seen:
        raise Conflict(say("Somebody else has changed this since you opened it. Look at it again before you save."))


def _save_or_new(model: Any, record: Any, values: Mapping[str, Any], what: str, by: Actor, now: datetime) -> Any:
    if record is not None:
        _save(record, values, f"change_{what}", by, now)
        return record
    record = model(**values)
    db.session.add(record)
    db.session.flush()
    journal.write(by, f"add_{what}", record, now=now, **{name: _plain(value) for name, value in values.items()})
    queries.settings_changed()
    return record


def _save(record: Any, values: Mapping[str, Any], action: str, by: Actor, now: datetime) -> None:
    before = {name: getattr(record, name) for name in values}
    changed = {name: [_plain(before[name]), _plain(value)] for name, value in values.items() if before[name] != value}
    if not changed:
        return
    for name in changed:
        setattr(record, name, values[name])
    db.session.flush()
    journal.write(by, action, record, now=now, changed=changed)
    queries.settings_changed()


def _plain(value: Any) -> Any:
    """As the journal keeps it."""
    if isinstance(value, StrEnum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value
