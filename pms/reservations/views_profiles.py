"""A guest's profile is opened and edited; who may be the same person is shown before a second one is saved (R12)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Response, make_response, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from pms import access, clock
from pms.db import db
from pms.errors import Conflict, Refused
from pms.guests import actions, queries
from pms.guests.forms import GuestForm
from pms.guests.models import Guest
from pms.guests.rules import e164
from pms.property.forms import blame
from pms.property.queries import hotel
from pms.reservations.pages import guests as bp
from pms.reservations.profiles import saved, visible
from pms.reservations.rules import words
from pms.reservations.words import LIKED
from pms.say import Listed, say
from pms.web import frame, language
from pms.web.gate import local_path, me, needs
from pms.web.pages import refused_page

__all__ = ["bp"]

ROOM = "room:"  # the wish for the room he had before (P5)


@bp.get("/guests/new")
@needs("edit_guest")
def new() -> str:
    """`?surname=&given=&name_zh=&telephone=` fill the form; `?back=` is where the new guest is wanted."""
    names = ("surname", "given", "name_zh", "telephone")
    known = {name: request.args.get(name, "") for name in names}
    return render_template("guests/edit.html", **_page(None, _form(formdata=None, data=known)))


@bp.post("/guests/new")
@needs("edit_guest")
def create() -> Response | BaseResponse:
    form = _form()
    if not form.validate():
        return _again(None, form)
    try:
        same = [] if "anyway" in request.form else _alike(form)
        if same:
            return _again(None, form, same)
        guest = actions.create_guest(actions.NewGuest(**form.values), by=me(), now=clock.now())
    except Refused as no:
        return refused_page(blame(form, no), "guests/edit.html", wrong=True, **_page(None, form))
    return saved(guest, say("{guest} has a profile now.", guest=guest.name))


@bp.get("/guests/<int:guest_id>/edit")
@needs("edit_guest")
def edit(guest_id: int) -> str:
    guest = visible(guest_id)
    return render_template("guests/edit.html", **_page(guest, _form(formdata=None, obj=guest)))


@bp.post("/guests/<int:guest_id>/edit")
@needs("edit_guest")
def change(guest_id: int) -> Response | BaseResponse:
    guest = queries.locked_guest(visible(guest_id).id)
    form = _form()
    if not form.validate():
        return _again(guest, form)
    try:
        _refuse_stale(guest, form)
        actions.edit_guest(guest, by=me(), now=clock.now(), **form.values)
    except Refused as no:
        db.session.rollback()
        return refused_page(blame(form, no), "guests/edit.html", wrong=True, **_page(visible(guest_id), form))
    return saved(guest, say("Saved."))


def _refuse_stale(guest: Guest, form: GuestForm) -> None:
    """Raises `Conflict`, saying who changed what, when the profile is not the one that was opened."""
    if form.seen.data == queries.fingerprint(guest):
        return
    last = queries.last_edit(guest.id)
    if last is None:
        raise Conflict(say("Somebody else has just changed this. Please look at it again."))
    names = [form[name].label.text for name in last.fields if name in form]
    at = last.at.astimezone(frame.current().now_local.tzinfo)
    raise Conflict(
        say(
            "{name} has changed this profile at {time}: {fields}. Look at what you typed and save it again.",
            name=last.by,
            time=f"{at:%H:%M}",
            fields=Listed(names),
        )
    )


def _alike(form: GuestForm) -> list[Guest]:
    """Who may be the same person. Raises `Refused` for a wrong telephone."""
    values = form.values
    telephone = e164(values["telephone"], hotel().country)
    secret = access.allowed(me(), "see_incognito")
    return queries.alike(
        values["surname"], values["given"], values["name_zh"], telephone, see_incognito=secret
    )  # fmt: skip


def _form(**more: Any) -> GuestForm:
    form = GuestForm(
        lang=language.current(),
        today=clock.business_date(),
        accounts=queries.accounts(),
        vip=access.allowed(me(), "set_vip"),
        **more,
    )
    if request.method == "POST":
        usual = request.form.get("usual_room", "").strip()
        form.wishes.data = words([*request.form.getlist("wish"), *([f"{ROOM}{usual}"] if usual else [])])
    return form


def _page(guest: Guest | None, form: GuestForm, same: Sequence[Guest] = ()) -> dict[str, Any]:
    wishes = [code.strip() for code in (form.wishes.data or "").split(",") if code.strip()]
    return {
        "guest": guest,
        "form": form,
        "liked": LIKED,
        "wishes": [code for code in wishes if not code.startswith(ROOM)],
        "usual_room": next((code.removeprefix(ROOM) for code in wishes if code.startswith(ROOM)), ""),
        "same": same,
        "seen": queries.fingerprint(guest) if guest else "",
        "back": local_path(request.values.get("back")),
    }


def _again(guest: Guest | None, form: GuestForm, same: Sequence[Guest] = ()) -> Response:
    return make_response(render_template("guests/edit.html", wrong=True, **_page(guest, form, same)), 422)
