"""The page of the verification 核对 (R11): what contradicts, with a way to mend it or a word why it may stand."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from pms import clock
from pms.errors import Refused
from pms.reservations import queries_verification, verification
from pms.reservations.contradictions import ContradictionKind
from pms.reservations.queries_verification import VerificationLine
from pms.reservations.words import CONTRADICTIONS
from pms.say import say
from pms.web import frame
from pms.web.gate import me, needs
from pms.web.pages import refused_page, toast

bp = Blueprint("verification", __name__)
PAGE = "bookings/verification.html"


@bp.get("/verification")
@needs("see_verification")
def show() -> str:
    return render_template(PAGE, **_list())


@bp.post("/verification/explain")
@needs("verify_bookings")
def explain() -> Response | BaseResponse:
    """Why the contradiction with this `fingerprint` may stand: `text`."""
    which, typed = request.form.get("fingerprint", ""), request.form.get("text", "")
    try:
        verification.explain(which, typed, by=me(), now=clock.now())
    except Refused as no:
        return refused_page(no, PAGE, _list, wrong=True, typed={which: typed})
    toast(say("Explained."))
    return redirect(url_for("verification.show", _anchor=_next_open()), 303)


@bp.post("/verification/sign")
@needs("verify_bookings")
def sign() -> Response | BaseResponse:
    """All is in order or explained."""
    try:
        verification.sign(by=me(), now=clock.now())
    except Refused as no:
        return refused_page(no, PAGE, _list, wrong=True)
    toast(say("Verified."))
    return redirect(url_for("verification.show"), 303)


def _next_open() -> str | None:
    """The row that is looked at next; none when all is explained."""
    day = frame.current().business_date or clock.business_date()
    left = (line for line in queries_verification.verification(day) if not line.explanation)
    return next((_row_of(line) for line in left), None)


def _row_of(line: VerificationLine) -> str:
    """What the row is called on the page."""
    return f"line-{line.fingerprint[:12]}"


def _list() -> dict[str, Any]:
    day = frame.current().business_date or clock.business_date()
    lines = queries_verification.verification(day)
    return {
        "lines": lines,
        "open": sum(not line.explanation for line in lines),
        "last": queries_verification.last_night(day),
        "signed": queries_verification.signed(day),
        "kinds": CONTRADICTIONS,
        "mended_at": _mended_at,
        "row_of": _row_of,
    }


def _mended_at(line: VerificationLine) -> str:
    """The page on which it can be put right."""
    if line.kind == ContradictionKind.OVERSOLD:
        return f"{url_for('availability.show')}?from={line.night.isoformat()}"
    if line.kind == ContradictionKind.CUT_OFF:
        return url_for("groups.agreement", group_id=line.record_id)
    return url_for("bookings.stay", stay_id=line.record_id)
