"""POST /approvals: a colleague approves at somebody else's desk; the answer is a piece of the form that asked."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template, request

from pms import clock
from pms.accounts import approval
from pms.db import db, reading
from pms.errors import Refused
from pms.say import say
from pms.web import sessions
from pms.web.gate import me, own_work

bp = Blueprint("approvals", __name__)

ACTIONS = frozenset({"approve_discount", "witness_count", "witness_forced_box"})
"""What may be approved so, by its name in the access table."""


@bp.post("/approvals")
@own_work
def give() -> Response:
    """Fields `approver`, `password`, `action`, `about`; the fragment has the ticket as `approval`, or what is wrong."""
    action, about = request.form.get("action", ""), request.form.get("about", "")[:40]
    to_id = me().id
    db.session.rollback()  # the reading that found out who is asking is over
    try:
        if action not in ACTIONS:
            raise Refused(say("This cannot be approved here."), field="approver")
        ticket = approval.give(
            request.form.get("approver", ""),
            request.form.get("password", ""),
            action=action,
            about=about,
            to_id=to_id,
            address=request.remote_addr or "",
            limits=sessions.login_limits(),
            now=clock.now(),
        )
    except Refused as no:
        with reading():
            page = render_template("accounts/_approval.html", action=action, about=about, refusal=no)
            return make_response(page, no.status)
    with reading():
        return make_response(render_template("accounts/_approval.html", action=action, about=about, ticket=ticket))
