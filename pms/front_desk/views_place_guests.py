"""Place guests 排房: whom, the plan while it is made, the plan to look at, accepted wholly or in part, taken back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from pms import access, clock
from pms.assignment import queries_runs as queries
from pms.assignment import runs
from pms.assignment.models import Again, PlacingRun, RunStatus
from pms.assignment.planning import plan_run, reckon_worth
from pms.assignment.queries_overrides import overrides_of
from pms.assignment.queries_runs import LineShown, ToPlace
from pms.assignment.reasons_of_runs import why_in_plan
from pms.assignment.shortage import says_midway
from pms.db import db
from pms.errors import Refused
from pms.front_desk.planned_rack import planned_rack
from pms.front_desk.queries_check_in import rooms_now
from pms.property.queries import room_by_number
from pms.reservations import guides
from pms.reservations.models import Stay
from pms.reservations.queries_guides import guides_between
from pms.reservations.queries_moves import agreed_of, numbers_of_stays
from pms.say import say
from pms.web.days import parse_day
from pms.web.gate import me, needs, own_work
from pms.web.pages import refused_page, toast

bp = Blueprint("runs", __name__, url_prefix="/placing")

Line = TypeVar("Line", ToPlace, LineShown)
WAITING = (RunStatus.ASKED, RunStatus.PLANNING, RunStatus.FAILED)


@bp.get("")
@needs("place")
def index() -> str:
    """Who arrives `?from=` to `?until=` (of `?group=`) without a room, all ticked; the runs of today.

    With `?stay=` as often as an event touched one: these, with or without a room, and nobody else (E2, X2).
    """
    return render_template("placing/index.html", **_index())


@bp.post("")
@needs("place")
def ask() -> BaseResponse:
    ids = {int(value) for value in request.form.getlist("stay") if value.isdigit()}
    try:
        run = runs.ask(ids, again=_again(), by=me(), now=clock.now())
    except Refused as no:
        return refused_page(no, "placing/index.html", wrong=True, shown=_index)
    return redirect(url_for("runs.show", run_id=run.id), 303)


@bp.get("/<int:run_id>")
@needs("place")
def show(run_id: int) -> str:
    """The plan to look at, or how far it is."""
    run = queries.load_run(run_id)
    if run.status in WAITING:
        lines = queries.lines_shown(run_id)
        return render_template("placing/working.html", run=run, guests=len(lines))
    return render_template("placing/plan.html", **_shown(run))


@bp.post("/<int:run_id>/plan")
@needs("place")
@own_work
def plan(run_id: int) -> BaseResponse:
    """Make the plan. Reading and writing are units of work of their own: nobody waits while it is thought about."""
    by = me()
    db.session.expunge(by)
    db.session.rollback()
    if plan_run(run_id, by=by):
        reckon_worth(run_id)
    return redirect(url_for("runs.show", run_id=run_id), 303)


@bp.get("/<int:run_id>/progress")
@needs("place")
def progress(run_id: int) -> str:
    run = queries.load_run(run_id)
    return render_template("placing/_progress.html", run=run, guests=len(queries.lines_of(run_id)))


@bp.get("/<int:run_id>/worth")
@needs("place")
def worth(run_id: int) -> str:
    """How far the plan is from what any plan could reach, as soon as that is known."""
    left = any(line.room_id is None for line in queries.lines_of(run_id))
    return render_template("placing/_worth.html", run=queries.load_run(run_id), left=left)


@bp.get("/<int:run_id>/stays/<int:stay_id>/why")
@needs("place")
def why(run_id: int, stay_id: int) -> str:
    """Why this room, and why not the next best one."""
    found = why_in_plan(run_id, stay_id)
    aside = overrides_of(stay_id)
    return render_template("placing/_why.html", why=found, overrides=aside, run_id=run_id, stay_id=stay_id)


@bp.get("/<int:run_id>/stays/<int:stay_id>/why-not")
@needs("place")
def why_not(run_id: int, stay_id: int) -> str:
    """What stands against the room `?room=` in the house as the plan leaves it."""
    room = room_by_number(request.args.get("room", ""))
    if room is None or not room.active:
        return render_template("placing/_why_not_here.html", room=None)
    found = why_in_plan(run_id, stay_id, room.id)
    return render_template("placing/_why_not_here.html", room=rooms_now([room.id])[room.id], found=found.other)


@bp.post("/<int:run_id>/accept")
@needs("place")
def accept(run_id: int) -> BaseResponse:
    ids = [int(value) for value in request.form.getlist("stay") if value.isdigit()]
    try:
        done = runs.accept(run_id, ids, by=me(), now=clock.now())
    except Refused as no:
        return refused_page(no, "placing/plan.html", wrong=True, shown=lambda: _shown(queries.load_run(run_id)))
    toast(
        say("{count} guests have rooms now.", count=done.count),
        url_for("runs.undo", run_id=run_id) if done.count else "",
    )
    return _back(run_id, done)


@bp.post("/<int:run_id>/undo")
@needs("place")
def undo(run_id: int) -> BaseResponse:
    """Everybody of the run back where he was."""
    done = runs.undo(run_id, by=me(), now=clock.now())
    toast(say("Taken back: {count} guests are where they were before.", count=done.count))
    return _back(run_id, done)


def _back(run_id: int, done: runs.Done) -> BaseResponse:
    for sentence in done.left_out:
        toast(sentence)
    return redirect(url_for("runs.show", run_id=run_id), 303)


def _index() -> dict[str, Any]:
    today = clock.business_date()
    first, wrong = _day("from", today, today)
    last, wrong_too = _day("until", today, max(first, today))
    last = max(first, last)
    group = request.values.get("group", type=int)
    made = queries.runs_of(today)
    touched = request.values.getlist("touched" if request.method == "POST" else "stay", type=int)
    found = (
        queries.touched(touched) if touched else queries.to_place(first, last, group, with_rooms=_again() is Again.ALL)
    )
    return {
        "waiting": _masked(found),
        "touched": touched,
        "again": Again.ALL.value if touched else _again().value,
        "groups": queries.groups_to_place(first, last, group),
        "group": group,
        "first": first,
        "last": last,
        "mistakes": [each for each in (wrong, wrong_too) if each],
        "runs": made,
        "people": queries.people(run.asked_by for run in made),
    }


def _again() -> Again:
    """What is to become of those who have rooms."""
    asked = request.values.get("again", "")
    return Again(asked) if asked in set(Again) else Again.NOBODY


def _day(name: str, today: date, otherwise: date) -> tuple[date, tuple[str, Any] | None]:
    typed = request.values.get(name, "").strip()
    if not typed:
        return otherwise, None
    try:
        return parse_day(typed, today), None
    except Refused as no:
        return otherwise, (name, no.reason)


def _shown(run: PlacingRun) -> dict[str, Any]:
    lines = _masked(queries.lines_shown(run.id))
    with_room = [line for line in lines if line.room_id is not None]
    in_turn = _in_turn(line.stay_id for line in lines if line.room_id is None)
    left = [line for line in lines if line.room_id is None and line.stay_id not in in_turn]
    return {
        "run": run,
        "lines": lines,
        "left": left,
        "sharing": _who_could_share(left),
        "in_turn": [(line, in_turn[line.stay_id]) for line in lines if line.stay_id in in_turn],
        "may_change": [line.stay_id for line in left if _stands(run) and any(map(says_midway, line.why[1:]))],
        "second_room": queries.with_a_second_room(line.stay_id for line in left),
        "may_name": access.allowed(me(), "see_incognito") or not any(line.incognito for line in lines),
        "changed": [line for line in with_room if line.changes],
        "same": [line for line in with_room if not line.changes],
        "new": sum(line.is_new for line in lines),
        "moved": sum(line.is_moved for line in lines),
        "people_moved": sum(line.persons for line in lines if line.is_moved),
        "vips_moved": sum(line.is_moved and line.vip_level > 0 for line in lines),
        "unmet": sum(len(line.unmet) for line in lines),
        "wishes": sum(line.wishes for line in lines),
        "people": queries.people((run.asked_by, run.accepted_by, run.undone_by)),
        "open": run.status is RunStatus.PLANNED and run.business_date == clock.business_date(),
        "can_undo": run.status is RunStatus.ACCEPTED and run.business_date == clock.business_date(),
        "rack": planned_rack(lines) if request.args.get("as") == "grid" else None,
    }


def _who_could_share(left: list[LineShown]) -> list[tuple[Stay, Stay]]:
    """Guides who could share a room on a night of somebody left over (P3)."""
    if not left:
        return []
    found = guides.pairs(guides_between(min(x.arrival for x in left), max(x.departure for x in left)))
    return [
        (host, other)
        for host, other in found
        if any(line.arrival < other.departure and line.departure > other.arrival for line in left)
    ]


def _stands(run: PlacingRun) -> bool:
    return run.status is not RunStatus.UNDONE and run.business_date == clock.business_date()


def _in_turn(stay_ids: Iterable[int]) -> dict[int, list[tuple[str, date | None]]]:
    """Of those left over who change rooms midway by now: their rooms, each but the first with the day of the move."""
    found = agreed_of(stay_ids)
    first = numbers_of_stays(found)
    return {
        stay_id: [(first[stay_id], None), *((move.number, move.day) for move in moves)]
        for stay_id, moves in found.items()
    }


def _masked(lines: Iterable[Line]) -> list[Line]:
    """Who wants no disclosure has no name for those who may not see it (Q1)."""
    if access.allowed(me(), "see_incognito"):
        return list(lines)
    return [line._replace(surname="", given="", name_zh="") if line.incognito else line for line in lines]
