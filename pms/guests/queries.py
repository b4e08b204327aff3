"""Every question about guests and accounts."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, aliased

from pms.accounts.models import User
from pms.db import db
from pms.errors import Missing
from pms.guests import rules
from pms.guests.models import Account, DocumentKind, Guest, GuestDocument
from pms.journal import JournalLine
from pms.say import say

MOST_ALIKE = 5


class DocumentLine(NamedTuple):
    """A document as it may be shown: the number masked."""

    id: int
    kind: DocumentKind
    masked: str
    country: str
    expires_on: date | None
    seen_at: datetime | None


def documents_of(guest_id: int) -> list[DocumentLine]:
    """Documents of a guest, newest first, numbers masked; one that came with both of two merged profiles once."""
    wanted = sa.select(GuestDocument).where(GuestDocument.guest_id == guest_id).order_by(GuestDocument.id)
    once = {(row.kind, row.number): row for row in db.session.scalars(wanted)}
    return [
        DocumentLine(row.id, row.kind, rules.mask(row.number), row.country, row.expires_on, row.seen_at)
        for row in sorted(once.values(), key=lambda row: -row.id)
    ]


def load_document(guest_id: int, document_id: int) -> GuestDocument:
    """Raises `Missing`, also for another guest's document."""
    document = db.session.get(GuestDocument, document_id)
    if document is None or document.guest_id != guest_id:
        raise Missing(say("There is no such document."))
    return document


def locked_guest(guest_id: int) -> Guest:
    """A profile that nobody else changes until this unit of work ends; of a merged one the survivor.

    Raises `Missing`.
    """
    guest = profile(guest_id, locked=True)
    return profile(guest.merged_into, locked=True) if guest.merged_into else guest


def profile(guest_id: int, *, locked: bool = False) -> Guest:
    """This very profile, merged or not. Raises `Missing`."""
    guest = db.session.get(Guest, guest_id, with_for_update=locked or None, populate_existing=locked)
    if guest is None:
        raise Missing(say("There is no such guest."), field="guest")
    return guest


def fingerprint(guest: Guest) -> str:
    """A short text that differs once anything of the profile has been changed."""
    values = [str(getattr(guest, column.key)) for column in Guest.__table__.c]
    return hashlib.sha256("\x1f".join(values).encode()).hexdigest()[:16]


class Edit(NamedTuple):
    """The last change of a profile: by whom, when, which fields."""

    by: str
    at: datetime
    fields: list[str]


def last_edit(guest_id: int) -> Edit | None:
    wanted = (
        sa.select(User.name, JournalLine.at, JournalLine.details)
        .join(User, User.id == JournalLine.by_id)
        .where(JournalLine.subject == f"guest:{guest_id}", JournalLine.action == "edit_guest")
        .order_by(JournalLine.id.desc())
        .limit(1)
    )
    row = db.session.execute(wanted).first()
    return Edit(row.name, row.at, list(row.details.get("changed", []))) if row else None


def alike(surname: str, given: str, name_zh: str, telephone: str, *, see_incognito: bool) -> list[Guest]:
    """Profiles that may be the same person: the same name in either script, or the same telephone; the newest first."""
    latin = rules.plain(surname + given).replace(" ", "")
    same = [Guest.search.contains(latin, autoescape=True)] if surname.strip() and given.strip() else []
    same += [Guest.name_zh == name_zh.strip()] if name_zh.strip() else []
    same += [Guest.telephone == telephone] if telephone else []
    if not same:
        return []
    known = [Guest.merged_into.is_(None), *([] if see_incognito else [Guest.incognito.is_(False)])]
    wanted = sa.select(Guest).where(sa.or_(*same), *known).order_by(Guest.id.desc()).limit(MOST_ALIKE)
    return list(db.session.scalars(wanted))


def load_account(account_id: int) -> Account:
    """Raises `Missing`."""
    found = db.session.get(Account, account_id)
    if found is None:
        raise Missing(say("There is no such account."), field="account")
    return found


def accounts(text: str = "") -> list[Account]:
    """Companies and agencies by name; only those whose name, code or contract has `text` in it."""
    wanted = sa.select(Account).where(*_accounts_meant(text)).order_by(Account.name_en, Account.id)
    return list(db.session.scalars(wanted))


def accounts_after(last: int, text: str, limit: int) -> list[Account]:
    """Accounts meant by `text`, or all, by their number."""
    wanted = sa.select(Account).where(Account.id > last, *_accounts_meant(text)).order_by(Account.id).limit(limit)
    return list(db.session.scalars(wanted))


def _accounts_meant(text: str) -> list[sa.ColumnElement[bool]]:
    columns = (Account.name_en, Account.name_zh, Account.code, Account.contract)
    meant = text.strip()
    return [sa.or_(*(column.icontains(meant, autoescape=True) for column in columns))] if meant else []


def matching(text: str) -> sa.ColumnElement[bool]:
    """The condition that a guest is meant by `text`: every word of it is in the name (Latin, pinyin, initials or
    Chinese), or it is his telephone number; also those of a profile that was merged into his.
    """
    words = [word.replace("%", "").replace("_", "") for word in rules.plain(text).split()]
    if not any(words):
        return sa.false()
    merged = aliased(Guest)
    before = sa.select(merged.merged_into).where(merged.merged_into.is_not(None), _called(merged, words, text))
    return sa.and_(Guest.merged_into.is_(None), sa.or_(_called(Guest, words, text), Guest.id.in_(before)))


def _called(guest: Any, words: list[str], text: str) -> sa.ColumnElement[bool]:
    return sa.or_(sa.and_(*(guest.search.contains(word) for word in words)), dialled(guest.telephone, text))


def dialled(telephone: sa.ColumnElement[str] | InstrumentedAttribute[str], text: str) -> sa.ColumnElement[bool]:
    """The condition that a column of E.164 numbers holds the one in `text`, with or without its country code."""
    digits = rules.dialled_digits(text)
    return telephone.contains(digits) if digits else sa.false()
