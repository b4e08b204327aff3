"""Room changes that were agreed before the guest came, because no room is free on all his nights (P7)."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from pms.db import BY_KEY, UtcDateTime, db


class PlannedMove(db.Model):  # type: ignore[name-defined]
    """On `day` the stay moves to `room_id`; `consent` says who agreed, and how.

    It stands on the room-night of that day, and goes with it: whoever takes the night away (another departure, another
    room, a cancellation) takes the planned move away, without having to know of it.
    """

    __tablename__ = "planned_moves"

    stay_id: Mapped[int] = mapped_column(sa.ForeignKey("stays.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    room_id: Mapped[int]
    consent: Mapped[str] = mapped_column(sa.String(120))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))

    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["room_id", "day"], ["room_nights.room_id", "room_nights.night"], ondelete="CASCADE",
            name="fk_planned_moves_room_night",
        ),
        sa.CheckConstraint("consent <> ''", name="agreed"),
        sa.Index("uq_planned_moves_room_id_day", "room_id", "day", unique=True),
        sa.Index("ix_planned_moves_day", "day"),
        BY_KEY,
    )  # fmt: skip
