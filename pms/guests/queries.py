"""Every question about guests and accounts."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute

from pms.db import db
from pms.guests import rules
from pms.guests.models import Account, DocumentKind, Guest, GuestDocument


class DocumentLine(NamedTuple):
    """A document as it may be shown: the number masked."""

    id: int
    kind: DocumentKind
    masked: str
    country: str
    expires_on: date | None
    seen_at: datetime | None


def documents_of(guest_id: int) -> list[DocumentLine]:
    """Documents of a guest, newest first, numbers masked."""
    wanted = sa.select(GuestDocument).where(GuestDocument.guest_id == guest_id).order_by(GuestDocument.id.desc())
    return [
        DocumentLine(row.id, row.kind, rules.mask(row.number), row.country, row.expires_on, row.seen_at)
        for row in db.session.scalars(wanted)
    ]


def account_by_code(code: str) -> Account | None:
    return db.session.scalar(sa.select(Account).where(Account.code == code.strip().upper()))


def accounts() -> list[Account]:
    """Companies and agencies by name."""
    return list(db.session.scalars(sa.select(Account).order_by(Account.name_en, Account.id)))


def matching(text: str) -> sa.ColumnElement[bool]:
    """The condition that a guest is meant by `text`: every word of it is in the name (Latin, pinyin, initials or
    Chinese), or it is his telephone number.
    """
    words = [word.replace("%", "").replace("_", "") for word in rules.plain(text).split()]
    named = sa.and_(*(Guest.search.contains(word) for word in words)) if any(words) else sa.false()
    return sa.or_(named, dialled(Guest.telephone, text))


def dialled(telephone: sa.ColumnElement[str] | InstrumentedAttribute[str], text: str) -> sa.ColumnElement[bool]:
    """The condition that a column of E.164 numbers holds the one in `text`, with or without its country code."""
    digits = rules.dialled_digits(text)
    return telephone.contains(digits) if digits else sa.false()
