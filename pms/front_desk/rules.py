"""What must be true before a guest gets a key, moves, stays longer or leaves; decided without a database."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from pms.errors import Offer, Refused
from pms.say import Say, say

DAY = timedelta(days=1)
MOST_KEYS = 9
LATE_KEY_HOUR = 18  # C6: a VIP's key is valid until 18:00 of the day of departure
SHORTEST_KEY = timedelta(hours=1)  # who leaves after the hour of departure still gets into his room


def hour_said(text: str) -> str:
    """`13:30` from what a guest says on the telephone: `13:30`, `1330`, `13`. "" stays "". Raises `Refused`."""
    typed = text.strip().replace("：", ":").replace("点", ":").removesuffix(":")
    if not typed:
        return ""
    found = re.fullmatch(r"([01]?\d|2[0-3])(?::?([0-5]\d))?", typed)
    if found is None:
        raise Refused(say("{text} is not a time. Write it like 13:30.", text=text.strip()), field="at")
    return f"{int(found[1]):02d}:{found[2] or '00'}"


class DepositKind(StrEnum):
    """How the stay is secured at check-in; NONE is a decision too and needs its reason."""

    NONE = "none"
    CASH = "cash"
    CARD = "card"
    MOBILE = "mobile"
    PREAUTHORISATION = "preauthorisation"


@dataclass(frozen=True, slots=True)
class Deposit:
    """The deposit decision: `amount` in minor units with its receipt or approval code, or why there is none."""

    kind: DepositKind
    amount: int = 0
    reference: str = ""
    why_none: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """The identity document of one guest was seen at the desk (C2, C9)."""

    guest_id: int
    document_id: int
    visa: str = ""
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class CheckIn:
    """The check-in sheet. `room_id` None takes the room the stay is placed in; `deposit` None is no decision yet."""

    documents: tuple[Seen, ...] = ()
    room_id: int | None = None
    signed: bool = False
    deposit: Deposit | None = None
    keys: int = 1


def check_due(arrival: date, departure: date, today: date) -> None:
    """Who is booked for a later date waits for the audit or takes an extra night (papers.md); overdue is welcome."""
    if arrival > today:
        offers = [Offer(say("Check in after the night audit"), "wait", arrival)]
        if arrival - today == DAY:
            offers.insert(0, Offer(say("Add the night of {night}", night=today), "extra_night", today))
        raise Refused(
            say("This booking is for {arrival}; the business date is {today}.", arrival=arrival, today=today),
            offers=tuple(offers),
            field="arrival",
        )
    if arrival < today and departure <= today:
        raise Refused(
            say("The booking ended on {departure}. Change the departure first.", departure=departure),
            offers=(Offer(say("Change the booking"), "change_booking"),),
            field="departure",
        )


def check_sheet(sheet: CheckIn, guests: Sequence[tuple[int, str]]) -> None:
    """What no stroke may skip: every guest's document seen, the signature, the deposit decision, a key.

    `guests` are (id, name) of everybody registered in the room.
    """
    seen = {document.guest_id for document in sheet.documents}
    unseen = [name for guest_id, name in guests if guest_id not in seen]
    if unseen:
        raise Refused(say("The document of {guest} has not been seen yet.", guest=unseen[0]), field="documents")
    if len(seen) != len(sheet.documents) or seen - {guest_id for guest_id, _ in guests}:
        raise Refused(say("A document belongs to somebody who is not registered in this room."), field="documents")
    if not sheet.signed:
        raise Refused(say("The registration card is not signed yet."), field="signed")
    if not 1 <= sheet.keys <= MOST_KEYS:
        raise Refused(say("Between 1 and {most} keys can be made.", most=MOST_KEYS), field="keys")
    check_deposit(sheet.deposit)


def check_deposit(deposit: Deposit | None) -> None:
    """The decision is explicit: an amount, or why there is none."""
    if deposit is None:
        raise Refused(say("Please decide about the deposit: how much and how, or why there is none."), field="deposit")
    if deposit.kind is DepositKind.NONE:
        if not deposit.why_none.strip():
            raise Refused(say("Please say why there is no deposit."), field="deposit")
        if deposit.amount:
            raise Refused(say("There is an amount, but no way it was paid."), field="deposit")
    elif deposit.amount <= 0:
        raise Refused(say("Please give the amount of the deposit."), field="deposit")


@dataclass(frozen=True, slots=True)
class RoomState:
    """A room as it stands: who lives there now, and what has it tonight."""

    id: int
    number: str
    clean: bool
    lives_here: str | Say = ""  # name of the guest who has not left yet
    tonight_stay: int | None = None
    closed: bool = False


def check_room(room: RoomState, stay_id: int, *, overnight: bool) -> Say | None:
    """Why the guest cannot go into this room now; None when he can."""
    if room.lives_here:
        return say("{guest} has not left room {room} yet.", guest=room.lives_here, room=room.number)
    if room.closed:
        return say("Room {room} is out of order.", room=room.number)
    if overnight and room.tonight_stay != stay_id:
        return say("Room {room} is not given to this guest tonight.", room=room.number)
    if not room.clean:
        return say("Room {room} is not clean yet.", room=room.number)
    return None


def voucher_days(arrival: date, departure: date, today: date) -> Iterable[date]:
    """The mornings a guest has breakfast: after each night, the day of departure included."""
    first = max(arrival, today)
    return (first + timedelta(days=n) for n in range(1, (departure - first).days + 1))


class RateEffect(StrEnum):
    """What a room change does to the price of the nights to come; the guest is told."""

    KEEP = "keep"
    NEW = "new"


def check_move(why: str, *, asked_by_house: bool, consent: str, locked: str | None) -> None:
    """A room change needs its reason, the guest's consent when the house asks (X2), and no promise against it."""
    if not why.strip():
        raise Refused(say("Please give the reason for the room change."), field="why")
    if asked_by_house and not consent.strip():
        raise Refused(
            say("When the house asks, the guest's consent is needed: who agreed, and how."),
            offers=(Offer(say("The assistant manager calls the guest first"), "consent"),),
            field="consent",
        )
    if locked is not None:
        raise Refused(
            say("This guest was promised the room: {why}", why=locked),
            offers=(Offer(say("Take the promise back first"), "unlock"),),
            field="room",
        )


