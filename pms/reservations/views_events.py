"""The events board 当日活动与宴会 (R14), and what each clerk has booked 订房业绩 (R13)."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as BaseResponse
from wtforms import IntegerField, StringField
from wtforms.validators import Optional

from pms import clock
from pms.errors import Refused
from pms.property.forms import blame
from pms.reservations import events, queries_events
from pms.reservations.events import NewEvent
from pms.say import say
from pms.web import frame
from pms.web.days import parse_day
from pms.web.fields import MISSING, DayField, at_most, within
from pms.web.gate import me, needs
from pms.web.pages import refused_page, toast

bp = Blueprint("events", __name__)


class EventForm(FlaskForm):
    title = StringField(say("What is on"), [MISSING, at_most(80)])
    place = StringField(say("Where"), [MISSING, at_most(60)])
    day = DayField(say("Date"), [MISSING])
    starts = StringField(say("From"), [MISSING, at_most(5)])
    ends = StringField(say("Until"), [at_most(5)])
    organiser = StringField(say("Organiser"), [at_most(80)])
    covers = IntegerField(say("Covers"), [Optional(), within(0, 5000)])

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        self.today = today
        super().__init__(*args, **kwargs)

    def event(self) -> NewEvent:
        assert self.day.day is not None
        texts = {name: getattr(self, name).data or "" for name in ("title", "place", "starts", "ends", "organiser")}
        return NewEvent(day=self.day.day, covers=self.covers.data or 0, **texts)


@bp.get("/events")
@needs("see_desk")
def board() -> str:
    """What is on, on `?day=` as one says it; today without."""
    return render_template("events/board.html", **_board(_day()))


@bp.post("/events")
@needs("write_events")
def write() -> Response | BaseResponse:
    form = _form()
    if not form.validate():
        return make_response(render_template("events/board.html", wrong=True, **_board(_today(), form)), 422)
    try:
        event = events.write_event(form.event(), by=me(), now=clock.now())
    except Refused as no:
        return refused_page(blame(form, no), "events/board.html", lambda: _board(_today(), form), wrong=True)
    return _saved(event.day)


@bp.post("/events/<int:event_id>/call-off")
@needs("write_events")
def call_off(event_id: int) -> Response | BaseResponse:
    event = queries_events.load_event(event_id)
    day = event.day
    try:
        events.call_off(event, by=me(), now=clock.now())
    except Refused as no:
        return refused_page(no, "events/board.html", lambda: _board(day), wrong=True)
    return _saved(day)


@bp.get("/credit")
@needs("see_revenue")
def credit() -> str:
    """What each clerk took on `?day=` and in its month (R13)."""
    day = _day(past=True)
    return render_template("events/credit.html", day=day, lines=queries_events.clerks_credit(day))


def _board(day: date, form: EventForm | None = None) -> dict[str, Any]:
    fresh = form or _form(formdata=None, data={"day": day})
    near = {"before": day - timedelta(days=1), "after": day + timedelta(days=1)}
    return {"day": day, "events": queries_events.events_of(day), "form": fresh, **near}


def _form(**more: Any) -> EventForm:
    return EventForm(today=_today(), meta={"csrf": False}, **more)


def _day(*, past: bool = False) -> date:
    typed = request.args.get("day", "").strip()
    with suppress(ValueError):
        return date.fromisoformat(typed)
    return parse_day(typed, _today(), past=past) if typed else _today()


def _today() -> date:
    return frame.current().business_date or clock.business_date()


def _saved(day: date) -> BaseResponse:
    toast(say("Saved."))
    return redirect(url_for("events.board", day=day.isoformat()), 303)
