"""One suite offered instead of two rooms (P7): the types by the ladder, the price, who agreed, the approval."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from pms import access, clock
from pms.errors import Refused
from pms.front_desk import one_for_two
from pms.property.queries import type_of
from pms.reservations.queries import load_stay
from pms.say import say
from pms.web.gate import me, needs
from pms.web.pages import refused_page, toast
from pms.web.touched import offer_planning

bp = Blueprint("one_for_two", __name__)


@bp.get("/stays/<int:stay_id>/one-for-two")
@needs("place")
def look(stay_id: int) -> str:
    """What could be offered, at which price; everybody who places may see it, not everybody may say yes."""
    return render_template("placing/one_for_two.html", **_page(stay_id))


@bp.post("/stays/<int:stay_id>/one-for-two")
@needs("approve_upgrade")
def accept(stay_id: int) -> Response | BaseResponse:
    form, stay = request.form, load_stay(stay_id)
    kind, version = form.get("type", 0, type=int), form.get("version", 0, type=int)
    try:
        one_for_two.accept(stay, kind, form.get("consent", ""), version=version, by=me(), now=clock.now())
    except Refused as no:
        return refused_page(no, "placing/one_for_two.html", wrong=True, shown=lambda: _page(stay_id))
    toast(say("Both parties have one room now, {type}.", type=type_of(stay.type_id).code))
    offer_planning([stay_id])
    return redirect(url_for("bookings.stay", stay_id=stay_id), 303)


def _page(stay_id: int) -> dict[str, Any]:
    stay = load_stay(stay_id)
    return {
        "stay": stay,
        "offer": one_for_two.look(stay),
        "may": access.allowed(me(), "approve_upgrade"),
        "approvers": access.who_may("approve_upgrade"),
        "typed": request.form,
    }
