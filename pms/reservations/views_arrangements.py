"""Special arrangements 特殊要求 (R10): the worklist of a day, ticked off with a key, and the form of a new one."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as BaseResponse
from wtforms import SelectField, StringField

from pms import access, clock
from pms.departments import DEPARTMENT_NAMES, Department
from pms.errors import NotAllowed, Refused
from pms.property import queries as house
from pms.property.forms import blame, choices
from pms.reservations import arrangements, papers, queries, queries_arrangements, words
from pms.reservations.arrangements import NewArrangement
from pms.reservations.models import Stay
from pms.reservations.models_arrangements import Special
from pms.say import say, translate
from pms.web import frame, language
from pms.web.days import parse_day
from pms.web.fields import MISSING, DayField, at_most
from pms.web.gate import me, needs
from pms.web.pages import refused_page, toast

bp = Blueprint("arrangements", __name__)

BIRTHDAY_OWNER = Department.HOUSEKEEPING  # who brings the fruit


class ArrangementForm(FlaskForm):
    kind = SelectField(say("Arrangement"), choices=[])
    what = StringField(say("Particulars"), [at_most(200)])
    department = SelectField(say("Who sees to it"), choices=[])
    due_on = DayField(say("Date"), [MISSING])
    due_at = StringField(say("Time"), [at_most(5)])

    def __init__(self, *args: Any, lang: str, today: date, **kwargs: Any) -> None:
        self.today = today
        super().__init__(*args, **kwargs)
        self.kind.choices = choices(words.SPECIALS, lang)
        self.department.choices = choices(DEPARTMENT_NAMES, lang)

    def arrangement(self) -> NewArrangement:
        assert self.due_on.day is not None
        return NewArrangement(
            kind=Special(self.kind.data),
            department=Department(self.department.data),
            due_on=self.due_on.day,
            due_at=self.due_at.data or "",
            what=self.what.data or "",
        )


@bp.get("/arrangements")
@needs("tick_off")
def show() -> str:
    """What is to be done on `?day=` (today), as one says it."""
    return render_template("arrangements/show.html", **_list(_day()))


@bp.post("/arrangements/<int:arrangement_id>/done")
@needs("tick_off")
def done(arrangement_id: int) -> Response | BaseResponse:
    found = queries_arrangements.load_arrangement(arrangement_id)
    day = found.due_on
    try:
        arrangements.tick_off(found, by=me(), now=clock.now())
    except Refused as no:
        return refused_page(no, "arrangements/show.html", lambda: _list(day), wrong=True)
    return _saved(day)


@bp.post("/arrangements/<int:arrangement_id>/drop")
@needs("arrange")
def drop(arrangement_id: int) -> Response | BaseResponse:
    found = queries_arrangements.load_arrangement(arrangement_id)
    day = found.due_on
    try:
        arrangements.drop(found, by=me(), now=clock.now())
    except Refused as no:
        return refused_page(no, "arrangements/show.html", lambda: _list(day), wrong=True)
    return _saved(day)


@bp.post("/stays/<int:stay_id>/birthday")
@needs("arrange")
def birthday(stay_id: int) -> Response | BaseResponse:
    """Fruit for a guest whose birthday it is, with one key."""
    stay, day = queries.load_stay(stay_id), _day()
    what = translate(say("Birthday fruit and a card"), language.current())
    new = NewArrangement(kind=Special.BIRTHDAY, department=BIRTHDAY_OWNER, due_on=day, what=what)
    try:
        arrangements.arrange(stay, new, by=me(), now=clock.now())
    except Refused as no:
        return refused_page(no, "arrangements/show.html", lambda: _list(day), wrong=True)
    return _saved(day)


@bp.get("/stays/<int:stay_id>/arrange")
@needs("arrange")
def new(stay_id: int) -> str:
    stay = queries.load_stay(stay_id)
    first = {"due_on": max(stay.arrival, _today()), "department": Department.HOUSEKEEPING.value}
    return render_template("arrangements/new.html", **_new(stay, _form(formdata=None, data=first)))


@bp.post("/stays/<int:stay_id>/arrange", endpoint="arrange_now")
@needs("arrange")
def arrange(stay_id: int) -> Response | BaseResponse:
    form = _form()
    if not form.validate():
        page = render_template("arrangements/new.html", wrong=True, **_new(queries.load_stay(stay_id), form))
        return make_response(page, 422)
    try:
        arrangements.arrange(queries.load_stay(stay_id), form.arrangement(), by=me(), now=clock.now())
    except Refused as no:
        again = blame(form, no)
        return refused_page(again, "arrangements/new.html", lambda: _new(queries.load_stay(stay_id), form), wrong=True)
    toast(say("Saved."))
    return redirect(url_for("arrangements.new", stay_id=stay_id), 303)


@bp.get("/arrangements/<int:arrangement_id>/sign.pdf")
@needs("tick_off")
def sign(arrangement_id: int) -> Response:
    """The name sign 接机牌 for the airport."""
    stay = queries_arrangements.load_arrangement(arrangement_id).stay
    if stay.guest.incognito and not access.allowed(me(), "see_incognito"):
        raise NotAllowed(say("This guest wants no disclosure: the front desk prints the sign."))
    response = Response(papers.pick_up_sign(arrangement_id, house.hotel().paper_language), mimetype="application/pdf")
    response.headers.set("Content-Disposition", "inline", filename=f"sign-{arrangement_id}.pdf")
    return response


def _form(**more: Any) -> ArrangementForm:
    return ArrangementForm(lang=language.current(), today=_today(), meta={"csrf": False}, **more)


def _new(stay: Stay, form: ArrangementForm) -> dict[str, Any]:
    return {
        "stay": stay,
        "form": form,
        "lines": queries_arrangements.of_stay(stay.id),
        "words": words,
        "departments": DEPARTMENT_NAMES,
    }


def _list(day: date) -> dict[str, Any]:
    return {
        "day": day,
        "lines": queries_arrangements.of_day(day),
        "birthdays": [line for line in queries_arrangements.birthdays(day) if not line.planned],
        "words": words,
        "departments": DEPARTMENT_NAMES,
        "mine": me().department,
    }


def _day() -> date:
    typed = (request.args.get("day") or request.form.get("day") or "").strip()
    return parse_day(typed, _today()) if typed else _today()


def _today() -> date:
    return frame.current().business_date or clock.business_date()


def _saved(day: date) -> BaseResponse:
    toast(say("Saved."))
    return redirect(url_for("arrangements.show", day=day.isoformat()), 303)
