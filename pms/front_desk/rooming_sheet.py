"""What is typed on the page that checks a group in: what of it is missing, by field, and what becomes of it (C4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from pms import clock
from pms.accounts.models import User
from pms.db import db
from pms.errors import Refused
from pms.front_desk import identity, rules
from pms.front_desk.arrivals import CheckedIn
from pms.front_desk.groups import SPLITS, WithLeader, check_in_group, check_leader
from pms.front_desk.queries_groups import ListedGuest, ListedStay
from pms.front_desk.rules import CheckIn, Deposit, DepositKind, Seen
from pms.guests.actions import add_document
from pms.guests.models import DocumentKind, Guest
from pms.guests.travel_documents import looks_like_zone
from pms.reservations.models import Group
from pms.say import Say, say


@dataclass(frozen=True, slots=True)
class Paper:
    """A document as it is typed in a guest's row of the collective list; `number` may be the lines of a passport."""

    kind: DocumentKind
    number: str
    country: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomingSheet:
    """`papers` by guest id, typed now; `rooms` by stay id, chosen instead of those placed; `later`: stays not come yet.

    `seen`: every document was held beside its holder. The deposit, if any, is the leader's, on the first room's folio.
    """

    leader: WithLeader
    deposit: Deposit | None = None
    papers: Mapping[int, Paper] = field(default_factory=dict)
    rooms: Mapping[int, int] = field(default_factory=dict)
    later: frozenset[int] = frozenset()
    seen: bool = False
    key_each: bool = True
    visa: str = ""
    purpose: str = ""


class NotReady(Refused):
    """Nobody was checked in; `errors` says at which field of the page what is missing."""

    def __init__(self, errors: Mapping[str, Say]) -> None:
        self.errors = dict(errors)
        super().__init__(say("Nobody is checked in yet. Still to do: {count}.", count=len(self.errors)))


def coming(stays: Sequence[ListedStay], sheet: RoomingSheet) -> list[ListedStay]:
    return [stay for stay in stays if stay.id not in sheet.later]


def room_obstacle(stay: ListedStay) -> Say | None:
    """Why the guests of this row cannot go to their room now."""
    if stay.room is None:
        return say("No room yet")
    return rules.check_room(stay.room, stay.id, overnight=True)


def missing(stays: Sequence[ListedStay], sheet: RoomingSheet) -> dict[str, Say]:
    """What is still to do before anybody of these rooms gets a key, by field of the page in its order."""
    found: dict[str, Say] = {}
    for stay in coming(stays, sheet):
        why = None if stay.id in sheet.rooms else room_obstacle(stay)
        if why:
            found[f"room-{stay.id}"] = say("{guest}: {why}", guest=stay.guests[0].called, why=why)
        for guest in stay.guests:
            if guest.document_id is None and guest.id not in sheet.papers:
                found[f"number-{guest.id}"] = say("The document of {guest} is missing.", guest=guest.called)
    if not sheet.seen:
        found["seen"] = say("Every document is held beside its holder first.")
    for check in (_leader_wrong, _deposit_wrong):
        if no := check(stays, sheet):
            found[no.field] = no.reason
    return found


def check_in_listed(
    group: Group, stays: Sequence[ListedStay], sheet: RoomingSheet, *, by: User, now: datetime
) -> list[CheckedIn]:
    """Keep the documents that were typed and check in everybody of the list who has come, or nobody.

    Raises `NotReady` with everything that is missing or wrong at its field.
    """
    errors = missing(stays, sheet)
    documents = {}
    for guest in (guest for stay in coming(stays, sheet) for guest in stay.guests):
        try:
            documents[guest.id] = _document(guest, sheet, by=by, now=now)
        except Refused as no:
            errors.setdefault(f"number-{guest.id}", no.reason)
    if errors:
        raise NotReady(errors)
    sheets = {stay.id: _sheet(stay, sheet, documents, first=n == 0) for n, stay in enumerate(coming(stays, sheet))}
    return check_in_group(group, sheets, sheet.leader, later=sheet.later, by=by, now=now)


def _leader_wrong(stays: Sequence[ListedStay], sheet: RoomingSheet) -> Refused | None:
    try:
        check_leader(sheet.leader, sum(stay.persons for stay in coming(stays, sheet)))
    except Refused as no:
        return no
    return None


def _deposit_wrong(_stays: Sequence[ListedStay], sheet: RoomingSheet) -> Refused | None:
    try:
        rules.check_deposit(sheet.deposit)
    except Refused as no:
        return no
    return None


def _document(guest: ListedGuest, sheet: RoomingSheet, *, by: User, now: datetime) -> int:
    paper = sheet.papers.get(guest.id)
    if paper is None:
        return guest.document_id or 0
    if looks_like_zone(paper.number):  # laid on the reader, which types the lines
        whole = identity.read(paper.number, clock.business_date())
        return identity.keep(db.session.get_one(Guest, guest.id), whole, by=by, now=now)
    return add_document(guest.id, paper.kind, paper.number, country=paper.country, seen=True, by=by, now=now)


def _sheet(stay: ListedStay, sheet: RoomingSheet, documents: Mapping[int, int], *, first: bool) -> CheckIn:
    """The check-in sheet of one room; the leader's deposit lies with the first, the others say who stands for them."""
    secured = Deposit(DepositKind.NONE, why_none=str(SPLITS[sheet.leader.split]))
    return CheckIn(
        documents=tuple(_seen(guest, sheet, documents[guest.id]) for guest in stay.guests),
        room_id=sheet.rooms.get(stay.id),
        signed=sheet.leader.signed,
        deposit=sheet.deposit if first else secured,
        keys=min(stay.persons, rules.MOST_KEYS) if sheet.key_each else 1,
    )


def _seen(guest: ListedGuest, sheet: RoomingSheet, document_id: int) -> Seen:
    """Visa and purpose are those of the collective visa; residents have none (C9)."""
    paper = sheet.papers.get(guest.id)
    if (paper.kind if paper else guest.kind) is DocumentKind.RESIDENT_ID:
        return Seen(guest.id, document_id)
    return Seen(guest.id, document_id, visa=sheet.visa, purpose=sheet.purpose)
