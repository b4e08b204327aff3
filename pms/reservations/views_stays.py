"""GET /stays/pick: the stays a clerk may mean, where a form asks for one (templates/_pickers.html)."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from pms import access
from pms.reservations import queries_find
from pms.reservations.status import Status, shown_state
from pms.web import frame
from pms.web.gate import is_htmx, local_path, me, needs

bp = Blueprint("stays", __name__)

LONGEST = 80
MOST = 8


@bp.get("/stays/pick")
@needs("see_reservations")
def pick() -> str:
    """Hits for `?q=` among the stays in `?states=` (words of Status, with commas; without any, all of them).

    Without script it is a page whose hits lead back to `?back=`, with the stay's id as `?name=` of that address.
    """
    text = request.args.get("q", "").strip()[:LONGEST]
    secret = access.allowed(me(), "see_incognito")
    stays = queries_find.stays_in(_states(), text, see_incognito=secret, limit=MOST) if text else []
    back = local_path(request.args.get("back"))
    template = "guests/_stay_hits.html" if is_htmx() else "guests/pick.html"
    return render_template(
        template, stays=stays, q=text, state=shown_state, today=frame.current().business_date, back=back, what="stays"
    )


def _states() -> list[Status]:
    wanted = set(request.args.get("states", "").split(","))
    return [status for status in Status if status.value in wanted] or list(Status)
