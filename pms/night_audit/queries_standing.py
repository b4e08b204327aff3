"""What the page of the night audit asks: how far each audit is and who runs it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from pms.accounts.models import User
from pms.cashier.models import Posting, PostingKind
from pms.db import db
from pms.night_audit.models import Audit, AuditStep
from pms.say import Say, from_json

A, P, U = Audit.__table__, Posting.__table__, User.__table__
_DAY = sa.bindparam("day", type_=sa.Date)


class AuditRow(NamedTuple):
    """The audit of a date. `runs_for` is who has it run now, `holder` the process; both empty when nobody does."""

    day: date
    started_at: datetime
    finished_at: datetime | None
    holder: str
    runs_for: str | None
    runs_for_zh: str | None
    held_since: datetime | None
    beat_at: datetime | None
    warnings: list[Say]


class StepRow(NamedTuple):
    """A step that is done, and the plain data it gave."""

    done_at: datetime
    result: dict[str, Any]


_AUDITS = sa.select(
    A.c.business_date,
    A.c.started_at,
    A.c.finished_at,
    A.c.holder,
    U.c.name,
    U.c.name_zh,
    A.c.held_since,
    A.c.beat_at,
    A.c.warnings,
).select_from(A.outerjoin(U, U.c.id == A.c.held_by))
_AUDIT = _AUDITS.where(A.c.business_date == _DAY)
_LAST = _AUDITS.where(A.c.finished_at.is_not(None)).order_by(A.c.business_date.desc()).limit(1)
_STEPS = sa.select(AuditStep.step, AuditStep.done_at, AuditStep.result).where(AuditStep.business_date == _DAY)
_POSTED = (
    sa.select(P.c.kind, sa.func.count(), sa.cast(sa.func.sum(P.c.amount), sa.BigInteger))
    .where(P.c.business_date == _DAY, P.c.audit_kind.is_not(None))
    .group_by(P.c.kind)
)


def audit(day: date) -> AuditRow | None:
    """None when the audit of this date was never begun."""
    return _audit(db.session.execute(_AUDIT, {"day": day}).first())


def last_closed() -> AuditRow | None:
    """The audit that was finished for the newest date."""
    return _audit(db.session.execute(_LAST).first())


def steps_of(day: date) -> dict[str, StepRow]:
    """The steps of an audit that are done, by name."""
    return {name: StepRow(at, result) for name, at, result in db.session.execute(_STEPS, {"day": day})}


def posted_by_audit(day: date) -> dict[PostingKind, tuple[int, int]]:
    """What the audit posted on a date: count and sum (minor units) of each kind."""
    rows = db.session.execute(_POSTED, {"day": day})
    return {PostingKind(kind): (int(count), int(total)) for kind, count, total in rows}


def _audit(row: Any) -> AuditRow | None:
    return AuditRow(*row)._replace(warnings=[from_json(sentence) for sentence in row.warnings]) if row else None
