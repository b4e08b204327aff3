"""When a job is due, decided without a database: only the last moment counts, so what was missed is made late, once."""

from __future__ import annotations

from datetime import datetime, timedelta

TRIES = 5
AGAIN_AFTER = timedelta(minutes=10)  # a worker that was killed at its job gives no other sign
PLACING_HOUR, EVENING_HOUR = 17, 18
FRIDAY = 4
COPY_HOUR = 5  # after the audit, before the morning
DAY = timedelta(days=1)


def last_hour_of_day(local: datetime, hour: int = EVENING_HOUR) -> datetime:
    """The last time the hotel's clock showed `hour`:00."""
    today = local.replace(hour=hour, minute=0, second=0, microsecond=0)
    return today if today <= local else today - DAY


def last_friday(local: datetime) -> datetime:
    """The last Friday on which the hotel's clock showed 18:00 (N2)."""
    evening = last_hour_of_day(local)
    return evening - DAY * ((evening.weekday() - FRIDAY) % 7)


def last_full_hour(local: datetime) -> datetime:
    return local.replace(minute=0, second=0, microsecond=0)


def may_try_again(claimed_at: datetime, tries: int, now: datetime) -> bool:
    """May a job be taken again that somebody began and did not finish?"""
    return tries < TRIES and now - claimed_at >= AGAIN_AFTER
