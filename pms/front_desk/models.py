"""Keys, vouchers, registrations, room moves and extensions: what happens to a stay at the desk."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pms.db import Money, UtcDateTime, choice, db, partial_index
from pms.property.models import Room
from pms.reservations.models import Stay


class PoliceBatch(db.Model):  # type: ignore[name-defined]
    """Registrations sent to the police together 户管: the proof is the number their system gave (C9)."""

    __tablename__ = "police_batches"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(sa.String(40), unique=True)
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    count: Mapped[int]


class Registration(db.Model):  # type: ignore[name-defined]
    """One guest registered in one stay (C9): what was signed and what the police are told; `sent_at` when it was, in
    which batch. Visa, purpose and `host` 接待单位 are for guests from abroad 外事登记.
    """

    __tablename__ = "registrations"

    id: Mapped[int] = mapped_column(primary_key=True)
    stay_id: Mapped[int] = mapped_column(sa.ForeignKey("stays.id"), index=True)
    guest_id: Mapped[int] = mapped_column(sa.ForeignKey("guests.id"))
    document_id: Mapped[int | None] = mapped_column(sa.ForeignKey("guest_documents.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    signed: Mapped[bool] = mapped_column(default=False)
    visa: Mapped[str] = mapped_column(sa.String(40), default="")
    visa_expires_on: Mapped[date | None]
    purpose: Mapped[str] = mapped_column(sa.String(40), default="")
    host: Mapped[str] = mapped_column(sa.String(80), default="")
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    batch_id: Mapped[int | None] = mapped_column(sa.ForeignKey("police_batches.id"))

    __table_args__ = (
        sa.UniqueConstraint("stay_id", "guest_id"),
        sa.CheckConstraint("batch_id IS NULL OR sent_at IS NOT NULL", name="sent_with_its_batch"),
        partial_index("ix_registrations_unsent", "at", where="sent_at IS NULL"),
        partial_index("ix_registrations_batch_id", "batch_id", where="batch_id IS NOT NULL"),
        sa.Index("ix_registrations_at", "at"),
    )


class KeyCard(db.Model):  # type: ignore[name-defined]
    """A key issued for a room until `valid_until`; `void_at` when it was taken back or replaced."""

    __tablename__ = "key_cards"

    id: Mapped[int] = mapped_column(primary_key=True)
    stay_id: Mapped[int] = mapped_column(sa.ForeignKey("stays.id"), index=True)
    room_id: Mapped[int] = mapped_column(sa.ForeignKey("rooms.id"))
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    valid_until: Mapped[datetime] = mapped_column(UtcDateTime)
    copies: Mapped[int] = mapped_column(default=1)
    void_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Voucher(db.Model):  # type: ignore[name-defined]
    """Breakfast vouchers 餐券 of a stay for the morning of `day` (C2)."""

    __tablename__ = "vouchers"

    stay_id: Mapped[int] = mapped_column(sa.ForeignKey("stays.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    persons: Mapped[int]
    issued_by: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))

    __table_args__ = (sa.Index("ix_vouchers_day", "day"),)


class Extension(db.Model):  # type: ignore[name-defined]
    """A departure moved while in house: later is an extension, earlier an early departure (E1, E2)."""

    __tablename__ = "extensions"

    id: Mapped[int] = mapped_column(primary_key=True)
    stay_id: Mapped[int] = mapped_column(sa.ForeignKey("stays.id"), index=True)
    business_date: Mapped[date] = mapped_column(index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    old_departure: Mapped[date]
    new_departure: Mapped[date]
    price: Mapped[int | None] = mapped_column(Money)  # of the first added night
    approved_by: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))


class CallResult(StrEnum):
    """What a guest due out answered (E1)."""

    LEAVES = "leaves"
    EXTENDS = "extends"
    LATE_CHECK_OUT = "late_check_out"
    NO_ANSWER = "no_answer"


class DueOutCall(db.Model):  # type: ignore[name-defined]
    """A call to a guest who is due out and has not left (E1)."""

    __tablename__ = "due_out_calls"

    id: Mapped[int] = mapped_column(primary_key=True)
    stay_id: Mapped[int] = mapped_column(sa.ForeignKey("stays.id"), index=True)
    business_date: Mapped[date]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    result: Mapped[CallResult] = mapped_column(choice(CallResult))
    note: Mapped[str] = mapped_column(sa.String(200), default="")


class RoomMove(db.Model):  # type: ignore[name-defined]
    """A guest in house moved to another room (X1, X2)."""

    __tablename__ = "room_moves"

    id: Mapped[int] = mapped_column(primary_key=True)
    stay_id: Mapped[int] = mapped_column(sa.ForeignKey("stays.id"), index=True)
    business_date: Mapped[date] = mapped_column(index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    from_room_id: Mapped[int] = mapped_column(sa.ForeignKey("rooms.id"))
    to_room_id: Mapped[int] = mapped_column(sa.ForeignKey("rooms.id"))
    reason: Mapped[str] = mapped_column(sa.String(120))
    asked_by_house: Mapped[bool]
    consent: Mapped[str] = mapped_column(sa.String(120), default="")  # who agreed, how
    rate_effect: Mapped[int] = mapped_column(Money, default=0)  # change a night, minor units

    from_room: Mapped[Room] = relationship(foreign_keys=[from_room_id])
    to_room: Mapped[Room] = relationship(foreign_keys=[to_room_id])
    stay: Mapped[Stay] = relationship()
