"""Lines of the change slip 更改单 (R2): who, when, what was, what is. Written once, never changed."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from pms.db import insert_one
from pms.reservations.models import BookingChange

if TYPE_CHECKING:
    from pms.accounts.models import User


def record(
    booking_id: int,
    stay_id: int | None,
    what: str,
    *,
    was: Any,
    now_is: Any,
    reason: str = "",
    today: date,
    by: User,
    now: datetime,
) -> None:
    """One line; `was` and `now_is` are plain data."""
    insert_one(
        BookingChange,
        booking_id=booking_id,
        stay_id=stay_id,
        business_date=today,
        at=now,
        by_id=by.id,
        what=what,
        was=was,
        now_is=now_is,
        reason=reason,
    )
