"""Directions and complicated answers: found as one types, printed on a card in the guest's language (Q5)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from pms import clock
from pms.errors import Refused
from pms.guest_services import directions, queries_directions
from pms.guest_services.forms_directions import DirectionForm
from pms.guest_services.models_directions import Direction
from pms.property.forms import blame, seen_version
from pms.reporting import forms as papers
from pms.say import Say, say
from pms.web import language
from pms.web.gate import me, needs
from pms.web.pages import refused_page, toast

bp = Blueprint("directions", __name__, url_prefix="/directions")

SHOW, EDIT = "directions/show.html", "directions/edit.html"
LISTS: dict[str, Say] = {"printed": say("Printed for guests"), "aside": say("Set aside")}
LANGUAGES = ("en", "zh")
LONGEST = 80


@bp.get("")
@needs("see_directions")
def desk() -> str:
    """All that is printed, or what is meant by `?q=`; `?list=aside` what is not printed any more."""
    return render_template("directions/desk.html", **_desk())


@bp.get("/new")
@needs("keep_directions")
def new() -> str:
    return render_template(EDIT, **_desk(), direction=None, form=DirectionForm(formdata=None))


@bp.post("/new")
@needs("keep_directions")
def create() -> Response | BaseResponse:
    form = DirectionForm()
    if not form.validate():
        return make_response(render_template(EDIT, wrong=True, **_desk(), direction=None, form=form), 422)
    try:
        direction = directions.add_direction(form.new, by=me(), now=clock.now())
    except Refused as no:
        return refused_page(blame(form, no), EDIT, _desk, direction=None, form=form, wrong=True)
    return _done(direction, say("Saved."))


@bp.get("/<int:direction_id>")
@needs("see_directions")
def show(direction_id: int) -> str:
    return render_template(SHOW, **_show(direction_id))


@bp.get("/<int:direction_id>/edit")
@needs("keep_directions")
def edit(direction_id: int) -> str:
    direction = queries_directions.direction(direction_id)
    return render_template(EDIT, **_show(direction_id), form=DirectionForm(formdata=None, obj=direction))


@bp.post("/<int:direction_id>/edit")
@needs("keep_directions")
def change(direction_id: int) -> Response | BaseResponse:
    form, direction = DirectionForm(), queries_directions.direction(direction_id)
    if not form.validate():
        return make_response(render_template(EDIT, wrong=True, **_show(direction_id), form=form), 422)
    try:
        directions.change_direction(direction, form.new, version=seen_version(form), by=me(), now=clock.now())
    except Refused as no:
        return refused_page(blame(form, no), EDIT, lambda: _show(direction_id), form=form, wrong=True)
    return _done(direction, say("Saved."))


@bp.post("/<int:direction_id>/set-aside")
@needs("keep_directions")
def set_aside(direction_id: int) -> Response | BaseResponse:
    return _do(direction_id, directions.set_aside, say("{title} is set aside."))


@bp.post("/<int:direction_id>/bring-back")
@needs("keep_directions")
def bring_back(direction_id: int) -> Response | BaseResponse:
    return _do(direction_id, directions.bring_back, say("{title} is printed again."))


@bp.get("/<int:direction_id>/card.pdf")
@needs("see_directions")
def card(direction_id: int) -> Response:
    """The card in the language of the guest, `?lang=en` or `zh`; what is set aside is refused."""
    asked = request.args.get("lang", "")
    paper = papers.direction_card(direction_id, asked if asked in LANGUAGES else LANGUAGES[0])
    response = Response(paper, mimetype="application/pdf")
    response.headers.set("Content-Disposition", "inline", filename=f"directions-{direction_id}.pdf")
    return response


def _do(direction_id: int, act: Callable[..., None], done: Say) -> Response | BaseResponse:
    direction = queries_directions.direction(direction_id)
    try:
        act(direction, by=me(), now=clock.now())
    except Refused as no:
        return refused_page(no, SHOW, lambda: _show(direction_id))
    return _done(direction, say(done.text, title=direction.called(language.current())))


def _done(direction: Direction, what: Say) -> BaseResponse:
    toast(what)
    return redirect(url_for("directions.show", direction_id=direction.id), 303)


def _desk() -> dict[str, Any]:
    text = request.args.get("q", "").strip()[:LONGEST]
    tab = request.args.get("list", "") if request.args.get("list") in LISTS else "printed"
    rows = queries_directions.directions(text, active=tab == "printed", lang=language.current())
    return {"rows": rows, "q": text, "tab": tab, "lists": LISTS}


def _show(direction_id: int) -> dict[str, Any]:
    return _desk() | {"direction": queries_directions.direction(direction_id)}
