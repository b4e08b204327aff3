"""Changing a stay, and taking a cancelled one up again (R2)."""

from __future__ import annotations

from flask import render_template

from pms.reservations import queries
from pms.reservations.pages import bp
from pms.web.gate import needs

__all__ = ["bp"]


@bp.get("/stays/<int:stay_id>/change")
@needs("change_booking")
def change(stay_id: int) -> str:
    return render_template("bookings/change.html", stay=queries.load_stay(stay_id))


@bp.get("/stays/<int:stay_id>/reinstate")
@needs("reinstate")
def reinstate(stay_id: int) -> str:
    return render_template("bookings/reinstate.html", stay=queries.load_stay(stay_id))
