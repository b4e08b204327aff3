"""What a group has agreed for its days in the house 团队日程: meals, wake-up calls, luggage out, the telephone (C4)."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pms.db import BY_KEY, UtcDateTime, choice, db
from pms.reservations.models import Group


class Item(StrEnum):
    WAKE_UP = "wake_up"
    BREAKFAST = "breakfast"
    LUNCH = "lunch"
    DINNER = "dinner"
    LUGGAGE_OUT = "luggage_out"


MEALS = (Item.BREAKFAST, Item.LUNCH, Item.DINNER)


class ProgrammeLine(db.Model):  # type: ignore[name-defined]
    """One thing of one day, at `at` (HH:MM of the hotel's clock); `place` and `covers` belong to meals."""

    __tablename__ = "group_programme"

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(sa.ForeignKey("groups.id"))
    day: Mapped[date]
    item: Mapped[Item] = mapped_column(choice(Item))
    at: Mapped[str] = mapped_column(sa.String(5))
    place: Mapped[str] = mapped_column(sa.String(60), default="")
    covers: Mapped[int] = mapped_column(default=0)
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    written_by: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))

    group: Mapped[Group] = relationship()

    __table_args__ = (
        sa.UniqueConstraint("group_id", "day", "item"),
        sa.CheckConstraint("at <> ''", name="timed"),
        sa.CheckConstraint("covers between 0 and 999", name="covers"),
        sa.CheckConstraint(
            "item NOT IN ('breakfast', 'lunch', 'dinner') OR (place <> '' AND covers > 0)", name="meal_whole"
        ),
    )


class GroupConfirmed(db.Model):  # type: ignore[name-defined]
    """What the leader has confirmed and signed on the day of arrival; `long_distance` is the telephone in the rooms."""

    __tablename__ = "group_confirmed"

    group_id: Mapped[int] = mapped_column(sa.ForeignKey("groups.id"), primary_key=True)
    long_distance: Mapped[bool]
    heads: Mapped[int] = mapped_column(default=0)
    leader: Mapped[str] = mapped_column(sa.String(80), default="")
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    confirmed_by: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))

    __table_args__ = (
        sa.CheckConstraint("(confirmed_at IS NULL) = (confirmed_by IS NULL)", name="confirmed_by_somebody"),
        sa.CheckConstraint("confirmed_at IS NULL OR (heads > 0 AND leader <> '')", name="signed"),
        BY_KEY,
    )
