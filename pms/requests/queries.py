"""Calls as their lists show them: what is to be done, what is late, what the supervisor looks at each morning (S6)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from pms.accounts.models import User
from pms.db import db
from pms.departments import Department
from pms.errors import Missing
from pms.guests.models import Guest
from pms.property.models import Closure, Room
from pms.requests import rules
from pms.requests.models import Call, Service
from pms.requests.rules import Level
from pms.requests.words import TO_DO, UNSETTLED, Kind, State
from pms.reservations.models import Stay
from pms.reservations.status import Status
from pms.say import say

MOST = 200
REPEATED_WITHIN = timedelta(days=30)
WORKER = aliased(User)


class CallRow(NamedTuple):
    """A call with who it is about and who works on it; names of staff in Latin and Chinese."""

    id: int
    number: str
    kind: Kind
    state: State
    urgent: bool
    severity: int
    service_en: str
    service_zh: str
    department: Department | None
    room: str
    place: str
    surname: str
    given: str
    name_zh: str
    incognito: bool
    vip: int
    text: str
    opened_at: datetime
    opened_on: date
    due_at: datetime
    worker: str | None
    worker_zh: str | None
    satisfied: bool | None
    call_back: str
    checked_on: date | None

    def undisclosed(self) -> CallRow:
        """The same call without its guest's name, for those who need not know (Q1)."""
        return self._replace(surname="", given="", name_zh="") if self.incognito else self

    def level(self, now: datetime) -> Level:
        return rules.level(self.state, self.kind, self.opened_at, self.due_at, now)

    @property
    def guest(self) -> bool:
        return bool(self.surname or self.given or self.name_zh or self.incognito)


class Repeated(NamedTuple):
    """The same thing in the same room more than once (S6)."""

    room: str
    name_en: str
    name_zh: str
    times: int
    last: datetime


class EarlierComplaint(NamedTuple):
    """What a guest complained of on an earlier stay, for the check-in sheet (S3)."""

    id: int
    number: str
    opened_on: date
    severity: int
    text: str
    outcome: str
    satisfied: bool | None


def _rows() -> sa.Select[*tuple[Any, ...]]:
    """The columns of `CallRow`, in its order."""

    def text(column: Any) -> Any:
        return sa.func.coalesce(column, "")

    return (
        sa.select(
            Call.id, Call.number, Call.kind, Call.state, Call.urgent, Call.severity,
            text(Service.name_en), text(Service.name_zh), Call.department, text(Room.number), Call.place,
            text(Guest.surname), text(Guest.given), text(Guest.name_zh),
            sa.func.coalesce(Guest.incognito, sa.false()), sa.func.coalesce(Stay.vip_level, 0),
            Call.text, Call.opened_at, Call.opened_on, Call.due_at, WORKER.name, WORKER.name_zh,
            Call.satisfied, Call.call_back, Call.checked_on,
        )
        .select_from(Call)
        .outerjoin(Service, Service.id == Call.service_id)
        .outerjoin(Room, Room.id == Call.room_id)
        .outerjoin(Guest, Guest.id == Call.guest_id)
        .outerjoin(Stay, Stay.id == Call.stay_id)
        .outerjoin(WORKER, WORKER.id == Call.accepted_by)
    )  # fmt: skip


def unsettled(*, see_incognito: bool) -> list[CallRow]:
    """Everything to be done or called back: urgent ones first, then what is due first; one statement."""
    wanted = _rows().where(Call.state.in_(UNSETTLED)).order_by(Call.urgent.desc(), Call.due_at, Call.id)
    return _disclosed(db.session.execute(wanted), see_incognito)


def history(*, see_incognito: bool) -> list[CallRow]:
    """What was settled or withdrawn, the newest first."""
    wanted = _rows().where(Call.state.notin_(UNSETTLED)).order_by(Call.id.desc()).limit(MOST)
    return _disclosed(db.session.execute(wanted), see_incognito)


def calls_after(
    last: int,
    limit: int,
    *,
    unsettled_only: bool,
    late_at: datetime | None,
    kind: Kind | None,
    department: Department | None,
    see_incognito: bool,
) -> list[CallRow]:
    """`limit` calls after the id `last`, in the order in which they were written down; one statement."""
    possible: list[tuple[Any, Any]] = [
        (unsettled_only or None, Call.state.in_(UNSETTLED)),
        (late_at, _late(late_at) if late_at else None),
        (kind, Call.kind == kind),
        (department, Call.department == department),
    ]
    conditions = [condition for wanted, condition in possible if wanted is not None]
    wanted = _rows().where(Call.id > last, *conditions).order_by(Call.id).limit(limit)
    return _disclosed(db.session.execute(wanted), see_incognito)


def row(call_id: int, *, see_incognito: bool) -> CallRow:
    """Raises `Missing`."""
    rows = _disclosed(db.session.execute(_rows().where(Call.id == call_id)), see_incognito)
    if not rows:
        raise _NO_CALL
    return rows[0]


