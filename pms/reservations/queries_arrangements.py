"""What is to be done for guests on a day, and whose birthday it is (R10)."""

from __future__ import annotations

from calendar import isleap
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from pms.db import db
from pms.departments import Department
from pms.errors import Missing
from pms.guests.models import Guest
from pms.guests.names import list_name
from pms.property.models import Room
from pms.reservations.models import Stay, StayGuest
from pms.reservations.models_arrangements import Arrangement, Special
from pms.reservations.status import Status
from pms.say import say

HERE = (Status.RESERVED, Status.IN_HOUSE)


class ArrangementLine(NamedTuple):
    """One thing to be done for a guest."""

    id: int
    stay_id: int
    room: str | None
    surname: str
    given: str
    name_zh: str
    incognito: bool
    kind: Special
    what: str
    department: Department
    due_on: date
    due_at: str
    done_at: datetime | None


class BirthdayLine(NamedTuple):
    """A guest of the house whose birthday it is; `planned` when fruit is arranged for the stay that day."""

    stay_id: int
    room: str | None
    surname: str
    given: str
    name_zh: str
    incognito: bool
    planned: bool


class SpecialLine(NamedTuple):
    """A line of the paper 'birthdays and special arrangements'; `department` '' while nobody owns a birthday."""

    room: str
    guest: str
    guest_incognito: bool
    kind: str
    what: str
    department: str
    due_at: str
    done_at: datetime | None


class PickUpSign(NamedTuple):
    """The sign 接机牌 held up at the airport."""

    name: str
    name_zh: str
    what: str
    due_on: date
    due_at: str


def of_day(day: date) -> list[ArrangementLine]:
    """What is due on `day`, by time, what is open before what is done; one statement."""
    rows: Any = db.session.execute(
        _lines().where(Arrangement.due_on == day, Stay.status.in_((*HERE, Status.CHECKED_OUT)))
    )
    lines = [ArrangementLine(*row) for row in rows]
    return sorted(lines, key=lambda line: (line.done_at is not None, line.due_at or "99:99", line.id))


def of_stay(stay_id: int) -> list[ArrangementLine]:
    """What is arranged for a stay, by day."""
    rows: Any = db.session.execute(_lines().where(Arrangement.stay_id == stay_id))
    return sorted((ArrangementLine(*row) for row in rows), key=lambda line: (line.due_on, line.due_at, line.id))


def welcomed(stay_ids: Iterable[int]) -> dict[int, set[int]]:
    """By stay the lines of the welcome policy that were arranged for it, done or called off included."""
    wanted = sa.select(Arrangement.stay_id, Arrangement.welcome_id).where(Arrangement.stay_id.in_(list(stay_ids)))
    found: dict[int, set[int]] = defaultdict(set)
    for stay_id, line in db.session.execute(wanted):
        if line is not None:
            found[stay_id].add(line)
    return found


def welcomed_on(day: date, until: date) -> list[Stay]:
    """Who is to arrive from `day` to `until`, with the guest; those the policy may give something."""
    wanted = sa.select(Stay).where(Stay.status == Status.RESERVED, Stay.arrival >= day, Stay.arrival <= until)
    return list(db.session.scalars(wanted.options(joinedload(Stay.guest)).order_by(Stay.arrival, Stay.id)))


def welcome_of(stay_id: int, welcome_id: int) -> Arrangement:
    """What a line of the policy asked for in a stay. Raises `NoResultFound`."""
    wanted = sa.select(Arrangement).where(Arrangement.stay_id == stay_id, Arrangement.welcome_id == welcome_id)
    return db.session.scalars(wanted).one()


def open_welcomes(stay_id: int) -> list[Arrangement]:
    """What the policy asked for in a stay and nobody has done or called off."""
    wanted = sa.select(Arrangement).where(
        Arrangement.stay_id == stay_id, Arrangement.welcome_id.is_not(None), Arrangement.done_at.is_(None),
        Arrangement.dropped_at.is_(None),
    )  # fmt: skip
    return list(db.session.scalars(wanted))


