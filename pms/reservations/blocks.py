"""Counting a group's block (R8): how many of its rooms of a type have a guest's name on a night.

A night of a group's stay belongs to the block when the block has a row for its type and night. `type_nights.sold`
holds the larger of blocked and picked up, so a night beyond the block is sold like any other.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from pms.db import db
from pms.reservations.models import GroupBlock

B = GroupBlock.__table__
_RANGE = sa.and_(
    B.c.group_id == sa.bindparam("of_group"),
    B.c.type_id == sa.bindparam("of_type"),
    B.c.night.between(sa.bindparam("first"), sa.bindparam("last")),
)
_LOCK = sa.select(B.c.night, B.c.blocked, B.c.picked_up).where(_RANGE).order_by(B.c.night).with_for_update()
_PICK_UP = sa.update(B).where(_RANGE).values(picked_up=B.c.picked_up + 1)
_PUT_BACK = sa.update(B).where(_RANGE).values(picked_up=B.c.picked_up - 1)


def pick_up(group_id: int, type_id: int, nights: Sequence[date]) -> list[date]:
    """One more of the block has a name on consecutive `nights`; returns the nights the block does not cover."""
    rows = _locked(group_id, type_id, nights)
    _change(_PICK_UP, rows, group_id, type_id, nights)
    covered = {row.night for row in rows if row.picked_up < row.blocked}
    return [night for night in nights if night not in covered]


def put_back(group_id: int, type_id: int, nights: Sequence[date]) -> list[date]:
    """One less of the block has a name; returns the nights that were sold outside it and are free again."""
    rows = _locked(group_id, type_id, nights)
    _change(_PUT_BACK, rows, group_id, type_id, nights)
    covered = {row.night for row in rows if row.picked_up <= row.blocked}
    return [night for night in nights if night not in covered]


def _locked(group_id: int, type_id: int, nights: Sequence[date]) -> list[Any]:
    return list(db.session.connection().execute(_LOCK, _span(group_id, type_id, nights)))


def _change(how: sa.Update, rows: list[Any], group_id: int, type_id: int, nights: Sequence[date]) -> None:
    if rows:
        db.session.connection().execute(how, _span(group_id, type_id, nights))


def _span(group_id: int, type_id: int, nights: Sequence[date]) -> dict[str, Any]:
    return {"of_group": group_id, "of_type": type_id, "first": nights[0], "last": nights[-1]}
