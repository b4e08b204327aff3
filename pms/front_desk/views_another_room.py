"""The guest does not want his room (P6): the apology, his words, what would suit him better, given with one key."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from pms import clock
from pms.assignment import actions, refusing
from pms.assignment.guests_words import WORDS
from pms.assignment.queries import refused_rooms
from pms.errors import Refused
from pms.front_desk.queries_check_in import rooms_now
from pms.property import queries as house
from pms.property.models import Room
from pms.reservations.actions import agree_other_bed
from pms.reservations.changes import check_version
from pms.reservations.models import Stay
from pms.reservations.queries import load_stay
from pms.say import say
from pms.web.gate import local_path, me, needs
from pms.web.language import called
from pms.web.pages import refused_page, toast

bp = Blueprint("another_room", __name__)


@bp.get("/stays/<int:stay_id>/another-room")
@needs("place")
def look(stay_id: int) -> str:
    """Rooms by the guest's words, `?words=` as often as he says one."""
    return render_template("placing/another_room.html", **_page(load_stay(stay_id)))


@bp.post("/stays/<int:stay_id>/another-room")
@needs("place")
def refuse(stay_id: int) -> Response | BaseResponse:
    """The room `number` was refused: written down, and others offered by the words that were ticked."""
    stay = load_stay(stay_id)
    try:
        room = house.room_by_number(request.form.get("number", ""))
        if room is None:
            raise Refused(say("There is no such room."), field="number")
        refusing.refuse_room(stay, room, _words(), request.form.get("why", ""), by=me(), now=clock.now())
    except Refused as no:
        return _again(no, stay_id)
    toast(say("It is written down that {room} was refused.", room=room.number))
    return redirect(url_for("another_room.look", stay_id=stay_id, words=_words(), back=_back(stay_id)), 303)


@bp.post("/stays/<int:stay_id>/another-room/give")
@needs("place")
def give(stay_id: int) -> Response | BaseResponse:
    """The room that was chosen; another bed of the same rank is agreed on the way."""
    stay = load_stay(stay_id)
    try:
        check_version(stay, request.form.get("version", 0, type=int))
        room = house.load(Room, request.form.get("room", 0, type=int))
        if room.type_id != stay.held_type_id:
            agree_other_bed(stay, room.type_id, by=me(), now=clock.now())
        actions.place_stay(stay, room, by=me(), now=clock.now())
    except Refused as no:
        return _again(no, stay_id)
    toast(say("{guest} has room {room}.", guest=called(stay.guest), room=room.number))
    return redirect(_back(stay_id), 303)


def _again(no: Refused, stay_id: int) -> Response:
    return refused_page(no, "placing/another_room.html", wrong=True, shown=lambda: _page(load_stay(stay_id)))


def _page(stay: Stay) -> dict[str, Any]:
    words = _words()
    found = refusing.other_rooms(stay, words)
    refused = refused_rooms([stay.id]).get(stay.id, [])
    return {
        "stay": stay,
        "words": WORDS,
        "asked": words,
        "found": found,
        "states": rooms_now(each.choice.room.id for each in found),
        "refused": refused,
        "number": request.values.get("number") or (stay.room.number if stay.room else ""),
        "why": request.form.get("why", ""),
        "back": _back(stay.id),
    }


def _words() -> list[str]:
    return [word for word in request.values.getlist("words") if word in WORDS]


def _back(stay_id: int) -> str:
    return local_path(request.values.get("back")) or url_for("bookings.stay", stay_id=stay_id)
