"""Message slips 留言单: taken, read back, on the rack for 24 hours, delivered (Q2)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from pms import access, clock
from pms.errors import Refused
from pms.guest_services import actions, queries_messages
from pms.guest_services.forms_messages import FOLLOW_UPS, MessageForm
from pms.guest_services.messages import READ, STATUS_NAMES
from pms.guest_services.models import Message
from pms.property.queries import hotel
from pms.reporting import forms as papers
from pms.reservations.models import Stay
from pms.reservations.queries import load_stay
from pms.say import Say, say
from pms.web import language
from pms.web.gate import me, needs
from pms.web.pages import refused_page, toast

bp = Blueprint("messages", __name__, url_prefix="/messages")

DELIVERED_TO: dict[str, Say] = {"guest": say("the guest"), "room": say("the room")}
READ_BACK, CHANGE = "read_back", "change"
"""What the buttons of taking a message send: it was read back and is saved; or it is changed once more."""


@bp.get("")
@needs("take_message")
def rack() -> str:
    """What waits, by urgency and age; `?list=history` what became of the others."""
    return render_template("messages/rack.html", **_rack())


@bp.get("/take")
@needs("take_message")
def take() -> str:
    """The form for a message; `?stay_id=` whom it is for."""
    return render_template("messages/take.html", **_take())


@bp.post("/take")
@needs("take_message")
def save() -> str | Response | BaseResponse:
    """First shows the slip, to be read back to the caller; saves it when the clerk says that he did."""
    form, step = MessageForm(lang=language.current()), request.form.get("step")
    if step == CHANGE:
        return render_template("messages/take.html", **_take(form))
    if not form.validate():
        return make_response(render_template("messages/take.html", wrong=True, **_take(form)), 422)
    try:
        stay, message = load_stay(int(form.stay_id.data or 0)), form.message(read_back=step == READ_BACK)
        if step != READ_BACK:
            actions.check_message(stay, message)
            return render_template("messages/read_back.html", stay=stay, recipient=_called(stay), **_take(form))
        slip = actions.take_message(stay, message, by=me(), now=clock.now())
    except Refused as no:
        return refused_page(_blame(form, no), "messages/take.html", lambda: _take(form), wrong=True)
    toast(say("Message {number} is on the rack.", number=slip.number))
    return redirect(url_for("messages.show", message_id=slip.id, print=1), 303)


@bp.get("/<int:message_id>")
@needs("take_message")
def show(message_id: int) -> str:
    return render_template("messages/show.html", **_show(message_id))


@bp.post("/<int:message_id>/deliver")
@needs("deliver_message")
def deliver(message_id: int) -> Response | BaseResponse:
    """`to` says whom it was given: `guest`, `room`, or somebody's name."""
    to = request.form.get("other", "").strip() or request.form.get("to", "guest")
    done = say("Message {number} is delivered.")
    return _end(message_id, lambda message, **who: actions.deliver_message(message, to=to, **who), done)


@bp.post("/<int:message_id>/read")
@needs("deliver_message")
def read(message_id: int) -> Response | BaseResponse:
    return _end(message_id, actions.read_message, say("Message {number} is read."))


@bp.post("/<int:message_id>/cancel")
@needs("take_message")
def cancel(message_id: int) -> Response | BaseResponse:
    return _end(message_id, actions.cancel_message, say("Message {number} is withdrawn."))


@bp.get("/<int:message_id>/slip.pdf")
@needs("take_message")
def slip(message_id: int) -> Response:
    """The slip in three copies: to the room, for the rack, for the operator."""
    response = Response(papers.message_slip(message_id, hotel().paper_language), mimetype="application/pdf")
    response.headers.set("Content-Disposition", "inline", filename=f"message-{message_id}.pdf")
    return response


def _end(message_id: int, act: Callable[..., Message], done: Say) -> Response | BaseResponse:
    """Deal with a message; who comes second is shown who was first, and when."""
    try:
        message = act(queries_messages.load(message_id), by=me(), now=clock.now())
    except Refused as no:
        return refused_page(no, "messages/show.html", lambda: _show(message_id), wrong=True)
    toast(say(done.text, number=message.number))
    return redirect(url_for("messages.rack"), 303)


def _rack() -> dict[str, Any]:
    now, all_names = clock.now(), access.allowed(me(), "see_incognito")
    waiting = queries_messages.waiting(now, see_incognito=all_names)
    past = request.args.get("list") == "history"
    return {
        "rows": queries_messages.history(now, see_incognito=all_names) if past else waiting,
        "waiting": len(waiting),
        "past": past,
        "now": now,
        "statuses": {status.value: name for status, name in STATUS_NAMES.items()} | {"read": READ},
        "follow_ups": FOLLOW_UPS,
        "delivered_to": DELIVERED_TO,
    }


def _take(form: MessageForm | None = None) -> dict[str, Any]:
    if form is None:
        typed = request.args.get("stay_id", "")
        stay = load_stay(int(typed)) if typed.isdecimal() else None
        given = {"stay_id": stay.id, "stay_id_shown": _called(stay)} if stay else {}
        form = MessageForm(formdata=None, lang=language.current(), data=given)
    return _rack() | {"form": form}


def _show(message_id: int) -> dict[str, Any]:
    row = queries_messages.row(message_id, see_incognito=access.allowed(me(), "see_incognito"))
    return _rack() | {"chosen": row, "fresh": bool(request.args.get("print"))}


def _called(stay: Stay) -> str:
    """The guest as the picker writes him; nameless for those who need not know."""
    hidden = stay.guest.incognito and not access.allowed(me(), "see_incognito")
    return " ".join(filter(None, (stay.room.number if stay.room else "", "" if hidden else stay.guest.name)))


def _blame(form: MessageForm, no: Refused) -> Refused:
    """Say the refusal at its field; what is said of the guest belongs to the field that chose him."""
    field = "stay_id" if no.field == "guest" else no.field
    if field in form:
        form[field].errors = [*form[field].errors, no.reason]
    return Refused(no.reason, offers=no.offers, field=field) if field != no.field else no
