"""Groups, their blocks and who comes with them (R8)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from pms.db import db, run
from pms.errors import Missing
from pms.guests.models import Account, Guest
from pms.property.models import RoomType
from pms.reservations.models import Group, GroupBlock, GroupStatus, Source, Stay, StayGuest, StayNight
from pms.reservations.status import Status
from pms.say import say

B = GroupBlock.__table__
COUNTED = (Status.RESERVED, Status.IN_HOUSE, Status.CHECKED_OUT)  # whose nights are counted as sold
_LOCKED_BLOCK = (
    sa.select(B.c.night, B.c.blocked, B.c.picked_up)
    .where(
        B.c.group_id == sa.bindparam("of_group"),
        B.c.type_id == sa.bindparam("of_type"),
        B.c.night.between(sa.bindparam("first"), sa.bindparam("last")),
    )
    .order_by(B.c.night)
    .with_for_update()
)


class BlockLine(NamedTuple):
    """Rooms of a type held for a group on a night; `picked_up` have a guest's name. `price` in minor units."""

    night: date
    type_id: int
    type: str
    blocked: int
    picked_up: int
    price: int

    @property
    def open(self) -> int:
        return max(0, self.blocked - self.picked_up)


class GroupLine(NamedTuple):
    """A group on the list: room-nights of its block and how many of them have a name; rooms by where they stand."""

    id: int
    code: str
    name: str
    name_zh: str
    status: GroupStatus
    kind: Source
    arrival: date
    departure: date
    cut_off: date | None
    colour: int
    account_en: str | None
    account_zh: str | None
    blocked: int
    picked_up: int
    due: int
    in_house: int
    unplaced: int


def groups_from(day: date, until: date | None = None) -> list[GroupLine]:
    """Groups that have not left by `day`, the next to come first; with `until` those that left between the two dates,
    the last one first. One statement.
    """
    wanted = _LISTED.where(Group.departure >= day).order_by(Group.arrival, Group.code)
    if until is not None:
        span = Group.departure.between(day, until - timedelta(days=1))
        wanted = _LISTED.where(span).order_by(Group.departure.desc(), Group.code)
    return [GroupLine(**row) for row in db.session.execute(wanted).mappings()]


def groups_after(last: int, day: date, limit: int) -> list[GroupLine]:
    """`limit` groups after the id `last` that have not left by `day`, in the order in which they were made."""
    wanted = _LISTED.where(Group.id > last, Group.departure >= day).order_by(Group.id).limit(limit)
    return [GroupLine(**row) for row in db.session.execute(wanted).mappings()]


def _of_block(column: Any) -> Any:
    return _counted(sa.select(sa.func.sum(column)).where(GroupBlock.group_id == Group.id))


def _stays_that(*conditions: Any) -> Any:
    return _counted(sa.select(sa.func.count()).where(Stay.group_id == Group.id, *conditions))


def _counted(wanted: Any) -> Any:
    return sa.func.coalesce(wanted.correlate(Group).scalar_subquery(), 0)


# Rooms with a name beyond the block were sold outside it.
_NAMED = sa.case((GroupBlock.picked_up < GroupBlock.blocked, GroupBlock.picked_up), else_=GroupBlock.blocked)
_LISTED = (
    sa.select(
        Group.id,
        Group.code,
        Group.name,
        Group.name_zh,
        Group.status,
        Group.kind,
        Group.arrival,
        Group.departure,
        Group.cut_off,
        Group.colour,
        Account.name_en.label("account_en"),
        Account.name_zh.label("account_zh"),
        _of_block(GroupBlock.blocked).label("blocked"),
        _of_block(_NAMED).label("picked_up"),
        _stays_that(Stay.status == Status.RESERVED).label("due"),
        _stays_that(Stay.status == Status.IN_HOUSE).label("in_house"),
        _stays_that(Stay.status == Status.RESERVED, Stay.room_id.is_(None)).label("unplaced"),
    )
    .select_from(Group)
    .outerjoin(Account, Account.id == Group.account_id)
)


