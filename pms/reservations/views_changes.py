"""Changing a stay, and taking a cancelled one up again (R2).

What a change means is not reckoned a second time: the action itself is done and taken back, and what it said is shown.
"""

from __future__ import annotations

from typing import Any

from flask import Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from pms import access, clock
from pms.accounts import approval
from pms.db import db
from pms.errors import Conflict, Refused
from pms.property import queries as house
from pms.property.forms import blame, seen_version
from pms.reservations import actions, history, queries, words
from pms.reservations.actions import Changed
from pms.reservations.forms_changes import ChangeForm
from pms.reservations.models import Stay
from pms.reservations.pages import bp
from pms.say import Say, say
from pms.web import frame, language
from pms.web.gate import harmless_twice, me, needs
from pms.web.pages import refused_page, toast
from pms.web.touched import offer_planning

__all__ = ["bp"]

FIELDS = {"type": "type_id", "plan": "plan_id", "guest": "guest_id", "approver": ""}
"""Names that refusals have for fields of the form."""


@bp.get("/stays/<int:stay_id>/change")
@needs("change_booking")
def change(stay_id: int) -> str:
    stay = queries.load_stay(stay_id)
    return render_template("bookings/change.html", **_page(stay, _form(stay)))


@bp.post("/stays/<int:stay_id>/change/preview")
@needs("change_booking")
@harmless_twice
def preview(stay_id: int) -> str:
    """What the change on the screen would mean: prices, whether it is free, what becomes of the room. Nothing stays."""
    stay = queries.load_stay(stay_id)
    form, before = _form(stay), queries.prices_of(stay_id)
    refusal: Refused | None = None
    warnings: tuple[Say, ...] = ()
    after = before
    if not form.validate():
        return render_template("bookings/_effect.html", errors=form.errors, form=form)
    touched = form.touched
    try:
        warnings = _change(stay, form).said
        after = queries.prices_of(stay_id)
    except Refused as no:
        refusal = no
    db.session.rollback()
    return render_template(
        "bookings/_effect.html",
        form=form,
        before=before,
        after=after,
        warnings=warnings,
        refusal=refusal,
        touched=touched,
    )


@bp.post("/stays/<int:stay_id>/change", endpoint="change_now")
@needs("change_booking")
def change_now(stay_id: int) -> Response | BaseResponse:
    stay = queries.load_stay(stay_id)
    form = _form(stay)
    if not form.validate():
        return make_response(render_template("bookings/change.html", wrong=True, **_page(stay, form)), 422)
    had_a_room = stay.room_id is not None
    try:
        done = _change(stay, form)
    except Refused as no:
        db.session.rollback()
        return _refused(no, stay_id, form)
    for sentence in done.said:
        toast(sentence)
    toast(say("Saved."))
    if had_a_room and stay.room_id is None:
        offer_planning([stay_id])
    return redirect(url_for("bookings.stay", stay_id=stay_id), 303)


def _change(stay: Stay, form: ChangeForm) -> Changed:
    about = f"discount {form.discount_percent.data or 0}"
    approved_by = approval.approver_of(form.approval.data or "", about=about, to=me())
    return actions.change_stay(stay, form.change(approved_by), version=seen_version(form), by=me(), now=clock.now())


def _refused(no: Refused, stay_id: int, form: ChangeForm) -> Response:
    """The form again. After a conflict it shows what others did; what this clerk did not touch is as it stands now."""
    stay = queries.load_stay(stay_id)
    meanwhile = []
    if isinstance(no, Conflict) and seen_version(form) != stay.version:
        meanwhile = history.since(stay, seen_version(form))
        form.renew(stay)
    no.field = FIELDS.get(no.field, no.field)
    return refused_page(blame(form, no), "bookings/change.html", wrong=True, meanwhile=meanwhile, **_page(stay, form))


@bp.get("/stays/<int:stay_id>/reinstate")
@needs("reinstate")
def reinstate(stay_id: int) -> str:
    return render_template("bookings/reinstate.html", **_given_up(stay_id))


@bp.post("/stays/<int:stay_id>/reinstate", endpoint="reinstate_now")
@needs("reinstate")
def reinstate_now(stay_id: int) -> Response | BaseResponse:
    """The stay comes after all, at the prices it had."""
    stay = queries.load_stay(stay_id)
    try:
        actions.reinstate(stay, force=bool(request.form.get("force")), by=me(), now=clock.now())
    except Refused as no:
        db.session.rollback()
        return refused_page(no, "bookings/reinstate.html", wrong=True, **_given_up(stay_id))
    toast(say("Reinstated: {confirmation}.", confirmation=stay.booking.confirmation))
    return redirect(url_for("bookings.stay", stay_id=stay_id), 303)


def _given_up(stay_id: int) -> dict[str, Any]:
    return {
        "stay": queries.load_stay(stay_id),
        "prices": queries.prices_of(stay_id),
        "facts": house.facts(),
        "words": words,
    }


def _form(stay: Stay) -> ChangeForm:
    types, plans = house.types(), house.plans()
    return ChangeForm(
        stay=stay,
        today=frame.current().business_date or clock.business_date(),
        lang=language.current(),
        currency=house.hotel().currency,
        types=types if any(row.id == stay.type_id for row in types) else [*types, house.type_of(stay.type_id)],
        plans=plans if any(row.id == stay.plan_id for row in plans) else [*plans, house.facts().plans[stay.plan_id]],
        meta={"csrf": False},  # every form of the house carries its token already
    )


def _page(stay: Stay, form: ChangeForm) -> dict[str, Any]:
    secret = stay.guest.incognito and not access.allowed(me(), "see_incognito")
    return {
        "stay": stay,
        "form": form,
        "before": queries.prices_of(stay.id),
        "guest_shown": request.form.get("guest_id_shown", "" if secret else stay.guest.name),
        "facts": house.facts(),
    }
