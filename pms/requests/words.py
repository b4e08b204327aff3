"""What calls of guests are, where they stand, and what both are called (S1)."""

from __future__ import annotations

from enum import StrEnum

from pms.say import Say, say


class Kind(StrEnum):
    """What a call is; it is classed when it is written down (S1)."""

    ENQUIRY = "enquiry"
    REQUEST = "request"
    REPAIR = "repair"
    COMPLAINT = "complaint"


class State(StrEnum):
    OPEN = "open"  # written down, nobody told yet
    DISPATCHED = "dispatched"
    ACCEPTED = "accepted"
    POSTPONED = "postponed"  # the guest is out, or not possible today: a new appointment
    DONE = "done"  # to be called back
    CLOSED = "closed"
    CANCELLED = "cancelled"


KIND_NAMES: dict[Kind, Say] = {
    Kind.ENQUIRY: say("Enquiry"),
    Kind.REQUEST: say("Request"),
    Kind.REPAIR: say("Repair"),
    Kind.COMPLAINT: say("Complaint"),
}
STATE_NAMES: dict[State, Say] = {
    State.OPEN: say("Not dispatched"),
    State.DISPATCHED: say("Dispatched"),
    State.ACCEPTED: say("Accepted"),
    State.POSTPONED: say("New appointment"),
    State.DONE: say("Done, to be called back"),
    State.CLOSED: say("Closed"),
    State.CANCELLED: say("Withdrawn"),
}

TO_DO = (State.OPEN, State.DISPATCHED, State.ACCEPTED, State.POSTPONED)
UNSETTLED = (*TO_DO, State.DONE)
CALLED_BACK = (Kind.REPAIR, Kind.COMPLAINT)
"""Kinds after which a supervisor calls the guest back."""
