"""Calls as papers list them (papers.md, "Requests"), one statement each."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

import sqlalchemy as sa

from pms import clock
from pms.guests.models import Guest
from pms.guests.queries_papers import NAME, guest_rows
from pms.property.models import Room
from pms.requests.models import Call, Service
from pms.requests.rules import ANSWERED_AT_THE_LATEST
from pms.requests.words import TO_DO, UNSETTLED, Kind, State


class CallLine(NamedTuple):
    """A call that is not settled; `late_hours` are whole hours past its time when the date ends, 0 when it is not."""

    number: str
    kind: str
    room: str
    guest: str
    guest_incognito: bool
    service_en: str
    service_zh: str
    text: str
    opened_at: datetime
    due_at: datetime
    department: str | None
    state: str
    late_hours: int
    satisfied: bool | None


class ComplaintLine(NamedTuple):
    """A complaint of the month; without `ended_on` it has no answer yet."""

    number: str
    opened_on: date
    room: str
    guest: str
    guest_incognito: bool
    reason: str
    severity: int
    department: str | None
    text: str
    outcome: str
    state: str
    ended_on: date | None
    satisfied: bool | None

    @property
    def in_time(self) -> bool:
        """Answered within three days."""
        return self.ended_on is not None and self.ended_on - self.opened_on <= ANSWERED_AT_THE_LATEST


def _masked() -> tuple[Any, ...]:
    """The guest, where the call is about one."""
    return (*NAME, sa.func.coalesce(Guest.incognito, sa.false()).label("guest_incognito"))


def _text(*columns: Any) -> Any:
    return sa.func.coalesce(*columns, "")


def open_calls(day: date) -> list[CallLine]:
    """What is to be done or called back, complaints first, then what is due first (S6)."""
    midnight = clock.at_local(day + timedelta(days=1), 0)
    return [_with_lateness(line, midnight) for line in guest_rows(CallLine, _open_calls())]


def _with_lateness(line: CallLine, midnight: datetime) -> CallLine:
    late = midnight - line.due_at if line.state in TO_DO else timedelta()
    return line._replace(late_hours=max(int(late.total_seconds() // 3600), 0))


@cache
def _open_calls() -> Any:
    return (
        sa.select(
            *_masked(), Call.number, Call.kind, _text(Room.number, Call.place).label("room"),
            _text(Service.name_en).label("service_en"), _text(Service.name_zh).label("service_zh"), Call.text,
            Call.opened_at, Call.due_at, Call.department, Call.state, sa.literal(0).label("late_hours"), Call.satisfied,
        )
        .select_from(Call)
        .outerjoin(Service, Service.id == Call.service_id)
        .outerjoin(Room, Room.id == Call.room_id)
        .outerjoin(Guest, Guest.id == Call.guest_id)
        .where(Call.state.in_(UNSETTLED))
        .order_by(Call.kind != Kind.COMPLAINT, Call.due_at, Call.id)
    )  # fmt: skip


def complaints_of_month(day: date) -> list[ComplaintLine]:
    """Complaints of the month of `day` up to it, in order (S3)."""
    return guest_rows(ComplaintLine, _complaints(), first=day.replace(day=1), last=day)


@cache
def _complaints() -> Any:
    first, last = (sa.bindparam(name, type_=sa.Date) for name in ("first", "last"))
    return (
        sa.select(
            *_masked(), Call.number, Call.opened_on, _text(Room.number, Call.place).label("room"), Call.reason,
            Call.severity, Call.department, Call.text, Call.outcome, Call.state, Call.ended_on,
            Call.satisfied,
        )
        .select_from(Call)
        .outerjoin(Room, Room.id == Call.room_id)
        .outerjoin(Guest, Guest.id == Call.guest_id)
        .where(Call.kind == Kind.COMPLAINT, Call.state != State.CANCELLED, Call.opened_on.between(first, last))
        .order_by(Call.opened_on, Call.id)
    )  # fmt: skip
