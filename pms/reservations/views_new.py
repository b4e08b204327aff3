"""Taking a booking: one screen from dates to a confirmation number (R1)."""

from __future__ import annotations

from flask import render_template

from pms.reservations.pages import bp
from pms.web.gate import needs

__all__ = ["bp"]


@bp.get("/reservations/new")
@needs("book")
def new() -> str:
    return render_template("bookings/new.html")