def members(group_id: int) -> dict[int, list[Guest]]:
    """Everybody of a group by stay, the main guest first; two statements."""
    main = sa.select(Stay.id, Guest).join(Guest, Guest.id == Stay.guest_id).where(Stay.group_id == group_id)
    found = {stay_id: [guest] for stay_id, guest in db.session.execute(main)}
    sharing = (
        sa.select(StayGuest.stay_id, Guest)
        .join(Guest, Guest.id == StayGuest.guest_id)
        .join(Stay, Stay.id == StayGuest.stay_id)
        .where(Stay.group_id == group_id)
        .order_by(StayGuest.stay_id, Guest.id)
    )
    for stay_id, guest in db.session.execute(sharing):
        found[stay_id].append(guest)
    return found


def load_group(group_id: int) -> Group:
    """Raises `Missing`."""
    group = db.session.get(Group, group_id)
    if group is None:
        raise Missing(say("There is no such group."))
    return group


def group_by_code(code: str) -> Group | None:
    return db.session.scalar(sa.select(Group).where(Group.code == code.strip().upper()))


def arriving_on(day: date) -> list[Group]:
    """Groups that come on `day`, by their code."""
    wanted = sa.select(Group).where(Group.arrival == day, Group.status != GroupStatus.CANCELLED)
    return list(db.session.scalars(wanted.order_by(Group.code)))


def block_of(group_id: int) -> list[BlockLine]:
    """The block by night and type."""
    wanted = (
        sa.select(
            GroupBlock.night,
            GroupBlock.type_id,
            RoomType.code,
            GroupBlock.blocked,
            GroupBlock.picked_up,
            GroupBlock.price,
        )
        .join(RoomType, RoomType.id == GroupBlock.type_id)
        .where(GroupBlock.group_id == group_id)
        .order_by(GroupBlock.night, RoomType.rank, RoomType.code)
    )
    return [BlockLine(*row) for row in db.session.execute(wanted)]


def locked_block(group_id: int, type_id: int, nights: Sequence[date]) -> list[Any]:
    """Rows (night, blocked, picked_up) of a block on consecutive nights, locked, in date order."""
    span = {"of_group": group_id, "of_type": type_id, "first": nights[0], "last": nights[-1]}
    return list(run(_LOCKED_BLOCK, span))


def stays_by_night(group_id: int, type_id: int, first: date, last: date) -> dict[date, int]:
    """How many of a group's stays are counted on a type, by night."""
    wanted = (
        sa.select(StayNight.night, sa.func.count().label("stays"))
        .join(Stay, Stay.id == StayNight.stay_id)
        .where(
            Stay.group_id == group_id,
            Stay.status.in_(COUNTED),
            StayNight.type_id == type_id,
            StayNight.night.between(first, last),
        )
        .group_by(StayNight.night)
    )
    return {row.night: row.stays for row in db.session.execute(wanted)}


def stays_arriving(group_id: int, day: date) -> list[Stay]:
    """The group's stays to be checked in on `day`, with guest and room, by room."""
    wanted = (
        sa.select(Stay)
        .where(Stay.group_id == group_id, Stay.arrival == day, Stay.status == Status.RESERVED)
        .options(joinedload(Stay.guest), joinedload(Stay.room))
        .order_by(Stay.room_id, Stay.id)
    )
    return list(db.session.scalars(wanted))


def stays_of(group_id: int) -> list[Stay]:
    """Every stay of a group, whatever became of it."""
    wanted = sa.select(Stay).where(Stay.group_id == group_id).options(joinedload(Stay.guest)).order_by(Stay.id)
    return list(db.session.scalars(wanted))


class ToBePlaced(NamedTuple):
    """Guests of a group who have not arrived and are not locked: how many, and from when to when they arrive."""

    guests: int
    first: date
    last: date


def to_be_placed(group_id: int) -> ToBePlaced:
    """Who of the group can be given a room or another one; the days mean nothing when it is nobody."""
    wanted = sa.select(sa.func.count(), sa.func.min(Stay.arrival), sa.func.max(Stay.arrival)).where(
        Stay.group_id == group_id, Stay.status == Status.RESERVED, Stay.do_not_move.is_(False)
    )
    return ToBePlaced._make(db.session.execute(wanted).one())


def due_for_release(day: date) -> list[Group]:
    """Groups whose cut-off has come and whose block still holds rooms without a name."""
    held = sa.select(GroupBlock.group_id).where(GroupBlock.blocked > GroupBlock.picked_up, GroupBlock.night >= day)
    wanted = (
        sa.select(Group)
        .where(Group.cut_off <= day, Group.status != GroupStatus.CANCELLED, Group.id.in_(held))
        .order_by(Group.id)
    )
    return list(db.session.scalars(wanted))
