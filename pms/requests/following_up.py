"""After the work: the supervisor's call, the day's log, and what the clock does with cases nobody moves (S2-S6)."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from pms import access, journal, notices
from pms.access import Actor
from pms.accounts.models import User
from pms.db import db
from pms.departments import Department
from pms.errors import Refused
from pms.requests import moving, queries, rules
from pms.requests.calls import department_name
from pms.requests.models import Call
from pms.requests.rules import Level
from pms.requests.words import KIND_NAMES
from pms.say import Say, say

C = Call.__table__
_RAISE = (
    sa.update(C)
    .where(C.c.id == sa.bindparam("call"), C.c.escalated < sa.bindparam("up_to"))
    .values(escalated=sa.bindparam("up_to"), version=C.c.version + 1)
)


def call_back(call: Call, satisfied: bool, said: str = "", *, by: User, now: datetime) -> Call:
    """The supervisor has asked the guest. Not satisfied, the case goes back to its department, with what was said.

    Raises `Conflict` with who and when if somebody has called already.
    """
    access.require(by, "call_back_request")
    if not satisfied and not said.strip():
        raise Refused(say("Please write down what the guest is not satisfied with."), field="call_back")
    asked = {"satisfied": satisfied, "call_back": said.strip(), "called_back_at": now, "called_back_by": by.id}
    if satisfied:
        return moving.move(call, "satisfied", by=by, now=now, **asked)
    due_at = rules.due(call.kind, call.service.minutes if call.service else 0, call.urgent, now)
    again = {"due_at": due_at, "ended_at": None, "ended_on": None, "ended_by": None, "escalated": 0}
    moving.move(call, "not_satisfied", by=by, now=now, **asked, **again)
    _tell(
        call,
        say("{kind} {number}: the guest is not satisfied.", kind=KIND_NAMES[call.kind], number=call.number),
        by,
        now,
    )
    return call


def put_into_log(call: Call, wanted: bool, *, by: User, now: datetime) -> Call:
    """It could not be solved or may come back: it stands in the day's log, which the handover reads (S5)."""
    access.require(by, "work_request")
    call.for_log = wanted
    db.session.flush()
    journal.write(by, "put_request_into_log", call, now=now, number=call.number, wanted=wanted)
    return call


def escalate(*, by: Actor, now: datetime) -> int:
    """Tell somebody higher of each case that is late, once a level; returns of how many. The worker calls it often."""
    access.require(by, "escalate_requests")
    count = 0
    for call in queries.late_calls(now):
        level = rules.level(call.state, call.kind, call.opened_at, call.due_at, now)
        values = {"call": call.id, "up_to": int(level)}
        if level <= call.escalated or not db.session.connection().execute(_RAISE, values).rowcount:
            continue
        db.session.refresh(call)
        _tell(call, _late(call, level), by, now, level)
        journal.write(by, "escalate_request", call, now=now, number=call.number, level=int(level))
        count += 1
    return count


def _late(call: Call, level: Level) -> Say:
    words = {"kind": KIND_NAMES[call.kind], "number": call.number, "where": call.where or "–"}
    if level is Level.NOT_DISPATCHED:
        return say("{kind} {number}, {where}: not dispatched within 5 minutes.", **words)
    if level is Level.TOO_LONG:
        return say("{kind} {number}, {where}: no answer for three days.", **words)
    return say("{kind} {number}, {where}: overdue with {department}.", department=department_name(call), **words)


def _tell(call: Call, text: Say, by: Actor, now: datetime, level: Level = Level.OVERDUE) -> None:
    told = {Level.NOT_DISPATCHED: (Department.SERVICE_CENTRE,), Level.OVERDUE: (call.department,)}.get(level, ())
    departments = [each for each in (*told, Department.ASSISTANT_MANAGER) if each is not None]
    notices.tell(departments, text, about=call, by=by, now=now)
