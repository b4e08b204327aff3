"""Who works when, and swaps of shifts that wait for a leader."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from pms.access import Role
from pms.api.schemas import NO_CONTROLS, Asked, Day, Given, Id, Page, Text, Version
from pms.departments import Department
from pms.handover.rules_roster import MOST_POST
from pms.handover.status import SwapState
from pms.shifts import Shift

ANY_DAY = "Any day of the week that is meant."
Post = Annotated[str, Field(max_length=MOST_POST, pattern=NO_CONTROLS, description="Where he stands: lobby, cashier.")]


# --- The week --------------------------------------------------------------------------------------------------------
class RosterQuery(Asked):
    department: Department
    day: Day | None = Field(default=None, description="Any day of the week that is meant; without it this week.")


class RosterDayOut(Given):
    """What somebody works on a day, nothing on a day off. `tired`: he comes straight from the night."""

    day: date
    shift: Shift | None
    post: str
    department: Department | None
    tired: bool


class RosterRowOut(Given):
    """One of the staff, Monday to Sunday."""

    user_id: int
    name: str
    name_zh: str
    role: Role
    days: list[RosterDayOut]


class RosterOut(Given):
    """A department's week. Its `version` is 0 until somebody writes it."""

    department: Department
    monday: date
    version: str
    changed_at: datetime | None
    rows: list[RosterRowOut]


class RosterCellIn(Asked):
    """What somebody is to work on a day; without `shift` he is off."""

    user_id: Id
    day: Day
    shift: Shift | None = None
    post: Post = ""


class RosterChange(Asked):
    """The cells that are to be different; all others stay."""

    department: Department
    day: Day = Field(description=ANY_DAY)
    cells: list[RosterCellIn] = Field(min_length=1, max_length=700)
    version: Version | None = None


class RosterWeekIn(Asked):
    department: Department
    day: Day = Field(description=ANY_DAY)


class OnDutyOut(Given):
    """Somebody who works now."""

    user_id: int
    name: str
    name_zh: str
    role: Role
    department: Department
    post: str


class OnDuty(Given):
    """The shift that works now; `day` is the one on which it began."""

    day: date
    shift: Shift
    items: list[OnDutyOut]


# --- Swaps -----------------------------------------------------------------------------------------------------------
class SwapQuery(Page):
    department: Department


class SwapOut(Given):
    """`asked_by` would give his shift of `day` to `other`, for the other's of `other_day` or for nothing."""

    id: int
    department: Department
    asked_by: int
    asked_by_name: str
    asked_at: datetime
    day: date
    shift: Shift
    other_id: int
    other_name: str
    other_day: date | None
    other_shift: Shift | None
    state: SwapState
    answered_at: datetime | None
    decided_at: datetime | None
    reason: str


class SwapPage(Given):
    """The newest first."""

    items: list[SwapOut]
    next: str | None


class SwapDecisionIn(Asked):
    """A leader's yes, or his no with the reason."""

    approves: bool
    reason: Text = ""
