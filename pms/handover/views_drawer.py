"""The cash drawer counted by its notes and coins, a difference seen by a second person (H3)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from pms import access, clock
from pms.accounts import approval
from pms.errors import Refused
from pms.handover import actions, forms, queries, rules
from pms.money import Amount
from pms.property.queries import hotel
from pms.say import say
from pms.web.gate import me, needs
from pms.web.pages import refused_page, toast

bp = Blueprint("drawer", __name__, url_prefix="/drawer")


@bp.get("")
@needs("count_drawer")
def page() -> str:
    """The form for a count; what should be there is not shown before it is counted."""
    return render_template("handover/drawer.html", **_page())


@bp.post("")
@needs("count_drawer")
def count() -> Response | BaseResponse:
    try:
        currency = hotel().currency
        pieces = forms.pieces_of(request.form, currency)
        witness = approval.approver_of(
            request.form.get("approval", ""), about=_about(rules.total_of(pieces, currency)), to=me()
        )
        done = actions.count_drawer(
            pieces,
            kept=forms.kept_of(request.form, currency),
            reason=request.form.get("reason", ""),
            witness=witness,
            by=me(),
            now=clock.now(),
        )
    except Refused as no:
        return refused_page(no, "handover/drawer.html", _page, wrong=True)
    toast(say("The drawer is counted: {amount}.", amount=Amount(done.counted, currency)))
    onward = "handover.page" if access.allowed(me(), "see_handover") else "drawer.page"
    return redirect(url_for(onward), 303)


def _about(counted: int) -> str:
    """What a colleague sees and approves: this count against what is expected now."""
    return f"count {counted} of {queries.expected_cash()[0]}"


def _page() -> dict[str, Any]:
    currency, typed = hotel().currency, request.form
    try:
        counted: int | None = rules.total_of(forms.pieces_of(typed, currency), currency) if typed else None
    except Refused:
        counted = None
    return {
        "currency": currency,
        "faces": rules.denominations(currency),
        "typed": typed,
        "counted": counted,
        "difference": None if counted is None else counted - queries.expected_cash()[0],
        "about": "" if counted is None else _about(counted),
        "counts": queries.last_counts(),
    }
