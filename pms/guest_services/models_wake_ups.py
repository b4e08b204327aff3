"""Wake-up calls 叫醒 (Q4)."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pms.db import UtcDateTime, choice, db, partial_index
from pms.reservations.models import Stay


class WakeUpState(StrEnum):
    WAITING = "waiting"
    GO_UP = "go_up"  # no answer twice: somebody goes to the room
    ANSWERED = "answered"
    WOKEN = "woken"  # in person
    CANCELLED = "cancelled"


class WakeUp(db.Model):  # type: ignore[name-defined]
    """One call for one guest. `wall` is what the hotel's clock was asked to show, "2026-11-22 06:30"; `next_at` is the
    instant to ring at, five minutes later after a call that nobody answered.
    """

    __tablename__ = "wake_ups"

    id: Mapped[int] = mapped_column(primary_key=True)
    stay_id: Mapped[int] = mapped_column(sa.ForeignKey("stays.id"))
    wall: Mapped[str] = mapped_column(sa.String(16), index=True)
    next_at: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[WakeUpState] = mapped_column(choice(WakeUpState), default=WakeUpState.WAITING)
    unanswered: Mapped[int] = mapped_column(default=0)
    ordered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ordered_by: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_by: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))

    stay: Mapped[Stay] = relationship()
    __table_args__ = (
        sa.CheckConstraint("unanswered between 0 and 2", name="two_calls"),
        partial_index("uq_wake_ups_once", "stay_id", "wall", where="state <> 'cancelled'", unique=True),
        partial_index("ix_wake_ups_next", "next_at", where="state IN ('waiting', 'go_up')"),
    )
