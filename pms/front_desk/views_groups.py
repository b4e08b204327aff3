"""A whole group is checked in on one page, from its rooming list (C4)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template

from pms.reservations import queries_groups
from pms.web.gate import needs

bp = Blueprint("group_check_in", __name__)

ADDRESS = "/groups/<int:group_id>/check-in"


@needs("check_in")
def sheet(group_id: int) -> str:
    queries_groups.load_group(group_id)
    return render_template("groups/index.html")


@bp.record_once
def _among_the_pages_of_groups(state: Any) -> None:
    """The desk stands above reservations, where the other pages of a group are; its address is theirs all the same."""
    state.app.add_url_rule(ADDRESS, "groups.check_in", sheet, methods=["GET"])
