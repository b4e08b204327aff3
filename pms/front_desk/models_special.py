"""Guests who are received with more than a key: VIP requests, rooms seen beforehand, registration in the room."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pms.db import UtcDateTime, choice, db, partial_index
from pms.property.models import Room
from pms.reservations.models import Stay


class RequestStatus(StrEnum):
    REQUESTED = "requested"
    APPROVED = "approved"
    DECLINED = "declined"


class VipRequest(db.Model):  # type: ignore[name-defined]
    """The request form 贵宾申报单 for one stay (C6): level 1 (highest) to 3, who is the host, what is prepared,
    whether the room must be ready before noon.
    """

    __tablename__ = "vip_requests"

    id: Mapped[int] = mapped_column(primary_key=True)
    stay_id: Mapped[int] = mapped_column(sa.ForeignKey("stays.id"), unique=True)
    level: Mapped[int]
    host: Mapped[str] = mapped_column(sa.String(80))
    position: Mapped[str] = mapped_column(sa.String(80), default="")
    amenities: Mapped[str] = mapped_column(sa.String(120), default="")
    welcome_party: Mapped[str] = mapped_column(sa.String(120), default="")
    early_arrival: Mapped[bool] = mapped_column(server_default=sa.false(), default=False)
    status: Mapped[RequestStatus] = mapped_column(choice(RequestStatus), default=RequestStatus.REQUESTED)
    requested_by: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    requested_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_by: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    note: Mapped[str] = mapped_column(sa.String(120), default="")

    stay: Mapped[Stay] = relationship()

    __table_args__ = (
        sa.CheckConstraint("level between 1 and 3", name="level"),
        sa.CheckConstraint("(status = 'requested') = (decided_by IS NULL)", name="decided_by_somebody"),
    )


class RoomInspection(db.Model):  # type: ignore[name-defined]
    """The AM has looked at the room of a guest who comes (C6, C8). It counts for this room only."""

    __tablename__ = "room_inspections"

    stay_id: Mapped[int] = mapped_column(sa.ForeignKey("stays.id"), primary_key=True)
    room_id: Mapped[int] = mapped_column(sa.ForeignKey("rooms.id"), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))

    room: Mapped[Room] = relationship()


class EarlyCheckIn(db.Model):  # type: ignore[name-defined]
    """Checked in by the system before the guest is here; registered in the room at `registered_at` (C6, C8)."""

    __tablename__ = "early_check_ins"

    stay_id: Mapped[int] = mapped_column(sa.ForeignKey("stays.id"), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    registered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    registered_by: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))

    __table_args__ = (
        sa.CheckConstraint("(registered_at IS NULL) = (registered_by IS NULL)", name="registered_by_somebody"),
        partial_index("ix_early_check_ins_open", "stay_id", where="registered_at IS NULL"),
    )
