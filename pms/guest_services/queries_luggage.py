"""What the luggage desk shows: what is held and whose it is, what was handed out lately, the history of one tag."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa

from pms.db import db
from pms.errors import Missing
from pms.guest_services.models import Luggage
from pms.guests.models import Guest
from pms.reservations.models import Stay
from pms.reservations.status import Status
from pms.say import say

DAYS_BACK = timedelta(days=7)
MOST = 200


class LuggageRow(NamedTuple):
    """Pieces under one tag. `here` still lie with us; `status` is that of the depositor's stay, None for a stranger."""

    id: int
    tag: str
    depositor: str
    room: str
    vip: int
    incognito: bool
    status: Status | None
    pieces: int
    collected: int
    description: str
    shelf: str
    due_at: datetime
    released_at: datetime | None
    released_to: str
    proof: str

    @property
    def here(self) -> int:
        return self.pieces - self.collected

    def undisclosed(self) -> LuggageRow:
        """The same pieces without the name, for those who need not know it (Q1)."""
        return self._replace(depositor="", released_to="") if self.incognito else self


def _rows() -> sa.Select[*tuple[Any, ...]]:
    """The columns of `LuggageRow`, in its order."""
    return (
        sa.select(
            Luggage.id, Luggage.tag, Luggage.depositor, Luggage.room_number, sa.func.coalesce(Stay.vip_level, 0),
            sa.func.coalesce(Guest.incognito, sa.false()), Stay.status, Luggage.pieces, Luggage.collected,
            Luggage.description, Luggage.shelf, Luggage.due_at, Luggage.released_at, Luggage.released_to, Luggage.proof,
        )
        .select_from(Luggage)
        .outerjoin(Stay, Stay.id == Luggage.stay_id)
        .outerjoin(Guest, Guest.id == Stay.guest_id)
    )  # fmt: skip


def held(*, see_incognito: bool) -> list[LuggageRow]:
    """Everything on the shelves, the longest due first; one statement."""
    wanted = _rows().where(Luggage.released_at.is_(None)).order_by(Luggage.due_at, Luggage.tag)
    return _disclosed(db.session.execute(wanted), see_incognito)


def handed_out(today: date, *, see_incognito: bool) -> list[LuggageRow]:
    """What left in the last seven days, the last first."""
    wanted = _rows().where(Luggage.released_on > today - DAYS_BACK).order_by(Luggage.released_at.desc()).limit(MOST)
    return _disclosed(db.session.execute(wanted), see_incognito)


def load(luggage_id: int) -> Luggage:
    """Raises `Missing`."""
    luggage = db.session.get(Luggage, luggage_id)
    if luggage is None:
        raise Missing(say("There is no such luggage."))
    return luggage


def held_of(stay_id: int) -> list[Luggage]:
    """What lies on the shelves for one stay."""
    wanted = sa.select(Luggage).where(Luggage.stay_id == stay_id, Luggage.released_at.is_(None))
    return list(db.session.scalars(wanted.order_by(Luggage.id)))


def row(luggage_id: int, *, see_incognito: bool) -> LuggageRow:
    """One tag, held or gone. Raises `Missing`."""
    found = _disclosed(db.session.execute(_rows().where(Luggage.id == luggage_id)), see_incognito)
    if not found:
        raise Missing(say("There is no such luggage."))
    return found[0]


def _disclosed(rows: Iterable[Any], see_incognito: bool) -> list[LuggageRow]:
    lines = [LuggageRow(*values) for values in rows]
    return lines if see_incognito else [line.undisclosed() for line in lines]
