"""The luggage desk: in with tag and stub, found by what the guest says or shows, out with identification (L1-L5)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from pms import access, clock
from pms.accounts.queries_journal import steps_of
from pms.errors import Offer, Refused
from pms.guest_services import actions, queries, queries_luggage
from pms.guest_services.forms_luggage import DOCUMENTS, CollectForm, MoveForm, TakeForm
from pms.guest_services.models import Luggage
from pms.guest_services.shelves import shelves_of
from pms.property.forms import blame, seen_version
from pms.property.queries import hotel
from pms.reporting import forms as papers
from pms.reservations.models import Stay
from pms.reservations.queries import load_stay
from pms.say import Say, say
from pms.web import frame, language
from pms.web.due import parse_due
from pms.web.gate import local_path, me, needs
from pms.web.pages import refused_page, toast

bp = Blueprint("luggage", __name__, url_prefix="/luggage")

SHOW = "luggage/show.html"
LISTS = ("held", "today", "overdue", "out")
SHORTENED = 60


@bp.get("")
@needs("store_luggage")
def desk() -> str | BaseResponse:
    """What is held, the longest due first. `?q=` finds by tag, scanned code, name or room; one hit is opened."""
    text = request.args.get("q", "").strip()
    found = queries.find_luggage(text, see_incognito=_sees_all()) if text else []
    if len(found) == 1:
        stub = found[0].code if text.upper() == found[0].code else None
        return redirect(url_for("luggage.show", luggage_id=found[0].id, stub=stub))
    return render_template("luggage/desk.html", **_desk(text, {one.id for one in found}))


@bp.get("/take")
@needs("store_luggage")
def take() -> str:
    """The form for pieces handed in; `?stay_id=` whose they are, `?shelf=` where they go."""
    return render_template("luggage/take.html", **_take())


@bp.post("/take")
@needs("store_luggage")
def store() -> Response | BaseResponse:
    form = TakeForm(now=frame.current().now_local)
    if not form.validate():
        return _again("luggage/take.html", **_take(form))
    try:
        stay = _stay(form.stay_id.data)
        stored = actions.store_luggage(form.deposited(stay), stay=stay, by=me(), now=clock.now())
    except Refused as no:
        return refused_page(blame(form, no), "luggage/take.html", lambda: _take(form), wrong=True)
    toast(say("Luggage {tag} is taken in on {shelf}.", tag=stored.tag, shelf=stored.shelf))
    return redirect(url_for("luggage.show", luggage_id=stored.id, print=1), 303)


@bp.get("/<int:luggage_id>")
@needs("store_luggage")
def show(luggage_id: int) -> str:
    """One tag with its history and, while pieces are here, the form that hands them out."""
    return render_template(SHOW, **_shown(luggage_id))


@bp.post("/<int:luggage_id>")
@needs("release_luggage")
def hand_out(luggage_id: int) -> Response | BaseResponse:
    luggage = queries_luggage.load(luggage_id)
    form = CollectForm(lang=language.current())
    if not form.validate():
        return _again(SHOW, **_shown(luggage_id, form))
    try:
        call = form.collection(luggage.depositor)
        actions.release_luggage(luggage, call, version=seen_version(form), by=me(), now=clock.now())
    except Refused as no:
        rest = _rest_may_stay(no)
        return refused_page(blame(form, no), SHOW, lambda: _shown(luggage_id, form), wrong=True, rest=rest)
    toast(_handed_out(luggage, call.pieces))
    return redirect(url_for("luggage.desk"), 303)


@bp.post("/<int:luggage_id>/change")
@needs("store_luggage")
def change(luggage_id: int) -> Response | BaseResponse:
    """Another shelf or another time."""
    luggage = queries_luggage.load(luggage_id)
    form = MoveForm(now=frame.current().now_local)
    if not form.validate():
        return _again(SHOW, **_shown(luggage_id, move=form))
    try:
        shelf = form.shelf.data or ""
        actions.change_luggage(luggage, due_at=form.due_at.moment, shelf=shelf, by=me(), now=clock.now())
    except Refused as no:
        return refused_page(blame(form, no), SHOW, lambda: _shown(luggage_id, move=form), wrong=True)
    toast(say("Luggage {tag}: saved.", tag=luggage.tag))
    return redirect(url_for("luggage.show", luggage_id=luggage_id), 303)


@bp.post("/to-room/<int:stay_id>")
@needs("release_luggage")
def to_room(stay_id: int) -> BaseResponse:
    """All luggage of a guest who has got his room; back to the page the button stands on."""
    stay = load_stay(stay_id)
    pieces = actions.take_to_room(stay, by=me(), now=clock.now())
    assert stay.room is not None
    toast(say("{n} pieces are taken to room {room}.", n=pieces, room=stay.room.number))
    return redirect(local_path(request.form.get("back")) or url_for("luggage.desk"), 303)


@bp.get("/<int:luggage_id>/tag.pdf")
@needs("store_luggage")
def tag(luggage_id: int) -> Response:
    """The tag for the pieces and the claim stub for the guest."""
    response = Response(papers.luggage_tag(luggage_id, hotel().paper_language), mimetype="application/pdf")
    response.headers.set("Content-Disposition", "inline", filename=f"luggage-{luggage_id}.pdf")
    return response


@bp.get("/due")
@needs("store_luggage")
def due() -> str:
    """How a time of collection was understood, while the form is still open."""
    try:
        at = parse_due(request.args.get("due_at", "")[:SHORTENED], frame.current().now_local)
    except Refused as no:
        return render_template("luggage/_due.html", refusal=no)
    return render_template("luggage/_due.html", at=at)


def _desk(text: str = "", found: set[int] | None = None) -> dict[str, Any]:
    """The list chosen by `?list=`, all counts, and the shelves."""
    now, today = clock.now(), frame.current().now_local
    held = queries_luggage.held(see_incognito=_sees_all())
    tonight = datetime.combine(today.date() + timedelta(days=1), datetime.min.time(), tzinfo=today.tzinfo)
    lists = {
        "held": held,
        "today": [row for row in held if row.due_at < tonight],
        "overdue": [row for row in held if row.due_at < now],
    }
    shown = request.args.get("list", "held")
    if shown == "out":
        lists["out"] = queries_luggage.handed_out(clock.business_date(), see_incognito=_sees_all())
    rows = lists.get(shown, held)
    return {
        "rows": [row for row in rows if found is None or row.id in found] if text else rows,
        "counts": {name: len(one) for name, one in lists.items()},
        "tab": shown if shown in LISTS else "held",
        "shelves": shelves_of(held),
        "lists": LISTS,
        "q": text,
        "now": now,
    }


def _take(form: TakeForm | None = None) -> dict[str, Any]:
    page = _desk()
    if form is None:
        stay = _stay(request.args.get("stay_id", ""))
        given = {"stay_id": stay.id, "stay_id_shown": _called(stay)} if stay else {}
        given["shelf"] = request.args.get("shelf") or page["shelves"].next_free
        form = TakeForm(formdata=None, now=frame.current().now_local, data=given)
    return page | {"form": form}


def _shown(luggage_id: int, form: CollectForm | None = None, move: MoveForm | None = None) -> dict[str, Any]:
    luggage = queries_luggage.load(luggage_id)
    row = queries_luggage.row(luggage.id, see_incognito=_sees_all())
    given = {"version": luggage.version, "stub_code": request.args.get("stub", "")}
    return _desk() | {
        "chosen": row,
        "luggage": luggage,
        "secret": row.incognito and not _sees_all(),
        "steps": steps_of(luggage),
        "documents": DOCUMENTS,
        "form": form or CollectForm(formdata=None, lang=language.current(), data=given),
        "move": move or MoveForm(formdata=None, now=frame.current().now_local),
        "fresh": bool(request.args.get("print")),
    }


def _stay(typed: str | None) -> Stay | None:
    return load_stay(int(typed)) if typed and typed.isdecimal() else None


def _called(stay: Stay) -> str:
    """The guest as the picker writes him; nameless for those who need not know."""
    room = stay.room.number if stay.room else ""
    name = "" if stay.guest.incognito and not _sees_all() else stay.guest.name
    return f"{room} {name}".strip()


def _rest_may_stay(no: Refused) -> Offer | None:
    return next((offer for offer in no.offers if offer.kind == "rest_stays"), None)


def _handed_out(luggage: Luggage, pieces: int) -> Say:
    if luggage.here:
        return say("{n} pieces of {tag} handed out, {here} stay here.", n=pieces, tag=luggage.tag, here=luggage.here)
    return say("Luggage {tag} is handed out, {n} pieces.", tag=luggage.tag, n=pieces)


def _sees_all() -> bool:
    return access.allowed(me(), "see_incognito")


def _again(template: str, **context: Any) -> Response:
    return make_response(render_template(template, wrong=True, **context), 422)