OVERSEAS = "travel_permit"  # Hong Kong, Macao and Taiwan: a permit, no visa
SEND_WITHIN = timedelta(hours=24)  # C9


def from_abroad(nationality: str, document: str) -> bool:
    """Does the police want the form for guests from abroad 外事登记 as well?"""
    return document == OVERSEAS or nationality not in ("", "CN")


def lacks_for_police(
    *, nationality: str, document: str, sex: str, born_on: date | None, visa: str, purpose: str
) -> Say | None:
    """What a registration lacks before it can be sent (C9); None when it is complete."""
    if not document:
        return say("the document is not registered")
    if not (nationality and sex and born_on):
        return say("nationality, sex or date of birth is missing in the profile")
    if not from_abroad(nationality, document):
        return None
    if not purpose.strip():
        return say("the purpose of the stay is missing")
    if document != OVERSEAS and not visa.strip():
        return say("the visa is missing")
    return None


def time_to_send(registered: datetime, now: datetime) -> timedelta:
    """What is left of the 24 hours; negative when they are over."""
    return registered + SEND_WITHIN - now


EARLIEST = timedelta(minutes=60)  # C6: checked in by the system 30 to 60 minutes before the guest comes


def check_early(expected: datetime | None, now: datetime) -> None:
    """A guest of honour is checked in by the system an hour at most before he comes (C6). Raises `Refused`."""
    if expected is None:
        raise Refused(
            say("Enter first when the guest arrives."), offers=(Offer(say("Change the booking"), "change_booking"),)
        )
    if now < expected - EARLIEST:
        raise Refused(
            say("It is too early: the system check-in is made an hour at most before the guest arrives."),
            offers=(Offer(say("Come back an hour before the arrival"), "wait", expected),),
        )
