"""Special arrangements 特殊要求 (R10): flowers, fruit, a car, a pick-up with a name sign; each has an owner."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pms.db import UtcDateTime, choice, db, partial_index
from pms.departments import Department
from pms.property.models_welcome import Welcome
from pms.reservations.models import Stay


class Special(StrEnum):
    FLOWERS = "flowers"
    FRUIT = "fruit"
    CAKE = "cake"
    CAR = "car"
    PICK_UP = "pick_up"
    BIRTHDAY = "birthday"
    OTHER = "other"


class Arrangement(db.Model):  # type: ignore[name-defined]
    """One thing somebody prepares for a stay; `due_at` is HH:MM of the hotel's clock, or '' for any time that day.

    `welcome_id` is the line of the policy that asked for it (C3, C6); each asks once a stay.
    """

    __tablename__ = "arrangements"

    id: Mapped[int] = mapped_column(primary_key=True)
    stay_id: Mapped[int] = mapped_column(sa.ForeignKey("stays.id"), index=True)
    kind: Mapped[Special] = mapped_column(choice(Special))
    what: Mapped[str] = mapped_column(sa.String(200), default="")
    department: Mapped[Department] = mapped_column(choice(Department))
    due_on: Mapped[date] = mapped_column(index=True)
    due_at: Mapped[str] = mapped_column(sa.String(5), default="")
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    asked_by: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    done_by: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))
    dropped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    welcome_id: Mapped[int | None] = mapped_column(sa.ForeignKey("welcomes.id"))
    version: Mapped[int] = mapped_column(default=1)

    stay: Mapped[Stay] = relationship()
    welcome: Mapped[Welcome | None] = relationship()
    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        sa.CheckConstraint("done_at IS NULL OR dropped_at IS NULL", name="done_or_dropped"),
        partial_index("uq_arrangements_welcome", "stay_id", "welcome_id", where="welcome_id IS NOT NULL", unique=True),
        partial_index(
            "uq_arrangements_birthday",
            "stay_id",
            "due_on",
            "what",
            where="kind = 'birthday' AND dropped_at IS NULL",
            unique=True,
        ),
    )
