"""Room changes that are agreed for a later night of a stay (P7): which stay, on which day, to which room."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from pms.db import db, run
from pms.guests.models import Guest
from pms.property.models import Housekeeping, Room
from pms.reservations.models import Stay
from pms.reservations.models_moves import PlannedMove
from pms.reservations.status import Status

M, S, G = PlannedMove.__table__, Stay.__table__, Guest.__table__
TO = Room.__table__
FROM = TO.alias("from_room")
_OF_STAY = (
    sa.select(M.c.day, M.c.room_id, TO.c.number, M.c.consent, M.c.at, M.c.by_id)
    .join(TO, TO.c.id == M.c.room_id)
    .where(M.c.stay_id == sa.bindparam("stay"))
    .order_by(M.c.day)
)
_FORGET = sa.delete(M).where(M.c.stay_id == sa.bindparam("stay"), M.c.day <= sa.bindparam("until"))


class Agreed(NamedTuple):
    """On `day` to the room `number`; `consent` says who agreed, and how."""

    day: date
    room_id: int
    number: str
    consent: str
    at: datetime
    by_id: int


class DueMove(NamedTuple):
    """A guest who moves on `day`; `lived_in`: somebody else still has the new room. Who wants no disclosure has no name
    unless asked for.
    """

    stay_id: int
    day: date
    from_room: str
    to_room: str
    to_room_id: int
    housekeeping: Housekeeping
    lived_in: bool
    surname: str
    given: str
    name_zh: str
    incognito: bool
    vip_level: int


def agreed(stay_id: int) -> list[Agreed]:
    """The moves to come of a stay, in the order of their days."""
    return [Agreed._make(row) for row in run(_OF_STAY, {"stay": stay_id})]


def agreed_of(stay_ids: Iterable[int]) -> dict[int, list[Agreed]]:
    """`agreed` of many stays at once; those without a planned move are not named."""
    found: dict[int, list[Agreed]] = defaultdict(list)
    wanted = (
        sa.select(M.c.stay_id, M.c.day, M.c.room_id, TO.c.number, M.c.consent, M.c.at, M.c.by_id)
        .join(TO, TO.c.id == M.c.room_id)
        .where(M.c.stay_id.in_(list(stay_ids)))
        .order_by(M.c.day)
    )
    for row in db.session.connection().execute(wanted):
        found[row.stay_id].append(Agreed._make(row[1:]))
    return found


def agreed_between(first: date, last: date) -> dict[int, tuple[int, ...]]:
    """Of stays that move on these days: the rooms (ids) they are to move to, in the order of the days."""
    moving = sa.select(M.c.stay_id).where(M.c.day.between(first, last))
    wanted = sa.select(M.c.stay_id, M.c.room_id).where(M.c.stay_id.in_(moving)).order_by(M.c.stay_id, M.c.day)
    found: dict[int, tuple[int, ...]] = {}
    for row in db.session.connection().execute(wanted):
        found[row.stay_id] = (*found.get(row.stay_id, ()), row.room_id)
    return found


def numbers_of_stays(stay_ids: Iterable[int]) -> dict[int, str]:
    """The present room of each of these stays that has one, by its number."""
    wanted = sa.select(S.c.id, TO.c.number).join(TO, TO.c.id == S.c.room_id).where(S.c.id.in_(list(stay_ids)))
    return {row.id: row.number for row in db.session.connection().execute(wanted)}


def forget(stay_id: int, until: date) -> None:
    """Moves planned for `until` or before are done with."""
    run(_FORGET, {"stay": stay_id, "until": until})


_INSIDE = S.alias("inside")
_HELD: Any = sa.literal_column(f"'{Status.IN_HOUSE.value}'")
_DUE = (
    sa.select(
        S.c.id, M.c.day, FROM.c.number, TO.c.number, TO.c.id, TO.c.housekeeping, _INSIDE.c.id.is_not(None),
        G.c.surname, G.c.given, G.c.name_zh, G.c.incognito,
        sa.func.coalesce(sa.func.nullif(S.c.vip_level, 0), G.c.vip_level, 0),
    )
    .select_from(M.join(S, S.c.id == M.c.stay_id).join(TO, TO.c.id == M.c.room_id).join(G, G.c.id == S.c.guest_id))
    .join(FROM, FROM.c.id == S.c.room_id)
    .outerjoin(_INSIDE, sa.and_(_INSIDE.c.room_id == TO.c.id, _INSIDE.c.status == _HELD))
    .where(M.c.day <= sa.bindparam("day"), S.c.status == _HELD)
    .order_by(M.c.day, sa.func.length(FROM.c.number), FROM.c.number)
)  # fmt: skip


def due(day: date, *, see_incognito: bool = True) -> list[DueMove]:
    """Guests in house who are to move on `day`, or should have before; by their present rooms."""
    found = (DueMove._make(row) for row in run(_DUE, {"day": day}))
    return [
        row if see_incognito or not row.incognito else row._replace(surname="", given="", name_zh="") for row in found
    ]
