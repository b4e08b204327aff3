"""Another departure of a guest in house 延住 (E1, E2): longer, earlier, or late on the day."""

from __future__ import annotations

from flask import Blueprint, render_template

from pms.reservations.queries import load_stay
from pms.web.gate import needs

bp = Blueprint("extensions", __name__)


@bp.get("/stays/<int:stay_id>/departure")
@needs("extend")
def sheet(stay_id: int) -> str:
    """The sheet of another departure."""
    return render_template("extensions/sheet.html", stay=load_stay(stay_id))
