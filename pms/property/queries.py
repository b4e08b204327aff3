"""What everybody asks about the house. What changes only in the settings (hotel, seasons, types, plans, prices, limits)
is kept per process and asked of the database again when its revision is another one; rooms are always live.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar
from uuid import uuid4

import sqlalchemy as sa

from pms.access import Role
from pms.db import connection, db, run
from pms.errors import Missing, Refused
from pms.notices import Department
from pms.property.models import (
    Closure,
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

EVERY_DAY = -1  # RatePrice.weekday of a price for every day that has none of its own

M = TypeVar("M")
Fact = Any  # a row of the table, read only: the attributes of the model of the same name


@dataclass(frozen=True, slots=True)
class Facts:
    """The settings of the house at one revision. Rows are plain and belong to no session."""

    revision: str
    hotel: Fact
    seasons: tuple[Fact, ...]
    types: Mapping[int, Fact]
    plans: Mapping[int, Fact]
    prices: Mapping[tuple[int, int, SeasonKind, int], int]
    limits: Mapping[tuple[Role, SeasonKind], int]
    connecting: frozenset[tuple[int, int]]
    departments: Mapping[Department, str]
    welcomes: tuple[Fact, ...]
    season_by_day: dict[date, Fact | None] = field(default_factory=dict)


_kept: Facts | None = None
_REVISION = sa.select(Hotel.revision).where(Hotel.id == 1)


def facts() -> Facts:
    """Everything of the settings; one small statement a unit of work. Raises `Refused` before `pms init`."""
    global _kept
    session = db.session()
    memo = session.info
    transaction = session.get_transaction()
    if transaction is not None and memo.get("facts_of") is transaction:
        found: Facts = memo["facts"]
        return found
    revision = run(_REVISION).scalar()
    if revision is None:
        raise Refused(say("This house is not set up yet. Run: pms init --hotel hotel.toml"))
    if _kept is None or _kept.revision != revision:
        _kept = _read(connection(), revision)
    memo["facts_of"], memo["facts"] = session.get_transaction(), _kept
    return _kept


def settings_changed() -> None:
    """Call after every change of the settings, inside its unit of work: all processes read them again.

    The revision is never used twice, so what a change that was rolled back left in the memory is never asked for again.
    """
    db.session.flush()
    db.session.connection().execute(sa.update(Hotel.__table__).values(revision=uuid4().hex))
    db.session().info.pop("facts_of", None)


def _read(connection: sa.Connection, revision: str) -> Facts:
    def rows(model: Any, *order: Any) -> list[Fact]:
        return list(connection.execute(sa.select(model.__table__).order_by(*order)))

    return Facts(
        revision=revision,
        hotel=rows(Hotel)[0],
        seasons=tuple(rows(Season, Season.first)),
        types={row.id: row for row in rows(RoomType, RoomType.rank, RoomType.code)},
        plans={row.id: row for row in rows(RatePlan, RatePlan.id)},
        prices={(row.plan_id, row.type_id, row.season, row.weekday): row.price for row in rows(RatePrice)},
        limits={(row.role, row.season): row.percent for row in rows(DiscountLimit)},
        connecting=frozenset((row.room_a, row.room_b) for row in rows(ConnectingPair)),
        departments={row.code: row.telephone for row in rows(DepartmentEntry)},
        welcomes=tuple(rows(Welcome, Welcome.vip_level == 0, Welcome.vip_level, Welcome.from_stay, Welcome.id)),
    )


def load(model: type[M], record_id: int) -> M:
    """A record of the settings to be changed. Raises `Missing`."""
    record = db.session.get(model, record_id)
    if record is None:
        raise Missing(say("There is no such record."))
    return record


def is_set_up() -> bool:
    return db.session.scalar(sa.select(sa.func.count()).select_from(Hotel)) == 1


# --- Hotel and seasons -----------------------------------------------------------------------------------------------
def hotel() -> Fact:
    """The hotel's row: name_en, name_zh, zone, currency, hold_hour ... (models.Hotel)."""
    return facts().hotel


def seasons() -> tuple[Fact, ...]:
    """By their first day."""
    return facts().seasons


