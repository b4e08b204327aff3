"""Visitors 访客登记: whom they asked for, what the guest said, in and out (Q3)."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pms.db import UtcDateTime, choice, db, partial_index
from pms.reservations.models import Stay


class VisitAnswer(StrEnum):
    """What came of asking. `NOBODY` is a name nobody has, and a guest who wants no disclosure: one word for both."""

    ASKING = "asking"
    COMES_UP = "comes_up"  # the guest agrees, and that floor and room are told
    LOBBY = "lobby"
    NO_ANSWER = "no_answer"
    REFUSED = "refused"
    NOBODY = "nobody"


class Visitor(db.Model):  # type: ignore[name-defined]
    """Somebody who came to see a guest. Of a document that was seen only its kind and last four signs are kept."""

    __tablename__ = "visitors"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(80))
    document: Mapped[str] = mapped_column(sa.String(20), default="")
    document_end: Mapped[str] = mapped_column(sa.String(4), default="")
    asked_name: Mapped[str] = mapped_column(sa.String(80))
    asked_room: Mapped[str] = mapped_column(sa.String(8), default="")
    by_appointment: Mapped[bool] = mapped_column(default=False)
    stay_id: Mapped[int | None] = mapped_column(sa.ForeignKey("stays.id"), index=True)
    answer: Mapped[VisitAnswer] = mapped_column(choice(VisitAnswer, "answer"))
    came_at: Mapped[datetime] = mapped_column(UtcDateTime)
    came_on: Mapped[date] = mapped_column(index=True)
    received_by: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answered_by: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))
    in_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    out_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    out_by: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))

    stay: Mapped[Stay | None] = relationship()
    __table_args__ = (
        sa.CheckConstraint("(answer = 'nobody') = (stay_id IS NULL)", name="nobody_has_no_room"),
        sa.CheckConstraint("(in_at IS NOT NULL) = (answer = 'comes_up')", name="up_with_consent"),
        sa.CheckConstraint("out_at IS NULL OR in_at IS NOT NULL", name="out_after_in"),
        partial_index("ix_visitors_in_house", "in_at", where="in_at IS NOT NULL AND out_at IS NULL"),
    )
