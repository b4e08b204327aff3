"""The statements of the desk's first page: a handful for the whole page, none for a single row."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, bindparam, case, exists, func, select, union_all
from sqlalchemy.orm import aliased

from pms.cashier.models import Folio, Posting
from pms.db import db
from pms.front_page.rows import NightRow, RoomCounts, RoomRow, StayRow, Waiting
from pms.guest_services.models import Luggage, Message, MessageStatus
from pms.guests.models import Account, Guest
from pms.property.models import Closure, Discrepancy, Housekeeping, Room, RoomType
from pms.requests.models import Call
from pms.requests.words import TO_DO
from pms.reservations.models import Booking, Group, RoomNight, Stay, StayNight, TypeNight
from pms.reservations.status import Status

COMPANY = aliased(Account)
AGENT = aliased(Account)

# Written out and not a parameter, so that the index of those in house can be used.
IN_HOUSE = Stay.status == bindparam("in_house", Status.IN_HOUSE, type_=Stay.status.type, literal_execute=True)
TAKING_A_ROOM = Stay.status.in_((Status.RESERVED, Status.IN_HOUSE, Status.CHECKED_OUT))


def _stay_rows() -> Select[*tuple[Any, ...]]:
    """The columns of `StayRow`, in its order."""
    return (
        select(
            Stay.id,
            Stay.status,
            Stay.arrival,
            Stay.departure,
            Stay.eta,
            Stay.adults + Stay.children,
            func.coalesce(func.nullif(Stay.vip_level, 0), Guest.vip_level),
            Stay.late_check_out,
            Guest.id,
            Guest.surname,
            Guest.given,
            Guest.name_zh,
            Guest.incognito,
            Group.id,
            Group.code,
            Group.name,
            Group.name_zh,
            Group.colour,
            func.coalesce(COMPANY.name_en, AGENT.name_en),
            func.coalesce(COMPANY.name_zh, AGENT.name_zh),
            RoomType.name_en,
            RoomType.name_zh,
            Booking.guarantee,
            Room.id,
            Room.number,
            Room.floor,
            Room.housekeeping,
            Room.ready_at,
        )
        .select_from(Stay)
        .join(Guest, Guest.id == Stay.guest_id)
        .join(Booking, Booking.id == Stay.booking_id)
        .join(RoomType, RoomType.id == Stay.type_id)
        .outerjoin(Group, Group.id == Stay.group_id)
        .outerjoin(COMPANY, COMPANY.id == Booking.company_id)
        .outerjoin(AGENT, AGENT.id == Booking.agent_id)
        .outerjoin(Room, Room.id == Stay.room_id)
    )


def stays_of_the_day(day: date) -> list[StayRow]:
    """Everybody the desk deals with on `day`: arrivals (come or not), in house, left today."""
    # One index each; with OR SQLite would read every stay there ever was.
    due = select(Stay.id).where(Stay.arrival == day, Stay.status == Status.RESERVED)
    here = select(Stay.id).where(IN_HOUSE)
    left = select(Stay.id).where(Stay.checked_out_on == day, Stay.status == Status.CHECKED_OUT)
    wanted = _stay_rows().where(Stay.id.in_(union_all(due, here, left)))
    return [StayRow(*row) for row in db.session.execute(wanted)]


def stays_before(guest_ids: Iterable[int]) -> dict[int, int]:
    """How many finished stays each of these guests has; guests without one are left out."""
    wanted = (
        select(Stay.guest_id, func.count())
        .where(Stay.guest_id.in_(list(guest_ids)), Stay.status == Status.CHECKED_OUT)
        .group_by(Stay.guest_id)
    )
    return {guest: count for guest, count in db.session.execute(wanted)}


def balances(stay_ids: Iterable[int]) -> dict[int, int]:
    """What each of these stays owes, minor units; negative: the house owes."""
    wanted = (
        select(Folio.stay_id, func.sum(Posting.amount))
        .join(Posting, Posting.folio_id == Folio.id)
        .where(Folio.stay_id.in_(list(stay_ids)))
        .group_by(Folio.stay_id)
    )
    return {stay: int(amount) for stay, amount in db.session.execute(wanted)}


def ready_rooms(day: date) -> list[RoomRow]:
    """Rooms clean or inspected in which nobody lives and that are not out of order on the night of `day`."""
    lived_in = exists().where(Stay.room_id == Room.id, IN_HOUSE)
    closed = exists().where(RoomNight.room_id == Room.id, RoomNight.night == day, RoomNight.closure_id.is_not(None))
    wanted = (
        select(Room.id, Room.number, Room.floor, RoomType.name_en, RoomType.name_zh, Room.housekeeping)
        .join(RoomType, RoomType.id == Room.type_id)
        .where(Room.active, Room.housekeeping.in_((Housekeeping.CLEAN, Housekeeping.INSPECTED)), ~lived_in, ~closed)
        .order_by(Room.floor, Room.number)
    )
    return [RoomRow(*row) for row in db.session.execute(wanted)]


def rooms_in_house() -> int:
    """How many rooms the hotel has."""
    return db.session.scalar(select(func.count()).where(Room.active)) or 0


def nights_ahead(first: date, days: int) -> list[NightRow]:
    """The nights from `first` on, one row each. Groups are what is sold or blocked beyond the individuals' nights."""
    until = first + timedelta(days=days)
    sold = _by_night(TypeNight.night, func.sum(TypeNight.sold), first, until)
    # Counted and not filtered: guests without a group are nearly all, an index on that leads astray.
    individual = func.sum(case((Stay.group_id.is_(None), 1), else_=0))
    single = _by_night(StayNight.night, individual, first, until, StayNight.stay_id == Stay.id, TAKING_A_ROOM)
    of_these_days = (Closure.id == RoomNight.closure_id, Closure.first < until, Closure.until > first)
    closed = _by_night(RoomNight.night, func.count(), first, until, *of_these_days)
    nights = (first + timedelta(days=n) for n in range(days))
    return [NightRow(n, single.get(n, 0), max(sold.get(n, 0) - single.get(n, 0), 0), closed.get(n, 0)) for n in nights]


