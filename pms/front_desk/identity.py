"""Who stands at the desk: documents read and kept, and everybody of the room registered (C9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from pms import access, journal
from pms.accounts.models import User
from pms.db import insert_all
from pms.errors import Refused
from pms.front_desk import queries_check_in
from pms.guests.actions import add_document, edit_guest, must_be_born_on
from pms.guests.models import DocumentKind, Guest
from pms.guests.rules import check_resident_id, clean_number
from pms.guests.travel_documents import looks_like_zone, read_zone
from pms.reservations.models import Stay, StayGuest
from pms.say import say


@dataclass(frozen=True, slots=True)
class Shown:
    """An identity document as it lies on the desk; what it does not say is '' or None. Countries are ISO alpha-2."""

    kind: DocumentKind
    number: str
    country: str = ""
    expires_on: date | None = None
    nationality: str = ""
    surname: str = ""
    given: str = ""
    sex: str = ""
    born_on: date | None = None
    checked: int = 0
    """How many check digits agreed."""


def read(text: str, today: date) -> Shown:
    """What a reader or a clerk has typed: the lines of a passport or card, or a resident identity number.

    Raises `Refused` with what is wrong with it.
    """
    if looks_like_zone(text):
        zone = read_zone(text, today)
        return Shown(
            zone.kind, zone.number, zone.country, zone.expires_on, zone.nationality, zone.surname, zone.given,
            zone.sex, zone.born_on, len(zone.checked),
        )  # fmt: skip
    person = check_resident_id("".join(text.split()))
    return Shown(
        DocumentKind.RESIDENT_ID, person.number, "CN", nationality="CN", sex=person.sex, born_on=person.born_on,
        checked=1,
    )  # fmt: skip


def keep(guest: Guest, shown: Shown, *, corrected: bool = False, by: User, now: datetime) -> int:
    """Put the document on the guest's file and learn from it what the profile leaves open; returns its id.

    A document that is there already is kept once. Raises `Refused` when it belongs to somebody born on another day,
    unless the clerk, document in hand, says that the profile is to be `corrected`.
    """
    if corrected and shown.born_on and guest.born_on:
        edit_guest(guest, by=by, now=now, born_on=shown.born_on)
    must_be_born_on(guest, shown.born_on, field="born_on")
    learned = {name: getattr(shown, name) for name in ("nationality", "sex", "born_on")}
    if not (guest.surname or guest.given):
        learned |= {"surname": shown.surname, "given": shown.given}
    fresh = {name: value for name, value in learned.items() if value and not getattr(guest, name)}
    if fresh:
        edit_guest(guest, by=by, now=now, **fresh)
    known = queries_check_in.same_document(guest.id, shown.kind, clean_number(shown.number))
    if known is None:
        return add_document(
            guest.id, shown.kind, shown.number, country=shown.country, expires_on=shown.expires_on, seen=True, by=by,
            now=now,
        )  # fmt: skip
    known.expires_on = shown.expires_on or known.expires_on
    return known.id


def add_sharer(stay: Stay, guest: Guest, *, by: User, now: datetime) -> None:
    """Somebody who was not named when the room was booked shares it."""
    access.require(by, "check_in")
    if guest.id == stay.guest_id or guest.id in {each.id for each in queries_check_in.guests_of(stay)}:
        raise Refused(say("This guest is registered in the room already."), field="documents")
    insert_all(StayGuest, [{"stay_id": stay.id, "guest_id": guest.id}])
    journal.write(by, "add_sharer", stay, now=now, guest=guest.id)
