"""Setting a house up, once, from a hotel file that has been checked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from pms import clock, journal
from pms.access import Actor
from pms.db import db, insert_all
from pms.errors import Refused
from pms.property import queries
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
)
from pms.reservations import closures
from pms.say import Say, say
from pms.setup.hotel_file import HotelFile


def refuse_a_second_hotel() -> None:
    """Raises `Refused` when this database has a house already."""
    if queries.is_set_up():
        raise Refused(
            say("{hotel} is set up in this database already. Change it in the settings.", hotel=queries.hotel().name_en)
        )


def set_up(file: HotelFile, day: date, *, by: Actor, now: datetime) -> Iterator[Say]:
    """Write the house into an empty database; `day` is its first business date. Yields each part as it is begun.

    Raises `Refused` when there is a house already.
    """
    refuse_a_second_hotel()
    yield say("Hotel and seasons")
    db.session.add(Hotel(id=1, **file.hotel))
    insert_all(Season, file.seasons)
    insert_all(DepartmentEntry, [{"code": code, "telephone": tel} for code, tel in file.departments.items()])
    clock.open_house(day, file.hotel["zone"], at=now)
    yield say("Rooms")
    types = {row["code"]: RoomType(**row) for row in file.types}
    db.session.add_all(types.values())
    db.session.flush()
    rooms = {row["number"]: _room(row, types, now) for row in file.rooms}
    db.session.add_all(rooms.values())
    db.session.flush()
    pairs = [sorted((rooms[a].id, rooms[b].id)) for a, b in file.connecting]
    insert_all(ConnectingPair, [{"room_a": a, "room_b": b} for a, b in pairs])
    yield say("Prices")
    _prices(file, types)
    yield say("Closures")
    queries.settings_changed()
    _closures(file, rooms, day, by, now)
    journal.write(by, "set_up", "hotel:1", now=now, rooms=len(rooms), types=list(types), business_date=day)


def _room(row: dict[str, Any], types: dict[str, RoomType], now: datetime) -> Room:
    values = {key: value for key, value in row.items() if key != "type"}
    return Room(**values, type=types[row["type"]], housekeeping_since=now)


def _prices(file: HotelFile, types: dict[str, RoomType]) -> None:
    plans = {row["code"]: RatePlan(**row) for row in file.plans}
    db.session.add_all(plans.values())
    db.session.flush()
    insert_all(
        RatePrice,
        [
            {"plan_id": plans[plan].id, "type_id": types[kind].id, "season": season, "weekday": weekday, "price": price}
            for (plan, kind, season, weekday), price in file.prices.items()
        ],
    )
    limits = [{"role": role, "season": season, "percent": most} for (role, season), most in file.limits.items()]
    insert_all(DiscountLimit, limits)


def _closures(file: HotelFile, rooms: dict[str, Room], day: date, by: Actor, now: datetime) -> None:
    """Closures that are over are left out; one that has begun begins with the first business date."""
    for row in file.closures:
        if row["until"] > day:
            values = {key: value for key, value in row.items() if key != "room"}
            values["first"] = max(row["first"], day)
            closures.close(rooms[row["room"]], **values, by=by, now=now)
