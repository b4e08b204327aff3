"""What a form's token has already brought about."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from pms.db import Json, UtcDateTime, db


class RequestToken(db.Model):  # type: ignore[name-defined]
    """A posted form and its answer, so that a second posting of the same form gets the first one's answer."""

    __tablename__ = "request_tokens"

    token: Mapped[str] = mapped_column(String(36), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    path: Mapped[str] = mapped_column(String(300))
    fingerprint: Mapped[str] = mapped_column(String(64))
    """SHA-256 of what was typed."""
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    status: Mapped[int | None]
    headers: Mapped[Any] = mapped_column(Json, nullable=True)
    """Location and htmx's own headers."""
    flashes: Mapped[str | None] = mapped_column(Text)
    """The toasts the answer leads to, as the session keeps them."""
    body: Mapped[str | None] = mapped_column(Text)