def load(call_id: int) -> Call:
    """Raises `Missing`."""
    call = db.session.get(Call, call_id)
    if call is None:
        raise _NO_CALL
    return call


_NO_CALL = Missing(say("There is no such call."))


def repeated(today: date) -> list[Repeated]:
    """Services asked for twice or more in one room within a month, the most frequent first."""
    times = sa.func.count().label("times")
    wanted = (
        sa.select(Room.number, Service.name_en, Service.name_zh, times, sa.func.max(Call.opened_at))
        .select_from(Call)
        .join(Room, Room.id == Call.room_id)
        .join(Service, Service.id == Call.service_id)
        .where(Call.opened_on > today - REPEATED_WITHIN, Call.kind == Kind.REPAIR, Call.state != State.CANCELLED)
        .group_by(Room.number, Service.name_en, Service.name_zh)
        .having(sa.func.count() > 1)
        .order_by(times.desc(), Room.number)
        .limit(MOST)
    )
    return [Repeated(*line) for line in db.session.execute(wanted)]


def late_calls(now: datetime) -> list[Call]:
    """Calls that the clock may have moved up: due, or with nobody told for five minutes."""
    wanted = sa.select(Call).where(_late(now)).order_by(Call.due_at, Call.id)
    return list(db.session.scalars(wanted))


def _late(now: datetime) -> Any:
    """What `rules.level` calls late, in the database."""
    told_nobody = sa.and_(Call.state == State.OPEN, Call.kind != Kind.ENQUIRY)
    undispatched = sa.and_(told_nobody, Call.opened_at < now - rules.DISPATCHED_WITHIN)
    too_long = sa.and_(Call.kind == Kind.COMPLAINT, Call.opened_at < now - rules.ANSWERED_AT_THE_LATEST)
    return sa.and_(Call.state.in_(TO_DO), sa.or_(Call.due_at < now, undispatched, too_long))


def for_the_log(day: date) -> list[Call]:
    """What goes into the log of `day` (S5): put there by hand, waiting for a new appointment, or not satisfied."""
    by_hand = sa.and_(Call.for_log, sa.or_(Call.ended_on.is_(None), Call.ended_on == day))
    unsolved = sa.and_(Call.state.in_(UNSETTLED), sa.or_(Call.state == State.POSTPONED, Call.satisfied.is_(False)))
    return list(db.session.scalars(sa.select(Call).where(sa.or_(by_hand, unsolved)).order_by(Call.id)))


def earlier_complaints(stay: Stay) -> list[EarlierComplaint]:
    """What this guest complained of before this stay, the last first (S3)."""
    wanted = (
        sa.select(Call.id, Call.number, Call.opened_on, Call.severity, Call.text, Call.outcome, Call.satisfied)
        .where(Call.guest_id == stay.guest_id, Call.kind == Kind.COMPLAINT, Call.state != State.CANCELLED)
        .where(sa.or_(Call.stay_id.is_(None), Call.stay_id != stay.id))
        .order_by(Call.id.desc())
        .limit(3)
    )
    return [EarlierComplaint(*line) for line in db.session.execute(wanted)]


def stay_in_room(room: Room) -> Stay | None:
    """Whoever lives in a room now."""
    wanted = sa.select(Stay).where(Stay.room_id == room.id, Stay.status == Status.IN_HOUSE).order_by(Stay.id)
    return db.session.scalars(wanted.limit(1)).first()


def is_closed(closure_id: int) -> bool:
    """Is a closure still in force?"""
    wanted = sa.select(sa.func.count()).where(Closure.id == closure_id, Closure.reopened_at.is_(None))
    return bool(db.session.scalar(wanted))


def mark_repairs_checked(day: date) -> int:
    """All open repairs as seen by the foreman on `day`; returns how many."""
    wanted = sa.update(Call).where(Call.kind == Kind.REPAIR, Call.state.in_(TO_DO)).values(checked_on=day)
    return db.session.connection().execute(wanted).rowcount


def services(*, all_of_them: bool = False) -> list[Service]:
    """By kind and name; those taken off the list only when asked for."""
    wanted = sa.select(Service).order_by(Service.kind, Service.name_en)
    return list(db.session.scalars(wanted if all_of_them else wanted.where(Service.active)))


def service(service_id: int) -> Service:
    """Raises `Missing`."""
    found = db.session.get(Service, service_id)
    if found is None:
        raise Missing(say("There is no such service."))
    return found


def service_named(name: str) -> Service | None:
    return db.session.scalar(sa.select(Service).where(Service.name_en == name.strip()))


def _disclosed(rows: Iterable[Any], see_incognito: bool) -> list[CallRow]:
    lines = [CallRow(*values) for values in rows]
    return lines if see_incognito else [line.undisclosed() for line in lines]
