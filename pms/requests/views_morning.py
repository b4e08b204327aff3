"""The supervisor's morning: what is open, late, called back and not satisfied, and what keeps coming back (S6)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response as BaseResponse

from pms import access, clock
from pms.requests import actions, queries
from pms.requests.views import words
from pms.requests.words import TO_DO, Kind, State
from pms.say import say
from pms.web.gate import me, needs
from pms.web.pages import toast

bp = Blueprint("morning", __name__, url_prefix="/requests/morning")


@bp.get("")
@needs("check_repairs")
def view() -> str:
    return render_template("requests/morning.html", **_morning())


@bp.post("/checked")
@needs("check_repairs")
def checked() -> BaseResponse:
    """The foreman has been through the open repairs (S2)."""
    count = actions.check_repairs(by=me(), now=clock.now())
    toast(say("{count} open repairs are checked.", count=count))
    return redirect(url_for("morning.view"), 303)


def _morning() -> dict[str, Any]:
    now, today = clock.now(), clock.business_date()
    rows = queries.unsettled(see_incognito=access.allowed(me(), "see_incognito"))
    to_do = [row for row in rows if row.state in TO_DO]
    repairs = [row for row in to_do if row.kind is Kind.REPAIR]
    return words() | {
        "now": now,
        "not_satisfied": [row for row in rows if row.satisfied is False],
        "late": [row for row in to_do if row.level(now)],
        "older": [row for row in to_do if row.opened_on < today],
        "to_call_back": [row for row in rows if row.state is State.DONE],
        "repairs": repairs,
        "unchecked": sum(row.checked_on != today for row in repairs),
        "repeated": queries.repeated(today),
    }
