"""The rooms as housekeeping sees them, on a phone or at a desk: dirty, clean, inspected by one tap."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from pms import access, clock
from pms.errors import Conflict, Refused
from pms.property import queries as house
from pms.property.actions import HOUSEKEEPING_NAMES, promise_room, set_housekeeping
from pms.property.forms import blame
from pms.property.models import ClosureKind, Housekeeping, Room
from pms.reservations import board as rooms
from pms.reservations import closures, discrepancies, queries_housekeeping
from pms.reservations.board import Board
from pms.reservations.forms_housekeeping import OutOfOrderForm, PromiseForm
from pms.reservations.queries_housekeeping import BoardRoom
from pms.say import say
from pms.web import frame
from pms.web.gate import harmless_twice, me, needs
from pms.web.pages import refused_page, toast

bp = Blueprint("housekeeping", __name__, url_prefix="/housekeeping")

LEFT = "left"
"""What the button of a room whose guest leaves today sends instead of a state: nobody is in it any more."""


@bp.get("")
@needs("set_housekeeping")
def board() -> str:
    """`?show=` one of the tabs, or all; `?floor=` only that floor."""
    return render_template("housekeeping/board.html", **_board())


@bp.post("/tap")
@needs("set_housekeeping")
@harmless_twice
def tap() -> Response | BaseResponse:
    """`tap` is room id, the state the page showed, and the state wanted: a second tap changes nothing more."""
    typed = request.form.get("tap", "").split(":")
    if len(typed) != 3 or not typed[0].isdecimal():
        raise Refused(say("Choose a room."))
    room = house.load(Room, int(typed[0]))
    try:
        if typed[2] == LEFT:
            discrepancies.report_occupancy(room, False, 0, by=me(), now=clock.now())
            toast(say("Room {room} is reported empty; the desk looks after it.", room=room.number))
        else:
            _set(room, _state(typed[1]), _state(typed[2]))
    except Refused as no:
        return refused_page(no, "housekeeping/board.html", _board, wrong=True)
    return redirect(_back(), 303)


@bp.post("/several")
@needs("set_housekeeping")
@harmless_twice
def several() -> Response | BaseResponse:
    """All rooms that are ticked get one state, or none does."""
    state = _state(request.form.get("state", ""))
    ids = [int(one) for one in request.form.getlist("room") if one.isdecimal()]
    try:
        if not ids:
            raise Refused(say("Tick the rooms first."))
        for room_id in ids:
            set_housekeeping(house.load(Room, room_id), state, by=me(), now=clock.now())
    except Refused as no:
        return refused_page(no, "housekeeping/board.html", _board, wrong=True, ticked=set(ids))
    toast(say("{count} rooms are {state}.", count=len(ids), state=HOUSEKEEPING_NAMES[state]))
    return redirect(_back(), 303)


@bp.post("/rooms/<int:room_id>/undo/<state>")
@needs("set_housekeeping")
def undo(room_id: int, state: str) -> BaseResponse:
    """What the toast takes back: the room is again what it was."""
    room = house.load(Room, room_id)
    set_housekeeping(room, _state(state), by=me(), now=clock.now())
    toast(say("Room {room} is {state} again.", room=room.number, state=HOUSEKEEPING_NAMES[room.housekeeping]))
    return redirect(_back(), 303)


@bp.get("/rooms/<int:room_id>")
@needs("set_housekeeping")
def room(room_id: int) -> str:
    """One room: any state, out of order, what was seen in it."""
    return render_template("housekeeping/room.html", **_room(room_id))


@bp.post("/rooms/<int:room_id>/promise")
@needs("set_housekeeping")
def promise(room_id: int) -> Response | BaseResponse:
    """When the room will be clean; the desk hears of it."""
    form = PromiseForm(now=frame.current().now_local)
    if not form.validate():
        return make_response(
            render_template("housekeeping/room.html", wrong=True, **_room(room_id, promised=form)), 422
        )
    found = house.load(Room, room_id)
    try:
        assert form.ready_at.moment is not None
        promise_room(found, form.ready_at.moment, by=me(), now=clock.now())
    except Refused as no:
        return refused_page(
            blame(form, no), "housekeeping/room.html", lambda: _room(room_id, promised=form), wrong=True
        )
    toast(
        say("Room {room} is promised for {time}.", room=found.number, time=f"{clock.local(form.ready_at.moment):%H:%M}")
    )
    return redirect(_back(), 303)


@bp.post("/rooms/<int:room_id>/close")
@needs("close_room")
def close(room_id: int) -> Response | BaseResponse:
    today = clock.business_date()
    form = OutOfOrderForm(today=today)
    if not form.validate():
        return make_response(render_template("housekeeping/room.html", wrong=True, **_room(room_id, form)), 422)
    found = house.load(Room, room_id)
    try:
        assert form.until.day is not None
        reason = form.reason.data or ""
        closures.close(found, ClosureKind.OUT_OF_ORDER, today, form.until.day, reason, by=me(), now=clock.now())
    except Refused as no:
        return refused_page(blame(form, no), "housekeeping/room.html", lambda: _room(room_id, form), wrong=True)
    toast(say("Room {room} is out of order until {day}.", room=found.number, day=form.until.day))
    return redirect(_back(), 303)


@bp.post("/rooms/<int:room_id>/reopen")
@needs("close_room")
def reopen(room_id: int) -> BaseResponse:
    closure = queries_housekeeping.open_closure(room_id, clock.business_date())
    found = house.load(Room, room_id)
    if closure is None:
        raise Refused(say("Room {room} is open already.", room=found.number))
    closures.reopen(closure, by=me(), now=clock.now())
    toast(say("Room {room} is open again.", room=found.number))
    return redirect(_back(), 303)


def _state(word: str) -> Housekeeping:
    try:
        return Housekeeping(word)
    except ValueError:
        raise Refused(say("There is no such room state.")) from None


def _set(room: Room, was: Housekeeping, state: Housekeeping) -> None:
    if room.housekeeping not in (was, state):
        now_is = HOUSEKEEPING_NAMES[room.housekeeping]
        raise Conflict(say("Somebody else was faster: room {room} is {state} now.", room=room.number, state=now_is))
    set_housekeeping(room, state, by=me(), now=clock.now())
    # From dirty nobody gets back to inspected without cleaning: that is not offered.
    back = url_for("housekeeping.undo", room_id=room.id, state=was.value) if was is not Housekeeping.INSPECTED else ""
    toast(say("Room {room} is {state}.", room=room.number, state=HOUSEKEEPING_NAMES[state]), undo=back)


def _board() -> dict[str, Any]:
    shown, floor = request.values.get("show", ""), request.values.get("floor", "")
    tab = shown if shown in (*rooms.TABS, rooms.ALL) else rooms.TO_DO
    day = _today()
    found = queries_housekeeping.board(day, names=_names(), see_incognito=access.allowed(me(), "see_incognito"))
    return {
        "board": Board(day, found, tab, int(floor) if floor.removeprefix("-").isdecimal() else None),
        "next_state": rooms.NEXT,
        "tabs": (*rooms.TABS, rooms.ALL),
        "now": clock.now(),
        "discrepancies": _open_discrepancies(),
    }


def _room(room_id: int, form: OutOfOrderForm | None = None, promised: PromiseForm | None = None) -> dict[str, Any]:
    day = _today()
    secret = access.allowed(me(), "see_incognito")
    found: BoardRoom = queries_housekeeping.one_room(room_id, day, names=_names(), see_incognito=secret)
    return {
        "room": found,
        "board": Board(day, [found], rooms.ALL),
        "form": form or OutOfOrderForm(formdata=None, today=day),
        "promised": promised or PromiseForm(formdata=None, now=frame.current().now_local),
        "discrepancies": _open_discrepancies(),
    }


def _open_discrepancies() -> int:
    return sum(row.resolved_at is None for row in queries_housekeeping.discrepancies(_today()))


def _today() -> Any:
    return frame.current().business_date or clock.business_date()


def _names() -> bool:
    return access.allowed(me(), "see_reservations")


def _back() -> str:
    """The board as it was shown."""
    return url_for("housekeeping.board", show=request.form.get("show") or None, floor=request.form.get("floor") or None)
