"""Guests who had to wait for their room, and the call afterwards."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pms.db import UtcDateTime, choice, db, partial_index
from pms.reservations.models import Stay

CALL_AFTER = timedelta(minutes=30)


class AfterWait(StrEnum):
    """What came of the call."""

    ALL_WELL = "all_well"
    NOT_WELL = "not_well"
    NO_ANSWER = "no_answer"


class RoomWait(db.Model):  # type: ignore[name-defined]
    """The guest has waited for his room since `since` (C10): at the desk, then for our call whether all is well.

    The call is due `CALL_AFTER` his check-in, or at `again_at` when he did not answer. `said` are his words.
    """

    __tablename__ = "room_waits"

    stay_id: Mapped[int] = mapped_column(sa.ForeignKey("stays.id"), primary_key=True)
    since: Mapped[datetime] = mapped_column(UtcDateTime)
    again_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    called_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    called_by: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))
    outcome: Mapped[AfterWait | None] = mapped_column(choice(AfterWait))
    said: Mapped[str] = mapped_column(sa.String(200), default="")

    stay: Mapped[Stay] = relationship()

    __table_args__ = (
        sa.CheckConstraint(
            "(called_at IS NULL) = (called_by IS NULL) AND (called_at IS NULL) = (outcome IS NULL)",
            name="called_by_somebody",
        ),
        sa.CheckConstraint("outcome <> 'no_answer'", name="answered"),
        sa.CheckConstraint("outcome <> 'not_well' OR said <> ''", name="what_is_not_well"),
        partial_index("ix_room_waits_open", "since", where="called_at IS NULL"),
    )

    def due_at(self) -> datetime | None:
        """When the guest is to be called; None while he waits at the desk."""
        checked_in = self.stay.checked_in_at
        return self.again_at or (checked_in + CALL_AFTER if checked_in else None)
