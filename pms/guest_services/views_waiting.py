"""Guests who wait for a room, the time it is promised, their luggage, and the call afterwards (C10)."""

from __future__ import annotations

from typing import Any

from flask import Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from pms import clock
from pms.errors import Refused
from pms.front_desk.actions import call_afterwards
from pms.front_desk.models_waiting import AfterWait
from pms.front_desk.queries_waiting import calls_due, wait_of, waiting_for_room
from pms.guest_services.pages import check_in as bp
from pms.guest_services.queries_check_in import pieces_of
from pms.property.actions import promise_room
from pms.property.models import Room
from pms.property.queries import load
from pms.say import say
from pms.web import frame
from pms.web.due import parse_due
from pms.web.gate import me, needs
from pms.web.pages import refused_page, toast

PAGE = "check_in/queue.html"


@bp.get("/room-queue")
@needs("check_in")
def queue() -> str:
    return render_template(PAGE, **_queue())


@bp.post("/room-queue/rooms/<int:room_id>")
@needs("set_housekeeping")
def promise(room_id: int) -> Response | BaseResponse:
    """The time a room is promised, `ready_at` as one says it; housekeeping is told."""
    typed = request.form.get("ready_at", "")
    try:
        if not typed.strip():
            raise Refused(say("Please write the time, like 13:30."), field="ready_at")
        room, ready_at = load(Room, room_id), parse_due(typed, frame.current().now_local)
        promise_room(room, ready_at, by=me(), now=clock.now())
    except Refused as no:
        return refused_page(no, PAGE, _queue, wrong=True, typed={f"room-{room_id}": typed})
    toast(say("Room {room} is promised for {time}.", room=room.number, time=f"{ready_at:%H:%M}"))
    return redirect(url_for("check_in.queue"), 303)


@bp.post("/room-queue/calls/<int:stay_id>")
@needs("call_afterwards")
def called(stay_id: int) -> Response | BaseResponse:
    """What came of the call: `outcome` is a word of AfterWait, `said` what the guest says."""
    said, outcome = request.form.get("said", ""), request.form.get("outcome", "")
    try:
        if outcome not in list(AfterWait):
            raise Refused(say("What came of the call?"))
        call_afterwards(wait_of(stay_id), AfterWait(outcome), said, by=me(), now=clock.now())
    except Refused as no:
        return refused_page(no, PAGE, _queue, wrong=True, typed={f"call-{stay_id}": said})
    toast(say("Saved."))
    return redirect(url_for("check_in.queue"), 303)


def _queue() -> dict[str, Any]:
    waiting, calls = waiting_for_room(clock.business_date()), calls_due()
    return {
        "waiting": waiting,
        "calls": calls,
        "luggage": pieces_of([*(guest.stay.id for guest in waiting), *(call.stay.id for call in calls)]),
        "now": clock.now(),
    }
