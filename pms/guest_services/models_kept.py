"""Things kept for somebody: mail, parcels and faxes (Q4), things to hand on 转交 (L3), lost and found 遗留物品 (L7)."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pms.db import UtcDateTime, choice, db, partial_index
from pms.property.models import Room
from pms.reservations.models import Stay


class KeptKind(StrEnum):
    MAIL = "mail"
    PARCEL = "parcel"
    FAX = "fax"
    HANDING_ON = "handing_on"
    FOUND = "found"


class Gone(StrEnum):
    """How something left us."""

    HANDED_OUT = "handed_out"
    POSTED = "posted"
    DISPOSED = "disposed"


class KeepingTime(db.Model):  # type: ignore[name-defined]
    """How many days the house keeps a kind of thing; a kind without a row is kept as `kept.DAYS_KEPT` says (L7)."""

    __tablename__ = "keeping_times"

    kind: Mapped[KeptKind] = mapped_column(choice(KeptKind), primary_key=True)
    days: Mapped[int]

    __table_args__ = (sa.CheckConstraint("days between 1 and 3650", name="some_days"),)


class Kept(db.Model):  # type: ignore[name-defined]
    """One thing under its number. `giver` left or found it; `owner` is whose it is, `stay_id` when a guest is known.

    `due_on` is the day by which it is collected, for what was found the first day on which it may be disposed of.
    """

    __tablename__ = "kept_things"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(sa.String(8), unique=True)
    kind: Mapped[KeptKind] = mapped_column(choice(KeptKind))
    what: Mapped[str] = mapped_column(sa.String(200))
    giver: Mapped[str] = mapped_column(sa.String(80))
    owner: Mapped[str] = mapped_column(sa.String(80), default="")
    stay_id: Mapped[int | None] = mapped_column(sa.ForeignKey("stays.id"), index=True)
    room_id: Mapped[int | None] = mapped_column(sa.ForeignKey("rooms.id"))
    place: Mapped[str] = mapped_column(sa.String(60), default="")  # where it was found, when in no room
    shelf: Mapped[str] = mapped_column(sa.String(12))
    kept_at: Mapped[datetime] = mapped_column(UtcDateTime)
    kept_on: Mapped[date] = mapped_column(index=True)
    kept_by: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    due_on: Mapped[date]
    told_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    gone: Mapped[Gone | None] = mapped_column(choice(Gone))
    gone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    gone_on: Mapped[date | None]
    gone_by: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))
    gone_to: Mapped[str] = mapped_column(sa.String(120), default="")

    stay: Mapped[Stay | None] = relationship()
    room: Mapped[Room | None] = relationship()
    __table_args__ = (
        sa.CheckConstraint("(gone IS NULL) = (gone_at IS NULL)", name="gone_once"),
        partial_index("ix_kept_things_here", "due_on", where="gone IS NULL"),
    )
