"""What was asked at the telephone, and whom the operator may ring."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from pms.accounts.models import User
from pms.db import db
from pms.journal import JournalLine

CALLER = "caller"  # what `answer_caller` is written down about
MOST = 50


class Call(NamedTuple):
    """One call; `details` are the name and room asked for and whether the guest could be asked."""

    at: datetime
    details: dict[str, Any]
    by: str
    by_zh: str


def calls(since: datetime) -> list[Call]:
    """Who was asked for since a moment, the last call first."""
    wanted = (
        sa.select(JournalLine.at, JournalLine.details, User.name, User.name_zh)
        .join(User, User.id == JournalLine.by_id)
        .where(JournalLine.subject == CALLER, JournalLine.at >= since)
        .order_by(JournalLine.id.desc())
        .limit(MOST)
    )
    return [Call(*line) for line in db.session.execute(wanted)]
