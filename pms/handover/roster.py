"""The week's roster 排班表: written by a leader, copied from the week before (H4). Swaps are in `swaps`."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from pms import access, clock, journal
from pms.accounts.models import Name, User
from pms.db import db, insert_missing
from pms.departments import DEPARTMENT_NAMES, Department
from pms.errors import Conflict, Refused
from pms.handover import queries_roster as queries
from pms.handover.models_roster import RosterDuty, RosterWeek
from pms.handover.rules_roster import Cell, days_of
from pms.say import say
from pms.shifts import duty_at

D, W = RosterDuty.__table__, RosterWeek.__table__
Place = tuple[int, date]
"""Somebody, by id, on a day."""


def write_week(
    department: Department, monday: date, cells: Mapping[Place, Cell | None], *, seen: int, by: User, now: datetime
) -> int:
    """Put `cells` on the roster, None for a day off; cells not named stay. Returns how many changed.

    `seen` is the version the leader was looking at: raises `Conflict` with who changed the week since. Raises `Refused`
    for a day that is over and for who works elsewhere that day.
    """
    access.require(by, "keep_roster")
    there = queries.duties_of_week(department, monday)
    changed = {place: cell for place, cell in cells.items() if cell != _cell(there.get(place))}
    _check(changed, monday, now)
    _turn(department, monday, seen, by=by, now=now)
    _take_off([place for place in changed if place in there])
    _put_on(department, {place: cell for place, cell in changed.items() if cell})
    lines = [[user, day, str(_cell(there.get((user, day)))), str(cell)] for (user, day), cell in changed.items()]
    journal.write(by, "write_roster", f"roster:{department.value}:{monday}", now=now, changed=lines)
    return len(changed)


def copy_week(department: Department, monday: date, *, by: User, now: datetime) -> int:
    """The week before once more, where nothing is written yet and the day is not over. Returns how many shifts.

    Raises `Refused` when there is nothing to copy.
    """
    access.require(by, "keep_roster")
    before = queries.duties_of_week(department, monday - timedelta(days=7))
    working, first = {user.id for user in queries.staff()}, first_open_day(now)
    rows = [
        _row(department, (user, day + timedelta(days=7)), Cell(duty.shift, duty.post))
        for (user, day), duty in before.items()
        if user in working and day + timedelta(days=7) >= first
    ]
    copied = insert_missing(RosterDuty, rows)
    if not copied:
        raise Refused(say("There is nothing to copy: the week before is empty, or all of it stands here already."))
    touch(department, monday, by=by, now=now)
    journal.write(by, "copy_roster", f"roster:{department.value}:{monday}", now=now, shifts=copied)
    return copied


def first_open_day(now: datetime) -> date:
    """From this day on a roster may be changed: the day whose shift works now, also after midnight."""
    return duty_at(clock.local(now)).day


def touch(department: Department, monday: date, *, by: User, now: datetime) -> None:
    """The week has changed: whoever writes it from what he saw before is told so."""
    _know(department, monday, by=by, now=now)
    new = sa.update(W).where(W.c.department == department, W.c.monday == monday)
    db.session.connection().execute(new.values(version=W.c.version + 1, changed_at=now, changed_by=by.id))


def _turn(department: Department, monday: date, seen: int, *, by: User, now: datetime) -> None:
    _know(department, monday, by=by, now=now)
    mine = sa.update(W).where(W.c.department == department, W.c.monday == monday, W.c.version == seen)
    turned = mine.values(version=seen + 1, changed_at=now, changed_by=by.id)
    if db.session.connection().execute(turned).rowcount == 1:
        return
    week = queries.week(department, monday)
    assert week is not None
    at = clock.local(week.changed_at)
    who = queries.name_of(week.changed_by)
    raise Conflict(
        say(
            "{name} has changed this week meanwhile, {day}, {time}. What you typed is still here: "
            "look at it beside the new one and save again.",
            name=who,
            day=at.date(),
            time=f"{at:%H:%M}",
        )
    )


def _know(department: Department, monday: date, *, by: User, now: datetime) -> None:
    row = {"department": department, "monday": monday, "version": 0, "changed_at": now, "changed_by": by.id}
    insert_missing(RosterWeek, [row])


def _check(changed: Mapping[Place, Cell | None], monday: date, now: datetime) -> None:
    first, week = first_open_day(now), days_of(monday)
    for user, day in changed:
        if day not in week:
            raise Refused(say("This day is in another week."), field=field_of(user, day))
        if day < first:
            raise Refused(say("{day} is over. Its roster stays as it was.", day=day), field=field_of(user, day))
    working = {user.id for user in queries.staff()}
    for (user, day), cell in changed.items():
        if cell and user not in working:
            raise Refused(say("This colleague is not with us any more."), field=field_of(user, day))


def field_of(user_id: int, day: date) -> str:
    """The name of a cell on the page: `c_7_0` is Monday of user 7."""
    return f"c_{user_id}_{day.weekday()}"


def _take_off(places: Collection[Place]) -> None:
    if places:
        gone = sa.delete(D).where(D.c.user_id == sa.bindparam("who"), D.c.day == sa.bindparam("on"))
        db.session.connection().execute(gone, [{"who": user, "on": day} for user, day in places])


def _put_on(department: Department, cells: Mapping[Place, Cell]) -> None:
    rows = [_row(department, place, cell) for place, cell in cells.items()]
    if insert_missing(RosterDuty, rows) == len(rows):
        return
    users, days = {user for user, _ in cells}, sorted(day for _, day in cells)
    for duty in queries.elsewhere(users, department, [days[0], days[-1]]):
        if (duty.user_id, duty.day) in cells:
            raise _works_elsewhere(duty)
    raise Conflict(say("Somebody else has just changed this. Please look at it again."))


def _works_elsewhere(duty: RosterDuty) -> Refused:
    user = db.session.get_one(User, duty.user_id)
    words = {"name": Name(user.name, user.name_zh), "day": duty.day, "department": DEPARTMENT_NAMES[duty.department]}
    return Refused(
        say("{name} works on {day} already: {department}. Nobody works two shifts at once.", **words),
        field=field_of(duty.user_id, duty.day),
    )


def _row(department: Department, place: Place, cell: Cell) -> dict[str, Any]:
    return {"user_id": place[0], "day": place[1], "shift": cell.shift, "department": department, "post": cell.post}


def _cell(duty: RosterDuty | None) -> Cell | None:
    return Cell(duty.shift, duty.post) if duty else None
