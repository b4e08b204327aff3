"""A stay's life, written once: the action calls `after`, the page draws `moves_from`, a test walks state x move.

Due in, due out and overdue are derived from the business date and never stored.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from pms.errors import Refused
from pms.say import Say, say


class Status(StrEnum):
    RESERVED = "reserved"
    IN_HOUSE = "in_house"
    CHECKED_OUT = "checked_out"
    CANCELLED = "cancelled"
    NO_SHOW = "no_show"


STATUS_NAMES: dict[Status, Say] = {
    Status.RESERVED: say("Reserved"),
    Status.IN_HOUSE: say("In house"),
    Status.CHECKED_OUT: say("Checked out"),
    Status.CANCELLED: say("Cancelled"),
    Status.NO_SHOW: say("No show"),
}


class Move(NamedTuple):
    label: Say
    sources: frozenset[Status]
    target: Status


def _from(*sources: Status) -> frozenset[Status]:
    return frozenset(sources)


MOVES: dict[str, Move] = {
    "check_in": Move(say("Check in"), _from(Status.RESERVED), Status.IN_HOUSE),
    "undo_check_in": Move(say("Undo check-in"), _from(Status.IN_HOUSE), Status.RESERVED),
    "check_out": Move(say("Check out"), _from(Status.IN_HOUSE), Status.CHECKED_OUT),
    "undo_check_out": Move(say("Undo check-out"), _from(Status.CHECKED_OUT), Status.IN_HOUSE),
    "cancel": Move(say("Cancel"), _from(Status.RESERVED), Status.CANCELLED),
    "mark_no_show": Move(say("No show"), _from(Status.RESERVED), Status.NO_SHOW),
    "reinstate": Move(say("Reinstate"), _from(Status.CANCELLED, Status.NO_SHOW), Status.RESERVED),
}


class WrongStatus(Refused):
    """The stay is not in a state from which this move is possible."""


def after(status: Status, move: str) -> Status:
    """The status that follows; raises `WrongStatus` with a sentence for the clerk."""
    step = MOVES[move]
    if status not in step.sources:
        raise WrongStatus(say("{move}: this stay is {status}.", move=step.label, status=STATUS_NAMES[status]))
    return step.target


def moves_from(status: Status) -> list[str]:
    return [name for name, move in MOVES.items() if status in move.sources]


def shown_state(stay: Any, day: date) -> str:
    """Where a stay stands on the business date `day`, as the macro stay_badge knows it."""
    if stay.status is Status.RESERVED:
        return "due-in" if stay.arrival == day else "overdue" if stay.arrival < day else "reserved"
    if stay.status is Status.IN_HOUSE:
        return "due-out" if stay.departure <= day else "in-house"
    return str(stay.status.value).replace("_", "-")
