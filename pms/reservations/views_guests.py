"""Guests: found, picked in forms, and what is known of one with every stay (R12)."""

from __future__ import annotations

from typing import Any

from flask import Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from pms import access, clock
from pms.errors import Refused
from pms.guests import actions, queries, queries_duplicates
from pms.guests.forms import DOCUMENT_KINDS, DocumentForm
from pms.guests.models import DocumentKind, Guest
from pms.property.forms import blame
from pms.reservations import queries_find
from pms.reservations.pages import guests as bp
from pms.reservations.profiles import saved, sees_all, spoken, visible
from pms.reservations.queries_guests import history
from pms.reservations.status import shown_state
from pms.reservations.words import wish
from pms.say import say
from pms.web import frame, language
from pms.web.gate import harmless_twice, is_htmx, local_path, me, needs
from pms.web.pages import refused_page

__all__ = ["bp"]

LONGEST = 80
MOST_PICKED = 8
MOST_LISTED = 50


# --- Finding ---------------------------------------------------------------------------------------------------------
@bp.get("/guests")
@needs("see_reservations")
def index() -> str:
    """Guests by `?q=`: name in either script, pinyin, initials, telephone, room or confirmation number."""
    text = _typed()
    return render_template("guests/index.html", guests=_meant(text, MOST_LISTED), q=text, most=MOST_LISTED, **_around())


@bp.get("/guests/pick")
@needs("see_reservations")
def pick() -> str:
    """Hits for `?q=` as options of a field (templates/_pickers.html). Without script a page whose hits lead back to
    `?back=`, with the guest's id as `?name=` of that address.
    """
    text = _typed()
    template = "guests/_guest_hits.html" if is_htmx() else "guests/pick.html"
    back = local_path(request.args.get("back"))
    return render_template(template, guests=_meant(text, MOST_PICKED), q=text, back=back, what="guests", **_around())


def _typed() -> str:
    return request.args.get("q", "").strip()[:LONGEST]


def _meant(text: str, most: int) -> list[queries_find.GuestFound]:
    if not text:
        return []
    return queries_find.guests_meant(text, see_incognito=sees_all(), limit=most)


# --- One guest -------------------------------------------------------------------------------------------------------
@bp.get("/guests/<int:guest_id>")
@needs("see_reservations")
def profile(guest_id: int) -> str | BaseResponse:
    """Everything known of a guest: names, wishes, documents masked, every stay with what they come to.

    A profile that was merged leads to the one that survived.
    """
    guest = visible(guest_id)
    if guest.id != guest_id:
        return redirect(url_for("guests.profile", guest_id=guest.id))
    return render_template("guests/profile.html", **_profile(guest))


@bp.post("/guests/<int:guest_id>/documents")
@needs("edit_guest")
def add_document(guest_id: int) -> Response | BaseResponse:
    guest = visible(guest_id)
    form = _document_form()
    if not form.validate():
        return make_response(render_template("guests/profile.html", wrong=True, **_profile(guest, form)), 422)
    try:
        actions.add_document(
            guest.id, DocumentKind(form.kind.data), form.number.data or "", country=form.country.data or "",
            expires_on=form.expires_on.day, seen=bool(form.held.data), by=me(), now=clock.now(),
        )  # fmt: skip
    except Refused as no:
        return refused_page(blame(form, no), "guests/profile.html", wrong=True, **_profile(visible(guest_id), form))
    return saved(guest, say("The document is kept."))


@bp.post("/guests/<int:guest_id>/documents/<int:document_id>/reveal")
@needs("reveal_document")
@harmless_twice  # and so the page with the number is kept nowhere (web/once.py)
def reveal(guest_id: int, document_id: int) -> str | Response:
    """The whole number, once, on a page that nothing keeps; the reason goes into the journal."""
    guest = visible(guest_id)
    document = queries.load_document(guest.id, document_id)
    try:
        number = actions.reveal_document(document, request.form.get("reason", ""), by=me(), now=clock.now())
    except Refused as no:
        return refused_page(no, "guests/profile.html", wrong=True, unrevealed=document_id, **_profile(guest))
    return render_template("guests/profile.html", revealed={document_id: number}, **_profile(guest))


def _document_form() -> DocumentForm:
    return DocumentForm(lang=language.current(), today=clock.business_date())


def _profile(guest: Guest, form: DocumentForm | None = None) -> dict[str, Any]:
    today = clock.business_date()
    may_merge = access.allowed(me(), "merge_guests")
    wishes = [wish(code.strip()) for code in guest.wishes.split(",") if code.strip()]
    return _around() | {
        "guest": guest,
        "history": history(guest.id, today),
        "documents": queries.documents_of(guest.id),
        "document_kinds": DOCUMENT_KINDS,
        "document_form": form or DocumentForm(formdata=None, lang=language.current(), today=today),
        "wishes": wishes,
        "nationality": language.country(guest.nationality),
        "spoken": spoken(guest.language),
        "before": queries_duplicates.merged_into(guest.id),
        "alike": queries_duplicates.like(guest, see_incognito=sees_all()) if may_merge else [],
    }


def _around() -> dict[str, Any]:
    return {"today": frame.current().business_date, "state": shown_state}
