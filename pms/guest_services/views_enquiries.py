"""A caller asks for a guest: what the clerk says, in words, time and look the same for a stranger and for a guest who
wants no disclosure (Q1).
"""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, Response, make_response, render_template

from pms import clock
from pms.errors import Refused
from pms.guest_services import actions, queries_enquiries
from pms.guest_services.forms_enquiries import CallerForm
from pms.guest_services.rules import NOT_STAYING
from pms.property.forms import blame
from pms.reservations.queries import load_stay
from pms.web.gate import me, needs
from pms.web.pages import refused_page

bp = Blueprint("enquiries", __name__, url_prefix="/enquiries")

LOOKED_BACK = timedelta(hours=24)


@bp.get("")
@needs("answer_caller")
def caller() -> str:
    """The question, and who was asked for in the last 24 hours."""
    return render_template("enquiries/caller.html", form=CallerForm(formdata=None), calls=_calls())


@bp.post("")
@needs("answer_caller")
def answer() -> str | Response:
    """The answer. Nothing but the words typed tells a hidden guest from a stranger; the log is not on this page."""
    form = CallerForm()
    if not form.validate():
        return make_response(render_template("enquiries/caller.html", wrong=True, form=form, calls=_calls()), 422)
    try:
        found = actions.answer_caller(form.name.data or "", form.room.data, by=me(), now=clock.now())
    except Refused as no:
        page = {"form": form, "wrong": True}
        return refused_page(blame(form, no), "enquiries/caller.html", lambda: {"calls": _calls()}, **page)
    stay = load_stay(found.stay_id) if found.stay_id else None
    return render_template("enquiries/answer.html", form=form, words=found.text, stay=stay, nobody=NOT_STAYING)


def _calls() -> list[queries_enquiries.Call]:
    return queries_enquiries.calls(clock.now() - LOOKED_BACK)
