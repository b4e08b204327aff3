"""GET /search: the hits as a page, or as a fragment for the box over any page."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from flask import Blueprint, render_template, request, url_for
from markupsafe import Markup, escape

from pms import access
from pms.accounts.models import User
from pms.front_page.navigation import Page, pages_for
from pms.property.models import Housekeeping
from pms.reservations import queries_find
from pms.reservations.queries_find import StayFound
from pms.reservations.status import Status, shown_state
from pms.say import translate
from pms.search import queries
from pms.search.queries import RoomFound
from pms.web import frame
from pms.web.gate import is_htmx, me, needs

bp = Blueprint("search", __name__)

LONGEST = 80


@bp.get("/search")
@needs("search")
def find() -> str:
    """What fits `?q=`; without it, the pages there are."""
    text = request.args.get("q", "").strip()[:LONGEST]
    template = "search/_hits.html" if is_htmx() else "search/search.html"
    day = frame.current().business_date
    return render_template(
        template, q=text, today=day, stay_state=shown_state, marked=marked, **_found(text, me(), day)
    )


def _found(text: str, user: User, day: date | None) -> dict[str, Any]:
    pages = [page for page in pages_for(user) if _fits(page, text.casefold())]
    if not text or day is None:
        return {"pages": pages}
    found: dict[str, Any] = {"pages": pages, "rooms": [(room, _room_url(room)) for room in queries.rooms(text)]}
    secret = access.allowed(user, "see_incognito")
    if access.allowed(user, "see_reservations") and not (len(text) == 1 and text.isascii()):
        stays = queries_find.stays_of(text, see_incognito=secret)
        booked = queries_find.stays_by_confirmation(text, see_incognito=secret)
        found["stays"] = [(stay, _stay_url(stay, day)) for stay in stays]
        found["bookings"] = [(stay, _stay_url(stay, day)) for stay in booked]
    if access.allowed(user, "release_luggage"):
        found["tags"] = queries.tags(text, see_incognito=secret)
    return found


def _fits(page: Page, text: str) -> bool:
    names = (translate(page.name, "en").casefold(), translate(page.name, "zh"), *page.words.split())
    return any(name.startswith(text) for name in names)


def marked(html: Markup, text: str) -> Markup:
    """`html` with the beginnings of words that were typed marked; tags and entities stay as they are."""
    words = "|".join(re.escape(str(escape(word))) for word in sorted(text.split(), key=len, reverse=True))
    if not words:
        return html
    wanted = re.compile(rf"(?<![\w&])({words})", re.IGNORECASE)
    parts = re.split(r"(<[^>]+>)", html)
    return Markup("".join(part if part.startswith("<") else wanted.sub(r"<mark>\1</mark>", part) for part in parts))


def _stay_url(stay: StayFound, day: date) -> str | None:
    """The line of the desk where this stay is dealt with today; stays of other days have no page yet."""
    if stay.status is Status.IN_HOUSE:
        shown = "in_house"
    elif stay.status is Status.RESERVED and stay.arrival == day:
        shown = "groups" if stay.group_code else "to_come"
    else:
        return None
    return url_for("front_page.home", list=shown, _anchor=f"stay-{stay.id}")


def _room_url(room: RoomFound) -> str | None:
    if room.stay_id:
        return url_for("front_page.home", list="in_house", _anchor=f"stay-{room.stay_id}")
    if room.housekeeping in (Housekeeping.CLEAN, Housekeeping.INSPECTED):
        return url_for("front_page.home", list="ready")
    return None
