"""What the plumbing reads."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from pms.clock import BusinessDay
from pms.db import db, is_postgres, run
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
    row = {"token": token, "user_id": user_id, "path": path, "fingerprint": fingerprint, "at": at}
    return run(_claim(is_postgres()), row).scalar() is not None


@cache
def _claim(on_postgres: bool) -> Any:
    insert = postgresql.insert if on_postgres else sqlite.insert
    row = insert(RequestToken).values({name: bindparam(name) for name in _CLAIMED})
    return row.on_conflict_do_nothing(index_elements=["token"]).returning(RequestToken.token)


def answer_of(token: str) -> RequestToken | None:
    return db.session.get(RequestToken, token, populate_existing=True)


_T = RequestToken.__table__
_CLAIMED = ("token", "user_id", "path", "fingerprint", "at")
_KEEP = (
    update(_T)
    .where(_T.c.token == bindparam("of_token"))
    .values({name: bindparam(name, type_=_T.c[name].type) for name in ("status", "headers", "flashes", "body")})
)


def keep_answer(token: str, **answer: object) -> None:
    run(_KEEP, {"of_token": token, **answer})


def forget_tokens(before: datetime) -> None:
    db.session.connection().execute(delete(RequestToken).where(RequestToken.at < before))


def journal_line(seq: int) -> JournalLine | None:
    """The line with this number in the chain, if it is still there."""
    return db.session.scalar(select(JournalLine).where(JournalLine.seq == seq))
