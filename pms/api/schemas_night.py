"""The police register, placing in runs, and the night audit as it would go."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import Field

from pms.api.schemas import Asked, Day, Given, Id, Line
from pms.assignment.models import Again, RunStatus
from pms.cashier.models import PostingKind


# --- Police register -------------------------------------------------------------------------------------------------
class RegisterOut(Given):
    """A registration; the document's number is masked. `lacks` is what has to be filled in before it goes out."""

    id: int
    at: datetime
    send_by: datetime
    stay_id: int
    room: str
    guest: str
    sex: str
    born_on: date | None
    nationality: str
    document: str
    number: str
    visa: str
    visa_expires_on: date | None
    purpose: str
    host: str
    arrival: date
    departure: date
    group: str
    lacks: str


class RegisterPage(Given):
    items: list[RegisterOut]
    next: str | None


class FromAbroadIn(Asked):
    """What guests from abroad are asked; all of it takes the place of what stood there."""

    visa: Line = ""
    visa_expires_on: Day | None = None
    purpose: Line = ""
    host: Line = ""


class PoliceBatchIn(Asked):
    """What went to the police, and the number their system gave as proof."""

    registrations: list[Id] = Field(max_length=500)
    reference: Line


class PoliceBatchOut(Given):
    id: int
    reference: str
    sent_at: datetime
    guests: int


# --- Placing in runs -------------------------------------------------------------------------------------------------
class RunIn(Asked):
    """Whom to plan: guests who arrive from `first` to `last` and have no room, or of them only `stays`.

    `again`: what becomes of those who have rooms: nobody is moved, as few as must, or all are planned anew.
    """

    first: Day
    last: Day
    stays: list[Id] | None = Field(default=None, max_length=2000)
    again: Again = Again.NOBODY


class RunLine(Given):
    """A guest of the run: the room he had, the room planned, why, and the wishes that go without."""

    stay_id: int
    guest: str
    arrival: date
    departure: date
    type: str
    was: str | None
    room: str | None
    why: list[str]
    unmet: list[str]
    accepted: bool


class RunOut(Given):
    """`with_room` is how many have a room in the best plan so far, while it is planned.

    `price` is what the plan weighs in points, `bound` what no plan that gives everybody a room can undercut, and
    `above_best` within how many percent of the best there can be the plan therefore is. All three are null until the
    plan is made, and for a plan that leaves somebody over; `above_best` also where the bound is no points at all.
    """

    id: int
    business_date: date
    first: date
    last: date
    status: RunStatus
    again: Again
    with_room: int
    milliseconds: int
    price: int | None
    bound: int | None
    above_best: float | None
    asked_at: datetime
    accepted_at: datetime | None
    undone_at: datetime | None
    lines: list[RunLine]


class RunBrief(Given):
    id: int
    asked_at: datetime
    status: RunStatus
    guests: int
    accepted: int


class Runs(Given):
    """The newest first."""

    items: list[RunBrief]


class AcceptIn(Asked):
    """Whose rooms are accepted."""

    stays: list[Id] = Field(max_length=2000)


class RunDone(Given):
    """How many stays changed rooms; `left_out` says of each other why not."""

    count: int
    left_out: list[str]
    run: RunOut


# --- Night audit -----------------------------------------------------------------------------------------------------
class FindingOut(Given):
    """What was found; `about` is its record (`stay:12`), `mend` the action that mends it."""

    text: str
    about: str
    mend: str


class NoShowOut(Given):
    stay_id: int
    guest: str
    confirmation: str
    fee: int


class WouldPost(Given):
    kind: PostingKind
    count: int
    total: int


class AuditStepOut(Given):
    """`state` is done, failed, running or waits; `note` what it did or would do."""

    name: str
    title: str
    state: str
    note: str
    done_at: datetime | None


class RehearsalOut(Given):
    """What closing `day` would do as things stand; nothing was written. Amounts in minor units.

    `refused` says why there is no rehearsal yet; `blockers` must be mended before the date is closed.
    """

    day: date
    running: bool
    refused: str
    blockers: list[FindingOut]
    warnings: list[FindingOut]
    no_shows: list[NoShowOut]
    postings: list[WouldPost]
    steps: list[AuditStepOut]
