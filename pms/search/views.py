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
from pms.reservations import queries_find
from pms.reservations.queries_find import StayFound
from pms.reservations.status import shown_state
from pms.reservations.verbs import Verb, verbs_for
from pms.say import translate
from pms.search import queries
from pms.search.queries import RoomFound
from pms.search.verbs import verb_in
from pms.web import frame
from pms.web.gate import is_htmx, me, needs

bp = Blueprint("search", __name__)

LONGEST = 80
MOST_VERBS = 4


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
    found: dict[str, Any] = {"pages": pages, "rooms": [(room, _room_url(room, user)) for room in queries.rooms(text)]}
    secret = access.allowed(user, "see_incognito")
    if access.allowed(user, "see_reservations") and not (len(text) == 1 and text.isascii()):
        found |= _stays(text, user, day, secret=secret)
        found["groups"] = [(group, url_for("groups.show", group_id=group.id)) for group in queries.groups(text, day)]
    if access.allowed(user, "release_luggage"):
        found["tags"] = [
            (tag, url_for("luggage.show", luggage_id=tag.id)) for tag in queries.tags(text, see_incognito=secret)
        ]
    return found


def _stays(text: str, user: User, day: date, *, secret: bool) -> dict[str, Any]:
    """Stays meant by the text, and what can be done now: with the verb that was typed, else with the first of them."""
    meant = verb_in(text)
    if meant and access.allowed(user, meant.verb.action):
        named = queries_find.stays_in(meant.verb.states, meant.rest, see_incognito=secret)
        doing = [(stay, meant.verb) for stay in named if meant.verb in verbs_for(stay, day, user)]
        if doing:
            return {"doing": [(stay, verb, _verb_url(verb, stay)) for stay, verb in doing], "due": True}
    stays = queries_find.stays_of(text, see_incognito=secret)
    booked = queries_find.stays_by_confirmation(text, see_incognito=secret)
    first = next(iter([*stays, *booked]), None)
    verbs = verbs_for(first, day, user) if first else []
    return {
        "doing": [(first, verb, _verb_url(verb, first)) for verb in verbs[:MOST_VERBS] if first],
        "due": bool(verbs) and verbs[0].name in ("check_in", "check_out"),
        "stays": [(stay, url_for("bookings.stay", stay_id=stay.id)) for stay in stays],
        "bookings": [(stay, url_for("bookings.stay", stay_id=stay.id)) for stay in booked],
    }


def _verb_url(verb: Verb, stay: StayFound) -> str:
    return url_for(verb.endpoint, stay_id=stay.id)


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


def _room_url(room: RoomFound, user: User) -> str | None:
    """Who lives there, for those who may know; else the room on housekeeping's board."""
    if room.stay_id and access.allowed(user, "see_reservations"):
        return url_for("bookings.stay", stay_id=room.stay_id)
    if access.allowed(user, "set_housekeeping"):
        return url_for("housekeeping.room", room_id=room.id)
    return None
