"""Next week's groups, conferences and weddings (N2): their rooms by night, who leads them, what else is on."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa

from pms.db import db
from pms.guests.models import Account, Guest
from pms.guests.names import list_name
from pms.property.models import RatePlan, RoomType
from pms.reservations.models import Group, GroupBlock, GroupStatus, RoomNight, Stay, StayNight
from pms.reservations.models_events import Event
from pms.reservations.queries_groups import COUNTED


class GroupOfWeek(NamedTuple):
    """A group with somebody in the house in the week. `blocked`, `named`, `assigned` are room-nights of the week;
    `guest` is the leader with his telephone; `breakfasts` are those of its rate, a person and night.
    """

    code: str
    group: str
    group_zh: str
    kind: str
    status: str
    organiser: str
    organiser_zh: str
    cut_off: date | None
    arrival: date
    departure: date
    blocked: int
    named: int
    assigned: int
    eta: str
    guest: str
    guest_incognito: bool
    breakfasts: int
    rate_code: str
    needs: str
    notes: str


class GroupNight(NamedTuple):
    """Rooms of a type on a night: held in the block, with a guest's name (within the block or beside it), placed."""

    code: str
    night: date
    type: str
    blocked: int
    named: int
    assigned: int

    @property
    def open(self) -> int:
        """Held and without a name."""
        return max(0, self.blocked - self.named)


class EventLine(NamedTuple):
    """Something on the board; times are HH:MM of the hotel's clock, `covers` 0 when not known."""

    day: date
    starts: str
    ends: str
    title: str
    place: str
    organiser: str
    covers: int


def week_after(day: date) -> tuple[date, date]:
    """Monday and Sunday of the week that follows the one of `day`."""
    monday = day + timedelta(days=7 - day.weekday())
    return monday, monday + timedelta(days=6)


def groups_of_week(day: date) -> list[GroupOfWeek]:
    """Groups with a night or a departure in the week after `day`, the next to come first; three statements."""
    first, last = week_after(day)
    rooms: dict[str, Counter[str]] = defaultdict(Counter)
    for line in group_nights_of_week(day):
        rooms[line.code].update(blocked=line.blocked, named=line.named, assigned=line.assigned)
    needs = _needs(first, last)
    found: Any = db.session.execute(_groups(first, last))
    return [
        _group(group, account, leader, plan, rooms[group.code], needs[group.id])
        for group, account, leader, plan in found
    ]


def group_nights_of_week(day: date) -> list[GroupNight]:
    """What each of these groups holds and fills on each night of the week after `day`; one statement."""
    first, last = week_after(day)
    both = sa.union_all(_blocked(first, last), _slept(first, last)).subquery()
    sums = [sa.cast(sa.func.sum(both.c[name]), sa.Integer) for name in ("blocked", "named", "assigned")]
    wanted = (
        sa.select(Group.code, both.c.night, RoomType.code, *sums)
        .join(Group, Group.id == both.c.group_id)
        .join(RoomType, RoomType.id == both.c.type_id)
        .where(Group.status != GroupStatus.CANCELLED)
        .group_by(Group.code, Group.arrival, both.c.night, RoomType.rank, RoomType.code)
        .order_by(Group.arrival, Group.code, both.c.night, RoomType.rank, RoomType.code)
    )
    return [GroupNight(*row) for row in db.session.execute(wanted)]


def events_of_week(day: date) -> list[EventLine]:
    """What is on the board in the week after `day`, by time."""
    columns = (Event.day, Event.starts, Event.ends, Event.title, Event.place, Event.organiser, Event.covers)
    wanted = sa.select(*columns).where(Event.day.between(*week_after(day)), Event.called_off_at.is_(None))
    return [EventLine(*row) for row in db.session.execute(wanted.order_by(Event.day, Event.starts, Event.id))]


def _groups(first: date, last: date) -> Any:
    return (
        sa.select(Group, Account, Guest, RatePlan)
        .outerjoin(Account, Account.id == Group.account_id)
        .outerjoin(Guest, Guest.id == Group.leader_id)
        .outerjoin(RatePlan, RatePlan.id == Group.plan_id)
        .where(Group.arrival <= last, Group.departure >= first, Group.status != GroupStatus.CANCELLED)
        .order_by(Group.arrival, Group.code)
    )


def _group(
    group: Group, account: Account | None, leader: Guest | None, plan: RatePlan | None, rooms: Counter[str], needs: str
) -> GroupOfWeek:
    return GroupOfWeek(
        group.code, group.name, group.name_zh, group.kind.value, group.status.value,
        account.name_en if account else "", account.name_zh if account else "", group.cut_off,
        group.arrival, group.departure, rooms["blocked"], rooms["named"], rooms["assigned"], group.eta,
        _called(leader), bool(leader and leader.incognito), plan.breakfasts if plan else 0, plan.code if plan else "",
        needs, group.notes,
    )  # fmt: skip


def _called(leader: Guest | None) -> str:
    if leader is None:
        return ""
    return f"{list_name(leader.surname, leader.given, leader.name_zh)} {leader.telephone}".strip()


def _blocked(first: date, last: date) -> Any:
    B = GroupBlock
    columns = (B.group_id, B.night, B.type_id, B.blocked, _count(0, "named"), _count(0, "assigned"))
    return sa.select(*columns).where(B.night.between(first, last), B.blocked > 0)


def _slept(first: date, last: date) -> Any:
    """The nights of a group's stays, whether its block holds the type or not."""
    placed = sa.and_(RoomNight.stay_id == StayNight.stay_id, RoomNight.night == StayNight.night)
    return (
        sa.select(
            Stay.group_id, StayNight.night, StayNight.type_id, _count(0, "blocked"), _count(1, "named"),
            sa.case((RoomNight.stay_id.is_not(None), 1), else_=0).label("assigned"),
        )
        .join(Stay, Stay.id == StayNight.stay_id)
        .outerjoin(RoomNight, placed)
        .where(Stay.group_id.is_not(None), Stay.status.in_(COUNTED), StayNight.night.between(first, last))
    )  # fmt: skip


def _count(value: int, name: str) -> Any:
    return sa.literal_column(str(value), sa.Integer).label(name)


def _needs(first: date, last: date) -> dict[int, str]:
    """What guests of a group must have, each named once: "accessible,twin"."""
    wanted = (
        sa.select(Stay.group_id, Stay.needs)
        .distinct()
        .where(
            Stay.group_id.is_not(None), Stay.needs != "", Stay.status.in_(COUNTED),
            Stay.arrival <= last, Stay.departure >= first,
        )
    )  # fmt: skip
    found: dict[int, set[str]] = defaultdict(set)
    rows: Any = db.session.execute(wanted)
    for group_id, needs in rows:
        found[group_id].update(filter(None, needs.split(",")))
    return defaultdict(str, {group_id: ",".join(sorted(needs)) for group_id, needs in found.items()})
