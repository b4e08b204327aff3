"""The days of a group in the house 团队日程, on a page of the group (C4)."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Response, make_response, redirect, render_template, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as BaseResponse
from wtforms import IntegerField, SelectField, StringField
from wtforms.validators import Optional

from pms import clock
from pms.errors import Refused
from pms.front_desk import programme, queries_programme
from pms.front_desk.models_programme import Item
from pms.front_desk.programme import ITEMS, NewLine
from pms.front_desk.queries_group_papers import group_paper
from pms.property.forms import blame, choices
from pms.reservations.pages import groups as bp
from pms.reservations.queries_groups import load_group
from pms.reservations.words import GROUP_STATUSES
from pms.say import say
from pms.web import language
from pms.web.fields import MISSING, DayField, at_most
from pms.web.gate import me, needs
from pms.web.pages import refused_page, toast

__all__ = ["bp"]

PAGE = "groups/programme.html"


class LineForm(FlaskForm):
    item = SelectField(say("Programme item"), choices=[])
    day = DayField(say("Date"), [MISSING])
    at = StringField(say("Time"), [MISSING, at_most(8)])
    place = StringField(say("Place"), [at_most(60)])
    covers = IntegerField(say("Covers"), [Optional()])

    def __init__(self, *args: Any, lang: str, today: date, **kwargs: Any) -> None:
        self.today = today
        super().__init__(*args, meta={"csrf": False}, **kwargs)
        self.item.choices = choices(ITEMS, lang)

    def line(self) -> NewLine:
        assert self.day.day is not None
        return NewLine(
            item=Item(self.item.data),
            day=self.day.day,
            at=self.at.data or "",
            place=self.place.data or "",
            covers=self.covers.data or 0,
        )


@bp.get("/groups/<int:group_id>/programme")
@needs("write_programme")
def programme_of(group_id: int) -> str:
    return render_template(PAGE, **_page(group_id))


@bp.post("/groups/<int:group_id>/programme")
@needs("write_programme")
def write_programme(group_id: int) -> Response | BaseResponse:
    form = LineForm(lang=language.current(), today=clock.business_date())
    if not form.validate():
        return make_response(render_template(PAGE, wrong=True, **_page(group_id, form)), 422)
    try:
        programme.write_line(load_group(group_id), form.line(), by=me(), now=clock.now())
    except Refused as no:
        return refused_page(blame(form, no), PAGE, lambda: _page(group_id, form), wrong=True)
    return _saved(group_id)


@bp.post("/groups/<int:group_id>/programme/<int:line_id>/drop")
@needs("write_programme")
def drop_programme(group_id: int, line_id: int) -> BaseResponse:
    programme.drop_line(queries_programme.load_line(group_id, line_id), by=me(), now=clock.now())
    return _saved(group_id)


@bp.post("/groups/<int:group_id>/programme/telephone/<int:wanted>")
@needs("write_programme")
def allow_long_distance(group_id: int, wanted: int) -> BaseResponse:
    """Long-distance calls from the rooms: 1 yes, 0 no."""
    programme.allow_long_distance(load_group(group_id), bool(wanted), by=me(), now=clock.now())
    return _saved(group_id)


def _saved(group_id: int) -> BaseResponse:
    toast(say("Saved."))
    return redirect(url_for("groups.programme_of", group_id=group_id), 303)


def _page(group_id: int, form: LineForm | None = None) -> dict[str, Any]:
    group = load_group(group_id)
    fresh = {"day": group.arrival, "covers": group_paper(group_id).persons or None}
    return {
        "group": group,
        "lines": queries_programme.programme(group_id),
        "confirmed": queries_programme.confirmed(group_id),
        "form": form or LineForm(formdata=None, lang=language.current(), today=clock.business_date(), data=fresh),
        "items": ITEMS,
        "statuses": GROUP_STATUSES,
    }
