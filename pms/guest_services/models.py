"""What guests leave with us and what others leave for them."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pms.db import UtcDateTime, choice, db
from pms.guests.models import Guest
from pms.reservations.models import Stay


class Luggage(db.Model):  # type: ignore[name-defined]
    """Pieces under one tag (L2, L4). `code` is what the tag and stub carry for the scanner.

    Of the `pieces` left with us `collected` have been handed out; the released_* say who took the last ones.
    """

    __tablename__ = "luggage"

    id: Mapped[int] = mapped_column(primary_key=True)
    tag: Mapped[str] = mapped_column(sa.String(8), unique=True)
    code: Mapped[str] = mapped_column(sa.String(24), unique=True)
    stay_id: Mapped[int | None] = mapped_column(sa.ForeignKey("stays.id"), index=True)
    depositor: Mapped[str] = mapped_column(sa.String(80))
    depositor_search: Mapped[str] = mapped_column(sa.String(200), default="")
    contact: Mapped[str] = mapped_column(sa.String(40), default="")
    room_number: Mapped[str] = mapped_column(sa.String(8), default="")
    pieces: Mapped[int]
    collected: Mapped[int] = mapped_column(default=0)
    description: Mapped[str] = mapped_column(sa.String(200))
    shelf: Mapped[str] = mapped_column(sa.String(12))
    collector: Mapped[str] = mapped_column(sa.String(80), default="")  # who will collect, when not the depositor
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    stored_at: Mapped[datetime] = mapped_column(UtcDateTime)
    stored_on: Mapped[date] = mapped_column(index=True)
    stored_by: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    released_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    released_on: Mapped[date | None]
    released_by: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))
    released_to: Mapped[str] = mapped_column(sa.String(80), default="")
    proof: Mapped[str] = mapped_column(sa.String(40), default="")  # stub, id and its kind, depositor's word
    version: Mapped[int] = mapped_column(default=1)

    stay: Mapped[Stay | None] = relationship()
    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        sa.CheckConstraint("pieces > 0", name="some_pieces"),
        sa.CheckConstraint("collected between 0 and pieces", name="collected_once"),
        sa.Index(
            "ix_luggage_held",
            "due_at",
            sqlite_where=sa.text("released_at IS NULL"),
            postgresql_where=sa.text("released_at IS NULL"),
        ),
    )

    @property
    def here(self) -> int:
        """Pieces that still lie with us."""
        return self.pieces - self.collected


class MessageStatus(StrEnum):
    ON_RACK = "on_rack"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"
    TAKEN_OFF = "taken_off"  # 24 hours over


class Message(db.Model):  # type: ignore[name-defined]
    """A message slip 留言单 for a guest (Q2), read back to the caller. Once delivered it may also be known as read."""

    __tablename__ = "messages"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(sa.String(12), unique=True)
    guest_id: Mapped[int] = mapped_column(sa.ForeignKey("guests.id"), index=True)
    stay_id: Mapped[int | None] = mapped_column(sa.ForeignKey("stays.id"), index=True)
    caller: Mapped[str] = mapped_column(sa.String(80))
    caller_contact: Mapped[str] = mapped_column(sa.String(60), default="")
    text: Mapped[str] = mapped_column(sa.String(1000))
    wants: Mapped[str] = mapped_column(sa.String(20), default="")  # call_back, will_call, visited ...
    urgent: Mapped[bool] = mapped_column(default=False)
    status: Mapped[MessageStatus] = mapped_column(choice(MessageStatus), default=MessageStatus.ON_RACK)
    taken_at: Mapped[datetime] = mapped_column(UtcDateTime)
    taken_on: Mapped[date] = mapped_column(index=True)
    taken_by: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    off_rack_at: Mapped[datetime] = mapped_column(UtcDateTime)
    delivered_to: Mapped[str] = mapped_column(sa.String(80), default="")
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # delivered, cancelled or taken off
    ended_by: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    read_by: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))  # who was told so
    version: Mapped[int] = mapped_column(default=1)

    guest: Mapped[Guest] = relationship()
    stay: Mapped[Stay | None] = relationship()
    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (sa.Index("ix_messages_status", "status", "off_rack_at"),)
