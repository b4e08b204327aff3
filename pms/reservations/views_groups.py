"""Groups, conferences and weddings: their block, their rooming list, their rooms (R8)."""

from __future__ import annotations

from flask import Blueprint, render_template

from pms.reservations import queries_groups
from pms.web.gate import needs

bp = Blueprint("groups", __name__)


@bp.get("/groups")
@needs("see_reservations")
def index() -> str:
    return render_template("groups/index.html")


@bp.get("/groups/new")
@needs("manage_groups")
def new() -> str:
    return render_template("groups/index.html")


@bp.get("/groups/<int:group_id>")
@needs("see_reservations")
def show(group_id: int) -> str:
    queries_groups.load_group(group_id)
    return render_template("groups/index.html")
