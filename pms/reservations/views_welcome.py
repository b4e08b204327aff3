"""The policy for VIPs and returning guests in the settings: what they are given, and who sees to it (C3, C6, C7)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, render_template
from werkzeug.wrappers import Response as BaseResponse

from pms import clock
from pms.departments import DEPARTMENT_NAMES
from pms.errors import Refused
from pms.property import queries as house
from pms.property.forms import blame, seen_version
from pms.property.forms_welcome import WelcomeForm
from pms.property.models_welcome import Welcome
from pms.property.words import GIFTS, WELCOMED
from pms.reservations import welcome
from pms.reservations.views_rooms import again, saved
from pms.web import language
from pms.web.gate import me, needs
from pms.web.pages import refused_page

bp = Blueprint("welcome", __name__, url_prefix="/settings/welcome")

FORM = "property/welcome.html"


@bp.get("")
@needs("see_property")
def index() -> str:
    lines = house.welcomes(all_of_them=True)
    words = {"gifts": GIFTS, "welcomed": WELCOMED, "departments": DEPARTMENT_NAMES}
    return render_template("property/welcomes.html", lines=lines, **words)


@bp.get("/new")
@needs("manage_property")
def new() -> str:
    return render_template(FORM, **_page(None))


@bp.post("/new")
@needs("manage_property")
def add() -> Response | BaseResponse:
    return _save(None)


@bp.get("/<int:line_id>")
@needs("see_property")
def line(line_id: int) -> str:
    return render_template(FORM, **_page(house.load(Welcome, line_id)))


@bp.post("/<int:line_id>")
@needs("manage_property")
def change(line_id: int) -> Response | BaseResponse:
    return _save(house.load(Welcome, line_id))


def _save(found: Welcome | None) -> Response | BaseResponse:
    form = WelcomeForm(lang=language.current())
    if not form.validate():
        return again(FORM, **_page(found, form))
    try:
        welcome.save_line(found, form.values, version=seen_version(form), by=me(), now=clock.now())
    except Refused as no:
        return refused_page(blame(form, no), FORM, wrong=True, **_page(found, form))
    return saved("welcome.index")


def _page(found: Welcome | None, form: WelcomeForm | None = None) -> dict[str, Any]:
    if form is None:
        fresh = None if found else {"active": True, "department": "housekeeping", "from_stay": 3}
        form = WelcomeForm(formdata=None, lang=language.current(), obj=found, data=fresh)
    return {"line": found, "form": form}
