"""Folios: what a stay owes and has paid, and the cashier's list of them."""

from __future__ import annotations

from flask import Blueprint, render_template

from pms.property.queries import load
from pms.reservations.models import Stay
from pms.web.gate import needs

bp = Blueprint("folios", __name__)


@bp.get("/cashier")
@needs("see_folio")
def index() -> str:
    return render_template("folios/index.html")


@bp.get("/stays/<int:stay_id>/folio")
@needs("see_folio")
def show(stay_id: int) -> str:
    return render_template("folios/show.html", stay=load(Stay, stay_id))
