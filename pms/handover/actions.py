"""The verbs of a shift's end: write the log, draft, count, sign, acknowledge (H1-H3). `drawer` counts the cash."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa

from pms import access, clock, journal
from pms.accounts.models import Name, User
from pms.db import db, insert_all, insert_missing
from pms.errors import Conflict, NotAllowed, Offer, Refused
from pms.handover import queries, rules
from pms.handover.drawer import count_drawer
from pms.handover.models import Equipment, EquipmentCount, Handover, HandoverPoint, NoteKind, ShiftNote
from pms.handover.sources import Moment, everything_open
from pms.lengths import check_lengths
from pms.say import say
from pms.shifts import duty_at, ending, next_shift_ends

__all__ = [
    "Side", "acknowledge", "count_drawer", "count_equipment", "draft", "keep_equipment", "settle_note", "sign",
    "write_note",
]  # fmt: skip

H, HP = Handover.__table__, HandoverPoint.__table__
N = ShiftNote.__table__


class Side(StrEnum):
    """Who signs: the one who hands over, or the one who takes over."""

    GIVEN = "given"
    TAKEN = "taken"


# --- The log ----------------------------------------------------------------------------------------------------------
def write_note(kind: NoteKind, text: str, *, by: User, now: datetime) -> ShiftNote:
    """A line in the log of the shift that works now (H1). Raises `Refused` for an empty or too long one."""
    access.require(by, "write_log")
    rules.check_note(text)
    check_lengths(ShiftNote, {"text": text.strip()})
    duty = duty_at(clock.local(now))
    note = ShiftNote(day=duty.day, shift=duty.shift, kind=kind, text=text.strip(), at=now, by_id=by.id)
    db.session.add(note)
    db.session.flush()
    journal.write(by, "write_note", note, now=now, kind=kind.value)
    return note


def settle_note(note: ShiftNote, *, by: User, now: datetime) -> None:
    """What was open is done, what was to be remembered is over. Raises `Conflict` with who was faster."""
    access.require(by, "write_log")
    if note.kind is NoteKind.DONE:
        raise Refused(say("This line says what was done; there is nothing left to do."))
    mine = sa.update(N).where(N.c.id == note.id, N.c.settled_at.is_(None)).values(settled_at=now, settled_by=by.id)
    done = db.session.connection().execute(mine).rowcount == 1
    db.session.refresh(note)
    if not done:
        raise _faster(note.settled_by, note.settled_at)
    journal.write(by, "settle_note", note, now=now)


# --- The handover -----------------------------------------------------------------------------------------------------
def draft(*, by: User, now: datetime) -> Handover:
    """The handover of the shift that ends, with everything that is open right now (H2); anew until it is signed.

    Raises `Conflict` when it is signed already, by whom and when.
    """
    access.require(by, "hand_over")
    local, today = clock.local(now), clock.business_date()
    duty = ending(local)
    row = {"day": duty.day, "shift": duty.shift, "business_date": today, "drafted_at": now, "drafted_by": by.id}
    insert_missing(Handover, [row])
    found = queries.handover_of(duty)
    assert found is not None
    again = sa.update(H).where(H.c.id == found.id, H.c.given_at.is_(None)).values(drafted_at=now, drafted_by=by.id)
    if db.session.connection().execute(again).rowcount != 1:
        db.session.refresh(found)
        raise _faster(found.given_by, found.given_at)
    db.session.connection().execute(sa.delete(HP).where(HP.c.handover_id == found.id))
    points = [
        point._asdict() | {"handover_id": found.id, "source": source, "text": point.text.to_json()}
        for source, point in everything_open(Moment(today, now, next_shift_ends(local)))
    ]
    insert_all(HandoverPoint, points)
    db.session.refresh(found)
    journal.write(by, "draft_handover", found, now=now, points=len(points))
    return found


def count_equipment(handover: Handover, found: Mapping[int, int], *, by: User, now: datetime) -> None:
    """Write down how much of each thing was there, by its id; anew until the handover is signed.

    Raises `Refused` for a number that cannot be or a thing left out.
    """
    access.require(by, "hand_over")
    if handover.given_at is not None:
        raise _faster(handover.given_by, handover.given_at)
    things = queries.equipment()
    for thing in things:
        if not 0 <= found.get(thing.id, -1) <= rules.MOST_PIECES:
            raise Refused(say("Please count each thing; write 0 where nothing is there."), field=f"thing_{thing.id}")
    db.session.execute(sa.delete(EquipmentCount).where(EquipmentCount.handover_id == handover.id))
    rows = [
        {"handover_id": handover.id, "equipment_id": thing.id, "expected": thing.expected, "found": found[thing.id]}
        for thing in things
    ]
    insert_all(EquipmentCount, rows)
    missing = sum(max(0, row["expected"] - row["found"]) for row in rows)
    journal.write(by, "count_equipment", handover, now=now, missing=missing)


def keep_equipment(name: str, pieces: int, *, name_zh: str = "", by: User, now: datetime) -> None:
    """The desk has so many `pieces` of a thing; 0 takes it off the list."""
    access.require(by, "manage_equipment")
    name, name_zh = name.strip(), name_zh.strip()
    if not name:
        raise Refused(say("A name is missing."), field="name")
    if not 0 <= pieces <= rules.MOST_PIECES:
        raise Refused(say("How many are there?"), field="pieces")
    check_lengths(Equipment, {"name": name, "name_zh": name_zh})
    insert_missing(Equipment, [{"name": name, "pieces": max(1, pieces)}])
    thing = queries.equipment_called(name)
    assert thing is not None
    thing.name_zh = name_zh or thing.name_zh
    thing.pieces, thing.active = pieces or thing.pieces, pieces > 0
    db.session.flush()
    journal.write(by, "keep_equipment", thing, now=now, name=name, pieces=pieces)


def sign(handover: Handover, side: Side, *, by: User, now: datetime) -> None:
    """`by`, who has just given his own password, hands over or takes over (H2). Each side signs once.

    Raises `Refused` while the drawer or the equipment is not counted, and for one person on both sides; `Conflict` with
    who signed and when.
    """
    access.require(by, "hand_over")
    if side is Side.GIVEN:
        _must_be_counted(handover)
        mine = sa.update(H).where(H.c.given_at.is_(None)).values(given_at=now, given_by=by.id)
    else:
        _must_be_the_other(handover, by)
        mine = sa.update(H).where(H.c.taken_at.is_(None), H.c.given_by != by.id).values(taken_at=now, taken_by=by.id)
    done = db.session.connection().execute(mine.where(H.c.id == handover.id)).rowcount == 1
    db.session.refresh(handover)
    if not done:
        given = side is Side.GIVEN
        raise _faster(
            handover.given_by if given else handover.taken_by, handover.given_at if given else handover.taken_at
        )
    journal.write(by, f"handover_{side.value}", handover, now=now, shift=handover.shift.value, day=handover.day)


def acknowledge(point: HandoverPoint, *, by: User, now: datetime) -> None:
    """The next shift has taken this point over. Whoever handed it over cannot acknowledge it; the first one counts."""
    access.require(by, "hand_over")
    handover = queries.handover(point.handover_id)
    if handover.given_by is None:
        raise Refused(say("The handover is not signed yet. Points are acknowledged after it is handed over."))
    if handover.given_by == by.id:
        raise NotAllowed(say("You handed this over. Somebody of the next shift acknowledges it."))
    mine = sa.update(HP).where(HP.c.id == point.id, HP.c.acknowledged_at.is_(None))
    done = db.session.connection().execute(mine.values(acknowledged_at=now, acknowledged_by=by.id)).rowcount == 1
    db.session.refresh(point)
    if not done:
        raise _faster(point.acknowledged_by, point.acknowledged_at)
    journal.write(by, "acknowledge_point", f"point:{point.id}", now=now, about=point.about)


def _must_be_counted(handover: Handover) -> None:
    if handover.given_at is not None:
        raise _faster(handover.given_by, handover.given_at)
    if queries.count_of(queries.duty_of(handover)) is None:
        raise Refused(
            say("The cash drawer of this shift is not counted yet."),
            offers=(Offer(say("Count the cash drawer"), "count_drawer"),),
        )
    if any(thing.found is None for thing in queries.equipment(handover.id)):
        raise Refused(
            say("The equipment is not counted yet."), offers=(Offer(say("Count the equipment"), "equipment"),)
        )


def _must_be_the_other(handover: Handover, by: User) -> None:
    if handover.given_by is None:
        raise Refused(say("It is handed over first, then taken over."))
    if handover.given_by == by.id:
        raise NotAllowed(say("Nobody signs for both sides. Somebody of the next shift takes over."))


def _faster(user_id: int | None, at: datetime | None) -> Conflict:
    assert user_id is not None and at is not None
    user = db.session.get_one(User, user_id)
    moment = clock.local(at)
    return Conflict(
        say(
            "{name} was faster: {day}, {time}.", name=Name(user.name, user.name_zh), day=moment.date(),
            time=f"{moment:%H:%M}",
        )
    )  # fmt: skip
