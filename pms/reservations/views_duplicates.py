"""Duplicate profiles 客史合并 (R12): those that look alike, and two of them side by side before they become one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from flask import Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from pms import clock
from pms.errors import Refused
from pms.guests import queries, queries_duplicates, rules_merging
from pms.guests.forms import DOCUMENT_KINDS, LEVELS, SEXES, GuestForm
from pms.guests.queries_duplicates import Alike
from pms.reservations import merging_guests
from pms.reservations.pages import guests as bp
from pms.reservations.profiles import both_visible, sees_all, spoken
from pms.reservations.queries_guests import history
from pms.reservations.words import wish
from pms.say import Listed, Say, say
from pms.web import language
from pms.web.gate import local_path, me, needs
from pms.web.pages import refused_page, toast

__all__ = ["bp"]

ALIKE: dict[Alike, Say] = {
    Alike.DOCUMENT: say("the same document"),
    Alike.BIRTHDAY: say("the same name and birthday"),
    Alike.TELEPHONE: say("the same telephone"),
}


class Line(NamedTuple):
    """A field of both profiles, in words; `choose` when somebody has to say which one stays."""

    name: str
    label: Any
    elder: Any
    younger: Any
    choose: bool


@bp.get("/guests/duplicates")
@needs("merge_guests")
def duplicates() -> str:
    """Profiles that look like one person."""
    found = queries_duplicates.pairs(see_incognito=sees_all())
    return render_template("guests/duplicates.html", pairs=found, alike=ALIKE, most=queries_duplicates.MOST_PAIRS)


@bp.get("/guests/<int:guest_id>/merge")
@needs("merge_guests")
def compare(guest_id: int) -> str | BaseResponse:
    """The profile beside `?other=`, whichever of the two is the elder."""
    other = request.args.get("other", "")
    if not other.isdigit():
        return redirect(url_for("guests.pick", name="other", back=url_for("guests.compare", guest_id=guest_id)))
    return render_template("guests/compare.html", **_page(guest_id, int(other)))


@bp.post("/guests/<int:guest_id>/merge/<int:other_id>")
@needs("merge_guests")
def merge(guest_id: int, other_id: int) -> Response | BaseResponse:
    both_visible(guest_id, other_id)
    form = request.form
    chosen = [name for name in rules_merging.ONE_OF_TWO if form.get(name) == "younger"]
    notes = form.get("notes", "").replace("\r\n", "\n").strip()
    try:
        survivor = merging_guests.merge_guests(
            guest_id, other_id, chosen, notes=notes, seen=form.get("seen", ""), by=me(), now=clock.now()
        )
    except Refused as no:
        return refused_page(no, "guests/compare.html", lambda: _page(guest_id, other_id, chosen, notes), wrong=True)
    toast(say("The profiles are one now: {guest}.", guest=survivor.name))
    return redirect(_back() or url_for("guests.profile", guest_id=survivor.id), 303)


@bp.post("/guests/<int:guest_id>/two-people/<int:other_id>")
@needs("merge_guests")
def two_people(guest_id: int, other_id: int) -> BaseResponse:
    both_visible(guest_id, other_id)
    merging_guests.tell_apart(guest_id, other_id, by=me(), now=clock.now())
    toast(say("Noted: two people."))
    return redirect(_back() or url_for("guests.duplicates"), 303)


def _page(guest_id: int, other_id: int, chosen: list[str] | None = None, notes: str | None = None) -> dict[str, Any]:
    elder, younger = both_visible(guest_id, other_id)
    first, second = merging_guests.profile(elder), merging_guests.profile(younger)
    today = clock.business_date()
    return {
        "elder": elder,
        "younger": younger,
        "lines": _lines(first, second),
        "chosen": chosen or [],
        "notes": rules_merging.both_notes(first, second) if notes is None else notes,
        "seen": merging_guests.seen_of(elder, younger),
        "histories": [history(one.id, today) for one in (elder, younger)],
        "documents": [queries.documents_of(one.id) for one in (elder, younger)],
        "document_kinds": DOCUMENT_KINDS,
        "back": _back(),
        "came_from": _back() or url_for("guests.profile", guest_id=guest_id),
    }


def _back() -> str | None:
    """Where the pair was opened: the list one works through, or a profile."""
    return local_path(request.values.get("back"))


def _lines(elder: rules_merging.Profile, younger: rules_merging.Profile) -> list[Line]:
    """What is known of either, in the order of the form; wishes of both are kept, so nobody chooses among them."""
    labels = GuestForm(formdata=None, lang=language.current(), today=clock.business_date(), accounts=(), vip=True)
    ask = rules_merging.to_choose(elder, younger)
    return [
        Line(name, labels[name].label.text, _shown(name, elder[name]), _shown(name, younger[name]), name in ask)
        for name in (*rules_merging.ONE_OF_TWO, "wishes")
        if elder[name] or younger[name]
    ]


def _shown(name: str, value: Any) -> Any:
    """A field of a profile in the reader's words."""
    if not value:
        return ""
    if name == "account_id":
        return next((one.called(language.current()) for one in queries.accounts() if one.id == value), "")
    if name == "wishes":
        return Listed([wish(code.strip()) for code in value.split(",")])
    worded: dict[str, Callable[[Any], Any]] = {
        "sex": SEXES.get,
        "vip_level": LEVELS.get,
        "nationality": language.country,
        "language": spoken,
        "born_on": date.isoformat,
    }
    return worded[name](value) if name in worded else value
