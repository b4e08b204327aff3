"""The rooming list of a group as the desk needs it on arrival: rooms as they stand, guests, documents on file."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

import sqlalchemy as sa

from pms.db import db
from pms.front_desk.queries import READY, FreeRoom, free_rooms
from pms.front_desk.rules import RoomState
from pms.guests.models import DocumentKind, Guest, GuestDocument
from pms.guests.names import Called, list_name
from pms.guests.rules import mask
from pms.property.models import Housekeeping, Room, RoomType
from pms.reservations.models import RoomNight, Stay, StayGuest
from pms.reservations.status import Status
from pms.say import say

D, G, N, R, S, T, W = (
    model.__table__ for model in (GuestDocument, Guest, RoomNight, Room, Stay, RoomType, StayGuest)
)  # fmt: skip
MOST_OFFERED = 12  # ready rooms of a type to choose another from


class ListedGuest(NamedTuple):
    """Somebody of the list; the newest document on file, its number masked."""

    id: int
    surname: str
    given: str
    name_zh: str
    sex: str
    nationality: str
    document_id: int | None
    kind: DocumentKind | None
    masked: str

    @property
    def called(self) -> Called:
        """The name inside a sentence."""
        return Called(self.surname, self.given, self.name_zh)


class ListedStay(NamedTuple):
    """A room of the list with everybody in it, the main guest first; `room` None while nothing is placed."""

    id: int
    arrival: date
    departure: date
    persons: int
    type_id: int
    type_en: str
    type_zh: str
    vip: int
    room: RoomState | None
    housekeeping: Housekeeping | None
    ready_at: datetime | None
    guests: tuple[ListedGuest, ...]


_INSIDE, _LIVING = S.alias("inside"), G.alias("living")
_STAYS = (
    sa.select(
        S.c.id, S.c.arrival, S.c.departure, (S.c.adults + S.c.children).label("persons"), S.c.guest_id,
        T.c.id.label("type_id"), T.c.name_en, T.c.name_zh, S.c.vip_level, R.c.id.label("room_id"), R.c.number,
        R.c.housekeeping, R.c.ready_at, N.c.stay_id.label("tonight"), N.c.closure_id, _INSIDE.c.id.label("inside"),
        _LIVING.c.surname, _LIVING.c.given, _LIVING.c.name_zh.label("living_zh"), _LIVING.c.incognito,
    )
    .select_from(
        S.join(T, T.c.id == sa.func.coalesce(S.c.assign_type_id, S.c.type_id))
        .outerjoin(R, R.c.id == S.c.room_id)
        .outerjoin(N, sa.and_(N.c.room_id == R.c.id, N.c.night == sa.bindparam("night")))
        .outerjoin(_INSIDE, sa.and_(_INSIDE.c.room_id == R.c.id, _INSIDE.c.status == sa.literal_column("'in_house'")))
        .outerjoin(_LIVING, _LIVING.c.id == _INSIDE.c.guest_id)
    )
    .where(
        S.c.group_id == sa.bindparam("of_group"), S.c.status == Status.RESERVED, S.c.arrival <= sa.bindparam("night")
    )
    .order_by(R.c.number.is_(None), sa.func.length(R.c.number), R.c.number, S.c.id)
)  # fmt: skip


def rooming_list(group_id: int, day: date) -> list[ListedStay]:
    """Who of a group is due on `day` and has not arrived, by room; two statements whatever its size."""
    rows = list(db.session.connection().execute(_STAYS, {"of_group": group_id, "night": day}))
    people = _people({row.id: row.guest_id for row in rows})
    return [
        ListedStay(
            row.id, row.arrival, row.departure, row.persons, row.type_id, row.name_en, row.name_zh, row.vip_level,
            _room(row) if row.room_id else None, row.housekeeping, row.ready_at, tuple(people[row.id]),
        )
        for row in rows
    ]  # fmt: skip


def ready_rooms(stays: Iterable[ListedStay]) -> dict[int, list[FreeRoom]]:
    """Rooms to take instead, by type: clean, empty and free for the longest of the stays; one statement a type."""
    spans: dict[int, tuple[date, date]] = {}
    for stay in stays:
        first, until = spans.get(stay.type_id, (stay.arrival, stay.departure))
        spans[stay.type_id] = min(first, stay.arrival), max(until, stay.departure)
    return {kind: free_rooms(kind, first, until, limit=MOST_OFFERED) for kind, (first, until) in spans.items()}


def in_house(group_id: int) -> int:
    """How many rooms of a group are in the house already."""
    wanted = sa.select(sa.func.count()).where(S.c.group_id == group_id, S.c.status == Status.IN_HOUSE)
    return int(db.session.connection().execute(wanted).scalar_one())


def _room(row: sa.Row) -> RoomState:
    living = say("A guest") if row.incognito else list_name(row.surname or "", row.given or "", row.living_zh or "")
    return RoomState(
        id=row.room_id,
        number=row.number,
        clean=row.housekeeping in READY,
        lives_here=living if row.inside else "",
        tonight_stay=row.tonight,
        closed=row.closure_id is not None,
    )


def _people(main: dict[int, int]) -> dict[int, list[ListedGuest]]:
    """Everybody in some stays (stay id -> main guest's id), the main guest first."""
    members = sa.union_all(
        sa.select(S.c.id.label("stay_id"), S.c.guest_id).where(S.c.id.in_(main)),
        sa.select(W.c.stay_id, W.c.guest_id).where(W.c.stay_id.in_(main)),
    ).subquery()
    newest = sa.select(sa.func.max(D.c.id)).where(D.c.guest_id == G.c.id).correlate(G).scalar_subquery()
    wanted = (
        sa.select(
            members.c.stay_id, G.c.id, G.c.surname, G.c.given, G.c.name_zh, G.c.sex, G.c.nationality,
            D.c.id.label("document_id"), D.c.kind, D.c.number,
        )
        .select_from(members.join(G, G.c.id == members.c.guest_id).outerjoin(D, D.c.id == newest))
        .order_by(members.c.stay_id, G.c.id)
    )  # fmt: skip
    found: dict[int, list[ListedGuest]] = {stay_id: [] for stay_id in main}
    for row in db.session.connection().execute(wanted):
        guest = ListedGuest(
            row.id, row.surname, row.given, row.name_zh, row.sex, row.nationality, row.document_id, row.kind,
            mask(row.number or ""),
        )  # fmt: skip
        place = 0 if row.id == main[row.stay_id] else len(found[row.stay_id])
        found[row.stay_id].insert(place, guest)
    return found
