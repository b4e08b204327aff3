"""What is done with guests' profiles and their documents; accounts are in contracts.py."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.exc import NoResultFound

from pms import access, journal
from pms.accounts.models import User
from pms.db import db, insert_one, insert_record, is_writing, load
from pms.errors import Missing, Offer, Refused
from pms.guests import rules
from pms.guests.models import DocumentKind, Guest, GuestDocument
from pms.lengths import check_lengths
from pms.property import queries as property_queries
from pms.say import say

HIGHEST_VIP, LOWEST_VIP = 1, 3  # 0 is no VIP
NAME_FIELDS = frozenset({"surname", "given", "name_zh"})
# The journal names these fields when they change, but does not repeat what they hold.
PRIVATE_FIELDS = frozenset({"telephone", "email", "notes", "born_on", "keep_apart"})


@dataclass(frozen=True, slots=True, kw_only=True)
class NewGuest:
    """A profile as it is typed: at least a surname, a given name or a Chinese name. Fields as in models.Guest."""

    surname: str = ""
    given: str = ""
    name_zh: str = ""
    title: str = ""
    sex: str = ""
    nationality: str = ""
    language: str = ""
    telephone: str = ""
    email: str = ""
    born_on: date | None = None
    vip_level: int = 0
    incognito: bool = False
    account_id: int | None = None
    taboo_numbers: str = ""
    keep_apart: str = ""
    wishes: str = ""
    notes: str = ""


EDITABLE = frozenset(NewGuest.__dataclass_fields__)


def create_guest(new: NewGuest, *, by: User, now: datetime) -> Guest:
    """Open a profile. Raises `Refused` without a name or with a wrong telephone, `NotAllowed` for a VIP level."""
    access.require(by, "edit_guest")
    values = _checked({name: getattr(new, name) for name in EDITABLE}, by)
    search = rules.search_text(values["surname"], values["given"], values["name_zh"])
    guest = insert_record(Guest, **values, search=search)
    journal.write(by, "create_guest", guest, now=now)
    return guest


def edit_guest(guest: Guest, *, by: User, now: datetime, **changes: Any) -> Guest:
    """Change some fields of a profile; the journal says what was and what is. Raises as `create_guest`."""
    access.require(by, "edit_guest")
    unknown = set(changes) - EDITABLE
    if unknown:
        raise TypeError(f"a guest has no {', '.join(sorted(unknown))}")
    before = {name: getattr(guest, name) for name in EDITABLE}
    after = _checked(before | changes, by, was_vip=guest.vip_level)
    changed = sorted(name for name in EDITABLE if after[name] != before[name])
    if not changed:
        return guest
    for name in changed:
        setattr(guest, name, after[name])
    if NAME_FIELDS & set(changed):
        guest.search = rules.search_text(guest.surname, guest.given, guest.name_zh)
    shown = [name for name in changed if name not in PRIVATE_FIELDS]
    journal.write(
        by,
        "edit_guest",
        guest,
        now=now,
        changed=changed,
        was=[str(before[name]) for name in shown],
        now_is=[str(after[name]) for name in shown],
    )
    db.session.flush()
    return guest


def add_document(
    guest_id: int,
    kind: DocumentKind,
    number: str,
    *,
    country: str = "",
    expires_on: date | None = None,
    seen: bool = False,
    by: User,
    now: datetime,
) -> int:
    """Keep an identity document; its id back. `seen`: the clerk holds it in the hand.

    A resident ID must have a right check digit and completes the profile's birth date and sex. Raises `Refused`.
    """
    access.require(by, "edit_guest")
    number = rules.clean_number(number)
    if kind is DocumentKind.RESIDENT_ID:
        country = country or "CN"
        _learn_from(rules.check_resident_id(number), guest_id)
    check_lengths(GuestDocument, {"country": country})
    document = insert_one(
        GuestDocument,
        guest_id=guest_id,
        kind=kind,
        number=number,
        country=country.upper(),
        expires_on=expires_on,
        seen_at=now if seen else None,
        seen_by=by.id if seen else None,
    )
    journal.write(by, "add_document", f"guest:{guest_id}", now=now, document=document, kind=kind.value)
    return document


def reveal_document(document: GuestDocument, reason: str, *, by: User, now: datetime) -> str:
    """The whole number, once, with the reason on record. Raises `Refused` without a reason."""
    access.require(by, "reveal_document")
    if not reason.strip():
        raise Refused(say("Please say why you need the whole number; it goes on record."), field="reason")
    journal.write(
        by, "reveal_document", f"guest:{document.guest_id}", now=now, document=document.id, reason=reason.strip()
    )
    return document.number


def guest_or_missing(guest_id: int) -> Guest:
    """The profile, or the one it was merged into (R12). Raises `Missing`.

    Whoever writes holds it: a merge waits, and then carries over what was written.
    """
    try:
        guest = load(Guest, guest_id, held=is_writing())
    except NoResultFound:
        raise Missing(say("There is no such guest."), field="guest") from None
    return guest_or_missing(guest.merged_into) if guest.merged_into else guest


def _checked(values: dict[str, Any], by: User, was_vip: int = 0) -> dict[str, Any]:
    """The values of a profile, tidied; raises what stands against them."""
    tidy: dict[str, Any] = {name: value.strip() if isinstance(value, str) else value for name, value in values.items()}
    if not any(tidy[name] for name in NAME_FIELDS):
        raise Refused(say("Please enter the guest's name."), field="surname")
    if tidy["vip_level"] != was_vip:
        check_vip(tidy["vip_level"], by)
    if tidy["sex"] not in ("", "F", "M"):
        raise Refused(say("Sex is F, M or left open."), field="sex")
    if tidy["telephone"]:
        tidy["telephone"] = rules.e164(tidy["telephone"], property_queries.hotel().country)
    tidy["nationality"] = tidy["nationality"].upper()
    check_lengths(Guest, tidy)
    return tidy


def check_vip(level: int, by: User) -> None:
    """Raises `NotAllowed` or, for a level there is not, `Refused`."""
    access.require(by, "set_vip")
    if level and not HIGHEST_VIP <= level <= LOWEST_VIP:
        raise Refused(say("A VIP level is 1, 2 or 3; 0 is none."), field="vip_level")


def must_be_born_on(guest: Guest, day: date | None, *, field: str) -> None:
    """A document of somebody born on another day is another person's, or one of the two dates is wrong.

    Raises `Refused` at `field`, with the offer to correct the profile.
    """
    if guest.born_on and day and guest.born_on != day:
        raise Refused(
            say("The document says born {document}, the profile {profile}.", document=day, profile=guest.born_on),
            field=field,
            offers=(Offer(say("Correct the birthday in the profile, if it is this guest's document."), "edit_guest"),),
        )


def _learn_from(person: rules.ResidentId, guest_id: int) -> None:
    guest = guest_or_missing(guest_id)
    must_be_born_on(guest, person.born_on, field="number")
    guest.born_on = person.born_on
    guest.sex = guest.sex or person.sex
