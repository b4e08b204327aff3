"""Room status discrepancies 房态差异: housekeeping sees a room otherwise than the front office knows it."""

from __future__ import annotations

from datetime import datetime

from pms import journal, notices
from pms.access import Actor, require
from pms.clock import business_date
from pms.db import db
from pms.errors import Refused
from pms.lengths import check_lengths
from pms.notices import Department
from pms.property import rules
from pms.property.models import Discrepancy, DiscrepancyKind, Room
from pms.reservations import queries_closures
from pms.say import Say, say

SENTENCES: dict[DiscrepancyKind, Say] = {
    DiscrepancyKind.SLEEP: say("sleep: housekeeping says occupied, the front office vacant"),
    DiscrepancyKind.SKIP: say("skip: housekeeping says vacant, the front office occupied"),
    DiscrepancyKind.PERSONS: say("another number of persons"),
}


def report_occupancy(
    room: Room, occupied: bool, persons: int | None = None, *, by: Actor, now: datetime
) -> Discrepancy | None:
    """What the attendant saw in `room`; returns the discrepancy with the front office, if there is one.

    `persons` may stay unknown: then only occupied against vacant is compared. A later look that agrees settles it.
    """
    require(by, "set_housekeeping")
    if persons is not None and (persons < 0 or (persons > 0) != occupied):
        raise Refused(say("The number of persons does not fit: occupied means one or more."), field="persons")
    room.occupied_by_housekeeping, room.persons_by_housekeeping = occupied, persons
    known = queries_closures.persons_in_house(room.id)
    seen = persons if persons is not None else (known or 1) * occupied
    found = rules.discrepancy(seen, known)
    journal.write(by, "report_occupancy", room, now=now, seen=seen, known=known, kind=found)
    open_one = queries_closures.open_discrepancy(room.id, business_date())
    if found is None:
        if open_one is not None:
            _settle(open_one, "looked_again", by, now)
        return None
    kind = DiscrepancyKind(found)
    if open_one is not None and open_one.kind is kind:
        open_one.housekeeping_persons, open_one.front_office_persons = seen, known
        return open_one
    if open_one is not None:
        _settle(open_one, f"now_{found}", by, now)
    return _open(room, kind, seen, known, by, now)


def resolve(discrepancy: Discrepancy, action: str, *, by: Actor, now: datetime) -> None:
    """Somebody looked and says what was done. Raises `Refused` without a word or when it is settled already."""
    require(by, "resolve_discrepancy")
    if discrepancy.resolved_at is not None:
        raise Refused(say("This discrepancy is settled already."))
    if not action.strip():
        raise Refused(say("Say what was found and done."), field="action")
    check_lengths(Discrepancy, {"action": action.strip()})
    _settle(discrepancy, action.strip(), by, now)


def _open(room: Room, kind: DiscrepancyKind, seen: int, known: int, by: Actor, now: datetime) -> Discrepancy:
    row = Discrepancy(
        room_id=room.id,
        business_date=business_date(),
        kind=kind,
        housekeeping_persons=seen,
        front_office_persons=known,
        found_at=now,
        found_by=by.id,
    )
    db.session.add(row)
    db.session.flush()
    text = say("Room {room}: {what}.", room=room.number, what=SENTENCES[kind])
    notices.tell((Department.FRONT_DESK, Department.ASSISTANT_MANAGER), text, about=row, by=by, now=now)
    return row


def _settle(row: Discrepancy, action: str, by: Actor, now: datetime) -> None:
    row.action, row.resolved_at, row.resolved_by = action, now, by.id
    journal.write(by, "resolve_discrepancy", row, now=now, what=action)
