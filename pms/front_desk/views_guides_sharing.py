"""Two guides in one twin room (P3): who, for which nights, what it costs, who agreed."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from pms import access, clock
from pms.errors import Refused
from pms.front_desk import guides_sharing
from pms.reservations import guides
from pms.reservations.queries import load_stay
from pms.say import say
from pms.web.gate import me, needs
from pms.web.pages import refused_page, toast

bp = Blueprint("guides_sharing", __name__)


@bp.get("/stays/<int:stay_id>/share/<int:other_id>")
@needs("place")
def look(stay_id: int, other_id: int) -> str:
    """What it would mean; everybody who places may see it, not everybody may say yes."""
    return render_template("placing/share.html", **_page(stay_id, other_id))


@bp.post("/stays/<int:stay_id>/share/<int:other_id>")
@needs("let_guides_share")
def accept(stay_id: int, other_id: int) -> Response | BaseResponse:
    form, host, other = request.form, load_stay(stay_id), load_stay(other_id)
    versions = (form.get("version", 0, type=int), form.get("other_version", 0, type=int))
    try:
        guides_sharing.share(host, other, form.get("consent", ""), versions=versions, by=me(), now=clock.now())
    except Refused as no:
        return refused_page(no, "placing/share.html", wrong=True, shown=lambda: _page(stay_id, other_id))
    toast(say("Both share one room now; a room of type {type} is free.", type=guides.held_type(other).code))
    return redirect(url_for("bookings.stay", stay_id=stay_id), 303)


def _page(stay_id: int, other_id: int) -> dict[str, Any]:
    host, other = load_stay(stay_id), load_stay(other_id)
    return {
        "host": host,
        "other": other,
        "offer": guides_sharing.look(host, other),
        "held": guides.held_type,
        "may": access.allowed(me(), "let_guides_share"),
        "approvers": access.who_may("let_guides_share"),
        "typed": request.form,
    }
