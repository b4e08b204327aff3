"""Counting a group's block (R8): how many of its rooms of a type have a guest's name on a night.

A night of a group's stay belongs to the block when the block has a row for its type and night. `type_nights.sold`
holds the larger of blocked and picked up, so a night beyond the block is sold like any other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from pms.db import insert_all, run
from pms.errors import Refused
from pms.reservations import inventory, queries_groups, rules
from pms.reservations.models import Group, GroupBlock, GroupStatus
from pms.say import say

B = GroupBlock.__table__
_RANGE = sa.and_(
    B.c.group_id == sa.bindparam("of_group"),
    B.c.type_id == sa.bindparam("of_type"),
    B.c.night.between(sa.bindparam("first"), sa.bindparam("last")),
)
_PICK_UP = sa.update(B).where(_RANGE).values(picked_up=B.c.picked_up + 1)
_PUT_BACK = sa.update(B).where(_RANGE).values(picked_up=B.c.picked_up - 1)
_SET = (
    sa.update(B)
    .where(
        B.c.group_id == sa.bindparam("of_group"),
        B.c.type_id == sa.bindparam("of_type"),
        B.c.night == sa.bindparam("on"),
    )
    .values(blocked=sa.bindparam("to"))
)


def refuse_cancelled(group: Group) -> None:
    """Raises `Refused`: nothing is booked into, or done with, a group that was cancelled."""
    if group.status is GroupStatus.CANCELLED:
        raise Refused(say("Group {code} is cancelled.", code=group.code))


def pick_up(group_id: int, type_id: int, nights: Sequence[date]) -> list[date]:
    """One more of the block has a name on consecutive `nights`; returns the nights the block does not cover."""
    rows = queries_groups.locked_block(group_id, type_id, nights)
    _count(_PICK_UP, rows, group_id, type_id, nights)
    covered = {row.night for row in rows if row.picked_up < row.blocked}
    return [night for night in nights if night not in covered]


def put_back(group_id: int, type_id: int, nights: Sequence[date]) -> list[date]:
    """One less of the block has a name; returns the nights that were sold outside it and are free again."""
    rows = queries_groups.locked_block(group_id, type_id, nights)
    _count(_PUT_BACK, rows, group_id, type_id, nights)
    covered = {row.night for row in rows if row.picked_up <= row.blocked}
    return [night for night in nights if night not in covered]


def resize(group_id: int, type_id: int, rooms: Mapping[date, int], prices: Mapping[date, int], *, force: bool) -> None:
    """Block so many rooms of a type on each night. What has a name already is counted, never lost.

    `prices` are for nights that are new to the block. Raises `SoldOut` unless `force`.
    """
    nights = sorted(rooms)
    if not nights:
        return
    there = {row.night: row for row in queries_groups.locked_block(group_id, type_id, nights) if row.night in rooms}
    named = queries_groups.stays_by_night(group_id, type_id, nights[0], nights[-1])
    picked_up = {night: there[night].picked_up if night in there else named.get(night, 0) for night in nights}
    counted = {
        night: max(there[night].blocked, picked_up[night]) if night in there else picked_up[night] for night in nights
    }
    _write(group_id, type_id, rooms, prices, picked_up, set(there))
    change = {night: max(rooms[night], picked_up[night]) - counted[night] for night in nights}
    _take(type_id, change, force)


def _write(
    group_id: int,
    type_id: int,
    rooms: Mapping[date, int],
    prices: Mapping[date, int],
    picked_up: Mapping[date, int],
    there: set[date],
) -> None:
    known = [{"of_group": group_id, "of_type": type_id, "on": night, "to": rooms[night]} for night in sorted(there)]
    if known:
        run(_SET, known)
    fixed = {"group_id": group_id, "type_id": type_id}
    insert_all(
        GroupBlock,
        [
            fixed | {"night": night, "blocked": blocked, "picked_up": picked_up[night], "price": prices[night]}
            for night, blocked in sorted(rooms.items())
            if night not in there
        ],
    )


def _take(type_id: int, change: Mapping[date, int], force: bool) -> None:
    """Rooms more or less on each night, in date order, room by room."""
    for stretch in rules.stretches(night for night in change if change[night]):
        for level in range(1, max(abs(change[night]) for night in stretch) + 1):
            for more in rules.stretches(night for night in stretch if change[night] >= level):
                inventory.take(type_id, more, force=force)
            for less in rules.stretches(night for night in stretch if change[night] <= -level):
                inventory.give_back(type_id, less)


def _count(how: sa.Update, rows: list[Any], group_id: int, type_id: int, nights: Sequence[date]) -> None:
    if rows:
        span = {"of_group": group_id, "of_type": type_id, "first": nights[0], "last": nights[-1]}
        run(how, span)
