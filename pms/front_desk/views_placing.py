"""Placing 排房 one guest: a room and the reasons for it, what suits those of the tray, another end of a booking."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from pms import clock
from pms.assignment import actions as assignment
from pms.assignment.queries_overrides import overrides_of
from pms.errors import Refused
from pms.front_desk import queries_rack as queries
from pms.front_desk.forms_moves import DepartureForm, PlaceForm, room_wanted
from pms.front_desk.over_the_rack import draw, leave, refuse, way_back
from pms.front_desk.queries_check_in import rooms_now
from pms.property import queries as house
from pms.property.forms import blame, seen_version
from pms.reservations.actions import Change, change_stay
from pms.reservations.changes import check_version
from pms.reservations.models import Stay
from pms.reservations.queries import load_stay
from pms.reservations.status import Status
from pms.say import say
from pms.web.days import parse_day
from pms.web.gate import me, needs
from pms.web.language import called
from pms.web.pages import toast
from pms.web.touched import offer_planning

bp = Blueprint("placing", __name__)


# --- One guest -------------------------------------------------------------------------------------------------------
@bp.get("/stays/<int:stay_id>/room")
@needs("place")
def place(stay_id: int) -> Response:
    """Rooms for a guest who has not arrived; `?number=` is one dropped on."""
    stay = load_stay(stay_id)
    form = PlaceForm(formdata=None, data={"number": request.args.get("number", ""), "version": stay.version})
    return draw("rack/place", **_place(stay, form))


@bp.post("/stays/<int:stay_id>/room")
@needs("place")
def give_room(stay_id: int) -> Response | BaseResponse:
    stay = load_stay(stay_id)
    form = PlaceForm()
    if not form.validate():
        return draw("rack/place", 422, wrong=True, **_place(stay, form))
    before = stay.room_id or 0
    try:
        number = _give_room(stay, form)
    except Refused as no:
        if no.field == "room" and form.number.data:
            no.field = "number"
        return refuse(blame(form, no), "rack/place", **_place(load_stay(stay_id), form))
    undo = url_for("placing.undo", stay_id=stay.id, room=before, back=way_back(stay_id))
    toast(say("{guest} has room {room}.", guest=called(stay.guest), room=number), undo)
    return leave(way_back(stay_id))


def _give_room(stay: Stay, form: PlaceForm) -> str:
    check_version(stay, seen_version(form))
    room = room_wanted(form)
    if room is None:
        raise Refused(say("There is no such room."), field="room")
    now = clock.now()
    assignment.place_stay(stay, room, consent=form.consent.data or "", by=me(), now=now)
    if form.lock.data:
        assignment.lock(stay, str(say("Promised to the guest")), by=me(), now=now)
    return str(room.number)


@bp.post("/stays/<int:stay_id>/room/undo")
@needs("place")
def undo(stay_id: int) -> BaseResponse:
    """The room `?room=` again, or none."""
    stay, now = load_stay(stay_id), clock.now()
    room_id = request.args.get("room", 0, type=int)
    if room_id:
        assignment.place_stay(stay, house.load(house.Room, room_id), by=me(), now=now)
    else:
        assignment.unplace(stay, by=me(), now=now)
    toast(say("{guest} is where he was before.", guest=called(stay.guest)))
    return redirect(way_back(stay_id), 303)


def _place(stay: Stay, form: PlaceForm) -> dict[str, Any]:
    ranked = assignment.suggest(stay) if stay.status is Status.RESERVED else []
    if not form.room.data and not form.number.data and ranked:
        form.room.data = str(ranked[0].room.id)
    wanted = room_wanted(form)
    rooms = [(scored.room.id, scored.room.number, assignment.offer_text(scored)) for scored in ranked]
    against = None
    if wanted and wanted.active and wanted.id not in {room_id for room_id, *_ in rooms}:
        against = assignment.why_not(stay, wanted)
    return {
        "stay": stay,
        "form": form,
        "rooms": rooms,
        "wanted": wanted,
        "against": against,
        "overrides": overrides_of(stay.id),
        "back": way_back(stay.id),
    }


@bp.get("/stays/<int:stay_id>/why-not")
@needs("place")
def why_not(stay_id: int) -> str:
    """What stands against the room `?room=`, the weightiest first, wherever the stay is shown."""
    stay, room = load_stay(stay_id), house.room_by_number(request.args.get("room", ""))
    if room is None or not room.active:
        return render_template("placing/_why_not_here.html", room=None)
    state = rooms_now([room.id])[room.id]
    return render_template("placing/_why_not_here.html", room=state, found=assignment.why_not(stay, room))


# --- Everybody of the tray -------------------------------------------------------------------------------------------
@bp.get("/rack/tray")
@needs("place")
def tray() -> str:
    """The tray with the rooms that would suit each guest."""
    today = clock.business_date()
    waiting = queries.without_room(today)
    plan = assignment.preview(today, [row.stay_id for row in waiting])
    found: dict[int, list[tuple[str, Any]]] = {row.stay_id: [] for row in waiting}
    ready = queries.ready_at(p.choice.room.id for p in plan.placed)
    for placed in plan.placed:
        found[placed.stay.id].append((placed.choice.room.number, ready.get(placed.choice.room.id)))
        if placed.next_best and not ready.get(placed.choice.room.id):
            found[placed.stay.id].append((placed.next_best.room.number, None))
    types = {row.id: row for row in house.types(all_of_them=True)}
    return render_template("rack/_waiting.html", waiting=waiting, types=types, found=found)


# --- Another end of a booking ----------------------------------------------------------------------------------------
@bp.get("/stays/<int:stay_id>/dates")
@needs("change_booking")
def dates(stay_id: int) -> Response:
    """Another departure for a guest who has not arrived; `?day=` as typed or dragged to."""
    stay = load_stay(stay_id)
    form = _dates_form(stay, formdata=None, data={"day": request.args.get("day"), "version": stay.version})
    return draw("rack/dates", **_dates(stay, form))


@bp.post("/stays/<int:stay_id>/dates")
@needs("change_booking")
def change_dates(stay_id: int) -> Response | BaseResponse:
    stay = load_stay(stay_id)
    form = _dates_form(stay)
    if not form.validate():
        return draw("rack/dates", 422, wrong=True, **_dates(stay, form))
    had_a_room = stay.room_id is not None
    try:
        departure = form.day.day
        changed = change_stay(stay, Change(departure=departure), version=seen_version(form), by=me(), now=clock.now())
    except Refused as no:
        if no.field == "departure":
            no.field = "day"
        return refuse(blame(form, no), "rack/dates", **_dates(load_stay(stay_id), form))
    toast(say("{guest} now leaves on {departure}.", guest=called(stay.guest), departure=departure))
    for sentence in changed.said:
        toast(sentence)
    if had_a_room and stay.room_id is None:
        offer_planning([stay.id])
    return leave(way_back(stay_id))


def _dates_form(stay: Stay, **kwargs: Any) -> DepartureForm:
    return DepartureForm(
        business_date=clock.business_date(), departure=stay.departure, currency=house.hotel().currency, **kwargs
    )


def _dates(stay: Stay, form: DepartureForm) -> dict[str, Any]:
    day: date | None = None
    if (form.day.data or "").strip():
        try:
            day = form.day.day or parse_day(form.day.data or "", form.today)
        except Refused:
            day = None
    return {"stay": stay, "form": form, "day": day, "back": way_back(stay.id)}
