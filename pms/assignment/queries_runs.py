"""What the runs of placing are read from: whom one could place, a run with its lines, how stays stand now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa

from pms.accounts.models import User
from pms.assignment.models import PlacingLine, PlacingRun, RunStatus
from pms.db import db
from pms.errors import Missing
from pms.guests.models import Guest
from pms.property.models import Room, RoomType
from pms.reservations.models import Group, Stay
from pms.reservations.models_moves import PlannedMove
from pms.reservations.status import Status
from pms.say import say

_VIP_LEVEL = sa.func.coalesce(sa.func.nullif(Stay.vip_level, 0), Guest.vip_level, 0)
_NOTHING_AGREED = ~sa.exists().where(PlannedMove.stay_id == Stay.id)  # a guest who agreed to rooms in turn keeps them
_WHO = (
    Stay.id.label("stay_id"),
    Guest.surname,
    Guest.given,
    Guest.name_zh,
    Guest.incognito,
    _VIP_LEVEL.label("vip_level"),
    Group.code.label("group"),
    Group.colour,
    Stay.do_not_move.label("locked"),
)


class ToPlace(NamedTuple):
    """A guest who waits for a room."""

    stay_id: int
    surname: str
    given: str
    name_zh: str
    incognito: bool
    vip_level: int
    group: str | None
    colour: int | None
    locked: bool
    arrival: date
    departure: date
    type_en: str
    type_zh: str
    room: str | None


def to_place(first: date, last: date, group_id: int | None = None, *, with_rooms: bool = False) -> list[ToPlace]:
    """Reserved stays that arrive from `first` to `last`, VIPs first; those of one group if asked. `with_rooms`: also
    those who have a room that is not locked, and have not agreed to change rooms.
    """
    chosen: list[sa.ColumnElement[bool]] = [
        Stay.arrival.between(first, last),
        sa.and_(Stay.do_not_move.is_(False), _NOTHING_AGREED) if with_rooms else Stay.room_id.is_(None),
    ]
    if group_id is not None:
        chosen.append(Stay.group_id == group_id)
    return _waiting(*chosen)


def touched(stay_ids: Iterable[int]) -> list[ToPlace]:
    """Those of these stays that can be planned (again): reserved and not locked, with or without a room."""
    return _waiting(Stay.id.in_(list(stay_ids)), Stay.do_not_move.is_(False), _NOTHING_AGREED)


def _waiting(*chosen: sa.ColumnElement[bool]) -> list[ToPlace]:
    wanted = (
        sa.select(*_WHO, Stay.arrival, Stay.departure, RoomType.name_en, RoomType.name_zh, Room.number)
        .join(Guest, Guest.id == Stay.guest_id)
        .join(RoomType, RoomType.id == sa.func.coalesce(Stay.assign_type_id, Stay.type_id))
        .outerjoin(Group, Group.id == Stay.group_id)
        .outerjoin(Room, Room.id == Stay.room_id)
        .where(Stay.status == Status.RESERVED, *chosen)
        .order_by(Stay.arrival, _VIP_LEVEL == 0, _VIP_LEVEL, Guest.surname, Stay.id)
    )
    return [ToPlace._make(row) for row in db.session.connection().execute(wanted)]


def movable(first: date, until: date) -> set[int]:
    """Reserved stays between these days that have a room and may have another: nobody in house, nobody locked."""
    wanted = sa.select(Stay.id).where(
        Stay.status == Status.RESERVED,
        Stay.arrival < until,
        Stay.departure > first,
        Stay.room_id.is_not(None),
        Stay.do_not_move.is_(False),
        _NOTHING_AGREED,
    )
    return set(db.session.scalars(wanted))


def groups_to_place(first: date, last: date, also: int | None = None) -> Sequence[Any]:
    """Groups of which somebody who arrives on these days has no room, and the group `also`: id, code and names."""
    waiting = sa.exists().where(
        Stay.group_id == Group.id,
        Stay.status == Status.RESERVED,
        Stay.arrival.between(first, last),
        Stay.room_id.is_(None),
    )
    wanted = sa.select(Group.id, Group.code, Group.name, Group.name_zh)
    wanted = wanted.where(sa.or_(waiting, Group.id == also)).order_by(Group.code)
    return db.session.connection().execute(wanted).all()


def with_a_second_room(stay_ids: Iterable[int]) -> set[int]:
    """Those of these stays whose booking has another room for the same nights: one suite could hold both (P7)."""
    other = sa.orm.aliased(Stay)
    wanted = sa.select(Stay.id).join(other, other.booking_id == Stay.booking_id)
    wanted = wanted.where(
        Stay.id.in_(list(stay_ids)),
        other.id != Stay.id,
        other.status == Status.RESERVED,
        other.arrival == Stay.arrival,
        other.departure == Stay.departure,
        other.group_id.is_(None),
        Stay.group_id.is_(None),
    )
    return set(db.session.scalars(wanted))


def load_run(run_id: int) -> PlacingRun:
    """A run as it is now. Raises `Missing`."""
    run = db.session.get(PlacingRun, run_id, populate_existing=True)
    if run is None:
        raise Missing(say("There is no such run of placing."))
    return run


def runs_of(day: date) -> Sequence[Any]:
    """The runs of a business date that were planned, the newest first: who asked, when, for how many."""
    counts = (
        sa.func.count().label("guests"),
        sa.func.count(sa.case((PlacingLine.accepted.is_(True), 1))).label("accepted"),
    )
    wanted = (
        sa.select(PlacingRun.id, PlacingRun.asked_at, PlacingRun.asked_by, PlacingRun.status, *counts)
        .join(PlacingLine, PlacingLine.run_id == PlacingRun.id)
        .where(PlacingRun.business_date == day)
        .group_by(PlacingRun.id)
        .order_by(PlacingRun.id.desc())
    )
    return db.session.connection().execute(wanted).all()


def lines_of(run_id: int) -> list[PlacingLine]:
    return list(db.session.scalars(sa.select(PlacingLine).where(PlacingLine.run_id == run_id)))


def people(ids: Iterable[int | None]) -> dict[int, Any]:
    """Users by id, with their names in both scripts."""
    wanted = sa.select(User.id, User.name, User.name_zh).where(User.id.in_([each for each in ids if each]))
    return {row.id: row for row in db.session.connection().execute(wanted)}


def vips(stay_ids: Iterable[int]) -> set[int]:
    """Those of these stays that are VIPs'."""
    wanted = sa.select(Stay.id).join(Guest, Guest.id == Stay.guest_id)
    return set(db.session.scalars(wanted.where(Stay.id.in_(list(stay_ids)), _VIP_LEVEL > 0)))


