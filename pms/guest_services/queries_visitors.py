"""Visitors: who is in the house now, who came today, and the list of the night."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

import sqlalchemy as sa

from pms import clock
from pms.db import db
from pms.errors import Missing
from pms.guest_services.models_visitors import VisitAnswer, Visitor
from pms.guest_services.rules import visit_ends
from pms.guests.models import Guest
from pms.guests.queries_papers import NAME, guest_rows
from pms.property.models import Room
from pms.reservations.models import Stay
from pms.say import say

IN_HOUSE = sa.and_(Visitor.in_at.is_not(None), Visitor.out_at.is_(None))


class VisitorRow(NamedTuple):
    id: int
    name: str
    asked_name: str
    room: str
    incognito: bool
    answer: VisitAnswer
    came_at: datetime
    in_at: datetime | None
    out_at: datetime | None
    stay_id: int | None
    document: str
    document_end: str
    by_appointment: bool

    def undisclosed(self) -> VisitorRow:
        """Who wants no disclosure by now has no name and no room on this list; the visitor stays on it."""
        return self._replace(asked_name="", room="", stay_id=None) if self.incognito else self

    def is_late(self, now: datetime, hour: int) -> bool:
        """Still in the house after the `hour` of the house; `now` on its clock."""
        if self.in_at is None or self.out_at is not None:
            return False
        return now >= visit_ends(clock.local(self.in_at), hour)


class VisitorLine(NamedTuple):
    """One visitor for the paper of the night. `guest` is '' where nobody was asked."""

    name: str
    document: str
    document_end: str
    asked_name: str
    room: str
    guest: str
    guest_incognito: bool
    by_appointment: bool
    answer: str
    came_at: datetime
    in_at: datetime | None
    out_at: datetime | None


def in_house(*, see_incognito: bool) -> list[VisitorRow]:
    """Visitors with guests now, the longest first."""
    return _disclosed(_rows().where(IN_HOUSE).order_by(Visitor.in_at, Visitor.id), see_incognito)


def came_on(day: date, *, see_incognito: bool) -> list[VisitorRow]:
    """Everybody who came on a business date, the last first."""
    return _disclosed(_rows().where(Visitor.came_on == day).order_by(Visitor.id.desc()), see_incognito)


def visitors_after(last: int, limit: int, day: date | None, *, see_incognito: bool) -> list[VisitorRow]:
    """Who came on `day`, without one who is with a guest now; by number after `last`."""
    which = IN_HOUSE if day is None else Visitor.came_on == day
    wanted = _rows().where(which, Visitor.id > last).order_by(Visitor.id).limit(limit)
    return _disclosed(wanted, see_incognito)


def row(visitor_id: int, *, see_incognito: bool) -> VisitorRow:
    """One visitor as the lists have him. Raises `Missing`."""
    found = _disclosed(_rows().where(Visitor.id == visitor_id), see_incognito)
    if not found:
        raise Missing(say("There is no such visitor."))
    return found[0]


def visitor(visitor_id: int) -> Visitor:
    """Raises `Missing`."""
    found = db.session.get(Visitor, visitor_id)
    if found is None:
        raise Missing(say("There is no such visitor."))
    return found


def visitors(day: date) -> list[VisitorLine]:
    """Who came on `day`, and who is still in the house from before, in order of time."""
    return guest_rows(VisitorLine, _visitors(), day=day)


@cache
def _visitors() -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(
            *NAME, sa.func.coalesce(Guest.incognito, sa.false()).label("guest_incognito"),
            Visitor.name, Visitor.document, Visitor.document_end, Visitor.asked_name,
            sa.func.coalesce(Room.number, Visitor.asked_room).label("room"), Visitor.by_appointment, Visitor.answer,
            Visitor.came_at, Visitor.in_at, Visitor.out_at,
        )
        .select_from(Visitor)
        .outerjoin(Stay, Stay.id == Visitor.stay_id)
        .outerjoin(Guest, Guest.id == Stay.guest_id)
        .outerjoin(Room, Room.id == Stay.room_id)
        .where(sa.or_(Visitor.came_on == sa.bindparam("day", type_=sa.Date), IN_HOUSE))
        .order_by(Visitor.came_at, Visitor.id)
    )  # fmt: skip


def _rows() -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(
            Visitor.id, Visitor.name, Visitor.asked_name, sa.func.coalesce(Room.number, Visitor.asked_room),
            sa.func.coalesce(Guest.incognito, sa.false()), Visitor.answer, Visitor.came_at, Visitor.in_at,
            Visitor.out_at, Visitor.stay_id, Visitor.document, Visitor.document_end, Visitor.by_appointment,
        )
        .select_from(Visitor)
        .outerjoin(Stay, Stay.id == Visitor.stay_id)
        .outerjoin(Guest, Guest.id == Stay.guest_id)
        .outerjoin(Room, Room.id == Stay.room_id)
    )  # fmt: skip


def _disclosed(wanted: sa.Select[*tuple[Any, ...]], see_incognito: bool) -> list[VisitorRow]:
    rows = [VisitorRow(*values) for values in db.session.execute(wanted)]
    return rows if see_incognito else [row.undisclosed() for row in rows]
