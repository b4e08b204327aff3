"""The room rack 房态图: rooms and days, who has which room, and what can be done from there."""

from __future__ import annotations

from flask import Blueprint, render_template

from pms.web.gate import needs

bp = Blueprint("rack", __name__)


@bp.get("/rack")
@needs("see_reservations")
def show() -> str:
    """The rack around the business date."""
    return render_template("rack/rack.html")
