"""What the audit decides without a database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from pms.say import Say

SILENT = timedelta(minutes=5)
KEEP_DAYS, KEEP_MONTHS = 14, 12


@dataclass(frozen=True, slots=True)
class Finding:
    """Something the pre-check found: the sentence, the record it is about (`stay:12`) and the verb that mends it.

    `mend` is an action of the access table, `about` may be '' where the whole house is meant.
    """

    text: Say
    about: str
    mend: str
    blocks: bool = False


def blockers(findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.blocks]


def warnings(findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in findings if not finding.blocks]


def may_be_taken_over(*, silence: timedelta | None, gone: bool) -> bool:
    """Is whoever holds the audit no longer at work: its process gone, or no sign of life for five minutes?

    `silence` is the time since the last sign of life, None when there was none.
    """
    return gone or silence is None or silence > SILENT


def to_throw_away(days: Iterable[date], *, today: date) -> list[date]:
    """Backups that are no longer kept: of those older than two weeks the first of each month stays, for a year."""
    kept_months: set[tuple[int, int]] = set()
    gone = []
    for day in sorted(days):
        month = (day.year, day.month)
        months_ago = (today.year - day.year) * 12 + today.month - day.month
        if day > today - timedelta(days=KEEP_DAYS):
            continue
        if month in kept_months or months_ago > KEEP_MONTHS:
            gone.append(day)
        kept_months.add(month)
    return gone
