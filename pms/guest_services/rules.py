"""What may be left with us, who may take it away, and what a caller is told; decided without a database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from pms.errors import Offer, Refused
from pms.guests import pinyin
from pms.guests.rules import plain
from pms.say import Say, say

MOST_PIECES = 99
DAY_BEGINS = timedelta(hours=6)  # for visitors

# The same words for a guest who wants no disclosure, one who has left and one nobody ever heard of (Q1).
NOT_STAYING = say("There is nobody of that name staying with us.")
WE_RING = say("One moment, please. We will ring and ask.")
WE_ASK = say("One moment, please. We will ask whether the guest can take your call.")


class Proof(StrEnum):
    """What showed that somebody may take the luggage (L4)."""

    STUB = "stub"
    ID = "id"
    WORD = "word"  # of the depositor, when it was left or by telephone
    ROOM = "room"  # nobody called for it: the bellman takes it to the depositor's own room


@dataclass(frozen=True, slots=True)
class Deposited:
    """What is handed in (L1, L2). Both confirmations are the clerk's: he has asked the guest."""

    depositor: str
    pieces: int
    description: str
    shelf: str
    due_at: datetime
    no_valuables: bool = False
    no_dangerous_goods: bool = False
    contact: str = ""
    room_number: str = ""
    collector: str = ""


@dataclass(frozen=True, slots=True)
class Collection:
    """How luggage is called for (L4). `name` is who takes it; `stub_code` what the scanner read from the stub.

    `document` is the kind of identification seen, where it was written down. `rest_stays` says that fewer pieces than
    are here leave on purpose.
    """

    name: str
    pieces: int
    signed: bool = False
    id_seen: bool = False
    document: str = ""
    rest_stays: bool = False
    stub_code: str = ""
    depositors_word: str = ""  # how the depositor agreed to another person, "by telephone 21:10"


@dataclass(frozen=True, slots=True)
class Held:
    """What the shelf knows of the luggage that is called for; `pieces` are those still here."""

    code: str
    depositor: str
    collector: str
    pieces: int


def check_deposited(luggage: Deposited, now: datetime) -> None:
    """Raises `Refused` for what we never keep (L1) and for what the tag would lack (L2)."""
    if not luggage.no_valuables:
        raise Refused(
            say("We keep no valuables with the luggage. Please ask the guest, and offer a safe-deposit box."),
            offers=(Offer(say("Open a safe-deposit box"), "safe_deposit"),),
            field="no_valuables",
        )
    if not luggage.no_dangerous_goods:
        raise Refused(
            say("Inflammable, explosive or dangerous goods are never kept. Please ask the guest and confirm."),
            field="no_dangerous_goods",
        )
    for field, text in (
        ("depositor", luggage.depositor),
        ("description", luggage.description),
        ("shelf", luggage.shelf),
    ):
        if not text.strip():
            raise Refused(say("Please write down who left it, what it looks like and where it lies."), field=field)
    if not 1 <= luggage.pieces <= MOST_PIECES:
        raise Refused(say("Between 1 and {most} pieces go under one tag.", most=MOST_PIECES), field="pieces")
    if luggage.due_at <= now:
        raise Refused(say("The time of collection is over already."), field="due_at")


def check_collection(held: Held, call: Collection) -> Proof:
    """What proves the right to take it. Raises `Refused` when it is not proven, signed or counted (L4)."""
    if not call.name.strip():
        raise Refused(say("Please write down who takes the luggage."), field="name")
    if call.stub_code and call.stub_code.strip().upper() != held.code:
        raise Refused(say("This stub belongs to other luggage."), field="stub_code")
    proof = _proof(held, call)
    if call.pieces != held.pieces and not (call.rest_stays and 0 < call.pieces < held.pieces):
        raise _miscounted(held, call)
    if not call.signed:
        raise Refused(say("Who takes the luggage has to sign for it."), field="signed")
    return proof


def _miscounted(held: Held, call: Collection) -> Refused:
    """Not all pieces: a mistake, unless the clerk says that the rest stays."""
    rest = held.pieces - call.pieces
    stays = say("Hand out {counted}; {rest} stay here under the same tag", counted=call.pieces, rest=rest)
    return Refused(
        say("{counted} of {pieces} pieces were counted.", counted=call.pieces, pieces=held.pieces),
        offers=(Offer(stays, "rest_stays", call.pieces),) if 0 < call.pieces < held.pieces else (),
        field="pieces",
    )


def _proof(held: Held, call: Collection) -> Proof:
    """The depositor shows stub or document; anybody else his document and the stub or the depositor's word."""
    if plain(call.name) == plain(held.depositor):
        if call.stub_code:
            return Proof.STUB
        if call.id_seen:
            return Proof.ID
        raise Refused(say("Please look at the stub or at a document."), field="id_seen")
    if not call.id_seen:
        raise Refused(say("Another person has to show a document."), field="id_seen")
    if call.stub_code:
        return Proof.STUB
    named = bool(held.collector) and plain(call.name) == plain(held.collector)
    if named or call.depositors_word.strip():
        return Proof.WORD
    raise Refused(
        say("Another person needs the stub or the word of {depositor}.", depositor=held.depositor),
        offers=(Offer(say("Call {depositor}", depositor=held.depositor), "call"),),
        field="stub_code",
    )


def check_asked(name: str) -> str:
    """The name as it is looked for. Raises `Refused` when it is too short to mean one guest."""
    asked = plain(name)
    if len(asked.replace(" ", "")) < 2:
        raise Refused(say("Please ask the caller for the full name."), field="name")
    return asked


def is_called(asked: str, surname: str, given: str, name_zh: str) -> bool:
    """Is this the guest's name: surname alone or with given names, in any order; all of it in Chinese or in pinyin?

    Parts of words, given names alone and initials do not count: nobody finds out by trying who stays here.
    """
    words, family = set(asked.split()), set(plain(surname).split())
    if family and family <= words <= family | set(plain(given).split()):
        return True
    joined, read = asked.replace(" ", ""), pinyin.readings(name_zh)
    whole = joined in read and any(joined == first + second for first in read for second in read)
    return whole or (bool(name_zh) and joined == name_zh.replace(" ", ""))


def answer(found: bool) -> Say:
    """What the caller hears; never a room number."""
    return WE_ASK if found else NOT_STAYING


def visit_ends(in_at: datetime, hour: int) -> datetime:
    """When a visitor who went up at `in_at` should be out, by the `hour` of the house; both on the hotel's clock.

    The day of visitors begins at six: who goes up after midnight is late at once (Q3).
    """
    day = (in_at - DAY_BEGINS).date()
    evening = datetime.combine(day, time(hour), tzinfo=in_at.tzinfo)
    return evening if time(hour) >= time(DAY_BEGINS.seconds // 3600) else evening + timedelta(days=1)
