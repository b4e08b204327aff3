"""Pages made for the tests of the plumbing, so that these need no feature."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from flask import Blueprint, current_app, flash, redirect, request
from psycopg.errors import SerializationFailure
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError
from werkzeug.wrappers import Response

from pms.db import db, reading
from pms.errors import Offer, Refused
from pms.guests.models import Guest
from pms.say import say
from pms.web.gate import needs
from pms.web.pages import refused_page

pages = Blueprint("probe", __name__)

TAKEN = say("Room {room} is taken.", room="1206")
OTHER_ROOM = Offer(say("Take room {room}.", room="1210"))


@dataclass
class Probe:
    """How often a test page ran, and what it shall do."""

    runs: int = 0
    fail_first: int = 0
    hold: threading.Event = field(default_factory=threading.Event)
    inside: threading.Event = field(default_factory=threading.Event)


def guests() -> int:
    with reading():
        return db.session.scalar(select(func.count()).select_from(Guest)) or 0


def _probe() -> Probe:
    probe: Probe = current_app.extensions["probe"]
    return probe


def _note_guest() -> None:
    _probe().runs += 1
    db.session.add(Guest(surname=request.form.get("name", "Fischer"), given="Anna", name_zh="", search="x"))
    db.session.flush()


@pages.post("/probe/guest")
def note_guest() -> Response:
    _note_guest()
    flash(say("{name} is noted.", name="Fischer"))
    return redirect(f"/probe/page/{_probe().runs}", 303)


@pages.post("/probe/slow")
def slow() -> Response:
    _note_guest()
    _probe().inside.set()
    _probe().hold.wait(5)
    return redirect("/", 303)


@pages.post("/probe/refused")
def refused() -> Response:
    _note_guest()
    raise Refused(TAKEN, offers=(OTHER_ROOM,))


@pages.post("/probe/refused-form")
def refused_form() -> Response:
    _note_guest()
    return refused_page(Refused(TAKEN))


@pages.post("/probe/sometimes")
def sometimes() -> Response:
    _note_guest()
    if _probe().runs <= _probe().fail_first:
        raise Refused(TAKEN)
    return redirect("/", 303)


@pages.post("/probe/bad-request")
def bad_request() -> tuple[str, int]:
    _note_guest()
    return "no", 422


@pages.post("/probe/crash")
def crash() -> Response:
    _note_guest()
    raise RuntimeError("Fischer, Anna")


@pages.post("/probe/retry")
def retry() -> Response:
    _note_guest()
    flash("noted")
    if _probe().runs <= _probe().fail_first:
        raise OperationalError("insert", {}, SerializationFailure("try again"))
    return redirect("/", 303)


@pages.post("/probe/fragment")
def fragment() -> tuple[str, dict[str, str]]:
    _note_guest()
    return f"run {_probe().runs}", {"HX-Trigger": "noted"}


@pages.get("/probe/writes-on-get")
def writes_on_get() -> str:
    _note_guest()
    return "written"


@pages.get("/probe/users-only")
@needs("manage_users")
def users_only() -> str:
    return "users"


@pages.get("/probe/page/<int:number>")
def page(number: int) -> str:
    return f"page {number}"
