"""The settings that change what can be sold: room types, rooms, closures. Everybody may look."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response as BaseResponse

from pms import clock
from pms.accounts.models import User
from pms.errors import Refused
from pms.property import queries as house
from pms.property.forms import RoomForm, TypeForm, blame, seen_version
from pms.property.models import Closure, ClosureKind, Room, RoomType
from pms.reservations import closures, house_changes, queries_closures
from pms.reservations.forms_rooms import ClosureForm
from pms.say import say
from pms.web import language
from pms.web.gate import me, needs
from pms.web.pages import refused_page, toast
from pms.web.touched import offer_planning

bp = Blueprint("rooms", __name__, url_prefix="/settings")

SAVED = say("Saved.")


# --- Room types ------------------------------------------------------------------------------------------------------
@bp.get("/types")
@needs("see_property")
def types() -> str:
    return render_template("property/types.html", types=house.types(all_of_them=True), rooms=house.rooms())


@bp.get("/types/new")
@needs("manage_property")
def new_type() -> str:
    return render_template("property/type.html", **_type(None))


@bp.post("/types/new")
@needs("manage_property")
def add_type() -> Response | BaseResponse:
    return _save_type(None)


@bp.get("/types/<int:type_id>")
@needs("see_property")
def room_type(type_id: int) -> str:
    return render_template("property/type.html", **_type(house.load(RoomType, type_id)))


@bp.post("/types/<int:type_id>")
@needs("manage_property")
def change_type(type_id: int) -> Response | BaseResponse:
    return _save_type(house.load(RoomType, type_id))


def _save_type(kind: RoomType | None) -> Response | BaseResponse:
    form = TypeForm(lang=language.current())
    if not form.validate():
        return again("property/type.html", **_type(kind, form))
    try:
        house_changes.save_type(kind, form.values, by=me(), now=clock.now())
    except Refused as no:
        return refused_page(blame(form, no), "property/type.html", wrong=True, **_type(kind, form))
    return saved("rooms.types")


def _type(kind: RoomType | None, form: TypeForm | None = None) -> dict[str, Any]:
    fresh = None if kind else {"active": True, "overbooking": 0, "rank": 0}
    return {"kind": kind, "form": form or TypeForm(formdata=None, lang=language.current(), obj=kind, data=fresh)}


# --- Rooms -----------------------------------------------------------------------------------------------------------
@bp.get("/rooms")
@needs("see_property")
def rooms() -> str:
    found = house.rooms(all_of_them=True)
    doors = {room.id: house.neighbours(room.id) for room in found}
    return render_template("property/rooms.html", rooms=found, doors=doors)


@bp.get("/rooms/new")
@needs("manage_property")
def new_room() -> str:
    return render_template("property/room.html", **_room(None))


@bp.post("/rooms/new")
@needs("manage_property")
def add_room() -> Response | BaseResponse:
    return _save_room(None)


@bp.get("/rooms/<int:room_id>")
@needs("see_property")
def room(room_id: int) -> str:
    return render_template("property/room.html", **_room(house.load(Room, room_id)))


@bp.post("/rooms/<int:room_id>")
@needs("manage_property")
def change_room(room_id: int) -> Response | BaseResponse:
    return _save_room(house.load(Room, room_id))


def _save_room(room: Room | None) -> Response | BaseResponse:
    form = RoomForm(lang=language.current(), types=house.types(all_of_them=True))
    if not form.validate():
        return again("property/room.html", **_room(room, form))
    try:
        house_changes.save_room(room, form.values, version=seen_version(form), by=me(), now=clock.now())
    except Refused as no:
        return refused_page(blame(form, no), "property/room.html", wrong=True, **_room(room, form))
    return saved("rooms.rooms")


def _room(room: Room | None, form: RoomForm | None = None) -> dict[str, Any]:
    fresh = None if room else {"active": True, "quiet": 50, "condition": 50, "lift_distance": 5}
    types = house.types(all_of_them=True)
    return {
        "room": room,
        "form": form or RoomForm(formdata=None, lang=language.current(), types=types, obj=room, data=fresh),
    }


# --- Closures --------------------------------------------------------------------------------------------------------
@bp.get("/closures")
@needs("see_property")
def list_closures() -> str:
    return render_template("property/closures.html", **_closures())


@bp.post("/closures")
@needs("close_room")
def close() -> Response | BaseResponse:
    form = ClosureForm(lang=language.current(), today=clock.business_date())
    if not form.validate():
        return again("property/closures.html", **_closures(form))
    try:
        touched = _close(form, by=me(), now=clock.now())
    except Refused as no:
        return refused_page(blame(form, no), "property/closures.html", wrong=True, **_closures(form))
    offer_planning(touched)
    return saved("rooms.list_closures")


def _close(form: ClosureForm, *, by: User, now: datetime) -> list[int]:
    """Close the room; the stays that have lost it when it was taken from them."""
    room, values = _room_of(form), form.values
    takes_nights = form.make_way.data and values["kind"] is ClosureKind.OUT_OF_ORDER
    touched = closures.make_way(room, values["first"], values["until"], by=by, now=now) if takes_nights else []
    closures.close(room, **values, by=by, now=now)
    return touched


@bp.post("/closures/<int:closure_id>/reopen")
@needs("close_room")
def reopen(closure_id: int) -> BaseResponse:
    closures.reopen(house.load(Closure, closure_id), by=me(), now=clock.now())
    return saved("rooms.list_closures")


def _room_of(form: ClosureForm) -> Room:
    found = house.room_by_number(form.room.data or "")
    if found is None:
        raise Refused(say("There is no room {number}.", number=form.room.data), field="room")
    return found


def _closures(form: ClosureForm | None = None) -> dict[str, Any]:
    today = clock.business_date()
    return {
        "form": form or ClosureForm(formdata=None, lang=language.current(), today=today),
        "closures": house.open_closures(today),
        "numbers": {room.id: room for room in house.rooms(all_of_them=True)},
        "short": {kind.id: queries_closures.shortages(kind.id, today) for kind in house.types()},
    }


def again(template: str, **context: Any) -> Response:
    """The form again with what was typed and what is wrong with it."""
    return make_response(render_template(template, wrong=True, **context), 422)


def saved(endpoint: str) -> BaseResponse:
    toast(SAVED)
    return redirect(url_for(endpoint), 303)
