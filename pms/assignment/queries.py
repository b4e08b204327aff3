"""The facts the engine needs, read from the database: a handful of statements whatever the size of the house."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from pms.assignment.facts import House, Neighbour, RoomFacts, StayFacts, span
from pms.assignment.models import RefusedRoom, RuleOverride
from pms.assignment.queries_overrides import rules_set_aside
from pms.assignment.rows import KEPT_APART, parties_of, room_of, stay_of
from pms.assignment.rules.book import MANUAL, RuleBook
from pms.clock import business_date
from pms.db import db, run
from pms.guests.models import Guest
from pms.journal import JournalLine
from pms.property.models import ConnectingPair, Room, RoomType, Setting
from pms.property.queries import season_on
from pms.reservations.models import Booking, RoomNight, Stay
from pms.reservations.status import Status
from pms.say import Say, from_json

RULES = "placing_rules"  # the key of the setting
MARGIN = timedelta(days=8)  # how far around the stays idle nights matter


def house_around(first: date, until: date, on: date, without: Container[int] = ()) -> House:
    """Rooms and who has them from `first` to `until`, but for the stays `without`; `on` is the business date."""
    occupants = _occupants(first - MARGIN, until + MARGIN)
    due_out = {row.room_id for row in occupants if row.status is Status.IN_HOUSE and row.departure <= on}
    house = House(
        rooms={room.id: room for room in room_facts(on, due_out)},
        connecting=_connecting(),
        season=season_on(first).value,
        today=on,
    )
    for row in occupants:
        if row.stay_id not in without:
            _settle(house, row)
    return house


def room_facts(on: date, due_out: Container[int] = ()) -> list[RoomFacts]:
    """Every active room, by number; in rooms of `due_out` somebody sleeps who leaves today."""
    rows = run(_ROOMS).all()
    floors = sorted({row.floor for row in rows})
    top = max(1, len(floors) - 1)
    height = {floor: 100 * place // top for place, floor in enumerate(floors)}
    return [room_of(row, height[row.floor], on, due_out) for row in rows]


_ROOMS = (
    sa.select(
        Room.id,
        Room.number,
        Room.floor,
        Room.type_id,
        RoomType.code.label("type_code"),
        RoomType.rank,
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


def _connecting() -> dict[int, frozenset[int]]:
    doors: dict[int, set[int]] = defaultdict(set)
    for a, b in db.session.connection().execute(sa.select(ConnectingPair.room_a, ConnectingPair.room_b)):
        doors[a].add(b)
        doors[b].add(a)
    return {room: frozenset(others) for room, others in doors.items()}


def _occupants(first: date, last: date) -> Sequence[Any]:
    return run(_OCCUPANTS, {"first": first, "last": last}).all()


_VIP_LEVEL = sa.func.coalesce(sa.func.nullif(Stay.vip_level, 0), Guest.vip_level)  # of this stay, else of the guest

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
        Stay.status,
        Stay.booking_id,
        Stay.group_id,
        Stay.party,
        _VIP_LEVEL.label("vip_level"),
        Booking.company_id,
        sa.case((RuleOverride.stay_id.is_(None), Guest.keep_apart), else_="").label("keep_apart"),
    )
    .select_from(_STRETCHES)
    .outerjoin(Stay, Stay.id == _STRETCHES.c.stay_id)
    .outerjoin(Booking, Booking.id == Stay.booking_id)
    .outerjoin(Guest, Guest.id == Stay.guest_id)
    .outerjoin(RuleOverride, sa.and_(RuleOverride.stay_id == Stay.id, RuleOverride.rule == KEPT_APART))
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
    house.settle(Neighbour(slots, room, parties_of(row), row.keep_apart))


def rule_book() -> RuleBook:
    """The house's own edition of the placing rules; the manual's until it has changed something."""
    changes = rule_changes()
    return RuleBook.from_mapping(changes) if changes else MANUAL


def rule_changes() -> dict[str, Any]:
    """What the house has changed of the manual's placing rules, as `RuleBook.from_mapping` takes it."""
    return db.session.scalar(sa.select(Setting.value).where(Setting.key == RULES)) or {}


def keep_rule_changes(changes: Mapping[str, Any]) -> None:
    db.session.merge(Setting(key=RULES, value=dict(changes)))
    db.session.flush()


def arriving_unplaced(day: date, stay_ids: Sequence[int] | None = None) -> list[StayFacts]:
    """Reserved stays without a room: those arriving on `day`, or those named."""
    chosen = Stay.arrival == day if stay_ids is None else Stay.id.in_(stay_ids)
    return stay_facts(chosen, Stay.status == Status.RESERVED, Stay.room_id.is_(None))


def stay_facts(*conditions: Any) -> list[StayFacts]:
    """Stays as the rules see them, with the number of earlier stays and the rooms they had, the last one first."""
    rows = db.session.connection().execute(_STAYS.where(*conditions).order_by(Stay.id)).all()
    history = _history({row.guest_id for row in rows})
    refused = refused_rooms(row.id for row in rows)
    off = rules_set_aside(row.id for row in rows)
    return [stay_of(row, history.get(row.guest_id, []), refused.get(row.id, []), off.get(row.id, ())) for row in rows]


def facts_around(stay: Stay) -> tuple[StayFacts, House, RuleBook]:
    """The stay as the rules see it, the house without it, and the rules of the house."""
    db.session.flush()
    (facts,) = stay_facts(Stay.id == stay.id)
    house = house_around(stay.arrival, stay.departure, business_date(), without={stay.id})
    return facts, house, rule_book()


_STAYS = (
    sa.select(
        Stay.id,
        Stay.guest_id,
        Guest.surname,
        Guest.given,
        Guest.name_zh,
        Guest.taboo_numbers,
        Guest.keep_apart,
        Guest.born_on,
        Guest.wishes.label("lasting_wishes"),
        sa.func.coalesce(Stay.assign_type_id, Stay.type_id).label("type_id"),
        RoomType.code.label("type_code"),
        RoomType.rank,
        Stay.arrival,
        Stay.departure,
        Stay.adults,
        Stay.children,
        _VIP_LEVEL.label("vip_level"),
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
    .join(RoomType, RoomType.id == sa.func.coalesce(Stay.assign_type_id, Stay.type_id))
)


def refused_rooms(stay_ids: Iterable[int]) -> dict[int, list[str]]:
    """The numbers of the rooms each of these stays did not want, the first refused first (P6)."""
    found: dict[int, list[str]] = defaultdict(list)
    wanted = sa.select(RefusedRoom.stay_id, Room.number).join(Room, Room.id == RefusedRoom.room_id)
    chosen = wanted.where(RefusedRoom.stay_id.in_(list(stay_ids))).order_by(RefusedRoom.at, Room.number)
    for stay_id, number in db.session.connection().execute(chosen):
        found[stay_id].append(number)
    return found


def _history(guests: set[int]) -> dict[int, list[str]]:
    """The room of each earlier stay of a guest, the last one first; "" where it is not known any more."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = db.session.connection().execute(
        sa.select(Stay.guest_id, Room.number)
        .outerjoin(Room, Room.id == Stay.room_id)
        .where(Stay.guest_id.in_(guests), Stay.status == Status.CHECKED_OUT)
        .order_by(Stay.departure.desc(), Stay.id.desc())
    )
    for guest_id, number in rows:
        found[guest_id].append(number or "")
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
