"""Who did what, when, to which record; a chain of hashes shows any line altered, removed or reordered.

Lines are written unsealed, so that writers never queue for the head of the chain. `seal()` numbers and hashes what is
new, in batches: every few seconds while the house is served, and in each night audit.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from pms.access import Actor
from pms.db import Json, UtcDateTime, db, insert_one, is_postgres, partial_index, run
from pms.say import Say

GENESIS = "0" * 64
BATCH = 2000
SEAL_LOCK = 74_201


class JournalLine(db.Model):  # type: ignore[name-defined]
    __tablename__ = "journal"

    id: Mapped[int] = mapped_column(sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int]
    action: Mapped[str] = mapped_column(sa.String(40))
    subject: Mapped[str] = mapped_column(sa.String(40))
    details: Mapped[Any] = mapped_column(Json)
    seq: Mapped[int | None] = mapped_column(sa.BigInteger)
    hash: Mapped[str | None] = mapped_column(sa.String(64))

    __table_args__ = (
        sa.Index("ix_journal_subject", "subject"),
        partial_index("uq_journal_seq", "seq", where="seq IS NOT NULL", unique=True),
        partial_index("ix_journal_unsealed", "id", where="seq IS NULL"),
    )


class JournalHead(db.Model):  # type: ignore[name-defined]
    """One row: how far the chain is sealed; lines cut off at the end are missed against it."""

    __tablename__ = "journal_head"

    id: Mapped[int] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(sa.BigInteger)
    hash: Mapped[str] = mapped_column(sa.String(64))


@dataclass(frozen=True, slots=True)
class ChainReport:
    """What `verify` found. `bad_seq` is the number of the first line that is not as it was sealed, or None."""

    sealed: int
    unsealed: int
    bad_seq: int | None = None
    problem: str = ""

    @property
    def intact(self) -> bool:
        return self.bad_seq is None


def name_of(subject: Any) -> str:
    """`stay:12` for a record, or the text given."""
    return subject if isinstance(subject, str) else f"{type(subject).__name__.lower()}:{subject.id}"


def write(by: Actor, action: str, subject: Any, *, now: datetime, **details: Any) -> int:
    """One line: `by` did `action` to `subject`. `details` are plain data or sentences; never document numbers."""
    plain = {key: _plain(value) for key, value in details.items() if value is not None}
    return insert_one(
        JournalLine, at=now, by_id=by.id, action=action, subject=name_of(subject), details=plain, seq=None, hash=None
    )


def seal() -> int:
    """Number and hash the lines written since; returns how many. Call it inside `work()`."""
    if is_postgres():  # one sealer at a time; SQLite has one writer anyway
        db.session.execute(sa.select(sa.func.pg_advisory_xact_lock(SEAL_LOCK)))
    head = db.session.get(JournalHead, 1, populate_existing=True)
    if head is None:
        head = JournalHead(id=1, seq=0, hash=GENESIS)
        db.session.add(head)
    seq, chain, count = head.seq, head.hash, 0
    while lines := _unsealed_lines():
        updates = []
        for line in lines:
            seq, chain = seq + 1, _link(chain, seq + 1, line)
            updates.append({"line": line.id, "seq": seq, "hash": chain})
        run(_SEAL, updates)
        count += len(updates)
    head.seq, head.hash = seq, chain
    db.session.flush()
    return count


def verify() -> ChainReport:
    """Walk the chain from the first line; reading only."""
    head = db.session.get(JournalHead, 1, populate_existing=True)
    unsealed = db.session.scalar(sa.select(sa.func.count()).where(JournalLine.seq.is_(None))) or 0
    chain, expected = GENESIS, 0
    for line in _sealed_lines():
        expected += 1
        if line.seq != expected:
            return ChainReport(expected - 1, unsealed, expected, "missing")
        chain = _link(chain, expected, line)
        if chain != line.hash:
            return ChainReport(expected - 1, unsealed, expected, "altered")
    if head is not None and (head.seq, head.hash) != (expected, chain):
        return ChainReport(expected, unsealed, expected + 1, "missing")
    return ChainReport(expected, unsealed)


_COLUMNS = (
    JournalLine.id,
    JournalLine.at,
    JournalLine.by_id,
    JournalLine.action,
    JournalLine.subject,
    JournalLine.details,
)
_SEAL = (
    sa.update(JournalLine.__table__)
    .where(JournalLine.__table__.c.id == sa.bindparam("line"))
    .values(seq=sa.bindparam("seq"), hash=sa.bindparam("hash"))
)


_UNSEALED = (
    sa.select(*_COLUMNS).where(JournalLine.seq.is_(None)).order_by(JournalLine.id).limit(sa.literal_column(f"{BATCH}"))
)


def _unsealed_lines() -> list[Any]:
    return run(_UNSEALED).all()


def _sealed_lines() -> Iterator[Any]:
    last = -1
    while lines := _page_after(last):
        yield from lines
        last = lines[-1].seq


def _page_after(seq: int) -> list[Any]:
    wanted = sa.select(*_COLUMNS, JournalLine.seq, JournalLine.hash).where(JournalLine.seq > seq)
    return list(db.session.connection().execute(wanted.order_by(JournalLine.seq).limit(BATCH)))


def _link(previous: str, seq: int, line: Any) -> str:
    content = json.dumps(
        [previous, seq, line.at.isoformat(), line.by_id, line.action, line.subject, line.details],
        ensure_ascii=False,
        sort_keys=True,
    )
    return hashlib.sha256(content.encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, Say):
        return value.to_json()
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(item) for item in value]
    return value
