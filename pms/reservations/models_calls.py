"""Calls to guests who are overdue 应到未到 (R7)."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from pms.db import UtcDateTime, choice, db


class Answer(StrEnum):
    """What an overdue guest said; after NOT_COMING the stay is cancelled."""

    COMES = "comes"
    HURRIES = "hurries"  # asked to hurry, because rooms are short
    NOT_COMING = "not_coming"
    NO_ANSWER = "no_answer"


class ArrivalCall(db.Model):  # type: ignore[name-defined]
    """One call. `eta` is the new time, HH:MM of the hotel's clock, of a guest who comes later."""

    __tablename__ = "arrival_calls"

    id: Mapped[int] = mapped_column(primary_key=True)
    stay_id: Mapped[int] = mapped_column(sa.ForeignKey("stays.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    answer: Mapped[Answer] = mapped_column(choice(Answer))
    eta: Mapped[str] = mapped_column(sa.String(5), default="")

    __table_args__ = (
        sa.CheckConstraint("(answer in ('comes', 'hurries')) = (eta <> '')", name="a_time_when_he_comes"),
    )
