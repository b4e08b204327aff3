"""What is on in the house 当日活动与宴会 (R14)."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pms.db import UtcDateTime, db

if TYPE_CHECKING:
    from pms.reservations.models_weddings import Wedding


class Event(db.Model):  # type: ignore[name-defined]
    """A banquet, meeting or wedding on a day; times are HH:MM of the hotel's clock, `covers` persons (0: not known)."""

    __tablename__ = "events"

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(index=True)
    starts: Mapped[str] = mapped_column(sa.String(5))
    ends: Mapped[str] = mapped_column(sa.String(5), default="")
    title: Mapped[str] = mapped_column(sa.String(80))
    place: Mapped[str] = mapped_column(sa.String(60))
    organiser: Mapped[str] = mapped_column(sa.String(80), default="")
    covers: Mapped[int] = mapped_column(default=0)
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    written_by: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    called_off_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    wedding: Mapped[Wedding | None] = relationship("Wedding", back_populates="event", uselist=False)
    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        sa.CheckConstraint("title <> '' AND place <> '' AND starts <> ''", name="told_whole"),
        sa.CheckConstraint("ends = '' OR ends > starts", name="ends_after"),
        sa.CheckConstraint("covers >= 0", name="covers"),
    )
