"""A stay with everything the house knows of it, and giving it up: both ask the folio, so they stand above it."""

from __future__ import annotations

from flask import render_template

from pms.reservations import queries
from pms.reservations.pages import bp
from pms.web.gate import needs

__all__ = ["bp"]


@bp.get("/stays/<int:stay_id>")
@needs("see_reservations")
def stay(stay_id: int) -> str:
    return render_template("bookings/stay.html", stay=queries.load_stay(stay_id))


@bp.get("/stays/<int:stay_id>/cancel")
@needs("cancel_booking")
def cancel(stay_id: int) -> str:
    return render_template("bookings/cancel.html", stay=queries.load_stay(stay_id))
