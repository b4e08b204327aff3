"""What can contradict among bookings (R11), and when one contradiction is still the same. Pure."""

from __future__ import annotations

import hashlib
import json
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from pms.say import Say

MONTH, DAILY = 30, 1  # nights looked at after tonight, in the peak season and otherwise


class ContradictionKind(StrEnum):
    OVERSOLD = "oversold"
    CLOSED_ROOM = "closed_room"
    OTHER_TYPE = "other_type"
    TWICE = "twice"
    CUT_OFF = "cut_off"
    OVERDUE = "overdue"
    NO_TELEPHONE = "no_telephone"


class Contradiction(NamedTuple):
    """`record_id` is a type's for OVERSOLD, a group's for CUT_OFF, else a stay's, and `number` what people call it by.

    `text` says the facts and names no guest: everybody who sees bookings may read it. `night` is the first one of it.
    """

    kind: ContradictionKind
    record_id: int
    number: str
    night: date
    text: Say

    @property
    def fingerprint(self) -> str:
        """Of the facts alone: another wording or a later business date leaves it as it is."""
        facts = [self.kind.value, self.record_id, self.text.to_json()["with"]]
        return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def last_night(day: date, *, peak: bool) -> date:
    """How far is looked on `day`."""
    return day + timedelta(days=MONTH if peak else DAILY)
