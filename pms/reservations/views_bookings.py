"""Bookings: found, and looked at by confirmation number."""

from __future__ import annotations

from flask import render_template

from pms.reservations import queries
from pms.reservations.models import Booking
from pms.reservations.pages import bp
from pms.web.gate import needs

__all__ = ["bp"]


@bp.get("/reservations")
@needs("see_reservations")
def index() -> str:
    return render_template("bookings/index.html")


@bp.get("/reservations/<number>")
@needs("see_reservations")
def show(number: str) -> str:
    """A booking by its confirmation number, or by its id."""
    return render_template("bookings/booking.html", booking=_booking(number))


def _booking(number: str) -> Booking:
    return queries.load_booking(int(number)) if number.isdigit() else queries.booking_by_confirmation(number)
