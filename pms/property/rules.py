"""Decisions about rooms that need nothing but their arguments."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from pms.errors import Refused
from pms.say import say

VACANT = 0
OTHER_THINGS = "other"  # of this kind there may be several
LONGEST_PROMISE = timedelta(hours=12)


def discrepancy(seen: int, known: int) -> str | None:
    """`sleep`, `skip`, `persons` or None: persons the attendant saw against those the front office knows.

    Sleep = front office vacant, housekeeping occupied; skip = the reverse (papers.md, room status).
    """
    if seen == known:
        return None
    if known == VACANT:
        return "sleep"
    return "skip" if seen == VACANT else "persons"


def may_be_inspected(housekeeping: str) -> bool:
    """A dirty room is cleaned before anybody inspects it."""
    return housekeeping != "dirty"


def check_promise(ready_at: datetime, now: datetime) -> None:
    """A room is promised for a time of this shift or the next. Raises `Refused`."""
    if ready_at <= now:
        raise Refused(say("The promised time must lie ahead."), field="ready_at")
    if ready_at > now + LONGEST_PROMISE:
        raise Refused(say("A room is promised for the next twelve hours at most."), field="ready_at")


def welcomes(policy: Iterable[Any], vip_level: int, nth: int) -> list[Any]:
    """What the house gives for a stay (C3, C6): the lines of the VIP level, and those of the highest rung that a guest
    reaches with his `nth` stay, but the same kind of thing once.

    `policy` are lines with `vip_level`, `from_stay` and `kind`.
    """
    lines = list(policy)
    honours = [line for line in lines if vip_level and line.vip_level == vip_level]
    rung = max((line.from_stay for line in lines if 0 < line.from_stay <= nth), default=0)
    given = {line.kind for line in honours} - {OTHER_THINGS}
    return honours + [line for line in lines if rung and line.from_stay == rung and line.kind not in given]


def days_of_year(first: str, last: str) -> list[str]:
    """Every MM-DD from first to last, over New Year when last is earlier; 02-29 included. ValueError otherwise."""
    year = [f"{date.fromordinal(n):%m-%d}" for n in range(date(2024, 1, 1).toordinal(), date(2025, 1, 1).toordinal())]
    start, end = year.index(first), year.index(last)
    return year[start : end + 1] if start <= end else year[start:] + year[: end + 1]


def price_field(type_id: int, weekday: int) -> str:
    """The name of a price's field in the form."""
    return f"price-{type_id}-{weekday}"
