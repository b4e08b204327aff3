"""The night audit in the browser: what stands in the way, the rehearsal, the run and its papers."""

from __future__ import annotations

from flask import Blueprint, render_template

from pms import clock
from pms.night_audit import actions
from pms.web.gate import me, needs

bp = Blueprint("audit", __name__, url_prefix="/night-audit")


@bp.get("")
@needs("run_audit")
def page() -> str:
    """Where the day stands: what blocks, what would be posted."""
    return render_template("audit/page.html", rehearsal=actions.rehearse(me(), clock.now()))
