"""The log of the shifts, handovers with their points, counts of the cash drawer, and the desk's equipment."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from pms.db import Json, Money, UtcDateTime, choice, db, partial_index
from pms.shifts import Shift


class NoteKind(StrEnum):
    DONE = "done"
    OPEN = "open"
    REMEMBER = "remember"


class ShiftNote(db.Model):  # type: ignore[name-defined]
    """A line of the day's log 工作日志 (H1). What is open or to remember is handed over until somebody settles it."""

    __tablename__ = "shift_notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date]
    shift: Mapped[Shift] = mapped_column(choice(Shift))
    kind: Mapped[NoteKind] = mapped_column(choice(NoteKind))
    text: Mapped[str] = mapped_column(sa.String(500))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    settled_by: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))

    __table_args__ = (
        sa.Index("ix_shift_notes_day", "day", "shift"),
        partial_index("ix_shift_notes_open", "at", where="settled_at IS NULL AND kind <> 'done'"),
        sa.CheckConstraint("(settled_at IS NULL) = (settled_by IS NULL)", name="settled_by_somebody"),
    )


class Handover(db.Model):  # type: ignore[name-defined]
    """One shift's handover 工作移交表 (H2), one a shift. `given_*` is who hands over, `taken_*` who takes over.

    Its points may be drafted anew until it is given; from then on it stays as it was signed.
    """

    __tablename__ = "handovers"

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date]
    shift: Mapped[Shift] = mapped_column(choice(Shift))
    business_date: Mapped[date] = mapped_column(index=True)
    drafted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    drafted_by: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    given_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    given_by: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))
    taken_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    taken_by: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))

    __table_args__ = (
        sa.UniqueConstraint("day", "shift"),
        sa.CheckConstraint("(given_at IS NULL) = (given_by IS NULL)", name="given_by_somebody"),
        sa.CheckConstraint("(taken_at IS NULL) = (taken_by IS NULL)", name="taken_by_somebody"),
        sa.CheckConstraint("taken_at IS NULL OR given_at IS NOT NULL", name="given_before_taken"),
        sa.CheckConstraint("taken_by <> given_by", name="nobody_signs_for_both"),
    )


class HandoverPoint(db.Model):  # type: ignore[name-defined]
    """Something open when the shift ended, as it was drafted (handover.sources); acknowledged by the next shift."""

    __tablename__ = "handover_points"

    id: Mapped[int] = mapped_column(primary_key=True)
    handover_id: Mapped[int] = mapped_column(sa.ForeignKey("handovers.id"))
    source: Mapped[str] = mapped_column(sa.String(24))
    about: Mapped[str] = mapped_column(sa.String(40))
    room: Mapped[str] = mapped_column(sa.String(60), default="")  # or another place
    guest: Mapped[str] = mapped_column(sa.String(200), default="")
    guest_incognito: Mapped[bool] = mapped_column(default=False)
    text: Mapped[Any] = mapped_column(Json)
    acknowledged_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    acknowledged_by: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))

    __table_args__ = (
        sa.UniqueConstraint("handover_id", "source", "about"),
        partial_index("ix_handover_points_open", "handover_id", where="acknowledged_at IS NULL"),
        sa.CheckConstraint("(acknowledged_at IS NULL) = (acknowledged_by IS NULL)", name="acknowledged_by_somebody"),
    )


class Equipment(db.Model):  # type: ignore[name-defined]
    """Something the desk has and counts at each handover: master keys, umbrellas, card readers."""

    __tablename__ = "equipment"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(60), unique=True)
    name_zh: Mapped[str] = mapped_column(sa.String(60), default="")
    pieces: Mapped[int]
    active: Mapped[bool] = mapped_column(default=True)

    __table_args__ = (sa.CheckConstraint("pieces > 0", name="some_pieces"),)


class EquipmentCount(db.Model):  # type: ignore[name-defined]
    """How much of a thing was there at a handover."""

    __tablename__ = "equipment_counts"

    handover_id: Mapped[int] = mapped_column(sa.ForeignKey("handovers.id"), primary_key=True)
    equipment_id: Mapped[int] = mapped_column(sa.ForeignKey("equipment.id"), primary_key=True)
    expected: Mapped[int]
    found: Mapped[int]

    __table_args__ = (sa.CheckConstraint("found >= 0", name="not_less_than_none"),)


class CashCount(db.Model):  # type: ignore[name-defined]
    """The cash drawer counted (H3), minor units. `pieces` is how many of each note and coin, by its minor units.

    `expected` is what the count before left in the drawer and what was taken and given back in cash since: `book` is
    the sum of all cash ever, so that a posting saved late falls into the next count. Counts form one chain
    (`previous_id`, 0 for the first): two at once cannot both follow the same one.
    """

    __tablename__ = "cash_counts"

    id: Mapped[int] = mapped_column(primary_key=True)
    previous_id: Mapped[int] = mapped_column(unique=True)
    day: Mapped[date]
    shift: Mapped[Shift] = mapped_column(choice(Shift))
    business_date: Mapped[date] = mapped_column(index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    pieces: Mapped[Any] = mapped_column(Json)
    counted: Mapped[int] = mapped_column(Money)
    expected: Mapped[int] = mapped_column(Money)
    kept: Mapped[int] = mapped_column(Money)  # stays in the drawer; the rest goes to the safe
    book: Mapped[int] = mapped_column(Money)
    reason: Mapped[str] = mapped_column(sa.String(200), default="")
    witness_id: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))

    __table_args__ = (
        sa.Index("ix_cash_counts_day", "day", "shift"),
        sa.CheckConstraint("kept BETWEEN 0 AND counted", name="kept_of_what_was_counted"),
        sa.CheckConstraint(
            "counted = expected OR (reason <> '' AND witness_id IS NOT NULL)", name="difference_explained_and_seen"
        ),
        sa.CheckConstraint("witness_id <> by_id", name="a_second_person"),
    )

    @property
    def difference(self) -> int:
        """More (positive) or less than expected."""
        return self.counted - self.expected
