"""Things kept: mail, parcels, what is to be handed on, lost and found (Q4, L3, L7)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from pms import access, clock
from pms.accounts.queries_journal import steps_of
from pms.errors import Refused
from pms.guest_services import kept, queries_kept
from pms.guest_services.forms_kept import HandOutForm, KeepForm
from pms.guest_services.models_kept import KeptKind
from pms.property.forms import blame
from pms.property.queries import room_by_number
from pms.reservations.queries import load_stay
from pms.say import Say, say
from pms.web import language
from pms.web.gate import me, needs
from pms.web.pages import refused_page, toast

bp = Blueprint("kept", __name__, url_prefix="/kept")

NEW, SHOW = "kept/new.html", "kept/show.html"
LISTS: dict[str, Say] = {
    "guests": say("For guests"),
    "found": say("Lost and found"),
    "overdue": say("Overdue now"),
    "gone": say("Gone"),
}


@bp.get("")
@needs("keep_things")
def desk() -> str:
    return render_template("kept/desk.html", **_desk())


@bp.get("/new")
@needs("keep_things")
def new() -> str:
    return render_template(NEW, **_new())


@bp.post("/new")
@needs("keep_things")
def save() -> Response | BaseResponse:
    form = _form()
    if not form.validate():
        return make_response(render_template(NEW, wrong=True, **_new(form)), 422)
    try:
        thing = _keep(form)
    except Refused as no:
        return refused_page(blame(form, no), NEW, lambda: _new(form), wrong=True)
    toast(say("{number} is kept on {shelf}.", number=thing.number, shelf=thing.shelf))
    return redirect(url_for("kept.show", thing_id=thing.id), 303)


@bp.get("/<int:thing_id>")
@needs("keep_things")
def show(thing_id: int) -> str:
    return render_template(SHOW, **_show(thing_id))


@bp.post("/<int:thing_id>/told")
@needs("keep_things")
def told(thing_id: int) -> Response | BaseResponse:
    return _do(thing_id, lambda thing, **who: kept.tell_owner(thing, **who), say("{number}: the guest is told."))


@bp.post("/<int:thing_id>/match")
@needs("keep_things")
def match(thing_id: int) -> Response | BaseResponse:
    stay = load_stay(int(request.form.get("stay_id", "0")))
    return _do(thing_id, lambda thing, **who: kept.match(thing, stay, **who), say("{number}: the owner is known."))


@bp.post("/<int:thing_id>/hand-out")
@needs("hand_out_things")
def hand_out(thing_id: int) -> Response | BaseResponse:
    form = HandOutForm()
    if not form.validate():
        return make_response(render_template(SHOW, wrong=True, **_show(thing_id, form)), 422)
    how = {"id_seen": form.id_seen.data, "signed": form.signed.data, "posted": form.posted.data}
    name = form.name.data or ""
    return _do(thing_id, lambda thing, **who: kept.hand_out(thing, name, **how, **who), say("{number} has left."), form)


@bp.post("/<int:thing_id>/dispose")
@needs("dispose_of_things")
def dispose(thing_id: int) -> Response | BaseResponse:
    how = request.form.get("how", "")
    return _do(thing_id, lambda thing, **who: kept.dispose(thing, how, **who), say("{number} is disposed of."))


def _do(thing_id: int, act: Any, done: Say, form: HandOutForm | None = None) -> Response | BaseResponse:
    thing = queries_kept.load(thing_id)
    try:
        act(thing, by=me(), now=clock.now())
    except Refused as no:
        if form is not None:
            blame(form, no)
        return refused_page(no, SHOW, lambda: _show(thing_id, form), wrong=True)
    toast(say(done.text, number=thing.number))
    return redirect(url_for("kept.show", thing_id=thing_id), 303)


def _keep(form: KeepForm) -> Any:
    typed, chosen = (form.where.data or "").strip(), form.stay_id.data or ""
    room = room_by_number(typed) if typed else None
    stay = load_stay(int(chosen)) if chosen.isdecimal() else kept.meant_for(KeptKind(form.kind.data), room)
    return kept.keep(form.new("" if room else typed), stay=stay, room=room, by=me(), now=clock.now())


def _desk() -> dict[str, Any]:
    here, today = queries_kept.here(see_incognito=_sees_all()), clock.business_date()
    lists = {
        "guests": [row for row in here if row.kind is not KeptKind.FOUND],
        "found": [row for row in here if row.kind is KeptKind.FOUND],
        "overdue": [row for row in here if row.due_on < today],
    }
    shown = request.args.get("list", "guests")
    if shown == "gone":
        lists["gone"] = queries_kept.gone(see_incognito=_sees_all())
    tab = shown if shown in lists else "guests"
    return {
        "rows": lists[tab],
        "counts": {name: len(one) for name, one in lists.items()},
        "tab": tab,
        "lists": LISTS,
        "kinds": kept.KIND_NAMES,
        "ways": kept.GONE_NAMES,
        "today": today,
    }


def _form(**given: Any) -> KeepForm:
    return KeepForm(lang=language.current(), today=clock.business_date(), **given)


def _new(form: KeepForm | None = None) -> dict[str, Any]:
    kind = request.args.get("kind", "parcel")
    return _desk() | {"form": form or _form(formdata=None, data={"kind": kind if kind in list(KeptKind) else "parcel"})}


def _show(thing_id: int, form: HandOutForm | None = None) -> dict[str, Any]:
    thing = queries_kept.load(thing_id)
    row = queries_kept.row(thing_id, see_incognito=_sees_all())
    asked = thing.kind is KeptKind.FOUND and thing.stay_id is None and thing.room_id is not None
    living = queries_kept.lived_there(thing.room_id or 0, thing.kept_on, see_incognito=_sees_all()) if asked else []
    return _desk() | {
        "chosen": row,
        "thing": thing,
        "living": living,
        "steps": steps_of(thing),
        "form": form or HandOutForm(formdata=None, data={"name": row.owner}),
        "may_go": row.due_on <= clock.business_date(),
    }


def _sees_all() -> bool:
    return access.allowed(me(), "see_incognito")
