"""Who stays with us, who sends them, what we know and may not tell."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pms.db import UtcDateTime, choice, db
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
    """A company with a contract, or an agency that sends guests."""

    __tablename__ = "accounts"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(16), unique=True)
    kind: Mapped[AccountKind] = mapped_column(choice(AccountKind))
    name_en: Mapped[str] = mapped_column(sa.String(80))
    name_zh: Mapped[str] = mapped_column(sa.String(80), default="")
    plan_id: Mapped[int | None] = mapped_column(sa.ForeignKey("rate_plans.id"))
    contact: Mapped[str] = mapped_column(sa.String(80), default="")
    telephone: Mapped[str] = mapped_column(sa.String(40), default="")


class Guest(db.Model):  # type: ignore[name-defined]
    """A person. `surname`/`given` in Latin letters, `name_zh` in Chinese; at least one of the two is there.

    `search` holds what a clerk may type for the name, lower case without accents: Latin words, pinyin, initials,
    Chinese characters (guests.rules.search_text). `nationality` is ISO 3166 alpha-2 or ''.
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

    account: Mapped[Account | None] = relationship()

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
    number: Mapped[str] = mapped_column(sa.String(40))
    country: Mapped[str] = mapped_column(sa.String(2), default="")
    expires_on: Mapped[date | None]
    seen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    seen_by: Mapped[int | None]
