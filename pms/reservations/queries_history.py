"""What happened to a booking and its stays: the change slip and the journal, each with who did it. Two statements."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from pms.accounts.models import User
from pms.db import db
from pms.journal import JournalLine
from pms.reservations.models import BookingChange


class Changed(NamedTuple):
    """A line of the change slip; `what` is one of change_slip.SUBJECTS, `was` and `now_is` plain data."""

    at: datetime
    name: str
    name_zh: str
    stay_id: int | None
    what: str
    was: Any
    now_is: Any
    reason: str


class Done(NamedTuple):
    """A line of the journal about a record such as `stay:12`."""

    at: datetime
    name: str
    name_zh: str
    subject: str
    action: str
    details: dict[str, Any]


def changes(booking_id: int, *, stay_id: int | None = None, after_version: int = -1) -> list[Changed]:
    """The change slip, oldest first; of one stay only, or only what came after it had a version, when asked so."""
    wanted = (
        sa.select(
            BookingChange.at,
            User.name,
            User.name_zh,
            BookingChange.stay_id,
            BookingChange.what,
            BookingChange.was,
            BookingChange.now_is,
            BookingChange.reason,
        )
        .outerjoin(User, User.id == BookingChange.by_id)
        .where(BookingChange.booking_id == booking_id, BookingChange.version > after_version)
        .order_by(BookingChange.id)
    )
    if stay_id is not None:
        wanted = wanted.where(sa.or_(BookingChange.stay_id == stay_id, BookingChange.stay_id.is_(None)))
    return [Changed(*row) for row in db.session.execute(wanted)]


def journal_of(subjects: Sequence[str]) -> list[Done]:
    """What the journal says of some records, oldest first."""
    wanted = (
        sa.select(JournalLine.at, User.name, User.name_zh, JournalLine.subject, JournalLine.action, JournalLine.details)
        .outerjoin(User, User.id == JournalLine.by_id)
        .where(JournalLine.subject.in_(subjects))
        .order_by(JournalLine.id)
    )
    return [Done(*row) for row in db.session.execute(wanted)]
