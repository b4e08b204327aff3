"""What is on in the house 当日活动与宴会 (R14), and the weddings 婚宴 among it (R9)."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pms.db import UtcDateTime, db
from pms.reservations.models import Group, Stay
from pms.reservations.models_arrangements import Arrangement


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

    wedding: Mapped[Wedding | None] = relationship(back_populates="event")
    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        sa.CheckConstraint("title <> '' AND place <> '' AND starts <> ''", name="told_whole"),
        sa.CheckConstraint("ends = '' OR ends > starts", name="ends_after"),
        sa.CheckConstraint("covers >= 0", name="covers"),
    )


class Wedding(db.Model):  # type: ignore[name-defined]
    """What makes a group of kind wedding a wedding.

    Its day, place, hours and covers are those of its `event` on the board. `stay` is the newly-weds' room; `salon` and
    `decoration` are special arrangements for that stay, owned and ticked off by salon and housekeeping. `salon_at` is
    HH:MM of the hotel's clock on the wedding day, or '' without an appointment.
    """

    __tablename__ = "weddings"

    group_id: Mapped[int] = mapped_column(sa.ForeignKey("groups.id"), primary_key=True, autoincrement=False)
    bride: Mapped[str] = mapped_column(sa.String(60))
    groom: Mapped[str] = mapped_column(sa.String(60))
    salon_at: Mapped[str] = mapped_column(sa.String(5), default="")
    event_id: Mapped[int] = mapped_column(sa.ForeignKey("events.id"), unique=True)
    stay_id: Mapped[int | None] = mapped_column(sa.ForeignKey("stays.id"), unique=True)
    salon_id: Mapped[int | None] = mapped_column(sa.ForeignKey("arrangements.id"))
    decoration_id: Mapped[int | None] = mapped_column(sa.ForeignKey("arrangements.id"))
    taken_at: Mapped[datetime] = mapped_column(UtcDateTime)
    taken_by: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    group: Mapped[Group] = relationship()
    event: Mapped[Event] = relationship(back_populates="wedding")
    stay: Mapped[Stay | None] = relationship()
    salon: Mapped[Arrangement | None] = relationship(foreign_keys=[salon_id])
    decoration: Mapped[Arrangement | None] = relationship(foreign_keys=[decoration_id])
    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (sa.CheckConstraint("bride <> '' AND groom <> ''", name="couple"),)
