"""The services of the house in its settings: who does them, how fast, at what price (S2, S4)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response as BaseResponse

from pms import clock
from pms.departments import DEPARTMENT_NAMES
from pms.errors import Refused
from pms.property.forms import blame, seen_version
from pms.property.queries import hotel
from pms.requests import actions, queries
from pms.requests.forms import CHARGES, ServiceForm
from pms.requests.models import Service
from pms.requests.words import KIND_NAMES
from pms.say import say
from pms.web import language
from pms.web.gate import me, needs
from pms.web.pages import refused_page, toast

bp = Blueprint("services", __name__, url_prefix="/settings/services")


@bp.get("")
@needs("see_property")
def index() -> str:
    return render_template("requests/services.html", **_list())


@bp.get("/new")
@needs("manage_services")
def new() -> str:
    return render_template("requests/service.html", form=_form(None, fresh=True), service=None)


@bp.post("/new")
@needs("manage_services")
def add() -> Response | BaseResponse:
    return _save(None)


@bp.get("/<int:service_id>")
@needs("manage_services")
def service(service_id: int) -> str:
    found = queries.service(service_id)
    return render_template("requests/service.html", form=_form(found, fresh=True), service=found)


@bp.post("/<int:service_id>")
@needs("manage_services")
def change(service_id: int) -> Response | BaseResponse:
    return _save(queries.service(service_id))


def _save(service: Service | None) -> Response | BaseResponse:
    form = _form(service)
    if not form.validate():
        return make_response(render_template("requests/service.html", wrong=True, form=form, service=service), 422)
    try:
        actions.save_service(service, form.values, version=seen_version(form), by=me(), now=clock.now())
    except Refused as no:
        return refused_page(blame(form, no), "requests/service.html", wrong=True, form=form, service=service)
    toast(say("Saved."))
    return redirect(url_for("services.index"), 303)


def _form(service: Service | None, *, fresh: bool = False) -> ServiceForm:
    more: dict[str, Any] = {"formdata": None} if fresh else {}
    return ServiceForm(lang=language.current(), currency=hotel().currency, service=service, **more)


def _list() -> dict[str, Any]:
    return {
        "services": queries.services(all_of_them=True),
        "kinds": KIND_NAMES,
        "departments": DEPARTMENT_NAMES,
        "charges": CHARGES,
    }
