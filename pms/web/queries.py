"""What the plumbing reads."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from pms.clock import BusinessDay
from pms.db import db, is_postgres
from pms.journal import JournalLine
from pms.property.models import Hotel
from pms.web.models import RequestToken


def house() -> tuple[Hotel | None, BusinessDay | None]:
    """The hotel and its business day in one statement; None before `pms init`."""
    row = db.session.execute(select(Hotel, BusinessDay).outerjoin(BusinessDay, BusinessDay.id == Hotel.id)).first()
    return (row[0], row[1]) if row else (None, None)


def claim_token(token: str, *, user_id: int, path: str, fingerprint: str, at: datetime) -> bool:
    """True for the first one with this token. Somebody else's unfinished work with it is waited for."""
    insert = postgresql.insert if is_postgres() else sqlite.insert
    row = insert(RequestToken).values(token=token, user_id=user_id, path=path, fingerprint=fingerprint, at=at)
    claim = row.on_conflict_do_nothing(index_elements=["token"]).returning(RequestToken.token)
    return db.session.connection().execute(claim).scalar() is not None


def answer_of(token: str) -> RequestToken | None:
    return db.session.get(RequestToken, token, populate_existing=True)


def keep_answer(token: str, **answer: object) -> None:
    db.session.connection().execute(update(RequestToken).where(RequestToken.token == token).values(**answer))


def forget_tokens(before: datetime) -> None:
    db.session.connection().execute(delete(RequestToken).where(RequestToken.at < before))


def journal_line(seq: int) -> JournalLine | None:
    """The line with this number in the chain, if it is still there."""
    return db.session.scalar(select(JournalLine).where(JournalLine.seq == seq))