def times_stayed(guest_ids: Iterable[int]) -> dict[int, int]:
    """By guest how often they have slept here; who never did is left out. One statement (see queries.times_stayed)."""
    slept = (Stay.guest_id.in_(list(guest_ids)), Stay.status.in_((Status.CHECKED_OUT, Status.IN_HOUSE)))
    wanted = sa.select(Stay.guest_id, sa.func.count()).where(*slept).group_by(Stay.guest_id)
    return {guest: int(count) for guest, count in db.session.execute(wanted)}


def birthdays(day: date) -> list[BirthdayLine]:
    """Guests and those who share with them who are in the house, or booked, over their birthday `day`."""
    persons = sa.union_all(
        sa.select(Stay.id.label("stay_id"), Stay.guest_id).where(*_over(day)),
        sa.select(StayGuest.stay_id, StayGuest.guest_id).join(Stay, Stay.id == StayGuest.stay_id).where(*_over(day)),
    ).subquery()
    planned = sa.exists().where(
        Arrangement.stay_id == persons.c.stay_id,
        Arrangement.kind == Special.BIRTHDAY,
        Arrangement.due_on == day,
        Arrangement.dropped_at.is_(None),
    )
    wanted: Any = (
        sa.select(persons.c.stay_id, Room.number, Guest.surname, Guest.given, Guest.name_zh, Guest.incognito, planned)
        .select_from(persons)
        .join(Guest, Guest.id == persons.c.guest_id)
        .join(Stay, Stay.id == persons.c.stay_id)
        .outerjoin(Room, Room.id == Stay.room_id)
        .where(_born_on(day))
        .order_by(persons.c.stay_id, Guest.id)
    )
    return [BirthdayLine(*row) for row in db.session.execute(wanted)]


def specials(day: date) -> list[SpecialLine]:
    """Birthdays and special arrangements of `day`, as the paper has them."""
    done = [
        SpecialLine(line.room or "", list_name(line.surname, line.given, line.name_zh), line.incognito,
                    line.kind.value, line.what, line.department.value, line.due_at, line.done_at)
        for line in of_day(day)
    ]  # fmt: skip
    unplanned = [
        SpecialLine(line.room or "", list_name(line.surname, line.given, line.name_zh), line.incognito,
                    Special.BIRTHDAY.value, "", "", "", None)
        for line in birthdays(day)
        if not line.planned
    ]  # fmt: skip
    return done + unplanned


def load_arrangement(arrangement_id: int) -> Arrangement:
    """Raises `Missing`."""
    found = db.session.get(Arrangement, arrangement_id)
    if found is None:
        raise Missing(say("There is no such arrangement."))
    return found


def pick_up_sign(arrangement_id: int) -> PickUpSign:
    """Raises `Missing` for anything that is no pick-up."""
    found = load_arrangement(arrangement_id)
    if found.kind is not Special.PICK_UP:
        raise Missing(say("A name sign is printed for a pick-up only."))
    guest = found.stay.guest
    latin = " ".join(part for part in (guest.title, guest.given, guest.surname) if part)
    return PickUpSign(latin, guest.name_zh, found.what, found.due_on, found.due_at)


def _lines() -> Any:
    return (
        sa.select(Arrangement.id, Arrangement.stay_id, Room.number, Guest.surname, Guest.given, Guest.name_zh,
                  Guest.incognito, Arrangement.kind, Arrangement.what, Arrangement.department, Arrangement.due_on,
                  Arrangement.due_at, Arrangement.done_at)
        .select_from(Arrangement)
        .join(Stay, Stay.id == Arrangement.stay_id)
        .join(Guest, Guest.id == Stay.guest_id)
        .outerjoin(Room, Room.id == Stay.room_id)
        .where(Arrangement.dropped_at.is_(None))
    )  # fmt: skip


def _over(day: date) -> tuple[Any, ...]:
    return Stay.arrival <= day, Stay.departure >= day, Stay.status.in_(HERE)


def _born_on(day: date) -> Any:
    """Born on this day of the year; who was born on 29 February has the 28th in other years."""
    born = [(day.month, day.day)]
    if born == [(2, 28)] and not isleap(day.year):
        born.append((2, 29))
    month, number = sa.extract("month", Guest.born_on), sa.extract("day", Guest.born_on)
    return sa.or_(*(sa.and_(month == m, number == d) for m, d in born))
