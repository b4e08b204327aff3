"""Confirmation letters 确认函 (R1): drafted, reviewed by a superior, sent; each says who and when."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pms.db import Json, UtcDateTime, choice, db, partial_index
from pms.reservations.models import Booking

OPEN = "sent_at IS NULL AND replaced_at IS NULL"


class SentBy(StrEnum):
    EMAIL = "email"
    PRINT = "print"
    FAX = "fax"
    MESSENGER = "messenger"


class Letter(db.Model):  # type: ignore[name-defined]
    """The `number`th letter of a booking. `content` is what it says, frozen when drafted, so that it prints again the
    same and nothing goes out that nobody has reviewed. A new draft replaces the one that was not sent.
    """

    __tablename__ = "letters"

    id: Mapped[int] = mapped_column(primary_key=True)
    booking_id: Mapped[int] = mapped_column(sa.ForeignKey("bookings.id"))
    number: Mapped[int]
    content: Mapped[Any] = mapped_column(Json)
    needs_review: Mapped[bool]
    drafted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    drafted_by: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    reviewed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reviewed_by: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sent_by: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))
    sent_how: Mapped[SentBy | None] = mapped_column(choice(SentBy))
    replaced_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    booking: Mapped[Booking] = relationship()
    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        sa.UniqueConstraint("booking_id", "number"),
        sa.CheckConstraint("sent_at IS NULL OR reviewed_at IS NOT NULL OR NOT needs_review", name="reviewed_first"),
        sa.CheckConstraint("reviewed_by IS NULL OR reviewed_by <> drafted_by", name="reviewed_by_another"),
        sa.CheckConstraint("sent_at IS NULL OR replaced_at IS NULL", name="sent_or_replaced"),
        partial_index("uq_letters_open", "booking_id", where=OPEN, unique=True),
    )
