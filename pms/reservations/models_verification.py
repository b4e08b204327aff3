"""Bookings verified against availability 核对 (R11): what was explained, and who signed for a date."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from pms.db import UtcDateTime, db


class Explanation(db.Model):  # type: ignore[name-defined]
    """Why a contradiction may stand. It holds for the facts of its `fingerprint`; others are open again."""

    __tablename__ = "explanations"

    id: Mapped[int] = mapped_column(primary_key=True)
    fingerprint: Mapped[str] = mapped_column(sa.String(64), unique=True)
    text: Mapped[str] = mapped_column(sa.String(300))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))

    __table_args__ = (sa.CheckConstraint("text <> ''", name="says_why"),)


class Verification(db.Model):  # type: ignore[name-defined]
    """A business date on which nothing contradicted, or all of it (`explained` lines) was explained."""

    __tablename__ = "verifications"

    business_date: Mapped[date] = mapped_column(primary_key=True)
    explained: Mapped[int]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
