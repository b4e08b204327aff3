"""The verbs of reservations, each written in the file that its subject names."""

from __future__ import annotations

from pms.reservations.booking import add_stays, book
from pms.reservations.changes import Changed, change_stay
from pms.reservations.endings import cancel, mark_no_show, reinstate
from pms.reservations.merging import merge
from pms.reservations.nights import agree_other_bed, agree_upgrade, change_departure
from pms.reservations.requests import BookingRequest, Change, StayRequest

__all__ = [
    "BookingRequest",
    "Change",
    "Changed",
    "StayRequest",
    "add_stays",
    "agree_other_bed",
    "agree_upgrade",
    "book",
    "cancel",
    "change_departure",
    "change_stay",
    "mark_no_show",
    "merge",
    "reinstate",
]