def season_on(day: date) -> SeasonKind:
    """The season of a night; days outside every season are normal."""
    season = _season_row(day)
    return season.kind if season else SeasonKind.NORMAL


def check_out_hour(day: date) -> int:
    """The hour guests leave by on `day`: the season's own, else the hotel's (E1: 12:00, in the low season 14:00)."""
    season = _season_row(day)
    return int(season.check_out_hour if season and season.check_out_hour is not None else hotel().check_out_hour)


def _season_row(day: date) -> Fact | None:
    house = facts()
    if day not in house.season_by_day:
        on = f"{day:%m-%d}"
        covers = (s for s in house.seasons if _within(on, s.first, s.last))
        house.season_by_day[day] = next(covers, None)
    return house.season_by_day[day]


def _within(on: str, first: str, last: str) -> bool:
    return first <= on <= last if first <= last else on >= first or on <= last


# --- Types and rooms -------------------------------------------------------------------------------------------------
def types(*, all_of_them: bool = False) -> list[Fact]:
    """Room types by rank; those no longer sold only when asked for."""
    return [row for row in facts().types.values() if row.active or all_of_them]


def type_of(type_id: int) -> Fact:
    """Raises KeyError for an unknown id."""
    return facts().types[type_id]


def type_by_code(code: str) -> Fact | None:
    return next((row for row in facts().types.values() if row.code == code), None)


def rooms(*, all_of_them: bool = False) -> list[Room]:
    """Rooms by number, live, one statement; those taken out of use only when asked for."""
    wanted = sa.select(Room).order_by(Room.floor, Room.number)
    return list(db.session.scalars(wanted if all_of_them else wanted.where(Room.active)))


def room_by_number(number: str) -> Room | None:
    return db.session.scalar(sa.select(Room).where(Room.number == number.strip()))


def connect(room_a: int, room_b: int) -> bool:
    """Do the two rooms open into each other (P9)?"""
    return (min(room_a, room_b), max(room_a, room_b)) in facts().connecting


def neighbours(room_id: int) -> list[int]:
    """Rooms that open into this one."""
    return [b if a == room_id else a for a, b in sorted(facts().connecting) if room_id in (a, b)]


# --- Prices ----------------------------------------------------------------------------------------------------------
def plans(*, all_of_them: bool = False) -> list[Fact]:
    return [row for row in facts().plans.values() if row.active or all_of_them]


def plan_by_code(code: str) -> Fact | None:
    return next((row for row in facts().plans.values() if row.code == code), None)


def price_of(plan_id: int, type_id: int, night: date) -> int:
    """Price of a night in minor units, by season and weekday (R4). Raises `Refused` when the plan has none."""
    found = facts().prices
    season = season_on(night)
    price = found.get((plan_id, type_id, season, night.weekday()))
    if price is None:
        price = found.get((plan_id, type_id, season, EVERY_DAY))
    if price is None:
        raise Refused(
            say(
                "{plan} has no price for {type} on {day}.",
                plan=facts().plans[plan_id].code,
                type=facts().types[type_id].code,
                day=night,
            )
        )
    return price


def prices(plan_id: int, type_id: int, nights: Iterable[date]) -> tuple[int, ...]:
    """The price of each night, in order. Raises `Refused` like `price_of`."""
    return tuple(price_of(plan_id, type_id, night) for night in nights)


def discount_limit(role: Role, season: SeasonKind) -> int:
    """The most a role may take off, in whole percent (R5); nothing where the house has not said."""
    return facts().limits.get((role, season), 0)


# --- Closures and departments ----------------------------------------------------------------------------------------
def open_closures(day: date) -> list[Closure]:
    """Closures of this day and later that have not been ended, by room and date."""
    wanted = (
        sa.select(Closure)
        .join(Room, Room.id == Closure.room_id)
        .where(Closure.until > day, Closure.reopened_at.is_(None))
        .order_by(Room.number, Closure.first)
    )
    return list(db.session.scalars(wanted))


def welcomes(*, all_of_them: bool = False) -> list[Fact]:
    """What guests of honour and returning guests are given, VIPs first; lines switched off only on demand."""
    return [row for row in facts().welcomes if row.active or all_of_them]


def departments() -> Mapping[Department, str]:
    """The departments of this house and their telephones."""
    return facts().departments
