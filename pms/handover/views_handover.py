"""The end of a shift on one page: what is open, the log, what is counted, both signatures (H1, H2)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from pms import access, clock
from pms.accounts import approval
from pms.db import db, reading, work
from pms.errors import Refused
from pms.handover import actions, forms, queries, queries_roster
from pms.handover.actions import Side
from pms.handover.forms import NoteForm, SignForm
from pms.handover.models import Handover, NoteKind
from pms.handover.sources import SOURCES
from pms.say import Say, say
from pms.shifts import SHIFT_NAMES, duty_at, ending
from pms.web import language, sessions
from pms.web.gate import me, needs, own_work
from pms.web.pages import refused_page, toast

bp = Blueprint("handover", __name__, url_prefix="/handover")

DONE: dict[Side, Say] = {
    Side.GIVEN: say("Handed over by {name}. Now somebody of the next shift takes over."),
    Side.TAKEN: say("Taken over by {name}."),
}


@bp.get("")
@needs("see_handover")
def page() -> str:
    """The handover of the shift that ends, and the log of the one that works."""
    return render_template("handover/page.html", **_page())


@bp.get("/<int:handover_id>")
@needs("see_handover")
def show(handover_id: int) -> str:
    """One of the last handovers."""
    return render_template("handover/page.html", **_page(queries.handover(handover_id)))


@bp.post("/draft")
@needs("hand_over")
def draft() -> BaseResponse:
    found = actions.draft(by=me(), now=clock.now())
    toast(
        say(
            "Drafted from what is open now: {count} points.", count=len(queries.points_of(found.id, see_incognito=True))
        )
    )
    return redirect(url_for("handover.page"), 303)


@bp.post("/<int:handover_id>/equipment")
@needs("hand_over")
def count_equipment(handover_id: int) -> Response | BaseResponse:
    """`thing_7` says how much of a thing is there."""
    try:
        things = [thing.id for thing in queries.equipment(handover_id)]
        found = forms.things_of(request.form, things)
        actions.count_equipment(queries.handover(handover_id), found, by=me(), now=clock.now())
    except Refused as no:
        return _refused(no, handover_id)
    toast(say("The equipment is counted."))
    return redirect(url_for("handover.page"), 303)


@bp.post("/<int:handover_id>/sign")
@needs("see_handover")
@own_work
def sign(handover_id: int) -> Response | BaseResponse:
    """`login` and `password` of whoever signs, at whosever desk; `side` is given or taken."""
    form, now = SignForm(), clock.now()
    complete = form.validate() and form.side.data in list(Side)
    db.session.rollback()  # the reading that found out who is asking is over
    try:
        if not complete:
            raise Refused(say("Who signs gives his own login and password."), field="login")
        side = Side(form.side.data)
        signer = approval.proved(
            form.login.data or "",
            form.password.data or "",
            address=request.remote_addr or "",
            limits=sessions.login_limits(),
            now=now,
        )
        with work():
            actions.sign(queries.handover(handover_id), side, by=signer, now=now)
    except Refused as no:
        return _refused(no, handover_id)
    with reading():
        toast(say(DONE[side].text, name=signer.name_in(language.current())))
    return redirect(url_for("handover.page") if side is Side.GIVEN else _shown(handover_id), 303)


@bp.post("/points/<int:point_id>/acknowledge")
@needs("hand_over")
def acknowledge(point_id: int) -> BaseResponse:
    point = queries.point(point_id)
    actions.acknowledge(point, by=me(), now=clock.now())
    return redirect(_shown(point.handover_id), 303)


@bp.post("/log")
@needs("write_log")
def write_note() -> Response | BaseResponse:
    form = NoteForm(lang=language.current())
    if not form.validate():
        return make_response(render_template("handover/page.html", wrong=True, **_page(note=form)), 422)
    try:
        actions.write_note(NoteKind(form.kind.data), form.text.data or "", by=me(), now=clock.now())
    except Refused as no:
        return refused_page(no, "handover/page.html", lambda: _page(note=form), wrong=True)
    toast(say("Written into the log."))
    return redirect(url_for("handover.page"), 303)


@bp.post("/log/<int:note_id>/settle")
@needs("write_log")
def settle_note(note_id: int) -> BaseResponse:
    actions.settle_note(queries.note(note_id), by=me(), now=clock.now())
    toast(say("Settled."))
    return redirect(url_for("handover.page"), 303)


@bp.post("/equipment")
@needs("manage_equipment")
def keep_equipment() -> Response | BaseResponse:
    typed = request.form
    try:
        pieces = forms.number_of(typed, "pieces")
        actions.keep_equipment(
            typed.get("name", ""), pieces, name_zh=typed.get("name_zh", ""), by=me(), now=clock.now()
        )
    except Refused as no:
        return refused_page(no, "handover/page.html", _page, wrong=True)
    toast(say("The list of equipment is changed."))
    return redirect(url_for("handover.page"), 303)


def _shown(handover_id: int) -> str:
    return url_for("handover.show", handover_id=handover_id)


def _refused(no: Refused, handover_id: int) -> Response:
    return refused_page(no, "handover/page.html", lambda: _page(queries.handover(handover_id)), wrong=True)


def _page(handover: Handover | None = None, note: NoteForm | None = None) -> dict[str, Any]:
    local = clock.local(clock.now())
    duty = queries.duty_of(handover) if handover else ending(local)
    found = handover or queries.handover_of(duty)
    points = queries.points_of(found.id, see_incognito=access.allowed(me(), "see_incognito")) if found else []
    return {
        "handover": found,
        "duty": duty,
        "sources": {key: title for key, (title, _) in SOURCES.items()},
        "points": points,
        "to_acknowledge": sum(point.acknowledged_at is None for point in points),
        "things": queries.equipment(found.id if found else 0),
        "count": queries.count_of(duty),
        "people": queries.people({found.given_by, found.taken_by, found.drafted_by}) if found else {},
        "log": queries.notes_of(duty_at(local)),
        "open_notes": queries.open_notes(),
        "kinds": forms.NOTE_KINDS,
        "note": note or NoteForm(formdata=None, lang=language.current()),
        "others": queries.last_handovers(),
        "shift_names": SHIFT_NAMES,
        "on_now": queries_roster.on_duty(duty_at(local)),
        "role_names": access.ROLE_NAMES,
        "typed": request.form,
    }
