"""Luggage in and out 行李寄存 (L1, L2, L4): nothing leaves twice, whoever hands it out."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from pms import access, clock, journal
from pms.accounts.models import User
from pms.db import db
from pms.errors import Conflict, Refused
from pms.guest_services import queries_luggage, rules
from pms.guest_services.models import Luggage
from pms.guest_services.rules import Collection, Deposited, Held, Proof
from pms.guests.rules import plain
from pms.lengths import check_lengths
from pms.reservations.models import Stay
from pms.reservations.numbers import next_number
from pms.reservations.status import Status
from pms.say import say

CODE_BYTES = 5  # nobody finds the code of a stub by trying
PROOF_LENGTH = 40

L = Luggage.__table__
_HAND_OUT = sa.update(L).where(
    L.c.id == sa.bindparam("luggage"), L.c.released_at.is_(None), L.c.collected == sa.bindparam("seen")
)


def store_luggage(luggage: Deposited, *, stay: Stay | None = None, by: User, now: datetime) -> Luggage:
    """Take pieces in under one numbered tag; tag and stub carry the same scannable code.

    Raises `Refused` for valuables (with the safe-deposit box as offer) and dangerous goods (L1), and for gaps.
    """
    access.require(by, "store_luggage")
    rules.check_deposited(luggage, now)
    tag = f"{next_number('luggage'):04d}"
    search = plain(luggage.depositor)
    values = {
        "tag": tag,
        "code": f"{tag}-{secrets.token_hex(CODE_BYTES).upper()}",
        "stay_id": stay.id if stay else None,
        "depositor": luggage.depositor.strip(),
        "depositor_search": f"{search} {stay.guest.search}"[:200] if stay else search,
        "contact": luggage.contact.strip(),
        "room_number": luggage.room_number.strip() or (stay.room.number if stay and stay.room else ""),
        "pieces": luggage.pieces,
        "description": luggage.description.strip(),
        "shelf": luggage.shelf.strip().upper(),
        "collector": luggage.collector.strip(),
        "due_at": luggage.due_at,
        "stored_at": now,
        "stored_on": clock.business_date(),
        "stored_by": by.id,
    }
    check_lengths(Luggage, values)
    stored = Luggage(**values)
    db.session.add(stored)
    db.session.flush()
    journal.write(by, "store_luggage", stored, now=now, tag=tag, pieces=stored.pieces, shelf=stored.shelf)
    return stored


def release_luggage(
    luggage: Luggage, call: Collection, *, version: int | None = None, by: User, now: datetime
) -> Luggage:
    """Hand luggage out to who may take it; pieces counted and signed for (L4). Some may leave and the rest stay.

    Raises `Refused` naming what is missing, and `Conflict` saying who took what when pieces have gone since `version`.
    """
    access.require(by, "release_luggage")
    if luggage.released_at is not None:
        raise _gone(luggage)
    if version is not None and version != luggage.version:
        raise _changed(luggage)
    held = Held(luggage.code, luggage.depositor, luggage.collector, luggage.here)
    proof = rules.check_collection(held, call)
    seen, rest = luggage.collected, luggage.here - call.pieces
    out = {"collected": seen + call.pieces} | ({} if rest else _last_ones(call, proof, by, now))
    check_lengths(Luggage, {"released_to": call.name.strip()} | out)
    statement = _HAND_OUT.values(version=L.c.version + 1, **out)
    done = db.session.connection().execute(statement, {"luggage": luggage.id, "seen": seen}).rowcount == 1
    db.session.refresh(luggage)
    if not done:
        raise _gone(luggage) if luggage.released_at is not None else _changed(luggage)
    details = {"pieces": call.pieces, "rest": rest, "to": call.name.strip(), "proof": _proof_text(call, proof)}
    journal.write(by, "release_luggage", luggage, now=now, tag=luggage.tag, **details)
    return luggage


def take_to_room(stay: Stay, *, by: User, now: datetime) -> int:
    """The bellman takes everything that lies here for a guest to his room (C10); returns how many pieces.

    Raises `Refused` while the guest has no room, `Conflict` when the pieces have left already.
    """
    access.require(by, "release_luggage")
    if stay.status is not Status.IN_HOUSE or stay.room is None:
        raise Refused(say("The guest is not in a room yet. Check the guest in first."))
    held = queries_luggage.held_of(stay.id)
    if not held:
        raise Conflict(say("No luggage of this guest lies here any more."))
    pieces = sum(luggage.here for luggage in held)
    for luggage in held:
        _take_up(luggage, stay.room.number, by, now)
    return pieces


def _take_up(luggage: Luggage, room: str, by: User, now: datetime) -> None:
    seen, rest = luggage.collected, luggage.here
    out = {"released_at": now, "released_on": clock.business_date(), "released_by": by.id, "released_to": room}
    statement = _HAND_OUT.values(version=L.c.version + 1, collected=luggage.pieces, proof=Proof.ROOM.value, **out)
    done = db.session.connection().execute(statement, {"luggage": luggage.id, "seen": seen}).rowcount == 1
    db.session.refresh(luggage)
    if not done:
        raise _gone(luggage) if luggage.released_at is not None else _changed(luggage)
    details = {"pieces": rest, "rest": 0, "to": room, "proof": Proof.ROOM.value}
    journal.write(by, "release_luggage", luggage, now=now, tag=luggage.tag, **details)


def _last_ones(call: Collection, proof: Proof, by: User, now: datetime) -> dict[str, Any]:
    return {
        "released_at": now,
        "released_on": clock.business_date(),
        "released_by": by.id,
        "released_to": call.name.strip(),
        "proof": _proof_text(call, proof)[:PROOF_LENGTH],
    }


def _proof_text(call: Collection, proof: Proof) -> str:
    """`id: passport`, `word: by telephone 21:10`, `stub`."""
    said = call.depositors_word.strip() if proof is Proof.WORD else call.document if proof is Proof.ID else ""
    return f"{proof.value}: {said}" if said else proof.value


def change_luggage(
    luggage: Luggage, *, due_at: datetime | None = None, shelf: str = "", by: User, now: datetime
) -> Luggage:
    """Another time of collection or another shelf for what is still here."""
    access.require(by, "store_luggage")
    if luggage.released_at is not None:
        raise _gone(luggage)
    if due_at is not None and due_at <= now:
        raise Refused(say("The time of collection is over already."), field="due_at")
    check_lengths(Luggage, {"shelf": shelf.strip()})
    luggage.due_at = due_at or luggage.due_at
    luggage.shelf = shelf.strip().upper() or luggage.shelf
    db.session.flush()
    journal.write(by, "change_luggage", luggage, now=now, due_at=luggage.due_at, shelf=luggage.shelf)
    return luggage


def _gone(luggage: Luggage) -> Conflict:
    assert luggage.released_at is not None
    at = clock.local(luggage.released_at)
    return Conflict(
        say(
            "Luggage {tag} was handed out to {name} on {day} at {time}.",
            tag=luggage.tag,
            name=luggage.released_to,
            day=at.date(),
            time=f"{at:%H:%M}",
        )
    )


def _changed(luggage: Luggage) -> Conflict:
    return Conflict(
        say(
            "Somebody has just changed luggage {tag}: {here} of {pieces} pieces are here, on {shelf}.",
            tag=luggage.tag,
            here=luggage.here,
            pieces=luggage.pieces,
            shelf=luggage.shelf,
        )
    )
