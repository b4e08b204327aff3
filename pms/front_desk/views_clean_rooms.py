"""Clean rooms for the next hours, by type, with a rush request in one key (P18)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from pms import clock
from pms.errors import Refused
from pms.front_desk.clean_rooms import ask_rush_for_type
from pms.front_desk.queries_clean_rooms import clean_rooms
from pms.say import Listed, say
from pms.web import frame
from pms.web.gate import me, needs
from pms.web.pages import refused_page, toast

bp = Blueprint("clean_rooms", __name__, url_prefix="/clean-rooms")

HOURS = (2, 4, 8)
USUAL = 4


@bp.get("")
@needs("ask_rush_for_type")
def show() -> str:
    """Each type: who comes in the next hours (`?hours=`), what is ready, what is still to be cleaned."""
    return render_template("check_in/clean_rooms.html", **_page())


@bp.post("/<int:type_id>/rush")
@needs("ask_rush_for_type")
def rush(type_id: int) -> Response | BaseResponse:
    try:
        rooms = ask_rush_for_type(type_id, _until(_hours()), by=me(), now=clock.now())
    except Refused as no:
        return refused_page(no, "check_in/clean_rooms.html", _page)
    toast(say("Asked to be cleaned first: {rooms}.", rooms=Listed(rooms)))
    return redirect(url_for("clean_rooms.show", hours=_hours()), 303)


def _page() -> dict[str, Any]:
    hours = _hours()
    return {
        "needs_": clean_rooms(clock.business_date(), _until(hours)),
        "hours": hours,
        "choices": HOURS,
        "until": _until(hours),
    }


def _hours() -> int:
    typed = request.values.get("hours", "")
    return int(typed) if typed.isdecimal() and int(typed) in HOURS else USUAL


def _until(hours: int) -> str:
    """HH:MM on the hotel's clock; the end of the day at most."""
    now = frame.current().now_local
    return f"{now.hour + hours:02d}:{now.minute:02d}" if now.hour + hours < 24 else "23:59"
