"""Lines of the change slip 更改单 (R2): who, when, what was, what is. Written once, never changed."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from pms.db import insert_one
from pms.reservations.models import Booking, BookingChange, Stay
from pms.say import Say, say

if TYPE_CHECKING:
    from pms.accounts.models import User

SUBJECTS: dict[str, Say] = {
    "add_rooms": say("Rooms added"),
    "cancel": say("Cancelled"),
    "dates": say("Dates"),
    "discount": say("Discount"),
    "early": say("Early arrival"),
    "guarantee": say("Guarantee"),
    "guest": say("Guest"),
    "mark_no_show": say("No show"),
    "merge": say("Bookings merged"),
    "party": say("Travels as"),
    "persons": say("Persons"),
    "plan": say("Rate plan"),
    "prices": say("Prices"),
    "reinstate": say("Reinstated"),
    "remarks": say("Remarks"),
    "type": say("Room type"),
    "vip": say("VIP level"),
    "wishes": say("Needs and wishes"),
}


def record(
    about: Stay | Booking,
    what: str,
    *,
    was: Any,
    now_is: Any,
    reason: str = "",
    today: date,
    by: User,
    now: datetime,
) -> None:
    """One line about a stay or a whole booking; `what` is one of SUBJECTS, `was` and `now_is` are plain data."""
    stay = about if isinstance(about, Stay) else None
    insert_one(
        BookingChange,
        booking_id=stay.booking_id if stay else about.id,
        stay_id=stay.id if stay else None,
        business_date=today,
        at=now,
        by_id=by.id,
        what=what,
        was=was,
        now_is=now_is,
        reason=reason,
        version=stay.version if stay else 0,
    )
