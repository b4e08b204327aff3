"""The police register 户管: what is still unsent with its clock, the form for guests from abroad, the proof (C9)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from pms import clock
from pms.errors import Missing, Refused
from pms.front_desk import police
from pms.front_desk import queries_police as register
from pms.front_desk.forms_police import FromAbroadForm
from pms.front_desk.models import Registration
from pms.front_desk.rules import from_abroad, time_to_send
from pms.guests.forms import DOCUMENT_KINDS
from pms.property.queries import hotel, load
from pms.reporting.kinds import House
from pms.reporting.printing import render_form, tabulate_form
from pms.reservations.models import Group
from pms.reservations.queries_groups import load_group
from pms.say import Say, say
from pms.web import language
from pms.web.gate import harmless_twice, me, needs
from pms.web.pages import refused_page, toast

bp = Blueprint("police", __name__, url_prefix="/police")

TYPES = {
    "pdf": "application/pdf",
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@bp.get("")
@needs("send_police_register")
def queue() -> str:
    """What the police have not got yet, the oldest first, and what was sent last."""
    return render_template("police/queue.html", **_queue())


@bp.post("")
@needs("send_police_register")
def send() -> Response | BaseResponse:
    """The marked ones are sent: the number the police gave is the proof."""
    ids, reference = _marked(), request.form.get("reference", "")
    try:
        batch = police.send(ids, reference, by=me(), now=clock.now())
    except Refused as no:
        return refused_page(no, "police/queue.html", _queue, wrong=True, marked=set(ids), reference=reference)
    toast(say("{count} registrations are marked as sent.", count=len(set(ids))))
    return redirect(url_for("police.batch", batch_id=batch), 303)


@bp.post("/export.<form>")
@needs("reveal_document")
@harmless_twice
def export(form: str) -> Response:
    """The marked ones with their whole document numbers, as the police's system or a person takes them."""
    if form not in TYPES:
        raise Missing(say("The register is exported as PDF, CSV or XLSX."))
    rows = police.hand_over(_marked(), form, by=me(), now=clock.now())
    return _list(rows, None, form, f"police-{clock.business_date()}")


@bp.post("/groups/<int:group_id>/list.pdf")
@needs("reveal_document")
@harmless_twice
def collective(group_id: int) -> Response:
    """The collective list of a group 团体名单."""
    group = load_group(group_id)
    rows = police.collective_list(group, by=me(), now=clock.now())
    return _list(rows, group, "pdf", f"list-{group.code}")


@bp.get("/batches/<int:batch_id>")
@needs("send_police_register")
def batch(batch_id: int) -> str:
    """What went with one number: the proof."""
    found = register.batch(batch_id)
    if found is None:
        raise Missing(say("Nothing was sent under this number."))
    return render_template("police/batch.html", batch=found, lines=register.of_batch(batch_id), kinds=DOCUMENT_KINDS)


@bp.get("/registrations/<int:registration_id>")
@needs("send_police_register")
def abroad(registration_id: int) -> str:
    """The form for a guest from abroad: visa, purpose, who receives him."""
    registration = load(Registration, registration_id)
    return render_template("police/abroad.html", **_abroad(registration, _form(registration)))


@bp.post("/registrations/<int:registration_id>")
@needs("send_police_register")
def complete(registration_id: int) -> Response | BaseResponse:
    registration = load(Registration, registration_id)
    form = _form(registration)
    try:
        if not form.validate():
            raise Refused(say("Please look at the marked fields again."))
        police.complete(registration, form.values(), by=me(), now=clock.now())
    except Refused as no:
        return refused_page(no, "police/abroad.html", lambda: _abroad(load(Registration, registration_id), form))
    toast(say("The registration of {guest} is filled in.", guest=_line(registration_id).guest))
    return redirect(url_for("police.queue", _anchor=f"registration-{registration_id}"), 303)


def _form(registration: Registration) -> FromAbroadForm:
    return FromAbroadForm(registration, clock.business_date())


def _line(registration_id: int) -> register.RegisterLine:
    return register.lines([registration_id])[0]


def _abroad(registration: Registration, form: FromAbroadForm) -> dict[str, Any]:
    line = _line(registration.id)
    return {
        "line": line,
        "form": form,
        "kinds": DOCUMENT_KINDS,
        "foreign": from_abroad(line.nationality, line.document),
    }


def _marked() -> list[int]:
    return [int(one) for one in request.form.getlist("registration") if one.isdecimal()]


def _queue() -> dict[str, Any]:
    now, lines = clock.now(), register.unsent()
    left = {line.id: time_to_send(line.at, now) for line in lines}
    return {
        "lines": lines,
        "count": register.count_unsent(),
        "left": left,
        "late": sum(time.total_seconds() < 0 for time in left.values()),
        "lacking": sum(line.lacks is not None for line in lines),
        "abroad": {line.id for line in lines if from_abroad(line.nationality, line.document)},
        "batches": register.batches(),
        "kinds": DOCUMENT_KINDS,
        "time_left": _time_left,
    }


def _time_left(line_id: int, left: dict[int, Any]) -> Say:
    """`5 h left`, or by how much the 24 hours are over."""
    hours = left[line_id].total_seconds() / 3600
    if hours < 0:
        return say("{hours} h late", hours=max(1, round(-hours)))
    return say("{hours} h left", hours=int(hours))


def _list(rows: Sequence[register.RegisterLine], group: Group | None, form: str, name: str) -> Response:
    """The registrations as a file; of a group as its collective list."""
    house = House.of(hotel())
    if form == "pdf":
        content: bytes = render_form("police_list", (rows, group), hotel().paper_language, house)
    else:
        content = tabulate_form("police_list", (rows, group), language.current(), house, form)
    response = Response(content, mimetype=TYPES[form])
    where = "inline" if form == "pdf" else "attachment"
    response.headers.set("Content-Disposition", where, filename=f"{name}.{form}")
    return response
