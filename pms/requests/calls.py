"""A call is written down and classed at once, and its department told within five minutes (S1, S2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from pms import access, clock, journal, notices
from pms.accounts.models import User
from pms.db import db
from pms.departments import DEPARTMENT_NAMES, Department
from pms.errors import Refused
from pms.lengths import check_lengths
from pms.property.models import Room
from pms.requests import moving, rules
from pms.requests.models import Call, Service
from pms.requests.rules import NewRequest
from pms.requests.words import KIND_NAMES, Kind, State
from pms.reservations.models import Stay
from pms.reservations.numbers import next_number
from pms.say import Say, say


def write_down(
    new: NewRequest,
    *,
    stay: Stay | None = None,
    room: Room | None = None,
    service: Service | None = None,
    by: User,
    now: datetime,
) -> Call:
    """Write a call down under its number; its department is told at once unless `new.dispatched` says otherwise.

    An enquiry with an answer is closed with it; one without has its time (Q5). A `service` decides the class.
    Raises `Refused` for gaps.
    """
    access.require(by, "write_down_request")
    if service is not None and new.kind is not Kind.COMPLAINT:  # a complaint about it stays one
        new = replace(new, kind=service.kind)
    rules.check_new(new, now)
    department = _department(new, service)
    values = {
        "number": f"{next_number('call'):05d}",
        "kind": new.kind,
        "state": State.OPEN,
        "service_id": service.id if service else None,
        "department": department,
        "urgent": new.urgent,
        "severity": new.severity if new.kind is Kind.COMPLAINT else 0,
        "reason": new.reason if new.kind is Kind.COMPLAINT else "",
        "stay_id": stay.id if stay else None,
        "guest_id": stay.guest_id if stay else None,
        "room_id": room.id if room else stay.room_id if stay else None,
        "place": new.place.strip(),
        "caller": new.caller.strip(),
        "contact": new.contact.strip(),
        "text": new.text.strip(),
        "opened_at": now,
        "opened_on": clock.business_date(),
        "opened_by": by.id,
        "due_at": new.due_at or rules.due(new.kind, service.minutes if service else 0, new.urgent, now),
    }
    check_lengths(Call, values)
    call = Call(**values)
    db.session.add(call)
    db.session.flush()
    journal.write(by, "write_down_request", call, now=now, number=call.number, kind=call.kind.value)
    if new.answer.strip():
        moving.move(call, "finish_request", by=by, now=now, outcome=new.answer.strip(), **moving.ended(by, now))
    elif new.dispatched and department is not None:
        _send(call, department, by, now)
    return call


def dispatch(call: Call, department: Department | None = None, *, by: User, now: datetime) -> Call:
    """Tell the department that is to do it; another `department` takes it over. Raises `Refused` without any."""
    access.require(by, "dispatch_request")
    to = department or call.department
    if to is None:
        raise Refused(_WHICH, field="department")
    _send(call, to, by, now)
    return call


_WHICH = say("Please say which department is to do it.")


def _department(new: NewRequest, service: Service | None) -> Department | None:
    department = new.department or (service.department if service else None)
    if department is None and new.kind is not Kind.ENQUIRY:
        raise Refused(_WHICH, field="department")
    return department


def _send(call: Call, department: Department, by: User, now: datetime) -> None:
    moving.move(call, "dispatch_request", by=by, now=now, department=department, dispatched_at=now)
    notices.tell((department,), told(call), about=call, by=by, now=now)


def told(call: Call) -> Say:
    """What a department reads: number, kind and where; never a guest's name."""
    words = {"kind": KIND_NAMES[call.kind], "number": call.number, "where": call.where or "–"}
    if call.urgent:
        return say("Urgent: {kind} {number}, {where}.", **words)
    return say("{kind} {number}, {where}.", **words)


def department_name(call: Call) -> Say:
    return DEPARTMENT_NAMES[call.department] if call.department else say("nobody yet")
