"""One call from state to state: the database lets one of two people do it, the other hears who and when."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from pms import access, clock, journal
from pms.accounts.models import Name, User
from pms.db import db
from pms.departments import DEPARTMENT_NAMES
from pms.errors import Conflict, Refused
from pms.lengths import check_lengths
from pms.requests.models import Call
from pms.requests.status import MOVES
from pms.requests.words import STATE_NAMES, State
from pms.say import say

C = Call.__table__


def move(call: Call, name: str, *, by: User, now: datetime, **values: Any) -> Call:
    """Move a call on and write it down. Raises `Conflict` with who was faster when it has left the move's sources."""
    step = MOVES[name]
    check_lengths(Call, values)
    statement = (
        sa.update(C)
        .where(C.c.id == call.id, C.c.state.in_(step.sources))
        .values(state=step.target, version=C.c.version + 1, **values)
    )
    moved = db.session.connection().execute(statement).rowcount == 1
    db.session.refresh(call)
    if not moved:
        raise already(call)
    journal.write(by, name, call, now=now, number=call.number, **_words(values))
    return call


def ended(by: User, now: datetime) -> dict[str, Any]:
    return {"ended_at": now, "ended_on": clock.business_date(), "ended_by": by.id}


def require_department(call: Call, *, by: User) -> None:
    """Anyone of the department works on a call; the desk and the manager may for all, by telephone."""
    access.require(by, "work_request")
    if access.allowed(by, "work_any_request") or call.department is None or by.department == call.department:
        return
    raise Refused(
        say(
            "This is for {department}. Somebody of that department takes it, or the desk for them.",
            department=DEPARTMENT_NAMES[call.department],
        )
    )


def already(call: Call) -> Conflict:
    """What has become of a call, who did it and when."""
    at, who = _last_step(call)
    words = {"number": call.number, "state": STATE_NAMES[call.state]}
    if at is None or who is None:
        return Conflict(say("Call {number}: {state}.", **words))
    local, user = clock.local(at), db.session.get_one(User, who)
    return Conflict(
        say(
            "Call {number}: {state} by {name} on {day} at {time}.",
            name=Name(user.name, user.name_zh),
            day=local.date(),
            time=f"{local:%H:%M}",
            **words,
        )
    )


def _last_step(call: Call) -> tuple[datetime | None, int | None]:
    if call.state is State.ACCEPTED:
        return call.accepted_at, call.accepted_by
    if call.state in (State.DONE, State.CANCELLED):
        return call.ended_at, call.ended_by
    if call.state is State.CLOSED:
        return call.called_back_at or call.ended_at, call.called_back_by or call.ended_by
    return None, None


def _words(values: dict[str, Any]) -> dict[str, Any]:
    """What the history shows of a step; who and when stand there anyway."""
    shown = ("department", "due_at", "why_later", "note_left", "outcome", "signed_by", "satisfied", "call_back")
    return {key: value for key, value in values.items() if key in shown and value not in ("", False)}
