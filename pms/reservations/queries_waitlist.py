"""The waitlist in the order of calls, and the business that was lost (R6)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from pms import clock
from pms.accounts.models import User
from pms.db import db, run
from pms.errors import Missing
from pms.guests.models import Guest
from pms.guests.names import list_name
from pms.property import queries as house
from pms.property.models import RoomType, SeasonKind
from pms.reservations import queries_availability, rules
from pms.reservations.models import Source, Stay
from pms.reservations.models_waitlist import Turnaway, WaitCall, Waiting, WaitStatus, Why
from pms.reservations.queries_availability import TypeOnNight
from pms.reservations.status import Status
from pms.say import Say, say

Left = dict[tuple[int, date], TypeOnNight]
"""What can still be sold, by type and night."""

_SOMEBODY = (
    sa.select(Waiting.id)
    .where(
        Waiting.status == sa.literal_column("'waiting'"),
        Waiting.departure > sa.bindparam("first", type_=sa.Date),
        Waiting.arrival <= sa.bindparam("last", type_=sa.Date),
    )
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class WaitLine:
    """Somebody who waits, with how often he was here (`times`) and the types that can be had for him now."""

    id: int
    guest_id: int
    surname: str
    given: str
    name_zh: str
    incognito: bool
    vip: int
    telephone: str
    type_id: int | None
    arrival: date
    departure: date
    rooms: int
    adults: int
    children: int
    note: str
    asked_at: datetime
    called_at: datetime | None
    outcome: WaitCall | None
    times: int
    free: tuple[int, ...] = ()

    @property
    def can_come(self) -> bool:
        return bool(self.free)

    @property
    def nights(self) -> list[date]:
        return rules.nights_of(self.arrival, self.departure)

    @property
    def name_on_notices(self) -> str | Say:
        return say("A guest") if self.incognito else list_name(self.surname, self.given, self.name_zh)


def waitlist(today: date) -> list[WaitLine]:
    """Everybody who waits for a room from `today` on, in the order of calls; three statements."""
    return _in_order(Waiting.arrival >= today)


def who_wants(type_id: int, first: date, last: date) -> list[WaitLine]:
    """Who waits for a type (or any) on a night from `first` to `last`, in the order of calls."""
    today = clock.business_date()
    overlap = (Waiting.arrival >= today, Waiting.arrival <= last, Waiting.departure > first)
    return _in_order(*overlap, sa.or_(Waiting.type_id == type_id, Waiting.type_id.is_(None)))


def line_of(waiting_id: int) -> WaitLine:
    """Somebody who waits. Raises `Missing` for who waits no more."""
    lines = _in_order(Waiting.id == waiting_id)
    if not lines:
        raise _NOT_WAITING
    return lines[0]


def somebody_waits(first: date, last: date) -> bool:
    """Does anybody wait for a night from `first` to `last`? One cheap statement, for every cancellation asks."""
    return run(_SOMEBODY, {"first": first, "last": last}).first() is not None


def load_waiting(waiting_id: int) -> Waiting:
    """Raises `Missing`."""
    found = db.session.get(Waiting, waiting_id)
    if found is None:
        raise _NOT_WAITING
    return found


_NOT_WAITING = Missing(say("There is no such line on the waitlist."))


def free_types(waiting: Waiting) -> tuple[int, ...]:
    """The types, lowest first, of which as many rooms as wanted can be sold on all nights."""
    left = _left(waiting.arrival, waiting.departure)
    nights = rules.nights_of(waiting.arrival, waiting.departure)
    return _free(waiting.type_id, nights, waiting.rooms, waiting.adults + waiting.children, left)


class TurnawayLine(NamedTuple):
    """Business that was lost on a date. `nights` are room-nights."""

    at: datetime
    why: Why
    type: str | None
    source: Source
    arrival: date
    departure: date
    rooms: int
    note: str
    by: str
    by_zh: str | None = None

    @property
    def nights(self) -> int:
        return self.rooms * (self.departure - self.arrival).days


def turnaways(first: date, last: date) -> list[TurnawayLine]:
    """What was lost on the business dates from `first` to `last`, newest first."""
    wanted: Any = (
        sa.select(Turnaway.at, Turnaway.why, RoomType.code, Turnaway.source, Turnaway.arrival, Turnaway.departure,
                  Turnaway.rooms, Turnaway.note, User.name, User.name_zh)
        .join(User, User.id == Turnaway.by_id)
        .outerjoin(RoomType, RoomType.id == Turnaway.type_id)
        .where(Turnaway.business_date.between(first, last))
        .order_by(Turnaway.at.desc(), Turnaway.id.desc())
    )  # fmt: skip
    return [TurnawayLine(*row) for row in db.session.execute(wanted)]


def turnaways_after(last: int, first: date, until: date, limit: int) -> list[Turnaway]:
    """`limit` entries after the id `last` of the business dates from `first` to before `until`, as they were logged."""
    logged = (Turnaway.id > last, Turnaway.business_date >= first, Turnaway.business_date < until)
    return list(db.session.scalars(sa.select(Turnaway).where(*logged).order_by(Turnaway.id).limit(limit)))


def turnaways_of_month(day: date) -> list[TurnawayLine]:
    """What was lost from the first of the month to `day`."""
    return turnaways(day.replace(day=1), day)


def _in_order(*conditions: Any) -> list[WaitLine]:
    """Who can be given a room first, then returning guests of the peak season, then by time (P5, R6)."""
    rows = list(db.session.execute(_waiting().where(Waiting.status == WaitStatus.WAITING, *conditions)))
    if not rows:
        return []
    left = _left(min(row.arrival for row in rows), max(row.departure for row in rows))
    lines = [_line(row, left) for row in rows]
    return sorted(lines, key=lambda line: (not line.can_come, *_turn(line)))


def _turn(line: WaitLine) -> tuple[bool, datetime, int]:
    peak = house.season_on(line.arrival) is SeasonKind.PEAK
    return rules.comes_later(line.times, peak=peak), line.asked_at, line.id


def _waiting() -> sa.Select[*tuple[Any, ...]]:
    """The columns of `WaitLine`, in its order."""
    slept = (Stay.guest_id == Guest.id, Stay.status.in_((Status.CHECKED_OUT, Status.IN_HOUSE)))
    times = sa.select(sa.func.count()).select_from(Stay).where(*slept).scalar_subquery()
    return sa.select(
        Waiting.id, Guest.id, Guest.surname, Guest.given, Guest.name_zh, Guest.incognito, Guest.vip_level,
        Waiting.telephone, Waiting.type_id, Waiting.arrival, Waiting.departure, Waiting.rooms, Waiting.adults,
        Waiting.children, Waiting.note, Waiting.asked_at, Waiting.called_at, Waiting.outcome, times,
    ).join(Guest, Guest.id == Waiting.guest_id)  # fmt: skip


def _line(row: Any, left: Left) -> WaitLine:
    nights = rules.nights_of(row.arrival, row.departure)
    free = _free(row.type_id, nights, row.rooms, row.adults + row.children, left)
    return replace(WaitLine(*row), free=free)


def _left(first: date, until: date) -> Left:
    rows = queries_availability.availability(first, until)
    return {(row.type_id, row.night): row for row in rows}


def _free(wanted: int | None, nights: list[date], rooms: int, persons: int, left: Left) -> tuple[int, ...]:
    kinds = [kind for kind in house.types() if wanted in (None, kind.id)]
    return tuple(
        kind.id
        for kind in sorted(kinds, key=lambda kind: kind.rank)
        if persons <= kind.capacity and all(_sells(left[kind.id, night], rooms, len(nights)) for night in nights)
    )


def _sells(on: TypeOnNight, rooms: int, length: int) -> bool:
    return on.left >= rooms and on.minimum_stay <= length
