"""Who waits, who is waited for, and what is promised: waitlist, overdue arrivals, arrangements, events."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import Field

from pms.api.schemas import Asked, Clock, Code, Day, Given, Id, Line, Page, Small, Text, Time
from pms.departments import Department
from pms.reservations.models import Guarantee, Source
from pms.reservations.models_arrangements import Special
from pms.reservations.models_calls import Answer
from pms.reservations.models_waitlist import WaitCall, WaitStatus, Why


# --- Waitlist and lost business --------------------------------------------------------------------------------------
class WaitingIn(Asked):
    """What a guest wants who cannot have it now; without `type` any. The number called is the guest's own if none."""

    guest_id: Id
    plan: Code
    arrival: Day
    departure: Day
    type: Code | None = None
    rooms: Small = 1
    adults: Small = 1
    children: Small = 0
    telephone: Line = ""
    source: Source = Source.PHONE
    note: Text = ""


class WaitingOut(Given):
    """Somebody who waits: `times` he was here before, `free` the types that can be had for him now, lowest first."""

    id: int
    guest_id: int | None
    guest: str
    vip: int
    telephone: str
    type: str | None
    arrival: date
    departure: date
    rooms: int
    adults: int
    children: int
    note: str
    asked_at: datetime
    called_at: datetime | None
    outcome: WaitCall | None
    times: int
    free: list[str]


class Waitlist(Given):
    """In the order of calls."""

    items: list[WaitingOut]


class WaitCallIn(Asked):
    outcome: WaitCall


class GivenUpIn(Asked):
    note: Text = ""


class WaitEnded(Given):
    id: int
    status: WaitStatus


class TurnawayQuery(Page):
    """The business dates from `first` to before `until`."""

    first: Day
    until: Day


class TurnawayIn(Asked):
    """Business the house did not get, and why; without `type` the caller named none."""

    why: Why
    arrival: Day
    departure: Day
    rooms: Small = 1
    type: Code | None = None
    source: Source = Source.PHONE
    note: Text = ""


class TurnawayOut(Given):
    id: int
    business_date: date
    at: datetime
    why: Why
    type: str | None
    source: Source
    arrival: date
    departure: date
    rooms: int
    note: str


class TurnawayPage(Given):
    items: list[TurnawayOut]
    next: str | None


# --- Overdue arrivals ------------------------------------------------------------------------------------------------
class OverdueOut(Given):
    """Somebody who should be here. `until` is when he was expected or held; `answer` what he said when called."""

    stay_id: int
    confirmation: str
    guest_id: int | None
    guest: str
    vip: int
    telephone: str
    arrival: date
    eta: str
    guarantee: Guarantee
    type: str
    room: str
    answer: Answer | None
    answered_at: datetime | None
    until: str
    may_be_released: bool


class OverdueArrivals(Given):
    """The longest waited for first."""

    items: list[OverdueOut]


class ArrivalCallIn(Asked):
    """What an overdue guest says; who comes says when (`eta`)."""

    answer: Answer
    eta: Clock = ""


# --- Arrangements and events -----------------------------------------------------------------------------------------
class DayQuery(Asked):
    day: Day


class ArrangementIn(Asked):
    """What is promised, who sees to it, and when; for a pick-up `what` says flight or train."""

    kind: Special
    department: Department
    due_on: Day
    due_at: Clock = ""
    what: Text = ""


class ArrangementOut(Given):
    id: int
    stay_id: int | None
    room: str
    guest: str
    kind: Special
    what: str
    department: Department
    due_on: date
    due_at: str
    done_at: datetime | None


class Arrangements(Given):
    """By time, what is open before what is done."""

    items: list[ArrangementOut]


class EventIn(Asked):
    """Something on in the house; `covers` are persons, 0 when not known."""

    day: Day
    starts: Time
    title: Line
    place: Line
    ends: Clock = ""
    organiser: Line = ""
    covers: int = Field(default=0, ge=0, le=5000)


class EventOut(Given):
    id: int
    day: date
    starts: str
    ends: str
    title: str
    place: str
    organiser: str
    covers: int
    called_off_at: datetime | None


class Events(Given):
    """By time."""

    items: list[EventOut]
