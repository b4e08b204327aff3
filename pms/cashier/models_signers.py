"""Who may sign for what on a group's account 签单权 (C5), and what was signed for."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from pms.cashier.models import PostingKind
from pms.db import BY_KEY, Money, db


class Signer(db.Model):  # type: ignore[name-defined]
    """Somebody who may sign for charges in the rooms of a group: `kinds` of them, up to `most` in all, minor units.

    `used` is what he has signed for so far; the database lets nobody sign beyond `most`.
    """

    __tablename__ = "signers"

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(sa.ForeignKey("groups.id"))
    name: Mapped[str] = mapped_column(sa.String(80))
    kinds: Mapped[str] = mapped_column(sa.String(80))
    most: Mapped[int] = mapped_column(Money)
    used: Mapped[int] = mapped_column(Money, default=0)
    active: Mapped[bool] = mapped_column(default=True)

    __table_args__ = (
        sa.UniqueConstraint("group_id", "name"),
        sa.CheckConstraint("name <> '' AND kinds <> ''", name="named"),
        sa.CheckConstraint("used >= 0 AND used <= most", name="within_limit"),
    )

    @property
    def left(self) -> int:
        return self.most - self.used

    @property
    def may(self) -> tuple[PostingKind, ...]:
        """The kinds of charges he may sign for."""
        return tuple(PostingKind(kind) for kind in self.kinds.split(","))


class Signature(db.Model):  # type: ignore[name-defined]
    """A posting that somebody has signed for; it follows the posting into another window of the folio."""

    __tablename__ = "signatures"

    posting_id: Mapped[int] = mapped_column(sa.ForeignKey("postings.id"), primary_key=True)
    signer_id: Mapped[int] = mapped_column(sa.ForeignKey("signers.id"))

    __table_args__ = (BY_KEY,)
