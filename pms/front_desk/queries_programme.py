"""What is agreed with a group for its days in the house (C4)."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from pms.db import db
from pms.errors import Missing
from pms.front_desk.models_programme import GroupConfirmed, Item, ProgrammeLine
from pms.say import say


def programme(group_id: int) -> list[ProgrammeLine]:
    """By day and time."""
    wanted = sa.select(ProgrammeLine).where(ProgrammeLine.group_id == group_id)
    return list(db.session.scalars(wanted.order_by(ProgrammeLine.day, ProgrammeLine.at, ProgrammeLine.id)))


def line_of(group_id: int, day: date, item: Item) -> ProgrammeLine | None:
    wanted = sa.select(ProgrammeLine).where(
        ProgrammeLine.group_id == group_id, ProgrammeLine.day == day, ProgrammeLine.item == item
    )
    return db.session.scalar(wanted)


def load_line(group_id: int, line_id: int) -> ProgrammeLine:
    """Raises `Missing`."""
    found = db.session.get(ProgrammeLine, line_id)
    if found is None or found.group_id != group_id:
        raise Missing(say("This is not on the programme any more."))
    return found


def confirmed(group_id: int) -> GroupConfirmed | None:
    return db.session.get(GroupConfirmed, group_id)
