"""What can be sold: rooms of a type on a night, and what stands against it (R3)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa

from pms import clock
from pms.db import run
from pms.property import queries as house
from pms.property.models import Room
from pms.reservations.models import GroupBlock, TypeNight
from pms.reservations.rules import nights_of

T = TypeNight.__table__
_LONGEST_MINIMUM = (
    sa.select(T.c.night, T.c.minimum_stay)
    .where(
        T.c.type_id == sa.bindparam("of_type"),
        T.c.night.between(sa.bindparam("first"), sa.bindparam("last")),
        T.c.minimum_stay > 1,
    )
    .order_by(T.c.minimum_stay.desc(), T.c.night)
    .limit(1)
)
_OPEN_BLOCKS = (
    sa.select(
        GroupBlock.type_id,
        GroupBlock.night,
        sa.func.sum(
            sa.case((GroupBlock.blocked > GroupBlock.picked_up, GroupBlock.blocked - GroupBlock.picked_up), else_=0)
        ).label("blocked"),
    )
    .group_by(GroupBlock.type_id, GroupBlock.night)
    .subquery()
)
_COUNTED = (
    sa.select(T, sa.func.coalesce(_OPEN_BLOCKS.c.blocked, 0).label("blocked"))
    .outerjoin(_OPEN_BLOCKS, sa.and_(_OPEN_BLOCKS.c.type_id == T.c.type_id, _OPEN_BLOCKS.c.night == T.c.night))
    .where(T.c.night >= sa.bindparam("first"), T.c.night < sa.bindparam("until"))
)
_ROOMS_BY_TYPE = sa.select(Room.type_id, sa.func.count().label("rooms")).where(Room.active).group_by(Room.type_id)


class TypeOnNight(NamedTuple):
    """A type on a night, in rooms. `rooms` less `out_of_order` can be slept in; `sold` are stays, `blocked` what groups
    hold without a name; `left` may still be sold (overbooking included, 0 when stopped); `oversold` are too many.
    """

    type_id: int
    night: date
    rooms: int
    out_of_order: int
    sold: int
    blocked: int
    left: int
    oversold: int
    stop_sell: bool
    minimum_stay: int


def availability(first: date, until: date) -> list[TypeOnNight]:
    """Every type on every night from `first` to before `until`, by night and rank; two statements."""
    counted = {(row.type_id, row.night): row for row in run(_COUNTED, {"first": first, "until": until})}
    rooms = {row.type_id: row.rooms for row in run(_ROOMS_BY_TYPE)}
    kinds = house.types()
    return [
        _on_night(kind, night, rooms.get(kind.id, 0), counted.get((kind.id, night)))
        for night in nights_of(first, until)
        for kind in kinds
    ]


def left_on_all(nights: Sequence[date]) -> dict[int, int]:
    """By type id, how many rooms can still be sold on all of some consecutive nights."""
    left: dict[int, int] = {}
    for row in availability(nights[0], nights[-1] + timedelta(days=1)):
        left[row.type_id] = min(row.left, left.get(row.type_id, row.left))
    return left


def arrivals_with_room(type_id: int, arrival: date, length: int, *, within: int) -> list[date]:
    """Other arrivals at most `within` days away from which the type is free for `length` nights, from today on."""
    first = max(clock.business_date(), arrival - timedelta(days=within))
    last = arrival + timedelta(days=within)
    free = {
        row.night
        for row in availability(first, last + timedelta(days=length))
        if row.type_id == type_id and row.left > 0 and row.minimum_stay <= length
    }
    days = nights_of(first, last + timedelta(days=1))
    return [day for day in days if free.issuperset(nights_of(day, day + timedelta(days=length))) and day != arrival]


def longest_minimum_stay(type_id: int, first: date, last: date) -> Any:
    """The night with the longest minimum stay (night, minimum_stay), or None; one statement."""
    return run(_LONGEST_MINIMUM, {"of_type": type_id, "first": first, "last": last}).first()


def _on_night(kind: Any, night: date, rooms: int, row: Any) -> TypeOnNight:
    if row is None:  # nothing has happened on this night yet
        return TypeOnNight(kind.id, night, rooms, 0, 0, 0, rooms + kind.overbooking, 0, False, 1)
    left = 0 if row.stop_sell else max(0, row.rooms + row.extra - row.sold)
    return TypeOnNight(
        kind.id,
        night,
        rooms,
        rooms - row.rooms,
        row.sold - row.blocked,
        row.blocked,
        left,
        max(0, row.sold - row.rooms),
        row.stop_sell,
        row.minimum_stay,
    )
