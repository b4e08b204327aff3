"""What is read of the log, the handovers and the drawer."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from pms.accounts.models import User
from pms.cashier.models import PaymentMethod, Posting
from pms.db import db
from pms.errors import Missing
from pms.handover.models import (
    CashCount,
    Equipment,
    EquipmentCount,
    Handover,
    HandoverPoint,
    NoteKind,
    ShiftNote,
)
from pms.say import from_json, say
from pms.shifts import Duty

MOST = 100
BY, SETTLED, WITNESS = aliased(User), aliased(User), aliased(User)


class NoteRow(NamedTuple):
    """A line of the log; names of staff in Latin and Chinese."""

    id: int
    kind: NoteKind
    text: str
    at: datetime
    by: str
    by_zh: str | None
    settled_at: datetime | None
    settled_by: str | None
    settled_by_zh: str | None

    @property
    def waits(self) -> bool:
        return self.kind is not NoteKind.DONE and self.settled_at is None


def _notes() -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(
            ShiftNote.id, ShiftNote.kind, ShiftNote.text, ShiftNote.at, BY.name, BY.name_zh,
            ShiftNote.settled_at, SETTLED.name, SETTLED.name_zh,
        )
        .join(BY, BY.id == ShiftNote.by_id)
        .outerjoin(SETTLED, SETTLED.id == ShiftNote.settled_by)
    )  # fmt: skip


def notes_of(duty: Duty) -> list[NoteRow]:
    """The log of one shift, in order of time."""
    wanted = _notes().where(ShiftNote.day == duty.day, ShiftNote.shift == duty.shift).order_by(ShiftNote.id)
    return [NoteRow(*row) for row in db.session.execute(wanted)]


def open_notes() -> list[NoteRow]:
    """What is open or to remember, of whatever shift, the oldest first."""
    waiting = (ShiftNote.settled_at.is_(None), ShiftNote.kind != NoteKind.DONE)
    return [NoteRow(*row) for row in db.session.execute(_notes().where(*waiting).order_by(ShiftNote.at).limit(MOST))]


def note(note_id: int) -> ShiftNote:
    """Raises `Missing`."""
    found = db.session.get(ShiftNote, note_id)
    if found is None:
        raise Missing(say("There is no such line in the log."))
    return found


# --- Handovers --------------------------------------------------------------------------------------------------------
def handover(handover_id: int) -> Handover:
    """Raises `Missing`."""
    found = db.session.get(Handover, handover_id)
    if found is None:
        raise Missing(say("There is no such handover."))
    return found


def handover_of(duty: Duty) -> Handover | None:
    wanted = sa.select(Handover).where(Handover.day == duty.day, Handover.shift == duty.shift)
    return db.session.scalar(wanted)


def duty_of(handover: Handover) -> Duty:
    return Duty(handover.day, handover.shift)


def last_handovers(limit: int = 9, *, before: int | None = None) -> list[Handover]:
    """The newest first, of ids below `before`."""
    wanted = sa.select(Handover).order_by(Handover.id.desc()).limit(limit)
    return list(db.session.scalars(wanted if before is None else wanted.where(Handover.id < before)))


class PointRow(NamedTuple):
    """An open point as it was drafted; `text` is a sentence."""

    id: int
    source: str
    about: str
    room: str
    guest: str
    guest_incognito: bool
    text: Any
    acknowledged_at: datetime | None
    acknowledged_by: str | None
    acknowledged_by_zh: str | None


def points_of(handover_id: int, *, see_incognito: bool) -> list[PointRow]:
    """The points of a handover in the order of their drafting, without the names of those who want no disclosure."""
    wanted = (
        sa.select(
            HandoverPoint.id, HandoverPoint.source, HandoverPoint.about, HandoverPoint.room, HandoverPoint.guest,
            HandoverPoint.guest_incognito, HandoverPoint.text, HandoverPoint.acknowledged_at, BY.name, BY.name_zh,
        )
        .outerjoin(BY, BY.id == HandoverPoint.acknowledged_by)
        .where(HandoverPoint.handover_id == handover_id)
        .order_by(HandoverPoint.id)
    )  # fmt: skip
    rows = [PointRow(*row)._replace(text=from_json(row.text)) for row in db.session.execute(wanted)]
    return [row._replace(guest="") if row.guest_incognito and not see_incognito else row for row in rows]


def point(point_id: int) -> HandoverPoint:
    """Raises `Missing`."""
    found = db.session.get(HandoverPoint, point_id)
    if found is None:
        raise Missing(say("There is no such point. The handover was drafted anew."))
    return found


def people(ids: set[int | None]) -> dict[int, User]:
    """Users by id, for the signatures."""
    return {user.id: user for user in db.session.scalars(sa.select(User).where(User.id.in_(ids - {None})))}


# --- Equipment --------------------------------------------------------------------------------------------------------
class EquipmentRow(NamedTuple):
    """A thing to be counted, and how much was found at a handover (None: not counted)."""

    id: int
    name: str
    name_zh: str
    expected: int
    found: int | None


def equipment(handover_id: int = 0) -> list[EquipmentRow]:
    """What the desk has, by name, with what was found at the handover; what was counted then stays on its list."""
    counted = sa.and_(EquipmentCount.equipment_id == Equipment.id, EquipmentCount.handover_id == handover_id)
    wanted = (
        sa.select(
            Equipment.id, Equipment.name, Equipment.name_zh,
            sa.func.coalesce(EquipmentCount.expected, Equipment.pieces), EquipmentCount.found,
        )
        .outerjoin(EquipmentCount, counted)
        .where(sa.or_(Equipment.active, EquipmentCount.found.is_not(None)))
        .order_by(Equipment.name)
    )  # fmt: skip
    return [EquipmentRow(*row) for row in db.session.execute(wanted)]


def equipment_called(name: str) -> Equipment | None:
    return db.session.scalar(sa.select(Equipment).where(Equipment.name == name))


# --- The drawer -------------------------------------------------------------------------------------------------------
class CountRow(NamedTuple):
    """A count of the drawer with who counted and who saw the difference."""

    id: int
    at: datetime
    counted: int
    expected: int
    kept: int
    reason: str
    by: str
    by_zh: str | None
    witness: str | None
    witness_zh: str | None

    @property
    def difference(self) -> int:
        return self.counted - self.expected


def _counts() -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(
            CashCount.id, CashCount.at, CashCount.counted, CashCount.expected, CashCount.kept, CashCount.reason,
            BY.name, BY.name_zh, WITNESS.name, WITNESS.name_zh,
        )
        .join(BY, BY.id == CashCount.by_id)
        .outerjoin(WITNESS, WITNESS.id == CashCount.witness_id)
    )  # fmt: skip


def last_counts(limit: int = 12) -> list[CountRow]:
    """The newest first."""
    return [CountRow(*row) for row in db.session.execute(_counts().order_by(CashCount.id.desc()).limit(limit))]


def count_of(duty: Duty) -> CountRow | None:
    """The last count of a shift."""
    mine = _counts().where(CashCount.day == duty.day, CashCount.shift == duty.shift)
    row = db.session.execute(mine.order_by(CashCount.id.desc()).limit(1)).first()
    return CountRow(*row) if row else None


def last_count() -> CashCount | None:
    return db.session.scalar(sa.select(CashCount).order_by(CashCount.id.desc()).limit(1))


def cash_book() -> int:
    """All cash ever taken less all given back, minor units, positive: what stands in the books of the drawer."""
    wanted = sa.select(sa.func.coalesce(sa.func.sum(-Posting.amount), 0)).where(Posting.method == PaymentMethod.CASH)
    return int(db.session.scalar(wanted) or 0)


def expected_cash() -> tuple[int, int]:
    """What should lie in the drawer, and the `book` it follows from."""
    last, book = last_count(), cash_book()
    return (last.kept + book - last.book if last else book), book


def open_points(day: date) -> int:
    """How many points of the handovers of a business date nobody has acknowledged."""
    wanted = (
        sa.select(sa.func.count())
        .select_from(HandoverPoint)
        .join(Handover, Handover.id == HandoverPoint.handover_id)
        .where(HandoverPoint.acknowledged_at.is_(None), Handover.business_date == day)
    )
    return db.session.scalar(wanted) or 0
