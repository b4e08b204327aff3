"""The end of a shift, and what departments are told."""

from __future__ import annotations

from datetime import date, datetime

from pms.api.schemas import Asked, Given, Page, Text
from pms.departments import Department
from pms.handover.models import NoteKind
from pms.shifts import Shift


# --- Log and handover ------------------------------------------------------------------------------------------------
class NoteIn(Asked):
    """A line for the log of the shift that works now."""

    kind: NoteKind
    text: Text


class NoteOut(Given):
    id: int
    kind: NoteKind
    text: str
    at: datetime
    settled_at: datetime | None


class Notes(Given):
    """The oldest first."""

    items: list[NoteOut]


class HandoverLine(Given):
    """A shift's handover: drafted, then signed by who gives and by who takes it, both at the desk."""

    id: int
    day: date
    shift: Shift
    business_date: date
    drafted_at: datetime
    given_at: datetime | None
    taken_at: datetime | None


class HandoverPage(Given):
    """The newest first."""

    items: list[HandoverLine]
    next: str | None


class PointOut(Given):
    """Something open; `about` is its record (`message:12`)."""

    id: int
    source: str
    about: str
    room: str
    guest: str
    text: str
    acknowledged_at: datetime | None


class HandoverOut(HandoverLine):
    points: list[PointOut]


# --- Notices ---------------------------------------------------------------------------------------------------------
class NoticeQuery(Page):
    department: Department


class NoticeOut(Given):
    """`about` is the record it is about (`stay:12`)."""

    id: int
    at: datetime
    text: str
    about: str


class NoticePage(Given):
    """The newest first."""

    items: list[NoticeOut]
    next: str | None


class AcknowledgementIn(Asked):
    department: Department


class StillOpen(Given):
    """How many notices still wait for the department."""

    department: Department
    waiting: int
