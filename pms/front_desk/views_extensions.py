"""Another departure of a guest in house 延住 (E1, E2): longer, earlier, or late on the day."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from pms import clock
from pms.errors import Refused
from pms.front_desk import actions, staying_on
from pms.front_desk.desk import key_hour, must_be_in_house, told
from pms.front_desk.extensions import Extended
from pms.front_desk.forms_moves import DepartureForm
from pms.front_desk.over_the_rack import draw, leave, refuse, way_back
from pms.notices import DEPARTMENT_NAMES
from pms.property.forms import blame, seen_version
from pms.property.queries import hotel
from pms.reservations.changes import check_version
from pms.reservations.models import Stay
from pms.reservations.queries import load_stay
from pms.say import Listed, say
from pms.web.days import parse_day
from pms.web.gate import me, needs
from pms.web.language import called
from pms.web.pages import toast
from pms.web.touched import offer_planning

bp = Blueprint("extensions", __name__)


@bp.get("/stays/<int:stay_id>/departure")
@needs("extend")
def sheet(stay_id: int) -> Response:
    """The sheet of another departure; with `?day=` as typed also what that day would mean."""
    stay = load_stay(stay_id)
    must_be_in_house(stay)
    form = _form(stay, formdata=None, data={"day": request.args.get("day"), "version": stay.version})
    return draw("extensions/sheet", **_sheet(stay, form))


@bp.get("/stays/<int:stay_id>/departure/meaning")
@needs("extend")
def meaning(stay_id: int) -> str:
    """Only what the day typed would mean, for the sheet while one types."""
    stay = load_stay(stay_id)
    must_be_in_house(stay)
    form = _form(stay, formdata=None, data={"day": request.args.get("day")})
    return render_template("extensions/_meaning.html", **_sheet(stay, form))


@bp.post("/stays/<int:stay_id>/departure")
@needs("extend")
def change(stay_id: int) -> Response | BaseResponse:
    stay = load_stay(stay_id)
    form = _form(stay)
    if not form.validate():
        return draw("extensions/sheet", 422, wrong=True, **_sheet(stay, form))
    old = stay.departure
    try:
        done = _change(stay, form, now=clock.now())
    except Refused as no:
        stay = load_stay(stay_id)
        return refuse(blame(form, no), "extensions/sheet", **_sheet(stay, form))
    offer_planning((*done.moved, *done.unplaced))
    undo = "" if done.moved or done.unplaced or form.choice.data else _undo(stay, old)
    toast(say("{guest} now leaves on {departure}.", guest=called(stay.guest), departure=stay.departure), undo)
    return leave(way_back(stay.id))


def _change(stay: Stay, form: DepartureForm, *, now: datetime) -> Extended:
    check_version(stay, seen_version(form))
    day = form.day.day
    assert day is not None
    if day < stay.departure:
        price = form.day_use_price.minor if form.day_use_price.data else None
        return actions.leave_early(stay, day, day_use_price=price, by=me(), now=now)
    return staying_on.stay_on(stay, day, form.choice.data or "", by=me(), now=now)


def _undo(stay: Stay, old: Any) -> str:
    """The way back to the departure before; a day use has none."""
    if stay.departure == stay.arrival:
        return ""
    return url_for("extensions.undo", stay_id=stay.id, day=old.isoformat(), back=way_back(stay.id))


@bp.post("/stays/<int:stay_id>/departure/undo")
@needs("extend")
def undo(stay_id: int) -> BaseResponse:
    """The departure `?day=` again, as it was before the last change."""
    stay = load_stay(stay_id)
    day = parse_day(request.args.get("day", ""), clock.business_date(), past=True)
    act = actions.leave_early if day < stay.departure else actions.extend
    act(stay, day, by=me(), now=clock.now())
    toast(say("{guest} now leaves on {departure}.", guest=called(stay.guest), departure=stay.departure))
    return redirect(way_back(stay_id), 303)


@bp.post("/stays/<int:stay_id>/late-check-out")
@needs("extend")
def late(stay_id: int) -> Response | BaseResponse:
    """The room until the evening of the day of departure."""
    stay = load_stay(stay_id)
    try:
        actions.grant_late_check_out(stay, by=me(), now=clock.now())
    except Refused as no:
        stay = load_stay(stay_id)
        form = _form(stay, formdata=None, data={"version": stay.version})
        return refuse(no, "extensions/sheet", **_sheet(stay, form))
    toast(say("{guest} keeps the room until the evening of {day}.", guest=called(stay.guest), day=stay.departure))
    return leave(way_back(stay_id))


def _form(stay: Stay, **kwargs: Any) -> DepartureForm:
    return DepartureForm(
        business_date=clock.business_date(), departure=stay.departure, currency=hotel().currency, **kwargs
    )


def _sheet(stay: Stay, form: DepartureForm) -> dict[str, Any]:
    """The sheet with what the day typed means, if it is one."""
    means, not_a_day = None, None
    if (form.day.data or "").strip():
        try:
            day = form.day.day or parse_day(form.day.data or "", form.today)
            means = staying_on.meaning(stay, day, by=me())
        except Refused as no:
            not_a_day = no.reason
    return {
        "stay": stay,
        "form": form,
        "means": means,
        "not_a_day": not_a_day,
        "chosen": form.choice.data or (means.options[0].key if means and means.options else ""),
        "key_hour": key_hour(stay, means.departure if means else stay.departure),
        "told": Listed([DEPARTMENT_NAMES[department] for department in told(stay)]),
        "back": way_back(stay.id),
        "currency": hotel().currency,
    }
