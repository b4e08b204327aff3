"""The history of one record, as its page shows it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from pms import journal
from pms.accounts.models import User
from pms.db import db
from pms.journal import JournalLine


class Step(NamedTuple):
    """One line of a record's history; `details` as the action wrote them."""

    at: datetime
    action: str
    details: dict[str, Any]
    by: str
    by_zh: str | None


def steps_of(record: Any) -> list[Step]:
    """Everything that was done with a record, first to last, by whom and when."""
    wanted = (
        sa.select(JournalLine.at, JournalLine.action, JournalLine.details, User.name, User.name_zh)
        .join(User, User.id == JournalLine.by_id)
        .where(JournalLine.subject == journal.name_of(record))
        .order_by(JournalLine.id)
    )
    return [Step(*line) for line in db.session.execute(wanted)]
