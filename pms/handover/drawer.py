"""The cash drawer counted by its notes and coins (H3): at the end of a shift, and whenever somebody wants to know."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from pms import access, clock, journal
from pms.accounts.models import User
from pms.db import insert_missing
from pms.errors import Conflict, Refused
from pms.handover import queries, rules
from pms.handover.models import CashCount
from pms.lengths import check_lengths
from pms.property.queries import hotel
from pms.say import say
from pms.shifts import ending


def count_drawer(
    pieces: Mapping[int, int],
    *,
    kept: int | None = None,
    reason: str = "",
    witness: User | None = None,
    by: User,
    now: datetime,
) -> CashCount:
    """Write a count down: `pieces` by minor units of the note or coin, `kept` what stays in the drawer (all of it).

    `witness` gave his own password. The count belongs to the shift that ends. Raises `Refused` for a difference that
    is not explained or not seen by a second person, `Conflict` when somebody else has just counted.
    """
    access.require(by, "count_drawer")
    currency = hotel().currency
    counted = rules.total_of(pieces, currency)
    kept = counted if kept is None else kept
    previous = queries.last_count()
    expected, book = queries.expected_cash()
    if witness is not None and witness.id == by.id:
        raise Refused(say("A difference is seen by a second person, not by who counted."), field="witness")
    rules.check_count(counted, expected, kept, reason=reason, witnessed=witness is not None, currency=currency)
    check_lengths(CashCount, {"reason": reason.strip()})
    duty = ending(clock.local(now))
    row = {
        "previous_id": previous.id if previous else 0,
        "day": duty.day,
        "shift": duty.shift,
        "business_date": clock.business_date(),
        "at": now,
        "by_id": by.id,
        "pieces": {str(face): count for face, count in pieces.items() if count},
        "counted": counted,
        "expected": expected,
        "kept": kept,
        "book": book,
        "reason": reason.strip(),
        "witness_id": witness.id if witness else None,
    }
    if insert_missing(CashCount, [row]) != 1:
        raise Conflict(say("Somebody has just counted the drawer. Look at that count first."))
    count = queries.last_count()
    assert count is not None
    journal.write(by, "count_drawer", count, now=now, counted=counted, difference=count.difference, kept=kept)
    return count
