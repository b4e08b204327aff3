"""Users and their sessions.

A session is a row here and not only a cookie: logging out, disabling a user or changing a password ends it at once,
and a copied cookie is worthless afterwards (DESIGN.md section 4).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask_login import UserMixin
from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pms.access import Role
from pms.db import UtcDateTime, choice, db
from pms.notices import Department


@dataclass(frozen=True, slots=True)
class Name:
    """Somebody of the staff inside a sentence."""

    name: str
    name_zh: str | None

    def in_language(self, lang: str) -> str:
        """The name as staff of that language write it."""
        return (self.name_zh or self.name) if lang == "zh" else self.name


class User(UserMixin, db.Model):  # type: ignore[name-defined]
    """Somebody who acts in the house. `is_system` users (replay, audit) act but cannot log in."""

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(String(60), unique=True)
    """Lower case, without spaces at the ends."""
    name: Mapped[str] = mapped_column(String(120))
    name_zh: Mapped[str | None] = mapped_column(String(60))
    role: Mapped[Role] = mapped_column(choice(Role))
    department: Mapped[Department | None] = mapped_column(choice(Department))
    language: Mapped[str] = mapped_column(String(5), default="en")
    """'en' or 'zh'."""
    theme: Mapped[str] = mapped_column(String(5), default="light")
    """'light' or 'dark'."""
    password_hash: Mapped[str | None] = mapped_column(String(200))
    """argon2id; None for system users."""
    active: Mapped[bool] = mapped_column(default=True)
    is_system: Mapped[bool] = mapped_column(default=False)
    shortcuts_on: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    password_changed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (CheckConstraint("login = lower(trim(login))", name="login_lower"),)

    @property
    def is_active(self) -> bool:
        """May this user be logged in? (Flask-Login's word)"""
        return self.active and not self.is_system

    def name_in(self, lang: str) -> str:
        """The name as staff of that language write it."""
        return Name(self.name, self.name_zh).in_language(lang)


class UserSession(db.Model):  # type: ignore[name-defined]
    """One browser logged in. The cookie holds a random key, the table only its SHA-256."""

    __tablename__ = "user_sessions"

    key_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)

    user: Mapped[User] = relationship(lazy="joined", innerjoin=True)


class ApiToken(db.Model):  # type: ignore[name-defined]
    """A program's way in over the API, acting as `user`. The program holds a random secret, the table its SHA-256."""

    __tablename__ = "api_tokens"

    id: Mapped[int] = mapped_column(primary_key=True)
    key_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    user: Mapped[User] = relationship(lazy="joined", innerjoin=True)


class LoginAttempt(db.Model):  # type: ignore[name-defined]
    """A try to log in, kept so that throttling survives a restart. Without what was typed: a slip may be a password."""

    __tablename__ = "login_attempts"
    __table_args__ = (
        Index("ix_login_attempts_login", "login_hash", "at"),
        Index("ix_login_attempts_address", "address", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    login_hash: Mapped[str] = mapped_column(String(64))
    address: Mapped[str] = mapped_column(String(45))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    succeeded: Mapped[bool]
