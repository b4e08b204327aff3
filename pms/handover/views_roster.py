"""A department's week 排班表, written by its leaders, seen by everybody; shifts are swapped here (H4)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from pms import access, clock
from pms.accounts.models import User
from pms.accounts.queries import user_by_id
from pms.departments import DEPARTMENT_NAMES, Department
from pms.errors import Missing, Refused
from pms.handover import queries, roster, swaps
from pms.handover import queries_roster as read
from pms.handover.forms_roster import ALSO, SwapForm, shown, touched
from pms.handover.models_roster import RosterDuty, Swap
from pms.handover.rules_roster import LETTERS, days_of, monday_of
from pms.handover.status import MOVES, STATE_NAMES, SwapState
from pms.property.forms import blame
from pms.say import Say, say
from pms.shifts import SHIFT_NAMES, Shift, duty_at
from pms.web import frame, language
from pms.web.gate import me, needs
from pms.web.pages import refused_page, toast

bp = Blueprint("roster", __name__, url_prefix="/roster")

WEEK, EDIT, SWAP = "roster/week.html", "roster/edit.html", "roster/swap.html"
A_WEEK = timedelta(days=7)


# --- The week ---------------------------------------------------------------------------------------------------------
@bp.get("")
@needs("see_roster")
def week() -> str:
    """`?department=concierge&day=2026-11-23`; one's own department and this week without."""
    return render_template(WEEK, **_week(_department(), _monday()))


@bp.get("/edit")
@needs("keep_roster")
def edit() -> str:
    return render_template(EDIT, **_edit(_department(), _monday()))


@bp.post("/edit")
@needs("keep_roster")
def write() -> Response | BaseResponse:
    """Cells `c_USER_DAY` beside what stood there, `w_USER_DAY`; `seen` is the version that was looked at."""
    department, monday = _department(), _monday()
    try:
        users = [row.user.id for row in read.rows_of_week(department, monday)]
        cells = touched(request.form, monday, users)
        seen = int(request.form.get("seen", "0"))
        count = roster.write_week(department, monday, cells, seen=seen, by=me(), now=clock.now())
    except Refused as no:
        return refused_page(no, EDIT, lambda: _edit(department, monday), wrong=True)
    toast(say("The roster is saved: {count} changes.", count=count))
    return _to_week(department, monday)


@bp.post("/copy")
@needs("keep_roster")
def copy() -> Response | BaseResponse:
    department, monday = _department(), _monday()
    try:
        count = roster.copy_week(department, monday, by=me(), now=clock.now())
    except Refused as no:
        return refused_page(no, WEEK, lambda: _week(department, monday), wrong=True)
    toast(say("Copied from the week before: {count} shifts.", count=count))
    return _to_week(department, monday)


# --- Swaps ------------------------------------------------------------------------------------------------------------
@bp.post("/swaps")
@needs("swap_shift")
def ask() -> Response | BaseResponse:
    department, monday = _department(), _monday()
    form = _form(department, monday)
    if not form.validate():
        return make_response(render_template(WEEK, wrong=True, **_week(department, monday, form)), 422)
    try:
        other = user_by_id(int(form.other.data))
        swaps.ask(date.fromisoformat(form.day.data), other, form.in_return.day, by=me(), now=clock.now())
    except Refused as no:
        return refused_page(blame(form, no), WEEK, lambda: _week(department, monday, form), wrong=True)
    toast(say("Asked. When the colleague agrees, a leader approves it."))
    return _to_week(department, monday)


@bp.get("/swaps/<int:swap_id>")
@needs("swap_shift")
def swap(swap_id: int) -> str:
    return render_template(SWAP, **_swap(read.swap(swap_id)))


@bp.post("/swaps/<int:swap_id>/<verb>")
@needs("swap_shift")
def deal(swap_id: int, verb: str) -> Response | BaseResponse:
    """`agree`, `refuse`, `withdraw`, `approve` or `decline`; a no has its `reason`."""
    found, reason = read.swap(swap_id), request.form.get("reason", "")
    who: dict[str, Any] = {"by": me(), "now": clock.now()}
    try:
        if verb in ("agree", "refuse"):
            swaps.answer(found, verb == "agree", reason, **who)
        elif verb in ("approve", "decline"):
            swaps.decide(found, verb == "approve", reason, **who)
        elif verb == "withdraw":
            swaps.withdraw(found, **who)
        else:
            raise Missing(say("There is no such page. Search with / or start from the desk."))
    except Refused as no:
        return refused_page(no, SWAP, lambda: _swap(read.swap(swap_id)), wrong=True)
    toast(STATE_NAMES[found.state])
    return _to_week(found.department, monday_of(found.day))


