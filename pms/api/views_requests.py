"""Requests, repairs and complaints: written down, dispatched, accepted, done, called back."""

from __future__ import annotations

from typing import Any

from pms import clock
from pms.api import cursors, queries
from pms.api.answers import may, shown
from pms.api.door import Door
from pms.api.schemas_requests import (
    CallBackIn,
    CallIn,
    CallLine,
    CallOut,
    CallPage,
    CallQuery,
    CompletionIn,
    DispatchIn,
    PostponementIn,
    ServiceOut,
    Services,
    WithdrawalIn,
)
from pms.guests.names import list_name
from pms.requests import actions
from pms.requests import queries as calls
from pms.requests.models import Call
from pms.requests.queries import CallRow
from pms.requests.rules import NewRequest
from pms.reservations.queries import load_stay
from pms.web.gate import me

bp = Door("Requests")


@bp.does("GET /services", needs="write_down_request")
def list_services() -> Services:
    """What guests can ask for, by class and name."""
    return Services(items=[shown(ServiceOut, service) for service in calls.services()])


@bp.does("GET /calls", needs="write_down_request")
def list_calls(query: CallQuery) -> CallPage:
    """Calls in the order in which they were written down."""
    (last,) = cursors.read(query.cursor, int) or (0,)
    found = calls.calls_after(
        last,
        query.limit + 1,
        unsettled_only=query.open,
        late_at=clock.now() if query.late else None,
        kind=query.kind,
        department=query.department,
        see_incognito=may("see_incognito"),
    )
    rows, following = cursors.cut(found, query.limit, lambda row: (row.id,))
    return CallPage(items=[shown(CallLine, row, **_line(row)) for row in rows], next=following)


@bp.does("POST /calls", needs="write_down_request", status=201)
def write_down_call(body: CallIn) -> CallOut:
    """Write down and class what a guest says; its department is told."""
    room = queries.room_called(body.room) if body.room else None
    stay = load_stay(body.stay_id) if body.stay_id else calls.stay_in_room(room) if room else None
    service = calls.service(body.service_id) if body.service_id else None
    new = NewRequest(**body.model_dump(exclude={"stay_id", "room", "service_id"}))
    return _call(actions.write_down(new, stay=stay, room=room, service=service, by=me(), now=clock.now()))


@bp.does("GET /calls/{call_id}", needs="write_down_request")
def read_call(call_id: int) -> CallOut:
    """One call with what became of it."""
    return _call(calls.load(call_id))


@bp.does("POST /calls/{call_id}/dispatch", needs="dispatch_request")
def dispatch_call(call_id: int, body: DispatchIn) -> CallOut:
    """Tell the department that is to do it, or give it to another one."""
    return _call(actions.dispatch(calls.load(call_id), body.department, by=me(), now=clock.now()))


@bp.does("POST /calls/{call_id}/acceptance", needs="work_request")
def accept_call(call_id: int) -> CallOut:
    """Somebody of the department takes it; the second hears who was first."""
    return _call(actions.accept(calls.load(call_id), by=me(), now=clock.now()))


@bp.does("POST /calls/{call_id}/postponement", needs="work_request")
def postpone_call(call_id: int, body: PostponementIn) -> CallOut:
    """Not now: why, and when instead."""
    call, note_left = calls.load(call_id), body.note_left
    done = actions.postpone(call, body.why_later, body.until, note_left=note_left, by=me(), now=clock.now())
    return _call(done)


@bp.does("POST /calls/{call_id}/completion", needs="work_request")
def finish_call(call_id: int, body: CompletionIn) -> CallOut:
    """It is done. Repairs and complaints are closed when the guest has been called back."""
    return _call(actions.finish(calls.load(call_id), **body.model_dump(), by=me(), now=clock.now()))


@bp.does("POST /calls/{call_id}/call-back", needs="call_back_request")
def call_guest_back(call_id: int, body: CallBackIn) -> CallOut:
    """The guest was asked whether he is satisfied: closed, or back to its department."""
    call = calls.load(call_id)
    return _call(actions.call_back(call, body.satisfied, body.call_back, by=me(), now=clock.now()))


@bp.does("POST /calls/{call_id}/withdrawal", needs="dispatch_request")
def withdraw_call(call_id: int, body: WithdrawalIn) -> CallOut:
    """The guest does not want it any more."""
    return _call(actions.cancel(calls.load(call_id), body.why, by=me(), now=clock.now()))


def _call(call: Call) -> CallOut:
    secret = may("see_incognito")
    row = calls.row(call.id, see_incognito=secret)
    hidden = {"stay_id": None, "caller": "", "contact": ""} if row.incognito and not secret else {}
    return shown(CallOut, call, **_line(row), **hidden)


def _line(row: CallRow) -> dict[str, Any]:
    """What a call's record does not say of itself."""
    return {
        "late": bool(row.level(clock.now())),
        "service": row.service_en,
        "room": row.room,
        "guest": list_name(row.surname, row.given, row.name_zh),
        "worker": row.worker or "",
    }
