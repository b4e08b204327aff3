"""Room change 换房 (X1, X2): why, who agreed, where to, at what price."""

from __future__ import annotations

from flask import Blueprint, render_template

from pms.reservations.queries import load_stay
from pms.web.gate import needs

bp = Blueprint("moves", __name__)


@bp.get("/stays/<int:stay_id>/room-change")
@needs("room_move")
def sheet(stay_id: int) -> str:
    """The sheet of a room change."""
    return render_template("moves/sheet.html", stay=load_stay(stay_id))
