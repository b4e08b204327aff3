"""What is read of the roster: a department's week, who is on now, one's own shifts, swaps (H4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date, timedelta
from typing import NamedTuple

import sqlalchemy as sa

from pms.access import Role
from pms.accounts.models import Name, User
from pms.accounts.tokens import LOGIN as PROGRAM
from pms.db import db
from pms.departments import Department
from pms.errors import Missing
from pms.handover.models_roster import RosterDuty, RosterWeek, Swap
from pms.handover.rules_roster import days_of, monday_of, without_rest
from pms.handover.status import OPEN
from pms.say import say
from pms.shifts import Duty, Shift

WEEKS_AHEAD, DAYS_BACK = timedelta(weeks=4), timedelta(days=14)
ACTIVE = (User.active, User.is_system.is_(False), ~User.login.startswith(PROGRAM))  # a program has no shifts


class DayOf(NamedTuple):
    """What somebody works on a day. `tired`: he comes straight from the night."""

    shift: Shift
    post: str
    department: Department
    tired: bool


class WeekRow(NamedTuple):
    """One of the staff with the seven days of a week, None for a day off."""

    user: User
    days: list[DayOf | None]


def week(department: Department, monday: date) -> RosterWeek | None:
    return db.session.get(RosterWeek, (department, monday), populate_existing=True)


def rows_of_week(department: Department, monday: date) -> list[WeekRow]:
    """The people of a department and who else works there that week, by role and name; two statements."""
    days = days_of(monday)
    people = _people(department, days)
    worked = _shifts([user.id for user in people], [monday - timedelta(days=1), *days])
    rows = []
    for user in people:
        mine = worked[user.id]
        tired = without_rest({day: duty.shift for day, duty in mine.items()})
        rows.append(WeekRow(user, [_day_of(mine.get(day), day in tired) for day in days]))
    return rows


def _people(department: Department, days: list[date]) -> list[User]:
    there = sa.select(RosterDuty.user_id).where(
        RosterDuty.department == department, RosterDuty.day.between(days[0], days[-1])
    )
    own = sa.and_(User.department == department, *ACTIVE)
    found = db.session.scalars(sa.select(User).where(sa.or_(own, User.id.in_(there))))
    return sorted(found, key=lambda user: (list(Role).index(user.role), user.name))


def _shifts(users: Collection[int], days: list[date]) -> defaultdict[int, dict[date, RosterDuty]]:
    wanted = sa.select(RosterDuty).where(RosterDuty.user_id.in_(users), RosterDuty.day.between(days[0], days[-1]))
    found: defaultdict[int, dict[date, RosterDuty]] = defaultdict(dict)
    for duty in db.session.scalars(wanted.execution_options(populate_existing=True)):
        found[duty.user_id][duty.day] = duty
    return found


def _day_of(duty: RosterDuty | None, tired: bool) -> DayOf | None:
    return duty and DayOf(duty.shift, duty.post, duty.department, tired)


def duties_of_week(department: Department, monday: date) -> dict[tuple[int, date], RosterDuty]:
    """Everything a department has on its roster that week, by person and day."""
    days = days_of(monday)
    wanted = sa.select(RosterDuty).where(RosterDuty.department == department, RosterDuty.day.between(days[0], days[-1]))
    found = db.session.scalars(wanted.execution_options(populate_existing=True))
    return {(duty.user_id, duty.day): duty for duty in found}


def duty_of(user_id: int, day: date) -> RosterDuty | None:
    return db.session.get(RosterDuty, (user_id, day), populate_existing=True)


def elsewhere(user_ids: Collection[int], department: Department, days: list[date]) -> list[RosterDuty]:
    """Shifts of these people in other departments from the first to the last of `days`."""
    wanted = sa.select(RosterDuty).where(
        RosterDuty.user_id.in_(user_ids), RosterDuty.department != department,
        RosterDuty.day.between(days[0], days[-1]),
    )  # fmt: skip
    return list(db.session.scalars(wanted.order_by(RosterDuty.day)))


def coming_duties(user_id: int, since: date) -> list[RosterDuty]:
    """One's own shifts of the next four weeks, by day."""
    wanted = sa.select(RosterDuty).where(
        RosterDuty.user_id == user_id, RosterDuty.day.between(since, since + WEEKS_AHEAD)
    )
    return list(db.session.scalars(wanted.order_by(RosterDuty.day)))


