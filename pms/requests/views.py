"""Requests, repairs and complaints: the list by the clock, a new call, one call with its verbs (S1-S5)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from pms import access, clock
from pms.accounts.queries_journal import steps_of
from pms.departments import DEPARTMENT_NAMES, Department
from pms.errors import Refused
from pms.property.forms import blame
from pms.property.queries import room_by_number
from pms.requests import actions, queries
from pms.requests.forms import CallBackForm, CallForm, FinishForm, PostponeForm
from pms.requests.models import Call
from pms.requests.queries import CallRow
from pms.requests.rules import REASONS, SEVERITIES, Level
from pms.requests.status import may
from pms.requests.words import KIND_NAMES, STATE_NAMES, TO_DO, Kind, State
from pms.reservations.queries import load_stay
from pms.say import Say, say
from pms.web import frame, language
from pms.web.days import parse_day
from pms.web.gate import me, needs
from pms.web.pages import refused_page, toast

bp = Blueprint("requests", __name__, url_prefix="/requests")

SHOW, NEW = "requests/show.html", "requests/new.html"
LISTS: dict[str, Say] = {
    "open": say("To be done"),
    "mine": say("My department"),
    "late": say("Late"),
    "call_back": say("To be called back"),
    "history": say("History"),
}


@bp.get("")
@needs("write_down_request")
def desk() -> str:
    """What is to be done, by the clock; `?list=` one of LISTS."""
    return render_template("requests/desk.html", **_desk())


@bp.get("/new")
@needs("write_down_request")
def new() -> str:
    """A call; `?stay_id=` whose, `?kind=` of what class."""
    return render_template(NEW, **_new())


@bp.post("/new")
@needs("write_down_request")
def save() -> Response | BaseResponse:
    form = _call_form()
    if not form.validate():
        return make_response(render_template(NEW, wrong=True, **_new(form)), 422)
    try:
        typed = (form.where.data or "").strip()
        room = room_by_number(typed) if typed else None
        chosen = form.stay_id.data or ""
        stay = load_stay(int(chosen)) if chosen.isdecimal() else queries.stay_in_room(room) if room else None
        service = queries.service(int(form.service_id.data)) if form.service_id.data else None
        asked = form.new("" if room else typed)
        call = actions.write_down(asked, stay=stay, room=room, service=service, by=me(), now=clock.now())
    except Refused as no:
        return refused_page(blame(form, no), NEW, lambda: _new(form), wrong=True)
    toast(say("Call {number} is written down.", number=call.number))
    return redirect(url_for("requests.show", call_id=call.id), 303)


@bp.get("/<int:call_id>")
@needs("write_down_request")
def show(call_id: int) -> str:
    return render_template(SHOW, **_show(call_id))


@bp.post("/<int:call_id>/dispatch")
@needs("dispatch_request")
def dispatch(call_id: int) -> Response | BaseResponse:
    typed = request.form.get("department", "")
    department = Department(typed) if typed in list(Department) else None
    done = say("Call {number} is dispatched.")
    return _do(call_id, lambda call, **who: actions.dispatch(call, department, **who), done)


@bp.post("/<int:call_id>/accept")
@needs("work_request")
def accept(call_id: int) -> Response | BaseResponse:
    return _do(call_id, actions.accept, say("Call {number} is accepted."))


@bp.post("/<int:call_id>/postpone")
@needs("work_request")
def postpone(call_id: int) -> Response | BaseResponse:
    form = PostponeForm(now=frame.current().now_local)
    if not form.validate():
        return make_response(render_template(SHOW, wrong=True, **_show(call_id, later=form)), 422)

    def act(call: Call, **who: Any) -> Call:
        return actions.postpone(
            call, form.why_later.data or "", form.until.moment, note_left=form.note_left.data, **who
        )

    return _do(call_id, act, say("Call {number} has a new appointment."), later=form)


@bp.post("/<int:call_id>/finish")
@needs("work_request")
def finish(call_id: int) -> Response | BaseResponse:
    form = FinishForm()
    if not form.validate():
        return make_response(render_template(SHOW, wrong=True, **_show(call_id, finish=form)), 422)
    done = say("Call {number} is done.")
    return _do(call_id, lambda call, **who: actions.finish(call, **form.values(), **who), done, finish=form)


@bp.post("/<int:call_id>/call-back")
@needs("call_back_request")
def call_back(call_id: int) -> Response | BaseResponse:
    """`satisfied` is what the button says."""
    form, satisfied = CallBackForm(), request.form.get("satisfied") == "yes"
    if not form.validate():
        return make_response(render_template(SHOW, wrong=True, **_show(call_id, back=form)), 422)
    done = say("Call {number}: the guest is satisfied.") if satisfied else say("Call {number} goes back to work.")
    said = form.call_back.data or ""
    return _do(call_id, lambda call, **who: actions.call_back(call, satisfied, said, **who), done, back=form)


@bp.post("/<int:call_id>/cancel")
@needs("dispatch_request")
def cancel(call_id: int) -> Response | BaseResponse:
    why = request.form.get("why", "")
    return _do(call_id, lambda call, **who: actions.cancel(call, why, **who), say("Call {number} is withdrawn."))


@bp.post("/<int:call_id>/log")
@needs("work_request")
def log(call_id: int) -> Response | BaseResponse:
    wanted = request.form.get("wanted") == "yes"
    done = say("Call {number} stands in the day’s log.") if wanted else say("Call {number} is out of the day’s log.")
    return _do(call_id, lambda call, **who: actions.put_into_log(call, wanted, **who), done)


@bp.post("/<int:call_id>/charge")
@needs("post_charge")
def charge(call_id: int) -> Response | BaseResponse:
    typed = request.form.get("pieces", "1")
    pieces = int(typed) if typed.isdecimal() else 0
    return _do(call_id, lambda call, **who: actions.charge(call, pieces, **who), say("Call {number} is on the bill."))


@bp.post("/<int:call_id>/room")
@needs("close_room")
def room(call_id: int) -> Response | BaseResponse:
    """Out of order `until` a day, or, without one, back again."""
    typed, today = request.form.get("until", "").strip(), clock.business_date()
    if not typed:
        return _do(call_id, actions.give_room_back, say("The room of call {number} is open again."))
    done = say("The room of call {number} is out of order.")
    return _do(call_id, lambda call, **who: actions.take_room_out(call, parse_day(typed, today), **who), done)


def _do(call_id: int, act: Callable[..., Any], done: Say, **forms: Any) -> Response | BaseResponse:
    """Move a call on; who comes second is shown who was first, and when. What was typed stays."""
    call = queries.load(call_id)
    try:
        act(call, by=me(), now=clock.now())
    except Refused as no:
        for form in forms.values():
            blame(form, no)
        return refused_page(no, SHOW, lambda: _show(call_id, **forms), wrong=True)
    toast(say(done.text, number=call.number))
    return redirect(url_for("requests.show", call_id=call_id), 303)


def _desk() -> dict[str, Any]:
    now, rows = clock.now(), queries.unsettled(see_incognito=_sees_all())
    to_do = [row for row in rows if row.state in TO_DO]
    lists = {
        "open": to_do,
        "mine": [row for row in to_do if row.department == me().department],
        "late": [row for row in to_do if row.level(now)],
        "call_back": [row for row in rows if row.state is State.DONE],
    }
    shown = request.args.get("list", "open")
    if shown == "history":
        lists["history"] = queries.history(see_incognito=_sees_all())
    tab = shown if shown in lists else "open"
    return words() | {
        "rows": lists[tab],
        "counts": {name: len(one) for name, one in lists.items()},
        "tab": tab,
        "lists": LISTS,
        "now": now,
    }


def words() -> dict[str, Any]:
    """What the parts of these pages call things."""
    return {
        "kinds": KIND_NAMES,
        "states": STATE_NAMES,
        "departments": DEPARTMENT_NAMES,
        "severities": SEVERITIES,
        "reasons": REASONS,
        "Level": Level,
    }


def _call_form(**given: Any) -> CallForm:
    now = frame.current().now_local
    return CallForm(lang=language.current(), now=now, services=queries.services(), **given)


def _new(form: CallForm | None = None) -> dict[str, Any]:
    if form is None:
        kind = request.args.get("kind", "")
        given: dict[str, Any] = {"kind": kind if kind in list(Kind) else Kind.REQUEST.value, "dispatched": True}
        typed = request.args.get("stay_id", "")
        if typed.isdecimal():
            stay = load_stay(int(typed))
            hidden = stay.guest.incognito and not _sees_all()
            given |= {"stay_id": stay.id, "stay_id_shown": "" if hidden else stay.guest.name}
            given |= {"where": stay.room.number if stay.room else ""}
        form = _call_form(formdata=None, data=given)
    return _desk() | {"form": form}


def _show(
    call_id: int,
    later: PostponeForm | None = None,
    finish: FinishForm | None = None,
    back: CallBackForm | None = None,
) -> dict[str, Any]:
    call, row = queries.load(call_id), queries.row(call_id, see_incognito=_sees_all())
    now_local: datetime = frame.current().now_local
    return _desk() | {
        "chosen": row,
        "call": call,
        "steps": steps_of(call),
        "later": later or PostponeForm(formdata=None, now=now_local),
        "finish": finish or FinishForm(formdata=None),
        "back": back or CallBackForm(formdata=None),
        "may_move": lambda name: may(call.state, name),
        "works": _works_on(row),
        "room_out": call.closure_id is not None and queries.is_closed(call.closure_id),
    }


def _works_on(row: CallRow) -> bool:
    """May whoever looks do this department's part?"""
    mine = row.department is None or row.department == me().department
    return access.allowed(me(), "work_request") and (mine or access.allowed(me(), "work_any_request"))


def _sees_all() -> bool:
    return access.allowed(me(), "see_incognito")
