"""What a call must say, when it is due and when somebody higher hears of it; decided without a database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

from pms.departments import Department
from pms.errors import Offer, Refused
from pms.requests.words import Kind, State
from pms.say import Say, say

DISPATCHED_WITHIN = timedelta(minutes=5)  # S2
ANSWERED_AT_THE_LATEST = timedelta(days=3)  # S3: answered within two to three days
DUE_WITHIN: dict[Kind, timedelta] = {
    Kind.ENQUIRY: timedelta(minutes=30),
    Kind.REQUEST: timedelta(minutes=20),
    Kind.REPAIR: timedelta(minutes=60),
    Kind.COMPLAINT: timedelta(days=2),
}
"""Where the service chosen says nothing else."""
URGENT_WITHIN = timedelta(minutes=15)

SEVERITIES: dict[int, Say] = {1: say("Slight"), 2: say("Serious"), 3: say("Grave")}
REASONS: dict[str, Say] = {
    "noise": say("Noise"),
    "cleanliness": say("Cleanliness"),
    "equipment": say("Equipment of the room"),
    "attitude": say("Attitude of staff"),
    "waiting": say("Waiting, slow service"),
    "food": say("Food and drinks"),
    "bill": say("Bill and prices"),
    "other": say("Something else"),
}
"""Why guests complain, as the manager's month counts it."""


class Level(IntEnum):
    """How far up a late case has gone."""

    NONE = 0
    NOT_DISPATCHED = 1  # service centre and AM
    OVERDUE = 2  # the department and AM
    TOO_LONG = 3  # a complaint without an answer after three days: AM and manager


@dataclass(frozen=True, slots=True)
class NewRequest:
    """A call as it is written down (S1). `due_at` is when it was wanted or promised; else the kind decides.

    `answer` settles an enquiry at once. `place` is where, when it is no room. `severity` 1 to 3 for complaints.
    """

    kind: Kind
    text: str
    place: str = ""
    caller: str = ""
    contact: str = ""
    department: Department | None = None
    urgent: bool = False
    severity: int = 0
    reason: str = ""
    due_at: datetime | None = None
    answer: str = ""
    dispatched: bool = True


def check_new(new: NewRequest, now: datetime) -> None:
    """Raises `Refused` for what a call cannot lack."""
    if not new.text.strip():
        raise Refused(say("Please write down what the guest says."), field="text")
    if new.kind is Kind.COMPLAINT and new.severity not in SEVERITIES:
        raise Refused(say("Please say how serious the complaint is."), field="severity")
    if new.kind is Kind.COMPLAINT and new.reason not in REASONS:
        raise Refused(say("Please say what the complaint is about."), field="reason")
    if new.answer.strip() and new.kind is not Kind.ENQUIRY:
        raise Refused(
            say("Only an enquiry is answered at once. Write this down, then say that it is done."), field="answer"
        )
    if new.due_at is not None and new.due_at <= now:
        raise Refused(say("That time is over already."), field="due_at")


def due(kind: Kind, minutes: int, urgent: bool, now: datetime) -> datetime:
    """When it has to be done: the service's own `minutes` (0: as its kind), sooner when it is urgent."""
    within = timedelta(minutes=minutes) if minutes else DUE_WITHIN[kind]
    if urgent and kind is not Kind.COMPLAINT:
        within = min(within, URGENT_WITHIN)
    return now + within


def is_dispatched_late(state: State, kind: Kind, opened_at: datetime, now: datetime) -> bool:
    """Five minutes over and no department told (S2); an enquiry has none."""
    return state is State.OPEN and kind is not Kind.ENQUIRY and now > opened_at + DISPATCHED_WITHIN


def level(state: State, kind: Kind, opened_at: datetime, due_at: datetime, now: datetime) -> Level:
    """How far up a case belongs by the clock alone."""
    if state in (State.CLOSED, State.CANCELLED, State.DONE):
        return Level.NONE
    if kind is Kind.COMPLAINT and now > opened_at + ANSWERED_AT_THE_LATEST:
        return Level.TOO_LONG
    if now > due_at:
        return Level.OVERDUE
    return Level.NOT_DISPATCHED if is_dispatched_late(state, kind, opened_at, now) else Level.NONE


def check_postponed(why: str, until: datetime | None, now: datetime) -> datetime:
    """The new appointment. The guest is told why and when (S2)."""
    if not why.strip():
        raise Refused(say("Please say why it is not possible now; the guest is told."), field="why_later")
    if until is None or until <= now:
        raise Refused(say("Please give the new appointment; the guest is told when."), field="until")
    return until


def check_finished(kind: Kind, outcome: str, facts: str, signed_by: str, note_left: bool) -> None:
    """What must be known before a case is called done (S2, S3)."""
    if not outcome.strip():
        raise Refused(say("Please write down what was done or answered."), field="outcome")
    if kind is Kind.COMPLAINT and not facts.strip():
        raise Refused(
            say("Nothing is promised before the facts are known. Please write down what was found."), field="facts"
        )
    if kind is Kind.REPAIR and not signed_by.strip() and not note_left:
        raise Refused(
            say("The guest signs for a repair. If nobody is in, leave a note and say so."),
            offers=(Offer(say("A note was left in the room"), "note_left"),),
            field="signed_by",
        )