def _by_night(night: Any, figure: Any, first: date, until: date, *where: Any) -> dict[date, int]:
    wanted = select(night, figure).where(night >= first, night < until, *where).group_by(night)
    return {day: int(count) for day, count in db.session.execute(wanted)}


def waiting_for_guests(now: datetime) -> Waiting:
    """Messages on the rack, luggage held and calls to be done, in one statement."""
    messages = select(func.count()).where(Message.status == MessageStatus.ON_RACK).scalar_subquery()
    held = select(func.count()).where(Luggage.released_at.is_(None)).scalar_subquery()
    overdue = select(func.count()).where(Luggage.released_at.is_(None), Luggage.due_at < now).scalar_subquery()
    calls = select(func.count()).where(Call.state.in_(TO_DO)).scalar_subquery()
    late = select(func.count()).where(Call.state.in_(TO_DO), Call.due_at < now).scalar_subquery()
    return Waiting(*db.session.execute(select(messages, held, overdue, calls, late)).one())


def room_counts() -> RoomCounts:
    """Every room of the house by its state, and where housekeeping and front office disagree; one statement."""
    lived_in = exists().where(Stay.room_id == Room.id, IN_HOUSE)
    clean = Room.housekeeping.in_((Housekeeping.CLEAN, Housekeeping.INSPECTED))
    wanted = (
        ~lived_in & (Room.housekeeping == Housekeeping.DIRTY),
        ~lived_in & (Room.housekeeping == Housekeeping.CLEAN),
        ~lived_in & (Room.housekeeping == Housekeeping.INSPECTED),
        ~lived_in & (Room.housekeeping == Housekeeping.CLEANING),
        lived_in & ~clean,
        lived_in & clean,
    )
    disagree = select(func.count()).select_from(Discrepancy).where(Discrepancy.resolved_at.is_(None)).scalar_subquery()
    counted = (func.coalesce(func.sum(case((one, 1), else_=0)), 0) for one in wanted)
    row = db.session.execute(select(*counted, disagree).select_from(Room).where(Room.active)).one()
    return RoomCounts(*map(int, row))
