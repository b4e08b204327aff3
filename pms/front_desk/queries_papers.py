"""The lists of stays that papers and the evening's lists are made of, one statement each (papers.md, "Columns").

Rows hold plain values only, so that the audit can freeze them for the date it closes.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from pms.accounts.models import User
from pms.cashier.models import Posting
from pms.db import run
from pms.guests.models import Account, Guest
from pms.guests.names import list_name
from pms.guests.queries_papers import DAY
from pms.property.models import RatePlan, Room, RoomType
from pms.reservations.models import Booking, Group, Stay, StayNight
from pms.reservations.status import Status

A_DAY = timedelta(days=1)
NIGHT_BEFORE = sa.bindparam("night_before", type_=sa.Date)

Company, Agent, Assigned = aliased(Account), aliased(Account), aliased(RoomType)


class StayLine(NamedTuple):
    """A stay as lists show it. `rate` is the night's price and `balance` the folio's, in minor units; `eta` is on
    the hotel's clock, `left_at` in UTC; `vip` is 0 for none, 1 the highest; `state` is due_in, overdue, in_house,
    due_out or the stay's status.
    """

    stay_id: int
    room: str
    guest: str
    incognito: bool
    vip: int
    nationality: str
    company: str
    company_zh: str
    group_code: str
    group: str
    group_zh: str
    arrival: date
    departure: date
    adults: int
    children: int
    type: str
    assigned_type: str
    rate_code: str
    rate: int | None
    use: str
    guarantee: str
    eta: str
    needs: str
    wishes: str
    amenities: str
    remarks: str
    host: str
    inspected_by: str
    inspected_at: datetime | None
    do_not_move: bool
    state: str
    left_at: datetime | None
    confirmation: str
    payment: str
    balance: int

    @property
    def nights(self) -> int:
        return (self.departure - self.arrival).days

    @property
    def rooms(self) -> int:
        return 1

    @property
    def persons(self) -> int:
        return self.adults + self.children


def arrivals(day: date) -> list[StayLine]:
    """Who comes or came on `day`, those still expected from before included."""
    return _lines(_arrivals(), day)


def next_day_arrivals(day: date) -> list[StayLine]:
    """Who is booked for the day after `day` (N1)."""
    return _lines(_due_in(), day + A_DAY)


def departures(day: date) -> list[StayLine]:
    """Who leaves or left on `day`, overdue departures included."""
    return _lines(_departures(), day)


def in_house(day: date) -> list[StayLine]:
    """Who lives in the house now; `day` gives the night whose price is shown."""
    return _lines(_in_house(), day)


def _lines(statement: Any, day: date) -> list[StayLine]:
    values = {"day": day, "night_before": day - A_DAY}
    return [_line(row, day) for row in run(statement, values)]


@cache
def _arrivals() -> Any:
    expected = sa.and_(Stay.status == Status.RESERVED, Stay.arrival <= DAY)
    return _stays(sa.or_(expected, Stay.checked_in_on == DAY), Stay.arrival)


@cache
def _due_in() -> Any:
    return _stays(sa.and_(Stay.status == Status.RESERVED, Stay.arrival == DAY), Stay.arrival)


@cache
def _departures() -> Any:
    due = sa.and_(Stay.status == Status.IN_HOUSE, Stay.departure <= DAY)
    return _stays(sa.or_(due, Stay.checked_out_on == DAY), NIGHT_BEFORE)


@cache
def _in_house() -> Any:
    return _stays(Stay.status == Status.IN_HOUSE, DAY)


def _stays(condition: Any, night: Any) -> Any:
    """The stays that meet `condition`, with the price of `night`, by room number, those without a room last."""
    balance = sa.select(sa.func.coalesce(sa.func.sum(Posting.amount), 0)).where(Posting.stay_id == Stay.id)
    paid_by = (
        sa.select(Posting.method)
        .where(Posting.stay_id == Stay.id, Posting.method.is_not(None))
        .order_by(Posting.id.desc())
        .limit(1)
    )
    return (
        sa.select(*_COLUMNS, paid_by.scalar_subquery().label("payment"), balance.scalar_subquery().label("balance"))
        .select_from(Stay)
        .join(Guest, Guest.id == Stay.guest_id)
        .join(Booking, Booking.id == Stay.booking_id)
        .join(RoomType, RoomType.id == Stay.type_id)
        .join(RatePlan, RatePlan.id == Stay.plan_id)
        .outerjoin(Assigned, Assigned.id == Stay.assign_type_id)
        .outerjoin(Room, Room.id == Stay.room_id)
        .outerjoin(StayNight, sa.and_(StayNight.stay_id == Stay.id, StayNight.night == night))
        .outerjoin(Group, Group.id == Stay.group_id)
        .outerjoin(Company, Company.id == Booking.company_id)
        .outerjoin(Agent, Agent.id == Booking.agent_id)
        .outerjoin(User, User.id == Stay.inspected_by)
        .where(condition)
        .order_by(Room.id.is_(None), sa.func.length(Room.number), Room.number, Stay.id)
    )


_COLUMNS = (
    Stay.id.label("stay_id"), Stay.arrival, Stay.departure, Stay.adults, Stay.children, Stay.use, Stay.eta, Stay.needs,
    Stay.wishes, Stay.amenities, Stay.remarks, Stay.vip_host, Stay.vip_level, Stay.inspected_at, Stay.do_not_move,
    Stay.status, Stay.checked_out_at, Guest.surname, Guest.given, Guest.name_zh, Guest.incognito, Guest.nationality,
    Guest.vip_level.label("guest_vip"), Booking.guarantee, Booking.confirmation, Room.number, RoomType.code,
    Assigned.code.label("assigned_type"), RatePlan.code.label("rate_code"), StayNight.price,
    Group.code.label("group_code"), Group.name.label("group_name"), Group.name_zh.label("group_zh"),
    Company.name_en.label("company_en"), Company.name_zh.label("company_zh"),
    Agent.name_en.label("agent_en"), Agent.name_zh.label("agent_zh"), User.name.label("inspector"),
)  # fmt: skip


def _state(status: Status, arrival: date, departure: date, day: date) -> str:
    """Due in, overdue and due out follow from the date and are stored nowhere."""
    if status is Status.RESERVED:
        return "overdue" if arrival < day else "due_in"
    if status is Status.IN_HOUSE:
        return "due_out" if departure <= day else "in_house"
    return str(status)


def _line(row: Any, day: date) -> StayLine:
    return StayLine(
        stay_id=row.stay_id,
        room=row.number or "",
        guest=list_name(row.surname, row.given, row.name_zh),
        incognito=row.incognito,
        vip=row.vip_level or row.guest_vip,
        nationality=row.nationality,
        company=row.company_en or row.agent_en or "",
        company_zh=row.company_zh if row.company_en else row.agent_zh or "",
        group_code=row.group_code or "",
        group=row.group_name or "",
        group_zh=row.group_zh or "",
        arrival=row.arrival,
        departure=row.departure,
        adults=row.adults,
        children=row.children,
        type=row.code,
        assigned_type=row.assigned_type or row.code,
        rate_code=row.rate_code,
        rate=row.price,
        use=str(row.use),
        guarantee=str(row.guarantee),
        eta=row.eta,
        needs=row.needs,
        wishes=row.wishes,
        amenities=row.amenities,
        remarks=row.remarks,
        host=row.vip_host,
        inspected_by=row.inspector or "",
        inspected_at=row.inspected_at,
        do_not_move=row.do_not_move,
        state=_state(row.status, row.arrival, row.departure, day),
        left_at=row.checked_out_at,
        confirmation=row.confirmation,
        payment=str(row.payment or ""),
        balance=int(row.balance),
    )
