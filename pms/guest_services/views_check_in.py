"""The check-in sheet, the walk-in by the same sheet, and the guests who wait for a room (C2, C3, C10).

Here, above the desk, because what lies ready for the guest is named: messages and luggage.
"""

from __future__ import annotations

from flask import Blueprint, render_template

from pms import clock
from pms.front_desk.queries_check_in import due_stay
from pms.web.gate import needs

bp = Blueprint("check_in", __name__)


@bp.get("/stays/<int:stay_id>/check-in")
@needs("check_in")
def sheet(stay_id: int) -> str:
    return render_template("check_in/sheet.html", stay=due_stay(stay_id))


@bp.get("/walk-in")
@needs("check_in")
def walk_in() -> str:
    return render_template("check_in/walk_in.html", today=clock.business_date())


@bp.get("/room-queue")
@needs("check_in")
def queue() -> str:
    return render_template("check_in/queue.html")
