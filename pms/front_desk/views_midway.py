"""One room and then another, agreed with the guest before he comes (P7): look, and agree."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from pms import clock
from pms.assignment import midway
from pms.errors import Refused
from pms.property.queries import type_of
from pms.reservations.changes import check_version
from pms.reservations.queries import load_stay
from pms.say import say
from pms.web.gate import me, needs
from pms.web.language import called
from pms.web.pages import refused_page, toast

bp = Blueprint("midway", __name__)


@bp.get("/stays/<int:stay_id>/midway")
@needs("place")
def look(stay_id: int) -> str:
    """The rooms he could have in turn; `?run=` is the plan whose rooms count as given."""
    return render_template("placing/midway.html", **_page(stay_id))


@bp.post("/stays/<int:stay_id>/midway")
@needs("place")
def agree(stay_id: int) -> Response | BaseResponse:
    form, stay = request.form, load_stay(stay_id)
    try:
        check_version(stay, form.get("version", 0, type=int))
        midway.plan_moves(stay, _parts(form.get("parts", "")), form.get("consent", ""), by=me(), now=clock.now())
    except Refused as no:
        return refused_page(no, "placing/midway.html", wrong=True, shown=lambda: _page(stay_id))
    run_id = request.args.get("run", type=int)
    undo = url_for("placing.undo", stay_id=stay_id, room=0)
    toast(say("{guest} changes rooms midway, as agreed.", guest=called(stay.guest)), undo)
    back = url_for("runs.show", run_id=run_id) if run_id else url_for("bookings.stay", stay_id=stay_id)
    return redirect(back, 303)


def _parts(text: str) -> list[tuple[int, date]]:
    """`12:2026-11-21,15:2026-11-23` as the page has written it."""
    try:
        pairs = [part.partition(":") for part in text.split(",")]
        return [(int(room), date.fromisoformat(day)) for room, _, day in pairs]
    except ValueError:
        raise Refused(say("Choose the rooms again."), field="parts") from None


def _page(stay_id: int) -> dict[str, Any]:
    stay, run_id = load_stay(stay_id), request.args.get("run", type=int)
    parts = midway.look(stay, run_id)
    return {
        "stay": stay,
        "parts": parts,
        "kind": type_of(stay.held_type_id),
        "chosen": ",".join(f"{part.room.id}:{part.first.isoformat()}" for part in parts),
        "run_id": run_id,
        "typed": request.form,
    }
