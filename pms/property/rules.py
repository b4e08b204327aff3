"""Decisions about rooms that need nothing but their arguments."""

from __future__ import annotations

from datetime import date

VACANT = 0


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


def days_of_year(first: str, last: str) -> list[str]:
    """Every MM-DD from first to last, over New Year when last is earlier; 02-29 included. ValueError otherwise."""
    year = [f"{date.fromordinal(n):%m-%d}" for n in range(date(2024, 1, 1).toordinal(), date(2025, 1, 1).toordinal())]
    start, end = year.index(first), year.index(last)
    return year[start : end + 1] if start <= end else year[start:] + year[: end + 1]


def price_field(type_id: int, weekday: int) -> str:
    """The name of a price's field in the form."""
    return f"price-{type_id}-{weekday}"
