"""Check-out at the desk and the call list of due-outs. Here, above the desk, because luggage and messages are named."""

from __future__ import annotations

from flask import Blueprint, render_template

from pms import clock
from pms.front_desk import queries as desk
from pms.property.queries import load
from pms.reservations.models import Stay
from pms.web.gate import needs

bp = Blueprint("check_out", __name__)


@bp.get("/stays/<int:stay_id>/check-out")
@needs("check_out")
def sheet(stay_id: int) -> str:
    return render_template("check_out/sheet.html", stay=load(Stay, stay_id))


@bp.get("/due-outs")
@needs("extend")
def due_outs() -> str:
    return render_template("check_out/due_outs.html", calls=desk.due_out_calls(clock.business_date()))
