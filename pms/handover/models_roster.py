"""Who works when 排班表, and shifts that two people swap (H4)."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from pms.db import BY_KEY, UtcDateTime, choice, db, partial_index
from pms.departments import Department
from pms.handover.status import SwapState
from pms.shifts import Shift

POST_LENGTH, REASON_LENGTH = 24, 200


class RosterDuty(db.Model):  # type: ignore[name-defined]
    """Somebody works a shift of a day. The key allows one a person and day, wherever it is: two can never overlap."""

    __tablename__ = "roster_duties"

    user_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    shift: Mapped[Shift] = mapped_column(choice(Shift))
    department: Mapped[Department] = mapped_column(choice(Department))
    post: Mapped[str] = mapped_column(sa.String(POST_LENGTH), default="")  # reception, cashier's window, lobby

    __table_args__ = (sa.Index("ix_roster_duties_day", "day", "department"), BY_KEY)


class RosterWeek(db.Model):  # type: ignore[name-defined]
    """A department's week by its Monday: how often it was changed and by whom last. Two who write at once meet here."""

    __tablename__ = "roster_weeks"

    department: Mapped[Department] = mapped_column(choice(Department), primary_key=True)
    monday: Mapped[date] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_by: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))

    __table_args__ = (BY_KEY,)


class Swap(db.Model):  # type: ignore[name-defined]
    """`asked_by` would give his shift of `day` to `other`, and takes the other's of `other_day` (None: nothing).

    The shifts are kept as they were when it was asked: a roster changed since is not swapped blindly.
    """

    __tablename__ = "roster_swaps"

    id: Mapped[int] = mapped_column(primary_key=True)
    department: Mapped[Department] = mapped_column(choice(Department))
    asked_by: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    day: Mapped[date]
    shift: Mapped[Shift] = mapped_column(choice(Shift))
    other_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    other_day: Mapped[date | None]
    other_shift: Mapped[Shift | None] = mapped_column(choice(Shift, "other_shift"))
    state: Mapped[SwapState] = mapped_column(choice(SwapState), default=SwapState.ASKED)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))
    reason: Mapped[str] = mapped_column(sa.String(REASON_LENGTH), default="")

    __table_args__ = (
        sa.CheckConstraint("asked_by <> other_id", name="two_people"),
        sa.CheckConstraint("decided_by <> asked_by AND decided_by <> other_id", name="nobody_approves_his_own"),
        sa.CheckConstraint("(decided_by IS NOT NULL) = (state IN ('approved', 'declined'))", name="decided_by_leader"),
        sa.CheckConstraint("state NOT IN ('refused', 'declined') OR reason <> ''", name="no_with_its_reason"),
        sa.CheckConstraint("(other_day IS NULL) = (other_shift IS NULL)", name="whole_return"),
        partial_index("uq_roster_swaps_open", "asked_by", "day", where="state IN ('asked', 'agreed')", unique=True),
        sa.Index("ix_roster_swaps_state", "state", "day"),
    )
