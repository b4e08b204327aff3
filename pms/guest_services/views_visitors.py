"""Visitors: who comes is written down, the guest is rung first, who is in the house now is seen at once (Q3)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from pms import access, clock
from pms.errors import Refused
from pms.guest_services import queries_visitors, visitors
from pms.guest_services.forms_visitors import VisitorForm
from pms.guest_services.models_visitors import VisitAnswer
from pms.property.forms import blame
from pms.property.queries import hotel
from pms.say import Say, say
from pms.web import frame, language
from pms.web.gate import me, needs
from pms.web.pages import refused_page, toast

bp = Blueprint("visitors", __name__, url_prefix="/visitors")

NEW, SHOW = "visitors/new.html", "visitors/show.html"
LISTS: dict[str, Say] = {"in_house": say("In the house now"), "today": say("Came today")}


@bp.get("")
@needs("receive_visitors")
def desk() -> str:
    """Who is in the house now, those who should be out first; `?list=today` everybody who came."""
    return render_template("visitors/desk.html", **_desk())


@bp.get("/new")
@needs("receive_visitors")
def new() -> str:
    return render_template(NEW, **_desk(), form=VisitorForm(formdata=None, lang=language.current()))


@bp.post("/new")
@needs("receive_visitors")
def save() -> Response | BaseResponse:
    form = VisitorForm(lang=language.current())
    if not form.validate():
        return make_response(render_template(NEW, wrong=True, **_desk(), form=form), 422)
    try:
        visitor = visitors.receive(form.new, by=me(), now=clock.now())
    except Refused as no:
        return refused_page(blame(form, no), NEW, _desk, form=form, wrong=True)
    return redirect(url_for("visitors.show", visitor_id=visitor.id), 303)


@bp.get("/<int:visitor_id>")
@needs("receive_visitors")
def show(visitor_id: int) -> str:
    """What to say to the visitor now. The same page for an unknown name and a guest who wants no disclosure."""
    return render_template(SHOW, **_show(visitor_id))


@bp.post("/<int:visitor_id>/answer")
@needs("receive_visitors")
def answer(visitor_id: int) -> Response | BaseResponse:
    typed = request.form.get("answer", "")
    said = VisitAnswer(typed) if typed in list(VisitAnswer) else VisitAnswer.ASKING
    return _do(visitor_id, lambda visitor, **who: visitors.answered(visitor, said, **who))


@bp.post("/<int:visitor_id>/leave")
@needs("receive_visitors")
def leave(visitor_id: int) -> Response | BaseResponse:
    return _do(visitor_id, visitors.leave)


def _do(visitor_id: int, act: Any) -> Response | BaseResponse:
    visitor = queries_visitors.visitor(visitor_id)
    try:
        act(visitor, by=me(), now=clock.now())
    except Refused as no:
        return refused_page(no, SHOW, lambda: _show(visitor_id))
    if visitor.out_at is None:
        return redirect(url_for("visitors.show", visitor_id=visitor_id), 303)
    toast(say("{name} has left the house.", name=visitor.name))
    return redirect(url_for("visitors.desk"), 303)


def _desk() -> dict[str, Any]:
    here = queries_visitors.in_house(see_incognito=_sees_all())
    now, hour = frame.current().now_local, hotel().visitors_hour
    late = {row.id for row in here if row.is_late(now, hour)}
    lists = {"in_house": sorted(here, key=lambda row: row.id not in late)}
    shown = request.args.get("list", "in_house")
    if shown == "today":
        lists["today"] = queries_visitors.came_on(clock.business_date(), see_incognito=_sees_all())
    tab = shown if shown in lists else "in_house"
    shared = {"lists": LISTS, "answers": visitors.ANSWER_NAMES, "hour": hour}
    return shared | {"rows": lists[tab], "tab": tab, "late": late, "here": len(here)}


def _show(visitor_id: int) -> dict[str, Any]:
    visitor = queries_visitors.visitor(visitor_id)
    hidden = visitor.stay is not None and visitor.stay.guest.incognito and not _sees_all()
    return _desk() | {
        "visitor": visitor,
        "room": visitor.stay.room if visitor.stay and not hidden else None,
        "words": visitors.WORDS[visitor.answer],
    }


def _sees_all() -> bool:
    return access.allowed(me(), "see_incognito")
