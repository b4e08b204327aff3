"""Guests who are received with more than a key: VIPs, disabled and returning guests on their way (C6-C8)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from pms.accounts.models import Name, User
from pms.db import db
from pms.front_desk.models_special import EarlyCheckIn, RequestStatus, RoomInspection, VipRequest
from pms.guests.models import Guest
from pms.property import queries as house
from pms.property import rules as policy
from pms.reservations.models import Stay
from pms.reservations.status import Status
from pms.say import Listed


def gift(vip_level: int, nth: int) -> Listed | None:
    """What the policy gives for a stay, in the reader's language; None when it gives nothing (C3, C6)."""
    given = policy.welcomes(house.welcomes(), vip_level, nth)
    return Listed([Name(line.name_en, line.name_zh) for line in given]) if given else None


def amenities(vip_level: int) -> Listed | None:
    """What a VIP of this level finds in the room."""
    return gift(vip_level, 0)


class Special(NamedTuple):
    """Somebody who is expected and how far everything is. `nth` counts this stay; `gift` is what the policy gives for
    it, `told_at` when the AM had looked at the room and the departments were told.
    """

    stay: Stay
    nth: int
    gift: Listed | None
    request: VipRequest | None
    inspected_by: str
    told_at: datetime | None
    early: EarlyCheckIn | None

    @property
    def accessible(self) -> bool:
        return "accessible" in self.stay.needs


def special_arrivals(day: date) -> list[Special]:
    """Who is expected on `day` or the next as a VIP, disabled, or so often here that the policy gives something; and
    who lives here already and is still to be registered in the room. By day and time.
    """
    often = [line.from_stay for line in house.welcomes() if line.from_stay]
    nth = _nth()
    on_the_way = sa.and_(
        Stay.status == Status.RESERVED,
        Stay.arrival <= day + timedelta(days=1),
        sa.or_(
            Stay.vip_level > 0,
            Stay.needs.contains("accessible"),
            VipRequest.id.is_not(None),
            nth >= min(often, default=10**6),
        ),
    )
    unregistered = sa.and_(Stay.status == Status.IN_HOUSE, EarlyCheckIn.registered_at.is_(None),
                           EarlyCheckIn.stay_id.is_not(None))  # fmt: skip
    return _specials(sa.or_(on_the_way, unregistered))


def special(stay_id: int) -> Special:
    """One stay. Raises `NoResultFound`."""
    found = _specials(Stay.id == stay_id)
    if not found:
        raise sa.exc.NoResultFound
    return found[0]


def _nth() -> sa.ScalarSelect[int]:
    other = sa.orm.aliased(Stay)
    before = sa.select(sa.func.count()).where(other.guest_id == Stay.guest_id, other.status == Status.CHECKED_OUT)
    return (before.correlate(Stay).scalar_subquery() + 1).label("nth").element  # type: ignore[return-value]


def _specials(condition: sa.ColumnElement[bool]) -> list[Special]:
    wanted = (
        sa.select(Stay, _nth(), VipRequest, User.name, RoomInspection.at, EarlyCheckIn)
        .outerjoin(VipRequest, VipRequest.stay_id == Stay.id)
        .outerjoin(RoomInspection, sa.and_(RoomInspection.stay_id == Stay.id, RoomInspection.room_id == Stay.room_id))
        .outerjoin(User, User.id == RoomInspection.by_id)
        .outerjoin(EarlyCheckIn, EarlyCheckIn.stay_id == Stay.id)
        .where(condition)
        .options(joinedload(Stay.guest), joinedload(Stay.room))
        .order_by(Stay.arrival, Stay.eta == "", Stay.eta, Stay.id)
    )
    return [
        Special(stay, nth, gift(stay.vip_level, nth), request, inspector or "", told, early)
        for stay, nth, request, inspector, told, early in db.session.execute(wanted)
    ]


def request_of(stay_id: int) -> VipRequest | None:
    return db.session.scalar(sa.select(VipRequest).where(VipRequest.stay_id == stay_id))


def is_inspected(stay: Stay) -> bool:
    """Has the AM looked at the very room this guest gets?"""
    return stay.room_id is not None and db.session.get(RoomInspection, (stay.id, stay.room_id)) is not None


class Former(NamedTuple):
    """An earlier stay as a VIP."""

    arrival: date
    level: int
    host: str
    amenities: str


def former_requests(stay: Stay) -> list[Former]:
    """What was done for this guest before, the newest first."""
    wanted = (
        sa.select(Stay.arrival, VipRequest.level, VipRequest.host, VipRequest.amenities)
        .join(VipRequest, VipRequest.stay_id == Stay.id)
        .where(Stay.guest_id == stay.guest_id, Stay.id != stay.id, VipRequest.status == RequestStatus.APPROVED)
        .order_by(Stay.arrival.desc())
    )
    return [Former(*row) for row in db.session.execute(wanted)]


class VipForm(NamedTuple):
    """The request form as it is printed."""

    confirmation: str
    guest: str
    position: str
    level: int
    host: str
    room: str
    arrival: date
    departure: date
    eta: str
    early_arrival: bool
    persons: int
    amenities: str
    welcome_party: str
    remarks: str
    requested_by: str
    requested_at: datetime
    status: str
    decided_by: str
    decided_at: datetime | None
    note: str
    inspected_by: str
    inspected_at: datetime | None


def vip_form(stay_id: int) -> VipForm:
    """What stands on the form 贵宾申报单. Raises `NoResultFound` when nothing was requested."""
    one, asker, decider = special(stay_id), sa.orm.aliased(User), sa.orm.aliased(User)
    request = one.request
    if request is None:
        raise sa.exc.NoResultFound
    names = sa.select(asker.name, decider.name).select_from(VipRequest).join(asker, asker.id == VipRequest.requested_by)
    asked, decided = db.session.execute(
        names.outerjoin(decider, decider.id == VipRequest.decided_by).where(VipRequest.id == request.id)
    ).one()
    stay = one.stay
    guest: Guest = stay.guest
    return VipForm(
        confirmation=stay.booking.confirmation, guest=guest.name, position=request.position, level=request.level,
        host=request.host, room=stay.room.number if stay.room else "", arrival=stay.arrival,
        departure=stay.departure, eta=stay.eta, early_arrival=request.early_arrival, persons=stay.persons,
        amenities=request.amenities, welcome_party=request.welcome_party, remarks=stay.remarks, requested_by=asked,
        requested_at=request.requested_at, status=request.status.value, decided_by=decided or "",
        decided_at=request.decided_at, note=request.note, inspected_by=one.inspected_by, inspected_at=one.told_at,
    )  # fmt: skip
