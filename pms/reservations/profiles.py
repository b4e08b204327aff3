"""What the doors to guests (pages, API) share: whom one may see, and the way back after saving."""

from __future__ import annotations

from babel import Locale
from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from pms import access
from pms.errors import Missing, Refused
from pms.guests import queries
from pms.guests.actions import guest_or_missing
from pms.guests.models import Guest
from pms.reservations.merging_guests import refuse_merged
from pms.say import Say, say
from pms.web import language
from pms.web.gate import local_path, me
from pms.web.pages import toast


def visible(guest_id: int) -> Guest:
    """A profile. Raises `Missing`, in the same words for a guest who wants no disclosure and one there is not (Q1)."""
    guest = guest_or_missing(guest_id)
    if guest.incognito and not sees_all():
        raise Missing(say("There is no such guest."), field="guest")
    return guest


def both_visible(guest_id: int, other_id: int) -> tuple[Guest, Guest]:
    """Two profiles that may become one (R12), the elder first.

    Raises `Missing` for one not to be seen, `Conflict` for a merged one, `Refused` for one named twice.
    """
    if guest_id == other_id:
        raise Refused(say("A profile cannot be merged with itself."))
    elder, younger = (queries.profile(one) for one in sorted((guest_id, other_id)))
    for guest in (elder, younger):
        visible(guest.id)
        refuse_merged(guest)
    return elder, younger


def sees_all() -> bool:
    """May the user see guests who want no disclosure?"""
    return access.allowed(me(), "see_incognito")


def spoken(code: str) -> str:
    """A language by its code, in the reader's words; a code nobody knows as it is."""
    return str(Locale.parse(language.locale_code()).languages.get(code, code))


def saved(guest: Guest, what: Say) -> Response:
    """To the profile, or with the guest's id to the form (`back`) that asked for a new one."""
    toast(what)
    back = local_path(request.form.get("back"))
    if back:
        return redirect(f"{back}{'&' if '?' in back else '?'}guest={guest.id}", 303)
    return redirect(url_for("guests.profile", guest_id=guest.id), 303)
