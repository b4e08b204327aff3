"""The placing rules in the settings: which are on, what they cost, in which tier; what a change would do tonight."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from pms import access, clock
from pms.assignment import queries, rule_settings
from pms.assignment.queries_runs import undisclosed
from pms.assignment.rule_settings import WhatIf
from pms.errors import Refused
from pms.front_desk import rule_grid
from pms.say import say
from pms.web.gate import me, needs, own_work
from pms.web.pages import refused_page, toast

bp = Blueprint("placing_rules", __name__, url_prefix="/settings/placing")


@bp.get("")
@needs("see_property")
def show() -> str:
    return render_template("placing/rules.html", **_rules())


@bp.post("")
@needs("manage_property")
def change() -> Response | BaseResponse:
    changes, mistakes = rule_grid.typed_changes(request.form)
    if request.form.get("manual"):
        changes, mistakes = {}, {}
    if mistakes:
        return _again(mistakes)
    try:
        rule_settings.change_rules(changes, seen=request.form.get("seen", ""), by=me(), now=clock.now())
    except Refused as no:
        return refused_page(no, "placing/rules.html", wrong=True, shown=lambda: _rules(request.form))
    toast(say("From now on guests are placed by these rules."))
    return redirect(url_for("placing_rules.show"), 303)


@bp.post("/what-if")
@needs("manage_property")
@own_work
def what_if() -> str | Response:
    """Tonight's plan by the rules as they are and as they were typed; nothing is saved, no writer waits."""
    changes, mistakes = rule_grid.typed_changes(request.form)
    if mistakes:
        return _again(mistakes)
    try:
        tried = rule_settings.what_if(changes)
    except Refused as no:
        return refused_page(no, "placing/rules.html", wrong=True, shown=lambda: _rules(request.form))
    return render_template("placing/rules.html", tried=tried, hidden=_hidden(tried), **_rules(request.form))


def _again(mistakes: Mapping[str, Any]) -> Response:
    page = render_template("placing/rules.html", wrong=True, **_rules(request.form, mistakes))
    return Response(page, 422)


def _hidden(tried: WhatIf) -> set[int]:
    """Guests whose name this reader may not see (Q1)."""
    if access.allowed(me(), "see_incognito"):
        return set()
    return undisclosed(each.stay.id for each in tried.differences)


def _rules(typed: Mapping[str, str] | None = None, mistakes: Mapping[str, Any] | None = None) -> dict[str, Any]:
    saved = queries.rule_changes()
    return {
        "musts": rule_grid.musts(saved, typed),
        "tiers": rule_grid.preferences(saved, typed),
        "tier_names": rule_grid.TIERS,
        "seen": (typed or {}).get("seen") or rule_settings.fingerprint(saved),
        "changed": len(saved),
        "mistakes": mistakes or {},
    }
