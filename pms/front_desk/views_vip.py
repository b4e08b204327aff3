"""Guests who are received with more than a key: the list of the day, and each one's steps (C6, C7, C8)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from pms import access, clock
from pms.errors import Missing, Refused
from pms.front_desk import in_room, queries_special, vip
from pms.front_desk.desk import valid_until
from pms.front_desk.forms_vip import VipRequestForm
from pms.front_desk.models_special import RequestStatus, VipRequest
from pms.guests.forms import LEVELS
from pms.property.queries import hotel
from pms.reporting.kinds import House
from pms.reporting.printing import render_form
from pms.reservations.queries import load_stay
from pms.reservations.status import Status
from pms.say import Say, say
from pms.web import language
from pms.web.gate import me, needs
from pms.web.pages import refused_page, toast

bp = Blueprint("vip", __name__)

STATES: dict[RequestStatus, Say] = {
    RequestStatus.REQUESTED: say("waits for a decision"),
    RequestStatus.APPROVED: say("approved"),
    RequestStatus.DECLINED: say("declined"),
}


@bp.get("/special-arrivals")
@needs("request_vip")
def arrivals() -> str:
    """VIPs, disabled and returning guests of today and tomorrow, with the step that comes next."""
    found = queries_special.special_arrivals(clock.business_date())
    rows = [(one, next_step(one)) for one in found if not _hidden(one.stay)]
    return render_template("vip/arrivals.html", rows=rows, states=STATES)


@bp.get("/stays/<int:stay_id>/vip")
@needs("request_vip")
def show(stay_id: int) -> str:
    """The request form, what was decided, and the steps to the room."""
    return render_template("vip/show.html", **_show(stay_id))


@bp.post("/stays/<int:stay_id>/vip")
@needs("request_vip")
def ask(stay_id: int) -> Response | BaseResponse:
    form = VipRequestForm(lang=language.current())
    try:
        if not form.validate():
            raise Refused(say("Please look at the marked fields again."))
        vip.request_vip(load_stay(stay_id), form.values(), by=me(), now=clock.now())
    except Refused as no:
        return refused_page(no, "vip/show.html", lambda: _show(stay_id, form))
    toast(say("The assistant manager is asked to decide."))
    return _back(stay_id)


@bp.post("/stays/<int:stay_id>/vip/decide")
@needs("set_vip")
def decide(stay_id: int) -> Response | BaseResponse:
    """`answer` is approve or decline, with a reason in `note`."""
    approve, note = request.form.get("answer") == "approve", request.form.get("note", "")

    def act() -> None:
        for sentence in vip.decide(_request_of(stay_id), approve, note, by=me(), now=clock.now()):
            toast(sentence)

    return _do(stay_id, act, say("The request is approved.") if approve else say("The request is declined."), note)


@bp.post("/stays/<int:stay_id>/inspected")
@needs("inspect_for_guest")
def inspected(stay_id: int) -> Response | BaseResponse:
    """The AM has looked at the room; everybody is told."""
    return _do(
        stay_id,
        lambda: vip.inspect(load_stay(stay_id), by=me(), now=clock.now()),
        say("The room is inspected, the departments are told."),
    )


@bp.post("/stays/<int:stay_id>/check-in-early")
@needs("check_in_early")
def check_in_early(stay_id: int) -> Response | BaseResponse:
    return _do(
        stay_id,
        lambda: in_room.check_in_early(load_stay(stay_id), by=me(), now=clock.now()),
        say("Checked in by the system; registration is in the room."),
    )


@bp.get("/stays/<int:stay_id>/vip.pdf")
@needs("request_vip")
def paper(stay_id: int) -> Response:
    """The request form 贵宾申报单."""
    _request_of(stay_id)
    house = House.of(hotel())
    pdf = render_form("vip_request", queries_special.vip_form(stay_id), hotel().paper_language, house)
    response = Response(pdf, mimetype="application/pdf")
    response.headers.set("Content-Disposition", "inline", filename=f"vip-{stay_id}.pdf")
    return response


def next_step(one: queries_special.Special) -> str:
    """What comes next: decide, request, place, inspect, early, register, or "" when nothing is left."""
    stay, waiting = one.stay, one.request and one.request.status is RequestStatus.REQUESTED
    if stay.status is Status.IN_HOUSE:
        return "register" if one.early and one.early.registered_at is None else ""
    if waiting:
        return "decide"
    if stay.vip_level and one.request is None:
        return "request"
    if stay.room_id is None:
        return "place"
    if (stay.vip_level or one.accessible) and not one.told_at:
        return "inspect"
    return "early"


def _do(stay_id: int, act: Callable[[], Any], done: Say, note: str = "") -> Response | BaseResponse:
    try:
        act()
    except Refused as no:
        return refused_page(no, "vip/show.html", lambda: _show(stay_id), note=note)
    toast(done)
    return _back(stay_id)


def _back(stay_id: int) -> BaseResponse:
    return redirect(url_for("vip.show", stay_id=stay_id), 303)


def _request_of(stay_id: int) -> VipRequest:
    found = queries_special.request_of(stay_id)
    if found is None:
        raise Missing(say("Nothing was requested for this stay."))
    return found


def _hidden(stay: Any) -> bool:
    return bool(stay.guest.incognito) and not access.allowed(me(), "see_incognito")


def _show(stay_id: int, form: VipRequestForm | None = None) -> dict[str, Any]:
    stay = load_stay(stay_id)
    one = queries_special.special(stay_id)
    levels = {level: queries_special.amenities(level) for level in LEVELS if level}
    if form is None:
        given = {"level": stay.vip_level or 3, "host": stay.vip_host, "early_arrival": stay.early_arrival}
        form = VipRequestForm(formdata=None, lang=language.current(), data=given)
    return {
        "one": one,
        "stay": stay,
        "form": form,
        "by_level": levels,
        "levels": LEVELS,
        "states": STATES,
        "step": next_step(one),
        "may_ask": stay.status is Status.RESERVED
        and (one.request is None or one.request.status is RequestStatus.DECLINED),
        "former": queries_special.former_requests(stay),
        "key_until": valid_until(stay),
        "special": in_room.is_special(stay),
    }
