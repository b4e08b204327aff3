"""Weddings 婚宴 (R9): the list of those to come, and the sheet of one, a tab of its group."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask import Response, make_response, redirect, render_template, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as BaseResponse
from wtforms import HiddenField, IntegerField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from pms import clock
from pms.db import db
from pms.errors import Refused
from pms.property.forms import blame, seen_version
from pms.property.queries import facts
from pms.reservations import queries_groups, queries_weddings, weddings
from pms.reservations.models import Group, Stay
from pms.reservations.pages import groups as bp
from pms.reservations.profiles import sees_all
from pms.reservations.views_groups import WORDS
from pms.reservations.weddings import WeddingSheet
from pms.say import say, translate
from pms.web import frame, language
from pms.web.fields import MISSING, DayField, at_most, within
from pms.web.gate import me, needs
from pms.web.pages import refused_page, toast

__all__ = ["bp"]

MOST_COVERS = 5000


class WeddingForm(FlaskForm):
    version = HiddenField()
    bride = StringField(say("Bride"), [MISSING, at_most(60)])
    groom = StringField(say("Groom"), [MISSING, at_most(60)])
    day = DayField(say("Wedding day"), [MISSING])
    starts = StringField(say("Banquet from"), [MISSING, at_most(5)])
    ends = StringField(say("Until"), [at_most(5)])
    place = StringField(say("Where"), [MISSING, at_most(60)])
    covers = IntegerField(say("Covers"), [Optional(), within(0, MOST_COVERS)])
    salon_at = StringField(say("Bride at the salon"), [at_most(5)])
    stay_id = SelectField(say("Newly-weds’ room"), choices=[])

    def __init__(self, *args: Any, today: date, stays: Iterable[Stay], **kwargs: Any) -> None:
        self.today = today
        super().__init__(*args, **kwargs)
        types = facts().types
        rooms = [SelectChoice(str(stay.id), f"{_called(stay)} · {types[stay.held_type_id].code}") for stay in stays]
        self.stay_id.choices = [SelectChoice("", "—"), *rooms]

    def sheet(self) -> WeddingSheet:
        assert self.day.day is not None
        texts = {
            name: (getattr(self, name).data or "").strip()
            for name in ("bride", "groom", "starts", "ends", "place", "salon_at")
        }
        stay_id = int(self.stay_id.data) if self.stay_id.data else None
        return WeddingSheet(day=self.day.day, covers=self.covers.data or 0, stay_id=stay_id, **texts)


@bp.get("/weddings")
@needs("see_reservations")
def weddings_list() -> str:
    """Weddings to come, with what each of them still lacks."""
    lines = queries_weddings.weddings_from(clock.business_date())
    return render_template("groups/weddings.html", weddings=lines)


@bp.get("/groups/<int:group_id>/wedding")
@needs("see_reservations")
def wedding(group_id: int) -> str:
    return render_template("groups/wedding.html", **_page(queries_groups.load_group(group_id)))


@bp.post("/groups/<int:group_id>/wedding")
@needs("manage_weddings")
def keep_wedding(group_id: int) -> Response | BaseResponse:
    """Take the wedding down, or change what was taken down."""
    group = queries_groups.load_group(group_id)
    form = _form(group)
    if not form.validate():
        return make_response(render_template("groups/wedding.html", wrong=True, **_page(group, form)), 422)
    try:
        _keep(group, form)
    except Refused as no:
        db.session.rollback()
        again = queries_groups.load_group(group_id)
        return refused_page(blame(form, no), "groups/wedding.html", lambda: _page(again, form), wrong=True)
    toast(say("Saved."))
    return redirect(url_for("groups.wedding", group_id=group_id), 303)


def _keep(group: Group, form: WeddingForm) -> None:
    found = queries_weddings.wedding_of(group.id)
    if found is None:
        weddings.take_down(group, form.sheet(), by=me(), now=clock.now())
    else:
        weddings.change(found, form.sheet(), version=seen_version(form), by=me(), now=clock.now())


def _page(group: Group, form: WeddingForm | None = None) -> dict[str, Any]:
    found = queries_weddings.wedding_of(group.id)
    stays = _expected(group.id)
    return WORDS | {
        "group": group,
        "wedding": found,
        "form": form or _form(group, formdata=None, data=_first(group, found)),
        "rooms": len(stays),
        "unplaced": sum(stay.room_id is None for stay in stays),
    }


def _first(group: Group, found: Any) -> dict[str, Any]:
    """What stands in the form when it is opened."""
    if found is None:
        return {"day": group.arrival}
    sheet = weddings.sheet_of(found)
    shown = {name: getattr(sheet, name) for name in WeddingSheet.__slots__}
    return shown | {"stay_id": str(sheet.stay_id or ""), "covers": sheet.covers or None, "version": found.version}


def _form(group: Group, **more: Any) -> WeddingForm:
    today = frame.current().business_date or clock.business_date()
    return WeddingForm(today=today, stays=_expected(group.id), meta={"csrf": False}, **more)


def _expected(group_id: int) -> list[Stay]:
    return [stay for stay in queries_groups.stays_of(group_id) if stay.status in queries_weddings.EXPECTED]


def _called(stay: Stay) -> str:
    """The guest's name for who may know it (Q1)."""
    if stay.guest.incognito and not sees_all():
        return translate(say("Name not disclosed"), language.current())
    return stay.guest.name
