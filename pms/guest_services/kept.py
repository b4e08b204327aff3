"""Things kept for somebody: in under a number, the guest told, out once against a signature (Q4, L3, L7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from pms import access, clock, journal, notices
from pms.accounts.models import Name, User
from pms.db import db
from pms.departments import Department
from pms.errors import Conflict, Offer, Refused
from pms.guest_services import queries_kept
from pms.guest_services.models_kept import Gone, KeepingTime, Kept, KeptKind
from pms.lengths import check_lengths
from pms.property.models import Room
from pms.requests.queries import stay_in_room
from pms.reservations.models import Stay
from pms.reservations.numbers import next_number
from pms.say import Say, say

DAYS_KEPT = dict.fromkeys(KeptKind, 7) | {KeptKind.FOUND: 90}  # until the house says otherwise (L7)
MOST_DAYS = 3650
KIND_NAMES: dict[KeptKind, Say] = {
    KeptKind.MAIL: say("Mail"),
    KeptKind.PARCEL: say("Parcel"),
    KeptKind.FAX: say("Fax"),
    KeptKind.HANDING_ON: say("To hand on"),
    KeptKind.FOUND: say("Found"),
}
GONE_NAMES: dict[Gone, Say] = {
    Gone.HANDED_OUT: say("Handed out"),
    Gone.POSTED: say("Sent by post"),
    Gone.DISPOSED: say("Disposed of"),
}
K = Kept.__table__


@dataclass(frozen=True, slots=True)
class NewThing:
    """What comes in. `giver` brought or found it, `owner` gets it; `due_on` None lets the kind decide."""

    kind: KeptKind
    what: str
    giver: str
    shelf: str
    owner: str = ""
    place: str = ""
    due_on: date | None = None


def meant_for(kind: KeptKind, room: Room | None) -> Stay | None:
    """Mail for a room is for whoever lives there; what was found there need not be his."""
    return None if room is None or kind is KeptKind.FOUND else stay_in_room(room)


def keep(new: NewThing, *, stay: Stay | None = None, room: Room | None = None, by: User, now: datetime) -> Kept:
    """Write a thing down; raises `Refused` for what is missing."""
    access.require(by, "keep_things")
    today = clock.business_date()
    owner = new.owner.strip() or (stay.guest.name if stay else "")
    _check(new, owner, room, today)
    values = {
        "number": f"{next_number('kept'):05d}",
        "kind": new.kind,
        "what": new.what.strip(),
        "giver": new.giver.strip(),
        "owner": owner,
        "stay_id": stay.id if stay else None,
        "room_id": room.id if room else stay.room_id if stay else None,
        "place": new.place.strip(),
        "shelf": new.shelf.strip().upper(),
        "kept_at": now,
        "kept_on": today,
        "kept_by": by.id,
        "due_on": new.due_on or today + timedelta(days=days_kept()[new.kind]),
    }
    check_lengths(Kept, values)
    thing = Kept(**values)
    db.session.add(thing)
    db.session.flush()
    journal.write(by, "keep_thing", thing, now=now, number=thing.number, kind=thing.kind.value)
    if new.kind is KeptKind.FOUND:
        text = say("Found and kept: {number}.", number=thing.number)
        notices.tell((Department.CONCIERGE, Department.ASSISTANT_MANAGER), text, about=thing, by=by, now=now)
    return thing


def days_kept() -> dict[KeptKind, int]:
    """How many days each kind is kept in this house."""
    return DAYS_KEPT | queries_kept.days_kept()


def set_days_kept(days: Mapping[KeptKind, int], *, by: User, now: datetime) -> None:
    """How long things are kept from now on; what is here keeps its day. Raises `Refused` for no time at all (L7)."""
    access.require(by, "manage_property")
    for kind, number in days.items():
        if not 1 <= number <= MOST_DAYS:
            raise Refused(say("Things are kept 1 to {most} days.", most=MOST_DAYS), field=kind.value)
        db.session.merge(KeepingTime(kind=kind, days=number))
    db.session.flush()
    journal.write(by, "set_days_kept", "hotel:1", now=now, days={kind.value: number for kind, number in days.items()})


def _check(new: NewThing, owner: str, room: Room | None, today: date) -> None:
    for field, text in (("what", new.what), ("giver", new.giver), ("shelf", new.shelf)):
        if not text.strip():
            raise Refused(say("Please write down what it is, who brought or found it, and where it lies."), field=field)
    if new.kind is KeptKind.FOUND and room is None and not new.place.strip():
        raise Refused(say("Please say where it was found."), field="where")
    if new.kind is not KeptKind.FOUND and not owner:
        raise Refused(say("Please say who is to get it."), field="owner")
    if new.due_on is not None and new.due_on < today:
        raise Refused(say("That day is over already."), field="due_on")


def tell_owner(thing: Kept, *, by: User, now: datetime) -> Kept:
    """The guest has been told that it is here."""
    access.require(by, "keep_things")
    if thing.gone is not None:
        raise already_gone(thing)
    thing.told_at = now
    db.session.flush()
    journal.write(by, "tell_owner", thing, now=now, number=thing.number)
    return thing


def match(thing: Kept, stay: Stay, *, by: User, now: datetime) -> Kept:
    """What was found belongs to the guest of this stay (L7)."""
    access.require(by, "keep_things")
    if thing.gone is not None:
        raise already_gone(thing)
    thing.stay_id, thing.owner = stay.id, stay.guest.name
    db.session.flush()
    journal.write(by, "match_thing", thing, now=now, number=thing.number, stay=stay.id)
    return thing


def hand_out(
    thing: Kept, name: str, *, id_seen: bool, signed: bool, posted: bool = False, by: User, now: datetime
) -> Kept:
    """Out of the house, once: handed out against document and signature, or sent by post to an address."""
    access.require(by, "hand_out_things")
    if not name.strip():
        raise Refused(say("Please write down who gets it, or the address it goes to."), field="name")
    if not posted and not id_seen:
        raise Refused(say("Please look at a document first."), field="id_seen")
    if not posted and not signed:
        raise Refused(say("Who takes it has to sign for it."), field="signed")
    return _leave(thing, Gone.POSTED if posted else Gone.HANDED_OUT, name, by, now)


def dispose(thing: Kept, how: str, *, by: User, now: datetime) -> Kept:
    """What nobody claimed in its time, by the rule of the house. Raises `Refused` before that day (L7)."""
    access.require(by, "dispose_of_things")
    if clock.business_date() < thing.due_on:
        raise Refused(
            say("It is kept until {day}; only then it may be disposed of.", day=thing.due_on),
            offers=(Offer(say("Send it to the owner by post"), "post"),),
        )
    if not how.strip():
        raise Refused(say("Please write down what becomes of it."), field="how")
    return _leave(thing, Gone.DISPOSED, how, by, now)


def _leave(thing: Kept, how: Gone, to: str, by: User, now: datetime) -> Kept:
    values = {"gone": how, "gone_at": now, "gone_on": clock.business_date(), "gone_by": by.id, "gone_to": to.strip()}
    check_lengths(Kept, values)
    here = sa.update(K).where(K.c.id == thing.id, K.c.gone.is_(None)).values(**values)
    left = db.session.connection().execute(here).rowcount == 1
    db.session.refresh(thing)
    if not left:
        raise already_gone(thing)
    journal.write(by, "hand_out_thing", thing, now=now, number=thing.number, how=how.value)
    return thing


def already_gone(thing: Kept) -> Conflict:
    assert thing.gone is not None and thing.gone_at is not None and thing.gone_by is not None
    who, at = db.session.get_one(User, thing.gone_by), clock.local(thing.gone_at)
    words = {"number": thing.number, "how": GONE_NAMES[thing.gone], "name": Name(who.name, who.name_zh)}
    return Conflict(say("{number}: {how} by {name} on {day} at {time}.", day=at.date(), time=f"{at:%H:%M}", **words))
