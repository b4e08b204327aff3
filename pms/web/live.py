"""What others do appears by itself: pages ask every two seconds whether anything happened (static/js/live.js).

Asked is the database, not this process: the API, the worker and other servers write there too.
"""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template, request

from pms.web import queries
from pms.web.gate import needs

bp = Blueprint("live", __name__)

MARK = "X-Live-Mark"


@bp.get("/live")
@needs("see_desk")
def news() -> Response:
    """204 while nothing has happened since the mark `?seen=`; else the new mark and the bell with its count."""
    mark = queries.live_mark()
    if request.args.get("seen") == mark:
        return make_response("", 204)
    response = make_response(render_template("_bell.html"))
    response.headers[MARK] = mark
    return response
