"""Availability 可售房情况 by type and night, near and far, and control of sales 控制售房 (R3)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from pms import clock
from pms.errors import Refused
from pms.property import queries as house
from pms.property.forms import blame
from pms.reservations import controls, outlook
from pms.reservations.forms_sales import SalesForm
from pms.reservations.queries_availability import availability
from pms.say import say
from pms.web import language
from pms.web.days import parse_day
from pms.web.gate import me, needs
from pms.web.pages import refused_page, toast

bp = Blueprint("availability", __name__)

PERIODS = (14, 31)


@bp.get("/availability")
@needs("see_reservations")
def show() -> str:
    """`?from=` a day as clerks type it, `?days=` 14 or 31."""
    return render_template("bookings/availability.html", **_page(_form()))


@bp.post("/availability")
@needs("control_sales")
def control() -> Response | BaseResponse:
    """Stop or open selling, set the minimum stay or the overbooking of one type or all of them."""
    form = _form(empty=False)
    if not form.validate():
        return make_response(render_template("bookings/availability.html", wrong=True, **_page(form)), 422)
    first, until = form.nights
    try:
        for type_id in form.type_ids:
            controls.control_sales(type_id, first, until, form.control, by=me(), now=clock.now())
    except Refused as no:
        return refused_page(blame(form, no), "bookings/availability.html", shown=lambda: _page(form), wrong=True)
    toast(say("Saved."))
    return redirect(f"{url_for('availability.show')}?from={first.isoformat()}", 303)


def _form(*, empty: bool = True) -> SalesForm:
    given: dict[str, Any] = {"formdata": None} if empty else {}
    return SalesForm(lang=language.current(), today=clock.business_date(), types=house.types(), **given)


def _page(form: SalesForm) -> dict[str, Any]:
    today = clock.business_date()
    asked, mistake = request.args.get("from", ""), None
    try:
        first = parse_day(asked, today)
    except Refused as no:
        first, mistake = today, no.reason
    days = request.args.get("days", PERIODS[0], type=int)
    days = days if days in PERIODS else PERIODS[0]
    cells = availability(first, first + timedelta(days=days))
    return {
        "form": form,
        "lines": outlook.by_type(cells),
        "house": outlook.whole_house(cells),
        "kinds": {kind.id: kind for kind in house.types()},
        "first": first,
        "days": days,
        "periods": PERIODS,
        "asked": asked,
        "mistake": mistake,
        "step": _steps(first, days, today),
    }


def _steps(first: date, days: int, today: date) -> dict[str, str]:
    """Where the stretch before and after begins; nobody sells nights that are over."""
    span = timedelta(days=days)
    return {"before": max(today, first - span).isoformat(), "after": (first + span).isoformat()}
