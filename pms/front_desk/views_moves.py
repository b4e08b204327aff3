"""Room change 换房 (X1, X2): why, who agreed, where to, at what price; then the slip."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from pms import access, clock
from pms.errors import Refused
from pms.front_desk import actions, moves, queries_forms
from pms.front_desk.desk import must_be_in_house, told
from pms.front_desk.forms_moves import REASONS, MoveForm
from pms.front_desk.over_the_rack import draw, leave, refuse, way_back
from pms.front_desk.queries import keys_of
from pms.front_desk.queries_rack import move_of
from pms.front_desk.rules import RateEffect
from pms.notices import DEPARTMENT_NAMES
from pms.property import queries as house
from pms.property.forms import blame, seen_version
from pms.reporting.kinds import House
from pms.reporting.printing import render_form
from pms.reservations.changes import check_version
from pms.reservations.models import Stay
from pms.reservations.queries import load_stay
from pms.reservations.queries_moves import agreed
from pms.say import Listed, say, translate
from pms.web import language
from pms.web.gate import me, needs
from pms.web.language import called
from pms.web.pages import toast

bp = Blueprint("moves", __name__)


@bp.get("/stays/<int:stay_id>/room-change")
@needs("room_move")
def sheet(stay_id: int) -> Response:
    """The sheet of a room change; `?number=` is a room to move to, as dropped on in the rack."""
    stay = load_stay(stay_id)
    must_be_in_house(stay)
    number = request.args.get("number", "")
    filled = {"number": number, "version": stay.version, "keys": _copies(stay)} | _as_agreed(stay, number)
    form = MoveForm(formdata=None, data=filled)
    return draw("moves/sheet", **_sheet(stay, form))


@bp.post("/stays/<int:stay_id>/room-change")
@needs("room_move")
def move(stay_id: int) -> Response | BaseResponse:
    stay = load_stay(stay_id)
    form = MoveForm()
    if not form.validate():
        return draw("moves/sheet", 422, wrong=True, **_sheet(stay, form))
    try:
        done = _move(stay, form)
    except Refused as no:
        return refuse(blame(form, at_field(form, no)), "moves/sheet", **_sheet(load_stay(stay_id), form))
    toast(say("{guest} is now in room {room}.", guest=called(stay.guest), room=done.to_room.number))
    return leave(url_for("moves.done", stay_id=stay.id, move_id=done.id, back=way_back(stay.id)))


def _move(stay: Stay, form: MoveForm) -> moves.RoomMove:
    check_version(stay, seen_version(form))
    to = form.wanted()
    if to is None:
        raise Refused(say("There is no such room."), field="room")
    return actions.change_room(
        stay, to, form.why(language.current()), asked_by_house=form.asked_by.data == "house",
        consent=form.consent.data or "", rate_effect=RateEffect(form.rate.data), keys=form.keys.data or 1, by=me(),
        now=clock.now(),
    )  # fmt: skip


def at_field(form: MoveForm, no: Refused) -> Refused:
    """Point to where the mistake was typed: the reason, the number."""
    no.field = {"why": "other", "room": "number" if form.number.data else "room"}.get(no.field, no.field)
    return no


@bp.get("/stays/<int:stay_id>/room-change/<int:move_id>")
@needs("room_move")
def done(stay_id: int, move_id: int) -> str:
    """What was done, with the slip to print and sign."""
    stay = load_stay(stay_id)
    return render_template("moves/done.html", stay=stay, move=move_of(stay_id, move_id), back=way_back(stay_id))


@bp.get("/stays/<int:stay_id>/room-change/<int:move_id>.pdf")
@needs("room_move")
def slip(stay_id: int, move_id: int) -> Response:
    """The change slip 换房单."""
    record = queries_forms.change_slip(move_of(stay_id, move_id).id)
    hotel = house.hotel()
    pdf = render_form("change_slip", record, hotel.paper_language, House.of(hotel))
    return Response(bytes(pdf), mimetype="application/pdf")


def _as_agreed(stay: Stay, number: str) -> dict[str, str]:
    """What was agreed before he came, when the move to it is due or its room was chosen."""
    coming = agreed(stay.id)
    if not coming or not (number == coming[0].number or (not number and coming[0].day <= clock.business_date())):
        return {}
    why = say("As agreed: no room was free on all nights.")
    return {
        "number": coming[0].number,
        "other": translate(why, language.current()),
        "asked_by": "house",
        "consent": coming[0].consent,
    }


def _copies(stay: Stay) -> int:
    """As many keys as he has now."""
    return next((key.copies for key in reversed(keys_of(stay.id)) if key.void_at is None), 1)


def _sheet(stay: Stay, form: MoveForm) -> dict[str, Any]:
    found = moves.choices(stay, by=me())
    if not form.room.data and not form.number.data and found:
        form.room.data = str(found[0].room_id)
    to = form.wanted()
    return {
        "stay": stay,
        "form": form,
        "rooms": found,
        "to": to,
        "effect": moves.rate_effect_of(stay, to.type_id, by=me()) if to else None,
        "types": {kind.id: kind for kind in house.types(all_of_them=True)},
        "reasons": REASONS,
        "moves": agreed(stay.id),
        "told": Listed([DEPARTMENT_NAMES[department] for department in told(stay)]),
        "may_upgrade": access.allowed(me(), "approve_upgrade"),
        "back": way_back(stay.id),
    }
