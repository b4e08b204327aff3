"""The money: an append-only ledger in minor units. Postings are reversed, never changed."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from pms.db import Json, Money, UtcDateTime, choice, db, partial_index


class PostingKind(StrEnum):
    ROOM = "room"
    PACKAGE = "package"
    TAX = "tax"
    NO_SHOW_FEE = "no_show_fee"
    CANCELLATION_FEE = "cancellation_fee"
    DAY_USE = "day_use"
    FOOD = "food"
    LAUNDRY = "laundry"
    TELEPHONE = "telephone"
    OTHER = "other"
    PAYMENT = "payment"
    DEPOSIT = "deposit"
    REFUND = "refund"
    TRANSFER = "transfer"  # to a city ledger: charge to account 挂账


MONEY_IN = frozenset({PostingKind.PAYMENT, PostingKind.DEPOSIT, PostingKind.REFUND, PostingKind.TRANSFER})
ROOM_REVENUE = frozenset({PostingKind.ROOM, PostingKind.DAY_USE, PostingKind.NO_SHOW_FEE})


class PaymentMethod(StrEnum):
    CASH = "cash"
    CARD = "card"
    MOBILE = "mobile"  # WeChat Pay, Alipay
    TRANSFER = "transfer"
    ACCOUNT = "account"  # city ledger


class Folio(db.Model):  # type: ignore[name-defined]
    """The account of one stay. `number` is what the bill shows.

    It has one window, the guest's, or is split by hand into several that different payers settle (`FolioWindow`).
    """

    __tablename__ = "folios"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(sa.String(16), unique=True)
    stay_id: Mapped[int] = mapped_column(sa.ForeignKey("stays.id"), unique=True)
    opened_on: Mapped[date]
    closed_on: Mapped[date | None] = mapped_column(index=True)  # only ever at a balance of zero


class FolioWindow(db.Model):  # type: ignore[name-defined]
    """A part of a folio beside the guest's own: `number` from 2 on, and who pays it (a company, a friend)."""

    __tablename__ = "folio_windows"

    folio_id: Mapped[int] = mapped_column(sa.ForeignKey("folios.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    payer: Mapped[str] = mapped_column(sa.String(80))


class Posting(db.Model):  # type: ignore[name-defined]
    """One line of a folio: charges positive, what comes in negative, minor units.

    `audit_kind` is set only on charges the night audit makes: unique with (business_date, stay_id), so that a
    repeated or killed audit posts once. `reverses_id` is unique: nothing is reversed twice. `window` is the part of the
    folio it stands in; to move it, it is reversed there and posted in the other, which nets zero.
    """

    __tablename__ = "postings"

    id: Mapped[int] = mapped_column(sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True)
    folio_id: Mapped[int] = mapped_column(sa.ForeignKey("folios.id"), index=True)
    window: Mapped[int] = mapped_column(default=1, server_default="1")  # the audit and the fees charge the guest's own
    stay_id: Mapped[int] = mapped_column(sa.ForeignKey("stays.id"))
    business_date: Mapped[date]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    kind: Mapped[PostingKind] = mapped_column(choice(PostingKind))
    amount: Mapped[int] = mapped_column(Money)
    method: Mapped[PaymentMethod | None] = mapped_column(choice(PaymentMethod))
    reference: Mapped[str] = mapped_column(sa.String(60), default="")  # receipt, authorisation; never a card number
    text: Mapped[Any] = mapped_column(Json, nullable=True)  # a sentence (say.to_json) or None
    night: Mapped[date | None]
    audit_kind: Mapped[str | None] = mapped_column(sa.String(24))
    reverses_id: Mapped[int | None] = mapped_column(sa.ForeignKey("postings.id"))

    __table_args__ = (
        sa.UniqueConstraint("stay_id", "business_date", "audit_kind", name="uq_postings_audit"),  # also finds by stay
        sa.Index("ix_postings_business_date", "business_date", "kind"),
        partial_index("uq_postings_reverses_id", "reverses_id", where="reverses_id IS NOT NULL", unique=True),
        partial_index("ix_postings_cash", "amount", where="method = 'cash'"),
        partial_index("ix_postings_city_ledger", "business_date", "amount", where="kind = 'transfer'"),
        sa.CheckConstraint("amount <> 0 OR audit_kind IS NOT NULL", name="not_empty"),
    )


class Preauthorisation(db.Model):  # type: ignore[name-defined]
    """An amount a card issuer holds for the house 预授权; no card number, only the approval code."""

    __tablename__ = "preauthorisations"

    id: Mapped[int] = mapped_column(primary_key=True)
    stay_id: Mapped[int] = mapped_column(sa.ForeignKey("stays.id"), index=True)
    amount: Mapped[int] = mapped_column(Money)
    reference: Mapped[str] = mapped_column(sa.String(60))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    released_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
