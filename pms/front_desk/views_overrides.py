"""One placing rule set aside for one stay (P2, P15): which speak for the guest, who agreed, held again."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from pms import access, clock
from pms.assignment import overriding
from pms.assignment.queries_overrides import overrides_of
from pms.assignment.rules import title_of
from pms.errors import Refused
from pms.reservations.models import Stay
from pms.reservations.queries import load_stay
from pms.say import say
from pms.web.gate import me, needs
from pms.web.pages import refused_page, toast

bp = Blueprint("overrides", __name__)


@bp.get("/stays/<int:stay_id>/rules")
@needs("place")
def look(stay_id: int) -> str:
    """The rules that speak for the guest and could stand back, and those that do."""
    return render_template("placing/overrides.html", **_page(load_stay(stay_id)))


@bp.post("/stays/<int:stay_id>/rules")
@needs("place")
def override(stay_id: int) -> Response | BaseResponse:
    rule = request.form.get("rule", "")
    try:
        if not rule:
            raise Refused(say("Choose a rule."), field="rule")
        overriding.override(load_stay(stay_id), rule, request.form.get("why", ""), by=me(), now=clock.now())
    except Refused as no:
        return refused_page(no, "placing/overrides.html", wrong=True, shown=lambda: _page(load_stay(stay_id)))
    toast(
        say("Set aside for this guest: {rule}.", rule=title_of(rule)),
        url_for("overrides.hold_again", stay_id=stay_id, rule=rule),
    )
    return redirect(url_for("overrides.look", stay_id=stay_id), 303)


@bp.post("/stays/<int:stay_id>/rules/<rule>/hold")
@needs("place")
def hold_again(stay_id: int, rule: str) -> BaseResponse:
    """The rule holds for this guest as for everybody."""
    overriding.hold_again(load_stay(stay_id), rule, by=me(), now=clock.now())
    toast(say("It holds again: {rule}.", rule=title_of(rule)))
    return redirect(url_for("overrides.look", stay_id=stay_id), 303)


def _page(stay: Stay) -> dict[str, Any]:
    by = me()
    aside = overrides_of(stay.id)
    return {
        "stay": stay,
        "rules": [(each, access.allowed(by, each.needed)) for each in overriding.in_force(stay)],
        "overrides": aside,
        "may_hold": {each.rule for each in aside if access.allowed(by, overriding.needed(each.rule))},
        "kind_of": overriding.kind_of,
        "who_may": access.who_may,
        "typed": request.form,
    }
