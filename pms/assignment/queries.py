"""The facts the engine needs, read from the database: a handful of statements whatever the size of the house."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from pms.assignment.facts import House, Neighbour, RoomFacts, StayFacts, span
from pms.db import db, run
from pms.guests.models import Guest
from pms.journal import JournalLine
from pms.property.models import ConnectingPair, Housekeeping, Room, RoomType, SeasonKind
from pms.property.queries import season_on
from pms.reservations.models import Booking, RoomNight, Source, Stay
from pms.reservations.status import Status
from pms.say import Say, from_json

MARGIN = timedelta(days=8)  # how far around the stays idle nights matter
RENOVATED_WITHIN = timedelta(days=3 * 365)
READY = (Housekeeping.CLEAN, Housekeeping.INSPECTED)


def house_around(first: date, until: date, on: date, without: int | None = None) -> House:
    """Rooms and who has them from `first` to `until`, but for the stay `without`; `on` is the business date."""
    house = House(
        rooms={room.id: room for room in room_facts(on)},
        connecting=_connecting(),
        low_season=season_on(first) is SeasonKind.LOW,
    )
    for row in _occupants(first - MARGIN, until + MARGIN):
        if without is None or row.stay_id != without:
            _settle(house, row)
    return house


def room_facts(on: date) -> list[RoomFacts]:
    """Every active room, by number."""
    rows = run(_ROOMS).all()
    floors = sorted({row.floor for row in rows})
    top = max(1, len(floors) - 1)
    height = {floor: place / top for place, floor in enumerate(floors)}
    return [_room(row, height[row.floor], on) for row in rows]


_ROOMS = (
    sa.select(
        Room.id,
        Room.number,
        Room.floor,
        Room.type_id,
        RoomType.code.label("type_code"),
        RoomType.beds,
        RoomType.capacity,
        Room.view,
        Room.lift_distance,
        Room.quiet,
        Room.condition,
        Room.renovated_on,
        Room.accessible,
        Room.smoking,
        Room.bath,
        Room.business_floor,
        Room.held_back,
        Room.housekeeping,
    )
    .join(RoomType, RoomType.id == Room.type_id)
    .where(Room.active.is_(True))
    .order_by(Room.number)
)


def _room(row: Any, height: float, on: date) -> RoomFacts:
    values = row._asdict()
    renovated_on, housekeeping = values.pop("renovated_on"), values.pop("housekeeping")
    renovated = renovated_on is not None and on - renovated_on < RENOVATED_WITHIN
    return RoomFacts(**values, height=height, renovated=renovated, clean=housekeeping in READY)


def _connecting() -> dict[int, frozenset[int]]:
    doors: dict[int, set[int]] = defaultdict(set)
    for a, b in db.session.connection().execute(sa.select(ConnectingPair.room_a, ConnectingPair.room_b)):
        doors[a].add(b)
        doors[b].add(a)
    return {room: frozenset(others) for room, others in doors.items()}


def _occupants(first: date, last: date) -> Iterable[Any]:
    return run(_OCCUPANTS, {"first": first, "last": last})


# Stretches of nights first, then who they are: joined night by night it took twice as long.
_STRETCHES = (
    sa.select(
        RoomNight.room_id,
        RoomNight.stay_id,
        sa.func.min(RoomNight.night).label("first"),
        sa.func.max(RoomNight.night).label("last"),
    )
    .where(RoomNight.night.between(sa.bindparam("first"), sa.bindparam("last")))
    .group_by(RoomNight.room_id, RoomNight.stay_id, RoomNight.closure_id)
    .subquery()
)
_OCCUPANTS = (
    sa.select(
        *_STRETCHES.c,
        Stay.arrival,
        Stay.departure,
        Stay.early_arrival,
        Stay.late_check_out,
        Stay.booking_id,
        Stay.group_id,
        Booking.company_id,
        Guest.keep_apart,
    )
    .select_from(_STRETCHES)
    .outerjoin(Stay, Stay.id == _STRETCHES.c.stay_id)
    .outerjoin(Booking, Booking.id == Stay.booking_id)
    .outerjoin(Guest, Guest.id == Stay.guest_id)
)


def _settle(house: House, row: Any) -> None:
    room = house.rooms.get(row.room_id)
    if room is None:
        return
    until = row.last + timedelta(days=1)
    if row.stay_id is None:
        house.close(room.id, span(row.first, until))
        return
    early = row.early_arrival and row.first == row.arrival
    late = row.late_check_out and until == row.departure
    slots = span(row.first, until, early=early, late=late)
    company = row.company_id is not None
    house.settle(Neighbour(slots, room, row.booking_id, row.group_id, company, row.keep_apart))


def arriving_unplaced(day: date, stay_ids: Sequence[int] | None = None) -> list[StayFacts]:
    """Reserved stays without a room: those arriving on `day`, or those named."""
    chosen = Stay.arrival == day if stay_ids is None else Stay.id.in_(stay_ids)
    return stay_facts(chosen, Stay.status == Status.RESERVED, Stay.room_id.is_(None))


def stay_facts(*conditions: Any) -> list[StayFacts]:
    """Stays as the rules see them, with the number of earlier stays and the room of the last one."""
    rows = db.session.connection().execute(_STAYS.where(*conditions).order_by(Stay.id)).all()
    history = _history({row.guest_id for row in rows})
    return [_stay(row, history.get(row.guest_id, (0, ""))) for row in rows]


_STAYS = (
    sa.select(
        Stay.id,
        Stay.guest_id,
        Guest.surname,
        Guest.given,
        Guest.name_zh,
        Guest.vip_level.label("guest_vip"),
        Guest.taboo_numbers,
        Guest.keep_apart,
        Guest.born_on,
        Guest.wishes.label("lasting_wishes"),
        sa.func.coalesce(Stay.assign_type_id, Stay.type_id).label("type_id"),
        Stay.arrival,
        Stay.departure,
        Stay.adults,
        Stay.children,
        Stay.vip_level,
        Stay.needs,
        Stay.wishes,
        Stay.booking_id,
        Stay.party,
        Stay.group_id,
        Stay.early_arrival,
        Stay.late_check_out,
        Booking.company_id,
        Booking.source,
    )
    .join(Guest, Guest.id == Stay.guest_id)
    .join(Booking, Booking.id == Stay.booking_id)
)


def _stay(row: Any, history: tuple[int, str]) -> StayFacts:
    return StayFacts(
        id=row.id,
        guest=row.name_zh or ", ".join(part for part in (row.surname, row.given) if part),
        type_id=row.type_id,
        arrival=row.arrival,
        departure=row.departure,
        persons=row.adults + row.children,
        vip_level=row.vip_level or row.guest_vip,
        needs=frozenset(words(row.needs)),
        wishes=tuple(dict.fromkeys(words(row.wishes) + words(row.lasting_wishes))),
        taboo=tuple(words(row.taboo_numbers)),
        keep_apart=row.keep_apart,
        booking_id=row.booking_id,
        party=row.party,
        group_id=row.group_id,
        company=row.company_id is not None,
        walk_in=row.source is Source.WALK_IN,
        stays_before=history[0],
        last_room=history[1],
        age=_age(row.born_on, row.arrival),
        early=row.early_arrival,
        late=row.late_check_out,
    )


def words(text: str) -> list[str]:
    """`"high, quiet"` as `["high", "quiet"]`."""
    return [word.strip() for word in text.split(",") if word.strip()] if text else []


def _age(born_on: date | None, day: date) -> int | None:
    if born_on is None:
        return None
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def _history(guests: set[int]) -> dict[int, tuple[int, str]]:
    """How often a guest has stayed and the number of the room of the last time."""
    found: dict[int, tuple[int, str]] = {}
    rows = db.session.connection().execute(
        sa.select(Stay.guest_id, Room.number)
        .outerjoin(Room, Room.id == Stay.room_id)
        .where(Stay.guest_id.in_(guests), Stay.status == Status.CHECKED_OUT)
        .order_by(Stay.departure, Stay.id)
    )
    for guest_id, number in rows:
        found[guest_id] = (found.get(guest_id, (0, ""))[0] + 1, number or "")
    return found


def why_this_room(stay_id: int) -> list[Say]:
    """The sentences kept when the stay was last placed, newest placing only."""
    line = db.session.scalar(
        sa.select(JournalLine.details)
        .where(JournalLine.subject == f"stay:{stay_id}", JournalLine.action == "place")
        .order_by(JournalLine.id.desc())
        .limit(1)
    )
    return [from_json(reason) for reason in (line or {}).get("why", [])]
