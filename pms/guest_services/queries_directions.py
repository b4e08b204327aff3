"""Directions 指路卡: found by any words of theirs, in either language."""

from __future__ import annotations

import sqlalchemy as sa

from pms.db import db
from pms.errors import Missing
from pms.guest_services.models_directions import Direction
from pms.say import say

SEARCHED = (Direction.title_en, Direction.title_zh, Direction.address_zh, Direction.text_en, Direction.text_zh)


def directions(text: str = "", *, active: bool = True, lang: str = "en") -> list[Direction]:
    """Those that have every word of `text`, by title in the reader's language; those set aside unless `active`."""
    title = Direction.title_zh if lang == "zh" else Direction.title_en
    return list(db.session.scalars(_meant(text, active).order_by(title)))


def directions_after(last: int, limit: int, text: str = "", *, active: bool = True) -> list[Direction]:
    """`limit` of the same, by their number after `last`."""
    wanted = _meant(text, active).where(Direction.id > last)
    return list(db.session.scalars(wanted.order_by(Direction.id).limit(limit)))


def _meant(text: str, active: bool) -> sa.Select[tuple[Direction]]:
    wanted = sa.select(Direction).where(Direction.active == active)
    for word in text.split():
        wanted = wanted.where(sa.or_(*(column.icontains(word, autoescape=True) for column in SEARCHED)))
    return wanted


def direction(direction_id: int) -> Direction:
    """Raises `Missing`."""
    found = db.session.get(Direction, direction_id)
    if found is None:
        raise Missing(say("There are no such directions."))
    return found


def of_title(title_en: str, title_zh: str) -> Direction | None:
    """Whatever has one of these titles, upper or lower case."""
    same = sa.or_(sa.func.lower(Direction.title_en) == title_en.lower(), Direction.title_zh == title_zh)
    return db.session.scalars(sa.select(Direction).where(same).order_by(Direction.id)).first()