# --- What the pages show ----------------------------------------------------------------------------------------------
def _department() -> Department:
    typed = request.values.get("department", "")
    return Department(typed) if typed in list(Department) else me().department or Department.FRONT_DESK


def _monday() -> date:
    try:
        day = date.fromisoformat(request.values.get("day", ""))
    except ValueError:
        day = frame.current().now_local.date()
    return monday_of(day)


def _to_week(department: Department, monday: date) -> BaseResponse:
    return redirect(url_for("roster.week", department=department, day=monday.isoformat()), 303)


def _base(department: Department, monday: date) -> dict[str, Any]:
    return {
        "department": department,
        "departments": DEPARTMENT_NAMES,
        "monday": monday,
        "days": days_of(monday),
        "before": monday - A_WEEK,
        "after": monday + A_WEEK,
        "today": frame.current().now_local.date(),
        "rows": read.rows_of_week(department, monday),
        "written": (written := read.week(department, monday)),
        "writer": read.name_of(written.changed_by) if written else None,
        "letters": LETTERS,
        "shifts": SHIFT_NAMES,
        "typed": request.form,
    }


def _week(department: Department, monday: date, form: SwapForm | None = None) -> dict[str, Any]:
    today = frame.current().now_local.date()
    leads = access.allowed(me(), "approve_swap")
    found = read.swaps_of(department, me().id, everybodys=leads, today=today)
    form = form or _form(department, monday, asked=False)
    return _base(department, monday) | {
        "swaps": found,
        "people": queries.people({user for each in found for user in (each.asked_by, each.other_id)}),
        "on_now": read.on_duty(duty_at(frame.current().now_local)),
        "role_names": access.ROLE_NAMES,
        "verbs": {each.id: _verbs(each) for each in found},
        "state_names": STATE_NAMES,
        "form": form,
    }


def _edit(department: Department, monday: date) -> dict[str, Any]:
    found = _base(department, monday)
    there = {row.user.id for row in found["rows"]}
    return found | {
        "also": ALSO,
        "others": [user for user in read.staff() if user.id not in there],
        "first": roster.first_open_day(clock.now()),
        "shown": lambda day: shown(day.shift, day.post, language.current()) if day else "",
    }


def _swap(found: Swap) -> dict[str, Any]:
    """One swap; whoever it does not concern sees none."""
    if me().id not in (found.asked_by, found.other_id) and not access.allowed(me(), "approve_swap"):
        raise Missing(say("There is no such swap."))
    return {
        "swap": found,
        "people": queries.people({found.asked_by, found.other_id, found.decided_by}),
        "verbs": _verbs(found),
        "state_names": STATE_NAMES,
        "shifts": SHIFT_NAMES,
        "departments": DEPARTMENT_NAMES,
        "typed": request.form,
    }


def _verbs(found: Swap) -> dict[str, Say]:
    """What whoever is asking may do with a swap now, in the words of `status.MOVES`."""
    mine: list[str] = []
    if me().id == found.other_id:
        mine = ["agree", "refuse"]
    elif me().id == found.asked_by:
        mine = ["withdraw"]
    elif access.allowed(me(), "approve_swap"):
        mine = ["approve", "decline"]
    return {verb: MOVES[verb].label for verb in mine if SwapState(found.state) in MOVES[verb].sources}


@bp.app_template_global()
def who_may_approve(action: str) -> list[User]:
    """Who works now and may do what whoever is asking may not do alone; `accounts/_approval.html` names them."""
    working = (user for user, _ in read.on_duty(duty_at(frame.current().now_local)))
    return [user for user in working if user.id != me().id and access.allowed(user, action)]


def _form(department: Department, monday: date, *, asked: bool = True) -> SwapForm:
    """One's own coming shifts, and the colleagues of the department."""
    local = frame.current().now_local
    mine = read.coming_duties(me().id, duty_at(local).day)
    home = mine[0].department if mine else department
    others: list[User] = [row.user for row in read.rows_of_week(home, monday) if row.user.id != me().id]
    given = {} if asked else {"formdata": None}
    return SwapForm(**given, mine=mine, others=others, today=local.date(), lang=language.current(), label=_label)


def _label(duty: RosterDuty) -> str:
    """`Mon 23 Nov, Early shift` in the reader's language."""
    comma = "，" if language.current() == "zh" else ", "
    return f"{language.fmt_date(duty.day)}{comma}{language.tr(SHIFT_NAMES[Shift(duty.shift)])}"
