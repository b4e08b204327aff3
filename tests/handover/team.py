"""A front desk of four with a roster, in one word each."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from pms.accounts.models import User
from pms.departments import Department
from pms.handover import queries_roster, roster, swaps
from pms.handover.models_roster import Swap
from pms.handover.rules_roster import parse_cell
from tests.builders import NOON, House

NEXT = date(2026, 11, 23)  # a Monday; NOON is the Saturday before
DESK = Department.FRONT_DESK


def on(weekday: int, monday: date = NEXT) -> date:
    """Monday is 0."""
    return monday + timedelta(days=weekday)


@dataclass
class Team:
    """Agent, night auditor and shift leader of the desk; the manager and the AM beside them."""

    house: House
    now: datetime = NOON
    names: dict[str, User] = field(default_factory=dict)

    def user(self, role: str = "front_desk_agent") -> User:
        return self.house.user(role)

    def by(self, role: str = "shift_leader") -> dict[str, Any]:
        return {"by": self.user(role), "now": self.now}

    def write(self, *cells: tuple[str, int, str], department: Department = DESK, seen: int = -1, **more: Any) -> int:
        """`("front_desk_agent", 0, "E lobby")`: on Monday of the next week."""
        typed = {(self.user(role).id, on(day)): parse_cell(text) for role, day, text in cells}
        week = queries_roster.week(department, NEXT)
        known = week.version if week else 0
        return roster.write_week(department, NEXT, typed, seen=known if seen < 0 else seen, **(self.by() | more))

    def shifts(self, role: str = "front_desk_agent") -> dict[int, str]:
        """The weekdays somebody works next week."""
        duties = queries_roster.coming_duties(self.user(role).id, NEXT)
        return {(duty.day - NEXT).days: f"{duty.shift.value} {duty.post}".strip() for duty in duties}

    def ask(self, day: int = 0, in_return: int | None = 1, other: str = "night_auditor") -> Swap:
        """The agent asks the night auditor: my Monday for your Tuesday."""
        back = None if in_return is None else on(in_return)
        return swaps.ask(on(day), self.user(other), back, **self.by("front_desk_agent"))

    def agreed(self, **more: Any) -> Swap:
        swap = self.ask(**more)
        swaps.answer(swap, True, **self.by("night_auditor"))
        return swap
