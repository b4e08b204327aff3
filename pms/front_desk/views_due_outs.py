"""The call list of guests due out who have not left (E1): whom to ring, what they answer, whom next."""

from __future__ import annotations

from typing import Any

from flask import Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from pms import clock
from pms.errors import Refused
from pms.front_desk import actions, queries
from pms.front_desk.models import CallResult
from pms.front_desk.pages import check_out as bp
from pms.front_desk.rules import hour_said
from pms.property.queries import check_out_hour
from pms.reservations.queries import load_stay
from pms.say import Say, say
from pms.web import frame
from pms.web.gate import me, needs
from pms.web.pages import refused_page, toast

__all__ = ["bp"]

ANSWERS: dict[CallResult, Say] = {
    CallResult.LEAVES: say("Leaves"),
    CallResult.EXTENDS: say("Stays longer"),
    CallResult.LATE_CHECK_OUT: say("Late check-out"),
    CallResult.NO_ANSWER: say("No answer"),
}


@bp.get("/due-outs")
@needs("extend")
def due_outs() -> str:
    return render_template("check_out/due_outs.html", **_list())


@bp.post("/due-outs/<int:stay_id>")
@needs("extend")
def called(stay_id: int) -> Response | BaseResponse:
    """What a guest has answered; who stays longer leads to the page of his departure, the others to the next call."""
    stay = load_stay(stay_id)
    typed = request.form.get("at", "")
    try:
        result = _result(request.form.get("result", ""))
        note = hour_said(typed) if result is CallResult.LEAVES else ""
        if result is CallResult.LATE_CHECK_OUT:
            actions.grant_late_check_out(stay, by=me(), now=clock.now())
        actions.record_call(stay, result, note, by=me(), now=clock.now())
    except Refused as no:
        no.field = f"at-{stay_id}" if no.field == "at" else f"stay-{stay_id}"
        return refused_page(no, "check_out/due_outs.html", _list, wrong=True, typed={stay_id: typed})
    if result is CallResult.EXTENDS:
        return redirect(url_for("extensions.sheet", stay_id=stay_id), 303)
    toast(say("{room}: {answer}", room=stay.room.number if stay.room else "", answer=ANSWERS[result]))
    return redirect(url_for("check_out.due_outs", _anchor=_next_after(stay_id)), 303)


def _result(text: str) -> CallResult:
    try:
        return CallResult(text)
    except ValueError:
        raise Refused(say("Please choose what the guest has answered.")) from None


def _next_after(stay_id: int) -> str:
    """The row of the next guest nobody has reached yet, after this one and round to the top; else the same row."""
    lines = queries.due_out_calls(clock.business_date())
    ids = [line.stay_id for line in lines]
    here = ids.index(stay_id) if stay_id in ids else 0
    waiting = (line.stay_id for line in (*lines[here + 1 :], *lines[:here]) if line.called is None)
    return f"stay-{next(waiting, stay_id)}"


def _list() -> dict[str, Any]:
    today = clock.business_date()
    lines = queries.due_out_calls(today)
    return {
        "lines": lines,
        "today": today,
        "hour": check_out_hour(today),
        "late": frame.current().now_local.hour >= check_out_hour(today),
        "reached": sum(1 for line in lines if line.called),
        "answers": ANSWERS,
    }
