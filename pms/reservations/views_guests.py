"""Guests: found, picked in forms, and what is known of one with every stay (R12)."""

from __future__ import annotations

from flask import render_template, request

from pms import access
from pms.guests.actions import guest_or_missing
from pms.reservations import queries_find
from pms.reservations.pages import guests as bp
from pms.reservations.status import shown_state
from pms.web import frame
from pms.web.gate import is_htmx, local_path, me, needs

__all__ = ["bp"]

LONGEST = 80
MOST_PICKED = 8
MOST_LISTED = 50


@bp.get("/guests")
@needs("see_reservations")
def index() -> str:
    """Guests by `?q=`: name in either script, pinyin, initials, telephone, room or confirmation number."""
    text = _typed()
    return render_template("guests/index.html", guests=_meant(text, MOST_LISTED), q=text, **_around())


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


@bp.get("/guests/new")
@needs("edit_guest")
def new() -> str:
    return render_template("guests/index.html", guests=[], q="", **_around())


@bp.get("/guests/<int:guest_id>")
@needs("see_reservations")
def profile(guest_id: int) -> str:
    return render_template("guests/index.html", guests=[], q=guest_or_missing(guest_id).name, **_around())


def _typed() -> str:
    return request.args.get("q", "").strip()[:LONGEST]


def _meant(text: str, most: int) -> list[queries_find.GuestFound]:
    if not text:
        return []
    return queries_find.guests_meant(text, see_incognito=access.allowed(me(), "see_incognito"), limit=most)


def _around() -> dict[str, object]:
    return {"today": frame.current().business_date, "state": shown_state}
