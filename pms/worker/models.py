"""What the workers did: one row for each job and each moment it was due, however many workers there are."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from pms.db import BY_KEY, Json, UtcDateTime, db


class WorkerRun(db.Model):  # type: ignore[name-defined]
    """A job that was due at a moment. Who inserts the row does the job; `done_at` is empty while he is at it.

    `problem` is why it was not done; it is tried again after a while, up to `rules.TRIES` times.
    """

    __tablename__ = "worker_runs"

    job: Mapped[str] = mapped_column(sa.String(60), primary_key=True)
    due: Mapped[datetime] = mapped_column(UtcDateTime, primary_key=True)
    claimed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    claimed_by: Mapped[str] = mapped_column(sa.String(120))
    tries: Mapped[int] = mapped_column(default=1)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    result: Mapped[Any] = mapped_column(Json, nullable=True)
    problem: Mapped[str] = mapped_column(sa.String(200), default="")

    __table_args__ = (sa.CheckConstraint("tries > 0", name="tried"), BY_KEY)
