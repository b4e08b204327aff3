"""What the plumbing reads."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from pms.clock import BusinessDay
from pms.db import db, is_postgres
from pms.journal import JournalLine
from pms.notices import Notice
from pms.property.models import Hotel
from pms.web.models import RequestToken

# So many of the newest lines make the mark: on PostgreSQL a line may appear after others with higher numbers.
NEWEST = 200


def _newest(number: Any) -> Any:
    """The sum of the highest numbers of a table: it grows whenever a line appears among them."""
    highest = select(number).order_by(number.desc()).limit(NEWEST).subquery()
    return select(func.coalesce(func.sum(highest.c.id), 0)).scalar_subquery()


_MARK = _newest(JournalLine.id) + _newest(Notice.id)


def live_mark() -> str:
    """A word that is another one whenever something was done in the house since."""
    return str(db.session.execute(select(_MARK)).scalar_one())


def house() -> tuple[Hotel | None, BusinessDay | None, str]:
    """The hotel, its business day and the live mark in one statement; None before `pms init`."""
    wanted = select(Hotel, BusinessDay, _MARK).outerjoin(BusinessDay, BusinessDay.id == Hotel.id)
    row = db.session.execute(wanted).first()
    return (row[0], row[1], str(row[2])) if row else (None, None, "")


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
