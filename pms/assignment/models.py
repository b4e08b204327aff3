"""Runs of placing: what was asked for, what was planned, what of it was taken. A plan is kept so that what is accepted
is what was seen, and one press takes it all back. And rooms that guests did not want.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from pms.db import Json, UtcDateTime, choice, db


class RunStatus(StrEnum):
    ASKED = "asked"
    PLANNING = "planning"
    PLANNED = "planned"
    ACCEPTED = "accepted"
    UNDONE = "undone"
    FAILED = "failed"


class Again(StrEnum):
    """What a run does with guests who have rooms: they stay; as few as must move; they are planned anew at a price."""

    NOBODY = "nobody"
    FEW = "few"
    ALL = "all"


class PlacingRun(db.Model):  # type: ignore[name-defined]
    """One run: guests who arrive from `first` to `last`, on the business date it was asked for."""

    __tablename__ = "placing_runs"

    id: Mapped[int] = mapped_column(primary_key=True)
    business_date: Mapped[date] = mapped_column(index=True)
    first: Mapped[date]
    last: Mapped[date]
    status: Mapped[RunStatus] = mapped_column(choice(RunStatus), default=RunStatus.ASKED)
    again: Mapped[Again] = mapped_column(choice(Again), default=Again.NOBODY)
    asked_by: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    with_room: Mapped[int] = mapped_column(default=0)
    """While it is planned: how many have a room in the best plan so far."""
    milliseconds: Mapped[int] = mapped_column(default=0)
    tiers: Mapped[Any] = mapped_column(Json, default=list)
    """Points by tier, the highest first."""
    price: Mapped[int | None]
    """Points of all tiers but the first together, as the search counts them; None until that was reckoned."""
    bound: Mapped[int | None]
    """No plan that gives everybody a room has fewer points."""
    accepted_by: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))
    accepted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    undone_by: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    @property
    def above_best(self) -> float | None:
        """Within how many percent of the best there can be the plan is; None while that is unknown or from nothing."""
        if self.price is None or self.bound is None:
            return None
        if self.price == self.bound:
            return 0.0
        return 100 * (self.price - self.bound) / self.bound if self.bound > 0 else None

    # Journal lines and addresses name a run: the number of one that was thrown away is not given again.
    __table_args__ = (sa.CheckConstraint("first <= last", name="days_in_order"), {"sqlite_autoincrement": True})


class PlacingLine(db.Model):  # type: ignore[name-defined]
    """One guest of a run: the room before, the room planned (none: left over), why, and what was not met."""

    __tablename__ = "placing_lines"

    run_id: Mapped[int] = mapped_column(sa.ForeignKey("placing_runs.id"), primary_key=True)
    stay_id: Mapped[int] = mapped_column(sa.ForeignKey("stays.id"), primary_key=True, index=True)
    arrival: Mapped[date]
    departure: Mapped[date]
    was_room_id: Mapped[int | None] = mapped_column(sa.ForeignKey("rooms.id"))
    room_id: Mapped[int | None] = mapped_column(sa.ForeignKey("rooms.id"))
    why: Mapped[Any] = mapped_column(Json, default=list)
    unmet: Mapped[Any] = mapped_column(Json, default=list)
    """Promises and wishes that go without (P1, P2)."""
    wishes: Mapped[int] = mapped_column(default=0)
    """How many promises and wishes there were."""
    accepted: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (sa.CheckConstraint("room_id IS NOT NULL OR NOT accepted", name="accepted_with_a_room"),)


class RefusedRoom(db.Model):  # type: ignore[name-defined]
    """A room that was offered to a guest and that he did not want (P6): it is not offered to him again."""

    __tablename__ = "refused_rooms"

    stay_id: Mapped[int] = mapped_column(sa.ForeignKey("stays.id"), primary_key=True)
    room_id: Mapped[int] = mapped_column(sa.ForeignKey("rooms.id"), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    words: Mapped[str] = mapped_column(sa.String(120), default="")
    """What the guest would rather have: higher, quieter ..."""
    why: Mapped[str] = mapped_column(sa.String(120), default="")


class RuleOverride(db.Model):  # type: ignore[name-defined]
    """A placing rule that does not speak for one stay: who set it aside, when, why or with whose consent (P2, P15)."""

    __tablename__ = "rule_overrides"

    stay_id: Mapped[int] = mapped_column(sa.ForeignKey("stays.id"), primary_key=True)
    rule: Mapped[str] = mapped_column(sa.String(60), primary_key=True)
    why: Mapped[str] = mapped_column(sa.String(120))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))

    __table_args__ = (sa.CheckConstraint("why <> ''", name="with_a_reason"),)
