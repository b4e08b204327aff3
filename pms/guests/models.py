"""Who stays with us, who sends them, what we know and may not tell."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pms.db import Money, UtcDateTime, choice, db, partial_index
from pms.guests.names import list_name
from pms.say import Say, say


class DocumentKind(StrEnum):
    RESIDENT_ID = "resident_id"  # 18 digits with check digit
    PASSPORT = "passport"
    TRAVEL_PERMIT = "travel_permit"
    OTHER = "other"


class AccountKind(StrEnum):
    COMPANY = "company"
    AGENT = "agent"


class Account(db.Model):  # type: ignore[name-defined]
    """A company with a contract 协议单位, a tenant of the house's offices 写字间, or an agency that sends guests (R4).

    The contract is valid from `valid_from` to `valid_to`, both included, None without end: its rate plan is booked and
    its discount needs nobody's approval then. `credit`: bills may be charged to it, each up to `credit_limit` minor
    units (None: without limit).
    """

    __tablename__ = "accounts"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(16), unique=True)
    kind: Mapped[AccountKind] = mapped_column(choice(AccountKind))
    name_en: Mapped[str] = mapped_column(sa.String(80))
    name_zh: Mapped[str] = mapped_column(sa.String(80), default="")
    plan_id: Mapped[int | None] = mapped_column(sa.ForeignKey("rate_plans.id"))
    contact: Mapped[str] = mapped_column(sa.String(80), default="")
    telephone: Mapped[str] = mapped_column(sa.String(40), default="")
    tenant: Mapped[bool] = mapped_column(default=False)
    contract: Mapped[str] = mapped_column(sa.String(40), default="")
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    discount_percent: Mapped[int] = mapped_column(default=0)
    credit: Mapped[bool] = mapped_column(default=False)
    credit_limit: Mapped[int | None] = mapped_column(Money)
    notes: Mapped[str] = mapped_column(sa.String(500), default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        sa.CheckConstraint("valid_from <= valid_to", name="valid_in_order"),
        sa.CheckConstraint("discount_percent between 0 and 100", name="discount_percent"),
        sa.CheckConstraint("credit_limit >= 0", name="credit_limit_positive"),
        sa.CheckConstraint("credit OR credit_limit IS NULL", name="limit_of_a_credit"),
        sa.CheckConstraint("NOT tenant OR kind = 'company'", name="tenant_is_a_company"),
    )

    def stands(self, first: date, last: date) -> bool:
        """Is the contract valid on every day from `first` to `last`?"""
        begun = self.valid_from is None or self.valid_from <= first
        return begun and (self.valid_to is None or last <= self.valid_to)

    def called(self, lang: str) -> str:
        """The name for readers of "en" or "zh"."""
        return (self.name_zh if lang == "zh" else "") or self.name_en


class Guest(db.Model):  # type: ignore[name-defined]
    """A person. `surname`/`given` in Latin letters, `name_zh` in Chinese; at least one of the two is there.

    `search` holds what a clerk may type for the name, lower case without accents: Latin words, pinyin, initials,
    Chinese characters (guests.rules.search_text). `nationality` is ISO 3166 alpha-2 or ''.
    A profile that turned out to be somebody's second one has `merged_into` (R12): always the elder of the two, the
    one with the lower number, so that no chain can ever come back to where it began.
    """

    __tablename__ = "guests"

    id: Mapped[int] = mapped_column(primary_key=True)
    surname: Mapped[str] = mapped_column(sa.String(80), default="")
    given: Mapped[str] = mapped_column(sa.String(80), default="")
    name_zh: Mapped[str] = mapped_column(sa.String(40), default="")
    title: Mapped[str] = mapped_column(sa.String(16), default="")
    sex: Mapped[str] = mapped_column(sa.String(1), default="")  # F, M or ''
    nationality: Mapped[str] = mapped_column(sa.String(2), default="")
    language: Mapped[str] = mapped_column(sa.String(2), default="")
    telephone: Mapped[str] = mapped_column(sa.String(24), default="", index=True)  # E.164
    email: Mapped[str] = mapped_column(sa.String(120), default="")
    born_on: Mapped[date | None]
    vip_level: Mapped[int] = mapped_column(default=0)  # 0 none, 1 highest .. 3
    incognito: Mapped[bool] = mapped_column(default=False)  # Q1: not disclosed to callers
    account_id: Mapped[int | None] = mapped_column(sa.ForeignKey("accounts.id"))
    taboo_numbers: Mapped[str] = mapped_column(sa.String(40), default="")  # digits or endings shunned, "4,13" (P16)
    keep_apart: Mapped[str] = mapped_column(sa.String(16), default="")  # neutral tag, no reason stored (P15)
    wishes: Mapped[str] = mapped_column(sa.String(200), default="")  # lasting wish codes, "high,quiet" (assignment)
    notes: Mapped[str] = mapped_column(sa.String(500), default="")
    search: Mapped[str] = mapped_column(sa.String(300), default="")
    merged_into: Mapped[int | None] = mapped_column(sa.ForeignKey("guests.id"))

    account: Mapped[Account | None] = relationship()
    __table_args__ = (
        sa.CheckConstraint("merged_into < id", name="merged_into_an_elder"),
        partial_index("ix_guests_merged_into", "merged_into", where="merged_into IS NOT NULL"),
        partial_index("ix_guests_born_on", "born_on", where="born_on IS NOT NULL"),
    )

    @property
    def name(self) -> str:
        """The name on lists: `Fischer, Anna`, `Zhao Lei 赵磊` (surname first, no comma beside Chinese)."""
        return list_name(self.surname, self.given, self.name_zh)

    @property
    def name_on_notices(self) -> str | Say:
        """How a notice calls the guest: departments read it, so who wants no disclosure has no name there (Q1)."""
        return say("A guest") if self.incognito else self.name


class GuestDocument(db.Model):  # type: ignore[name-defined]
    """An identity document; the number is shown masked, a reveal is a journaled POST with a reason."""

    __tablename__ = "guest_documents"

    id: Mapped[int] = mapped_column(primary_key=True)
    guest_id: Mapped[int] = mapped_column(sa.ForeignKey("guests.id"), index=True)
    kind: Mapped[DocumentKind] = mapped_column(choice(DocumentKind))
    number: Mapped[str] = mapped_column(sa.String(40), index=True)
    country: Mapped[str] = mapped_column(sa.String(2), default="")
    expires_on: Mapped[date | None]
    seen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    seen_by: Mapped[int | None]


class TwoPeople(db.Model):  # type: ignore[name-defined]
    """Two profiles that look like one person and are not (R12): somebody has looked, so nobody is asked again."""

    __tablename__ = "two_people"

    elder_id: Mapped[int] = mapped_column(sa.ForeignKey("guests.id"), primary_key=True)
    younger_id: Mapped[int] = mapped_column(sa.ForeignKey("guests.id"), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))

    __table_args__ = (sa.CheckConstraint("elder_id < younger_id", name="elder_first"),)
