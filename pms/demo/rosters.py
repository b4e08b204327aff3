"""The roster of this week and the next, and a swap that waits for a leader."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from pms.access import Role
from pms.accounts.models import User
from pms.accounts.queries import user_by_login
from pms.db import work
from pms.demo.play import Play
from pms.demo.staff import PLANS
from pms.departments import Department
from pms.handover import roster, swaps
from pms.handover.rules_roster import Cell, days_of, monday_of, parse_cell

WRITTEN_AHEAD = timedelta(days=3)  # on the Friday before
A_WEEK = timedelta(days=7)


def write_rosters(play: Play, now: datetime) -> None:
    """Each department's week by `staff.PLANS`, copied to the next one; two agents would swap a late shift."""
    monday = monday_of(now.astimezone(play.zone).date())
    before = play.at(monday - WRITTEN_AHEAD, 15)
    by = play.by(Role.ASSISTANT_MANAGER)
    with work():
        people = {login: _user(login) for login in PLANS}
        for department in dict.fromkeys(user.department for user in people.values()):
            assert department is not None
            _write(department, people, monday, by=by, now=before)
            roster.copy_week(department, monday + A_WEEK, by=by, now=before)
    with work():
        asks, other = _user("zhaolei"), _user("hejing")
        swap = swaps.ask(monday + A_WEEK, other, monday + A_WEEK + timedelta(days=5), by=asks, now=now)
        swaps.answer(swap, True, by=other, now=now)


def _user(login: str) -> User:
    user = user_by_login(login)
    assert user is not None
    return user


def _write(department: Department, people: dict[str, User], monday: date, *, by: User, now: datetime) -> None:
    cells: dict[tuple[int, date], Cell | None] = {}
    for login, user in people.items():
        if user.department is department:
            letters, post = PLANS[login]
            for day, letter in zip(days_of(monday), letters, strict=True):
                cells[user.id, day] = parse_cell(f"{letter} {post}") if letter != "-" else None
    roster.write_week(department, monday, cells, seen=0, by=by, now=now)
