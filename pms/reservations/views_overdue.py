"""The worklist of overdue arrivals 应到未到 (R7): each called, with one key for what they say."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from pms import access, clock
from pms.errors import Refused
from pms.property import queries as house
from pms.reservations import overdue, queries, queries_overdue, words
from pms.reservations.models_calls import Answer
from pms.say import say
from pms.web import frame
from pms.web.gate import me, needs
from pms.web.pages import refused_page, toast

bp = Blueprint("overdue", __name__)


@bp.get("/overdue")
@needs("see_reservations")
def show() -> str:
    return render_template("overdue/show.html", **_list())


@bp.post("/stays/<int:stay_id>/arrival-call")
@needs("change_booking")
def called(stay_id: int) -> Response | BaseResponse:
    """What the guest said: `answer` is a word of Answer, `eta` the new time."""
    stay, typed = queries.load_stay(stay_id), request.form.get("eta", "")
    try:
        if request.form.get("answer") not in {answer.value for answer in Answer}:
            raise Refused(say("What came of the call?"))
        overdue.call_arrival(stay, Answer(request.form["answer"]), typed, by=me(), now=clock.now())
    except Refused as no:
        return refused_page(no, "overdue/show.html", _list, wrong=True, typed={stay_id: typed})
    toast(say("Saved."))
    return redirect(url_for("overdue.show"), 303)


@bp.post("/stays/<int:stay_id>/release")
@needs("cancel_booking")
def release(stay_id: int) -> Response | BaseResponse:
    """The hold is over: this room is given to others."""
    stay = queries.load_stay(stay_id)
    try:
        overdue.release(stay, by=me(), now=clock.now())
    except Refused as no:
        return refused_page(no, "overdue/show.html", _list, wrong=True)
    toast(
        say("Released: {confirmation}.", confirmation=stay.booking.confirmation),
        undo=url_for("bookings.reinstate_now", stay_id=stay_id),
    )
    return redirect(url_for("overdue.show"), 303)


def _list() -> dict[str, Any]:
    today = _today()
    return {
        "lines": queries_overdue.overdue(today, f"{frame.current().now_local:%H:%M}"),
        "short": queries_overdue.short_of(today),
        "facts": house.facts(),
        "answers": words.ARRIVAL_ANSWERS,
        "words": words,
        "hold_hour": house.hotel().hold_hour,
        "sees_all": access.allowed(me(), "see_incognito"),
    }


def _today() -> date:
    return frame.current().business_date or clock.business_date()
