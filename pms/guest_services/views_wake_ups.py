"""The operator's worklist of wake-up calls 叫醒, by the clock (Q4)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from pms import access, clock
from pms.errors import Refused
from pms.guest_services import queries_wake_ups, wake_ups
from pms.guest_services.forms_wake_ups import WakeUpForm
from pms.guest_services.models_wake_ups import WakeUp
from pms.property.forms import blame
from pms.property.queries import room_by_number
from pms.requests.queries import stay_in_room
from pms.say import Say, say
from pms.web import frame
from pms.web.gate import me, needs
from pms.web.pages import refused_page, toast

bp = Blueprint("wake_ups", __name__, url_prefix="/wake-ups")

PAGE = "wake_ups/page.html"


@bp.get("")
@needs("wake_guests")
def page() -> str:
    return render_template(PAGE, **_page())


@bp.post("")
@needs("wake_guests")
def order() -> Response | BaseResponse:
    """For one room or, by its code, for a whole group."""
    form = WakeUpForm(now=frame.current().now_local)
    if not form.validate():
        return make_response(render_template(PAGE, wrong=True, **_page(form)), 422)
    try:
        toast(_ordered(form))
    except Refused as no:
        return refused_page(blame(form, no), PAGE, lambda: _page(form), wrong=True)
    if form.due_at.wall and wake_ups.is_left_out(form.due_at.wall, clock.zone()):
        toast(say("The clock jumps over that time: it rings when the old clock would have shown it."))
    return redirect(url_for("wake_ups.page"), 303)


@bp.post("/<int:wake_up_id>/<verb>")
@needs("wake_guests")
def deal(wake_up_id: int, verb: str) -> Response | BaseResponse:
    """`answered`, `unanswered`, `woken` or `cancel`."""
    wake_up = queries_wake_ups.load(wake_up_id)
    who: dict[str, Any] = {"by": me(), "now": clock.now()}
    try:
        _deal(wake_up, verb, who)
    except Refused as no:
        return refused_page(no, PAGE, _page, wrong=True)
    room = wake_up.stay.room.number if wake_up.stay.room else "–"
    toast(say("Room {room}: {state}.", room=room, state=wake_ups.STATE_NAMES[wake_up.state]))
    return redirect(url_for("wake_ups.page"), 303)


def _deal(wake_up: WakeUp, verb: str, who: dict[str, Any]) -> None:
    if verb in ("answered", "unanswered"):
        wake_ups.ring(wake_up, verb == "answered", **who)
    elif verb == "woken":
        wake_ups.woken(wake_up, **who)
    else:
        wake_ups.cancel_wake_up(wake_up, **who)


def _ordered(form: WakeUpForm) -> Say:
    typed, wall = (form.who.data or "").strip(), form.due_at.wall
    assert wall is not None
    words: dict[str, Any] = {"time": f"{wall:%H:%M}", "day": wall.date(), "who": typed.upper()}
    room, now = room_by_number(typed), clock.now()
    if room is not None:
        stay = stay_in_room(room)
        if stay is None:
            raise Refused(say("Nobody lives in room {room}.", room=room.number), field="who")
        wake_ups.order_wake_up(stay, wall, by=me(), now=now)
        return say("Room {who} is woken on {day} at {time}.", **words)
    group = queries_wake_ups.group_called(typed)
    if group is None:
        raise Refused(say("There is no room and no group called {name}.", name=typed), field="who")
    count = wake_ups.order_for_group(group, wall, by=me(), now=now)
    return say("Group {who} is woken on {day} at {time}: {count} new calls.", count=count, **words)


def _page(form: WakeUpForm | None = None) -> dict[str, Any]:
    now = clock.now()
    rows = queries_wake_ups.worklist(now, see_incognito=access.allowed(me(), "see_incognito"))
    return {
        "form": form or WakeUpForm(formdata=None, now=frame.current().now_local, data={"who": request.args.get("who")}),
        "to_ring": [row for row in rows if row.state in queries_wake_ups.OPEN],
        "over": [row for row in rows if row.state not in queries_wake_ups.OPEN],
        "states": wake_ups.STATE_NAMES,
        "now": now,
    }
