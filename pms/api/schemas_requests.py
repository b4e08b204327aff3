"""Calls of guests: enquiries, requests, repairs, complaints; and the services that are asked for."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field

from pms.api.schemas import Asked, Given, Id, Line, Moment, Page, Text
from pms.departments import Department
from pms.requests.words import Kind, State

Severity = Literal[0, 1, 2, 3]


class ServiceOut(Given):
    """Something guests ask for: due after `minutes`, `price` a piece in minor units, 0 for what is free."""

    id: int
    kind: Kind
    name_en: str
    name_zh: str
    department: Department
    minutes: int
    price: int


class Services(Given):
    items: list[ServiceOut]


class CallQuery(Page):
    open: bool = Field(default=False, description="Only what is to be done or called back.")
    late: bool = Field(default=False, description="Only what the clock has passed.")
    kind: Kind | None = None
    department: Department | None = None


class CallIn(Asked):
    """What a guest says. A room without `stay_id` brings whoever lives there, a service the class and department.

    `reason` and `severity` are for complaints, `answer` settles an enquiry at once; the service decides when it is due.
    """

    text: Text
    kind: Kind = Kind.REQUEST
    stay_id: Id | None = None
    room: Line = ""
    place: Line = Field(default="", description="Where, when it is no room.")
    service_id: Id | None = None
    department: Department | None = None
    urgent: bool = False
    severity: Severity = 0
    reason: Line = ""
    caller: Line = ""
    contact: Line = ""
    due_at: Moment | None = None
    answer: Text = ""
    dispatched: bool = Field(default=True, description="Tell the department at once.")


class CallLine(Given):
    """A call as lists show it. `worker` is who accepted it, `satisfied` what the guest said when called back."""

    id: int
    number: str
    kind: Kind
    state: State
    late: bool
    urgent: bool
    severity: int
    service: str
    department: Department | None
    room: str
    place: str
    guest: str
    text: str
    opened_at: datetime
    due_at: datetime
    worker: str
    satisfied: bool | None


class CallPage(Given):
    items: list[CallLine]
    next: str | None


class CallOut(CallLine):
    """A call with all that was written down about it."""

    stay_id: int | None
    caller: str
    contact: str
    reason: str
    why_later: str
    note_left: bool
    facts: str
    outcome: str
    signed_by: str
    ended_at: datetime | None
    call_back: str


class DispatchIn(Asked):
    """To whom; without `department` to the one it was written down for."""

    department: Department | None = None


class PostponementIn(Asked):
    """Why not now, and the new appointment; the guest is told both."""

    why_later: Text
    until: Moment
    note_left: bool = False


class CompletionIn(Asked):
    """What was done or answered; for a complaint what was found, for a repair who signed or that a note was left."""

    outcome: Text
    facts: Text = ""
    signed_by: Line = ""
    note_left: bool = False


class CallBackIn(Asked):
    """What the guest says of it; not satisfied, it goes back to its department."""

    satisfied: bool
    call_back: Text = ""


class WithdrawalIn(Asked):
    why: Text