def on_duty(duty: Duty) -> list[tuple[User, RosterDuty]]:
    """Who works a shift of a day, by department and role."""
    wanted = (
        sa.select(User, RosterDuty)
        .join(RosterDuty, RosterDuty.user_id == User.id)
        .where(RosterDuty.day == duty.day, RosterDuty.shift == duty.shift, User.active)
    )
    found = [(user, shift) for user, shift in db.session.execute(wanted)]
    order = list(Department), list(Role)
    return sorted(found, key=lambda row: (order[0].index(row[1].department), order[1].index(row[0].role), row[0].name))


def staff() -> list[User]:
    """Everybody who can be on a roster, by name."""
    return list(db.session.scalars(sa.select(User).where(*ACTIVE).order_by(User.name)))


def name_of(user_id: int) -> Name:
    user = db.session.get_one(User, user_id)
    return Name(user.name, user.name_zh)


# --- Swaps ------------------------------------------------------------------------------------------------------------
def swap(swap_id: int) -> Swap:
    """Raises `Missing`."""
    found = db.session.get(Swap, swap_id)
    if found is None:
        raise Missing(say("There is no such swap."))
    return found


def open_swap(user_id: int, day: date) -> Swap:
    """The one swap somebody has asked for his shift of `day`."""
    wanted = sa.select(Swap).where(Swap.asked_by == user_id, Swap.day == day, Swap.state.in_(OPEN))
    return db.session.scalars(wanted).one()


def swaps_of(department: Department, user_id: int, *, everybodys: bool, today: date) -> list[Swap]:
    """Open swaps and those of the last two weeks: one's own, and with `everybodys` those of the department."""
    mine = sa.or_(Swap.asked_by == user_id, Swap.other_id == user_id)
    concerned = sa.or_(mine, Swap.department == department) if everybodys else mine
    return list(db.session.scalars(_recent(today).where(concerned).limit(50)))


def swaps_before(before: int | None, department: Department, limit: int, *, today: date) -> list[Swap]:
    """`limit` of a department's, with numbers below `before`, the newest first."""
    wanted = _recent(today).where(Swap.department == department)
    return list(db.session.scalars((wanted if before is None else wanted.where(Swap.id < before)).limit(limit)))


def _recent(today: date) -> sa.Select[tuple[Swap]]:
    return sa.select(Swap).where(sa.or_(Swap.state.in_(OPEN), Swap.day >= today - DAYS_BACK)).order_by(Swap.id.desc())


# --- The paper --------------------------------------------------------------------------------------------------------
class RosterLine(NamedTuple):
    """Somebody's week on paper: one text a day, `early lobby`; names in both languages."""

    department: str
    name: str
    name_zh: str
    mon: str
    tue: str
    wed: str
    thu: str
    fri: str
    sat: str
    sun: str


def roster_week(day: date) -> list[RosterLine]:
    """Everybody who works in the week of `day`, by department and name; one statement."""
    days = days_of(monday_of(day))
    wanted = (
        sa.select(RosterDuty, User.name, User.name_zh)
        .join(User, User.id == RosterDuty.user_id)
        .where(RosterDuty.day.between(days[0], days[-1]))
    )
    worked: defaultdict[tuple[Department, str, str], dict[date, str]] = defaultdict(dict)
    for duty, name, name_zh in db.session.execute(wanted):
        worked[duty.department, name, name_zh or ""][duty.day] = f"{duty.shift.value} {duty.post}".strip()
    order = list(Department)
    lines = sorted(worked.items(), key=lambda line: (order.index(line[0][0]), line[0][1]))
    return [
        RosterLine(department.value, name, name_zh, *(texts.get(each, "") for each in days))
        for (department, name, name_zh), texts in lines
    ]
