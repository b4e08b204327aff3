"""Safe-deposit boxes 贵重物品保险箱, who has one, and every opening with its signatures (L6)."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pms.db import Money, UtcDateTime, choice, db, partial_index
from pms.reservations.models import Stay


class BoxSize(StrEnum):
    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


class BoxAct(StrEnum):
    """What a line of a box's card says."""

    GIVEN = "given"
    OPENED = "opened"
    HANDED_BACK = "handed_back"
    FORCED = "forced"


class SafeBox(db.Model):  # type: ignore[name-defined]
    """One box of the house. `note` says why it is not `active`: a drilled lock, no second key."""

    __tablename__ = "safe_boxes"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(sa.String(8), unique=True)
    size: Mapped[BoxSize] = mapped_column(choice(BoxSize))
    active: Mapped[bool] = mapped_column(default=True)
    note: Mapped[str] = mapped_column(sa.String(120), default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class BoxUse(db.Model):  # type: ignore[name-defined]
    """A box in the hands of a guest, from the key given out until it is handed back or the lock is drilled.

    `signatory` signed the card and `also` may open it too; `key_deposit` in minor units, `deposit_id` its
    posting on the guest's bill.
    """

    __tablename__ = "box_uses"

    id: Mapped[int] = mapped_column(primary_key=True)
    box_id: Mapped[int] = mapped_column(sa.ForeignKey("safe_boxes.id"), index=True)
    stay_id: Mapped[int] = mapped_column(sa.ForeignKey("stays.id"), index=True)
    signatory: Mapped[str] = mapped_column(sa.String(80))
    also: Mapped[str] = mapped_column(sa.String(80), default="")
    key_deposit: Mapped[int] = mapped_column(Money, default=0)
    deposit_id: Mapped[int | None] = mapped_column(sa.ForeignKey("postings.id"))
    given_at: Mapped[datetime] = mapped_column(UtcDateTime)
    key_lost_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_by: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))

    box: Mapped[SafeBox] = relationship()
    stay: Mapped[Stay] = relationship()
    __table_args__ = (
        sa.CheckConstraint("(closed_at IS NULL) = (closed_by IS NULL)", name="closed_by_somebody"),
        sa.CheckConstraint("key_deposit >= 0", name="key_deposit_positive"),
        partial_index("uq_box_uses_one_guest", "box_id", where="closed_at IS NULL", unique=True),
    )


class BoxOpening(db.Model):  # type: ignore[name-defined]
    """One line of the card: the guest's signature and the clerk's, or two of the house's for a drilled lock."""

    __tablename__ = "box_openings"

    id: Mapped[int] = mapped_column(primary_key=True)
    use_id: Mapped[int] = mapped_column(sa.ForeignKey("box_uses.id"), index=True)
    act: Mapped[BoxAct] = mapped_column(choice(BoxAct))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    business_date: Mapped[date]
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    signed_by: Mapped[str] = mapped_column(sa.String(80), default="")
    second_id: Mapped[int | None] = mapped_column(sa.ForeignKey("users.id"))
    reason: Mapped[str] = mapped_column(sa.String(200), default="")
    contents: Mapped[str] = mapped_column(sa.String(200), default="")  # what lay in a forced box, and who has it now

    __table_args__ = (
        sa.CheckConstraint("(act = 'forced') = (second_id IS NOT NULL)", name="second_person"),
        sa.CheckConstraint("second_id <> by_id", name="two_people"),
        sa.CheckConstraint("act = 'forced' OR signed_by <> ''", name="guest_signed"),
        sa.CheckConstraint("act <> 'forced' OR (reason <> '' AND contents <> '')", name="forced_with_reason"),
    )
