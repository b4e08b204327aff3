"""The department's part: accept, do, or say why and when instead; and the room while it is repaired (S2, S3)."""

from __future__ import annotations

from datetime import date, datetime

from pms import access, clock, journal
from pms.accounts.models import User
from pms.db import db
from pms.errors import Conflict, Refused
from pms.property.models import Closure, ClosureKind, Housekeeping
from pms.requests import moving, queries, rules
from pms.requests.models import Call
from pms.requests.words import CALLED_BACK
from pms.reservations import closures
from pms.say import say

REASON_LENGTH = 100  # of what the closure of a room says; the call has the rest


def accept(call: Call, *, by: User, now: datetime) -> Call:
    """One of the department takes it. Raises `Conflict` with who and when for whoever comes second."""
    moving.require_department(call, by=by)
    return moving.move(call, "accept_request", by=by, now=now, accepted_at=now, accepted_by=by.id)


def postpone(call: Call, why: str, until: datetime | None, *, note_left: bool = False, by: User, now: datetime) -> Call:
    """The guest is out, or it is not possible today: why, and the new appointment, which the guest is told (S2)."""
    moving.require_department(call, by=by)
    due_at = rules.check_postponed(why, until, now)
    later = {"why_later": why.strip(), "due_at": due_at, "note_left": note_left, "escalated": 0}
    return moving.move(call, "postpone_request", by=by, now=now, **later)


def finish(
    call: Call,
    outcome: str,
    *,
    facts: str = "",
    signed_by: str = "",
    note_left: bool = False,
    by: User,
    now: datetime,
) -> Call:
    """It is done, and the guest has signed or found a note. Repairs and complaints wait for the supervisor's call.

    Also from a call nobody accepted: what is urgent is done first and written afterwards.
    """
    moving.require_department(call, by=by)
    rules.check_finished(call.kind, outcome, facts, signed_by, note_left)
    values = {
        "outcome": outcome.strip(),
        "facts": facts.strip(),
        "signed_by": signed_by.strip(),
        "note_left": note_left,
    }
    name = "finish_to_call_back" if call.kind in CALLED_BACK else "finish_request"
    return moving.move(call, name, by=by, now=now, **values, **moving.ended(by, now))


def cancel(call: Call, why: str, *, by: User, now: datetime) -> Call:
    """The guest does not want it any more."""
    access.require(by, "dispatch_request")
    if not why.strip():
        raise Refused(say("Please say why it is withdrawn."), field="why")
    return moving.move(call, "cancel_request", by=by, now=now, outcome=why.strip(), **moving.ended(by, now))


def check_repairs(*, by: User, now: datetime) -> int:
    """The foreman has been through all open repairs today (S2); returns how many."""
    access.require(by, "check_repairs")
    count = queries.mark_repairs_checked(clock.business_date())
    journal.write(by, "check_repairs", f"date:{clock.business_date()}", now=now, count=count)
    return count


def take_room_out(call: Call, until: date, *, by: User, now: datetime) -> Closure:
    """Take the room of a repair out of order from tonight to before `until`. Raises `Refused` while a guest has it,
    with rooms to move to.
    """
    if call.room is None:
        raise Refused(say("This is about no room of the house."))
    if call.closure_id is not None and queries.is_closed(call.closure_id):
        raise Conflict(say("Room {room} is out of order already.", room=call.room.number))
    reason = f"{call.number} {call.text}"[:REASON_LENGTH]
    first = clock.business_date()
    closure = closures.close(call.room, ClosureKind.OUT_OF_ORDER, first, until, reason, by=by, now=now)
    call.closure_id = closure.id
    db.session.flush()
    return closure


def give_room_back(call: Call, *, by: User, now: datetime) -> None:
    """The room is in order again, dirty: housekeeping goes over it."""
    if call.closure_id is None:
        raise Refused(say("This call has taken no room out of order."))
    closure = db.session.get_one(Closure, call.closure_id)
    closure.comes_back_as = Housekeeping.DIRTY
    closures.reopen(closure, by=by, now=now)