def undisclosed(stay_ids: Iterable[int]) -> set[int]:
    """Those of these stays whose guest wants no disclosure."""
    wanted = sa.select(Stay.id).join(Guest, Guest.id == Stay.guest_id)
    return set(db.session.scalars(wanted.where(Stay.id.in_(list(stay_ids)), Guest.incognito)))


class LineShown(NamedTuple):
    """A line of a run with the words to show it."""

    stay_id: int
    surname: str
    given: str
    name_zh: str
    incognito: bool
    vip_level: int
    group: str | None
    colour: int | None
    locked: bool
    arrival: date
    departure: date
    type_en: str
    type_zh: str
    type_id: int
    was: str | None
    was_id: int | None
    room: str | None
    room_id: int | None
    floor: int | None
    why: list[Any]
    unmet: list[Any]
    wishes: int
    accepted: bool
    persons: int

    @property
    def is_new(self) -> bool:
        return self.room_id is not None and self.was_id is None

    @property
    def is_moved(self) -> bool:
        return self.room_id is not None and self.was_id is not None and self.was_id != self.room_id

    @property
    def changes(self) -> bool:
        return self.is_new or self.is_moved


def lines_shown(run_id: int) -> list[LineShown]:
    """The guests of a run, VIPs first, then by group and name; one statement."""
    was, given = sa.orm.aliased(Room), sa.orm.aliased(Room)
    wanted = (
        sa.select(
            *_WHO, PlacingLine.arrival, PlacingLine.departure, RoomType.name_en, RoomType.name_zh, RoomType.id,
            was.number, was.id, given.number, given.id, given.floor, PlacingLine.why, PlacingLine.unmet,
            PlacingLine.wishes, PlacingLine.accepted, Stay.adults + Stay.children,
        )
        .select_from(PlacingLine)
        .join(Stay, Stay.id == PlacingLine.stay_id)
        .join(Guest, Guest.id == Stay.guest_id)
        .join(RoomType, RoomType.id == sa.func.coalesce(Stay.assign_type_id, Stay.type_id))
        .outerjoin(Group, Group.id == Stay.group_id)
        .outerjoin(was, was.id == PlacingLine.was_room_id)
        .outerjoin(given, given.id == PlacingLine.room_id)
        .where(PlacingLine.run_id == run_id)
        .order_by(_VIP_LEVEL == 0, _VIP_LEVEL, sa.func.coalesce(Group.code, ""), Guest.surname, Stay.id)
    )  # fmt: skip
    return [LineShown._make(row) for row in db.session.connection().execute(wanted)]


class Now(NamedTuple):
    """What must not have changed between the look at a plan and its acceptance."""

    status: Status
    arrival: date
    departure: date
    room_id: int | None
    locked: bool


def held_as_they_are(stay_ids: Iterable[int]) -> dict[int, Now]:
    """How these stays stand now; nobody changes them until this unit of work is over."""
    wanted = (
        sa.select(Stay.id, Stay.status, Stay.arrival, Stay.departure, Stay.room_id, Stay.do_not_move)
        .where(Stay.id.in_(list(stay_ids)))
        .order_by(Stay.id)
        .with_for_update()
    )
    return {row[0]: Now._make(row[1:]) for row in db.session.connection().execute(wanted)}


def change_status(run_id: int, before: Iterable[RunStatus], after: RunStatus) -> bool:
    """Whether the run stood at one of `before` and stands at `after` now; of two at once one succeeds."""
    changed = sa.update(PlacingRun).where(PlacingRun.id == run_id, PlacingRun.status.in_(list(before)))
    return bool(db.session.connection().execute(changed.values(status=after)).rowcount)


def forget_before(day: date) -> None:
    """Throw away plans of earlier dates that nobody took."""
    old = sa.select(PlacingRun.id).where(
        PlacingRun.business_date < day, PlacingRun.status.not_in([RunStatus.ACCEPTED, RunStatus.UNDONE])
    )
    found = list(db.session.scalars(old))
    db.session.execute(sa.delete(PlacingLine).where(PlacingLine.run_id.in_(found)))
    db.session.execute(sa.delete(PlacingRun).where(PlacingRun.id.in_(found)))
