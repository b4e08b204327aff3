"""Decisions about rooms that need nothing but their arguments."""

from __future__ import annotations

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
