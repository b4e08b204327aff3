"""Callers who ask for a guest, wake-up calls, and things kept for somebody."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import Field

from pms.api.schemas import Asked, Day, Given, Id, Line, Page, Text, Time
from pms.guest_services.models_kept import Gone, KeptKind
from pms.guest_services.models_wake_ups import WakeUpState


class EnquiryIn(Asked):
    """Whom a caller asks for, and the room if he knows it."""

    name: Line
    room: Line = ""


class EnquiryOut(Given):
    """What the caller is told; `stay_id` is whom to ring, None for who is not here or wants no disclosure."""

    said: str
    stay_id: int | None


# --- Wake-up calls ---------------------------------------------------------------------------------------------------
class WakeUpQuery(Page):
    day: Day


class WakeUpIn(Asked):
    """What the hotel's clock is to show when the telephone rings."""

    day: Day
    time: Time


class WakeUpOut(Given):
    """A call. `next_at` is when it is rung next, `unanswered` how often nobody answered; after two somebody goes up."""

    id: int
    stay_id: int | None
    day: date
    time: str
    next_at: datetime
    state: WakeUpState
    unanswered: int
    room: str
    group: str
    guest: str


class WakeUpPage(Given):
    items: list[WakeUpOut]
    next: str | None


class WakeUpsMade(Given):
    """How many calls are new; those that stood already stay."""

    made: int


class RungIn(Asked):
    answered: bool


# --- Things kept -----------------------------------------------------------------------------------------------------
class KeptQuery(Page):
    gone: bool = Field(default=False, description="What has left us, instead of what is here.")
    overdue: bool = Field(default=False, description="Only what should have been collected before today.")
    kind: KeptKind | None = None


class KeptIn(Asked):
    """What came in or was found. `giver` brought or found it, `owner` gets it; mail for a room is for who lives there.

    `due_on` is when it is collected by, for what was found when it may be disposed of; without it the kind decides.
    """

    kind: KeptKind
    what: Text
    giver: Line
    shelf: Line
    owner: Line = ""
    stay_id: Id | None = None
    room: Line = ""
    place: Line = Field(default="", description="Where it was found, when in no room.")
    due_on: Day | None = None


class KeptOut(Given):
    """A thing under its number; `gone` says how it left us, `gone_to` to whom."""

    id: int
    number: str
    kind: KeptKind
    what: str
    giver: str
    owner: str
    room: str
    place: str
    shelf: str
    kept_at: datetime
    due_on: date
    told_at: datetime | None
    gone: Gone | None
    gone_at: datetime | None
    gone_to: str


class KeptPage(Given):
    items: list[KeptOut]
    next: str | None


class OwnerIn(Asked):
    """The stay whose guest it belongs to."""

    stay_id: Id


class HandOutIn(Asked):
    """Who takes it, with document and signature; or the address it is posted to."""

    name: Text
    id_seen: bool = False
    signed: bool = False
    posted: bool = False


class DisposalIn(Asked):
    how: Text
