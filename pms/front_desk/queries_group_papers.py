"""What the night shift prints for a group before it comes: confirmation, keys by floor, meal vouchers (C4, C5, N5)."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from pms.cashier import queries_signers
from pms.db import db
from pms.front_desk import queries_programme
from pms.front_desk.rules import voucher_days
from pms.guests.models import Guest
from pms.guests.names import list_name
from pms.property.queries import facts
from pms.reservations import queries_groups
from pms.reservations.models import Group, Stay
from pms.reservations.status import Status
from pms.say import Say

EXPECTED = (Status.RESERVED, Status.IN_HOUSE)


class KeyLine(NamedTuple):
    """A room of the group with everybody in it; `room` "" and `floor` 0 while nothing is placed."""

    floor: int
    room: str
    type: str
    guests: str
    persons: int
    arrival: date
    departure: date


class TypeCount(NamedTuple):
    """Rooms and guests of a type on one stretch of nights."""

    type: str
    arrival: date
    departure: date
    rooms: int
    persons: int


class ProgrammeRow(NamedTuple):
    """A line of the programme; `item` is a word of models_programme.Item, `covers` None where nobody eats."""

    day: date
    at: str
    item: str
    place: str
    covers: int | None


class GroupPaper(NamedTuple):
    """A group with its rooms, floor by floor, and its programme; `heads`, `signed_by` and `signed_at` as its leader
    has confirmed them, 0, "" and None before.
    """

    code: str
    name: str
    name_zh: str
    organiser: str
    leader: str
    leader_telephone: str
    arrival: date
    departure: date
    eta: str
    notes: str
    keys: list[KeyLine]
    types: list[TypeCount]
    programme: list[ProgrammeRow]
    long_distance: bool
    heads: int
    signed_by: str
    signed_at: datetime | None
    signers: list[Say]

    @property
    def persons(self) -> int:
        return sum(line.persons for line in self.keys)


class VoucherLine(NamedTuple):
    """Meals of one room on one morning."""

    day: date
    room: str
    guest: str
    persons: int


class GroupVouchers(NamedTuple):
    """Meal vouchers 餐券 of a group: where and when is agreed with the leader, "" leaves a line to write on."""

    code: str
    name: str
    name_zh: str
    place: str
    time: str
    issued_by: str
    lines: list[VoucherLine]


def group_paper(group_id: int) -> GroupPaper:
    """Who of the group is expected or here. Raises `Missing`."""
    group = queries_groups.load_group(group_id)
    stays, people = _stays(group_id), queries_groups.members(group_id)
    keys = sorted((_key(stay, people[stay.id]) for stay in stays), key=_by_floor)
    account, leader = group.account, group.leader
    lines, signed = queries_programme.programme(group_id), queries_programme.confirmed(group_id)
    return GroupPaper(
        group.code, group.name, group.name_zh, account.name_en if account else "", leader.name if leader else "",
        leader.telephone if leader else "", group.arrival, group.departure, group.eta, group.notes, keys,
        _counted(keys),
        [ProgrammeRow(line.day, line.at, line.item.value, line.place, line.covers or None) for line in lines],
        bool(signed and signed.long_distance), signed.heads if signed else 0, signed.leader if signed else "",
        signed.confirmed_at if signed else None,
        [queries_signers.may_sign(each) for each in queries_signers.signers(group_id)],
    )  # fmt: skip


def group_vouchers(group_id: int, place: str, time: str, issued_by: str) -> GroupVouchers:
    """A voucher for every room and morning, where the rate has breakfast. Raises `Missing`."""
    group = queries_groups.load_group(group_id)
    return GroupVouchers(group.code, group.name, group.name_zh, place, time, issued_by, _vouchers(group))


def _vouchers(group: Group) -> list[VoucherLine]:
    plans, people = facts().plans, queries_groups.members(group.id)
    lines = []
    for stay in _stays(group.id):
        meals = plans[stay.plan_id].breakfasts * stay.persons
        key = _key(stay, people[stay.id])
        days = voucher_days(stay.arrival, stay.departure, stay.arrival) if meals else ()
        lines += [VoucherLine(day, key.room, key.guests, meals) for day in days]
    return sorted(lines, key=lambda line: (line.day, len(line.room), line.room))


def _stays(group_id: int) -> list[Stay]:
    wanted = (
        sa.select(Stay)
        .where(Stay.group_id == group_id, Stay.status.in_(EXPECTED))
        .options(joinedload(Stay.room))
        .order_by(Stay.id)
    )
    return list(db.session.scalars(wanted))


def _key(stay: Stay, guests: list[Guest]) -> KeyLine:
    names = "; ".join(list_name(guest.surname, guest.given, guest.name_zh) for guest in guests)
    room, kind = stay.room, facts().types[stay.held_type_id].code
    number, floor = (room.number, room.floor) if room else ("", 0)
    return KeyLine(floor, number, kind, names, stay.persons, stay.arrival, stay.departure)


def _by_floor(line: KeyLine) -> tuple[bool, int, int, str]:
    return not line.room, line.floor, len(line.room), line.room


def _counted(keys: list[KeyLine]) -> list[TypeCount]:
    rooms, persons = Counter[tuple[str, date, date]](), Counter[tuple[str, date, date]]()
    for line in keys:
        kind = (line.type, line.arrival, line.departure)
        rooms[kind] += 1
        persons[kind] += line.persons
    return [TypeCount(*kind, rooms[kind], persons[kind]) for kind in sorted(rooms)]
