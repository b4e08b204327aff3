"""Bookings against availability (R11): seven questions, one statement each, however much there is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from pms.accounts.models import User
from pms.db import db
from pms.guests.models import Guest
from pms.property import queries as house
from pms.property.models import Closure, Room, RoomType, SeasonKind
from pms.reservations import contradictions
from pms.reservations.contradictions import Contradiction, ContradictionKind
from pms.reservations.models import (
    Booking,
    Group,
    GroupBlock,
    GroupStatus,
    Guarantee,
    RoomNight,
    Stay,
    StayNight,
    TypeNight,
)
from pms.reservations.models_verification import Explanation, Verification
from pms.reservations.status import Status
from pms.say import say

EXPECTED = (Status.RESERVED, Status.IN_HOUSE)
# By its length: the index of telephones would find everybody who ever booked without one before it looks at the dates.
NO_TELEPHONE = sa.and_(sa.func.length(Booking.telephone) == 0, sa.func.length(Guest.telephone) == 0)


class VerificationLine(NamedTuple):
    """A contradiction as page and paper show it: `text` is a sentence as data; `explanation` is '' while it is open."""

    kind: str
    record_id: int
    number: str
    night: date
    text: Any
    fingerprint: str
    explanation: str
    by: str
    by_zh: str | None
    at: datetime | None


class Explained(NamedTuple):
    """What was written, by whom and when."""

    text: str
    by: str
    by_zh: str | None
    at: datetime


OPEN = ("", "", None, None)


class Signed(NamedTuple):
    """Who verified a date, when, and how many contradictions were `explained` then."""

    by: str
    by_zh: str | None
    at: datetime
    explained: int


def last_night(day: date) -> date:
    """How far is looked on `day`: a month ahead in the peak season, else to tomorrow night."""
    return contradictions.last_night(day, peak=house.season_on(day) is SeasonKind.PEAK)


def verification(day: date) -> list[VerificationLine]:
    """All that contradicts on `day`, by kind and night, with what was explained; eight statements."""
    found = list(_contradictions(day, last_night(day) + timedelta(days=1)))
    why = explained([each.fingerprint for each in found])
    return [
        VerificationLine(
            each.kind.value, each.record_id, each.number, each.night, each.text.to_json(), each.fingerprint,
            *why.get(each.fingerprint, OPEN),
        )
        for each in found
    ]  # fmt: skip


def explained(fingerprints: list[str]) -> dict[str, Explained]:
    """Those of the fingerprints that have been explained."""
    wanted = (
        sa.select(Explanation.fingerprint, Explanation.text, User.name, User.name_zh, Explanation.at)
        .join(User, User.id == Explanation.by_id)
        .where(Explanation.fingerprint.in_(fingerprints))
    )
    return {key: Explained(text, by, by_zh, at) for key, text, by, by_zh, at in db.session.execute(wanted)}


def signed(day: date) -> Signed | None:
    """Who verified the date, if anybody has."""
    wanted = sa.select(User.name, User.name_zh, Verification.at, Verification.explained).join(
        User, User.id == Verification.by_id
    )
    row = db.session.execute(wanted.where(Verification.business_date == day)).first()
    return Signed(*row) if row else None


def _contradictions(day: date, end: date) -> Iterator[Contradiction]:
    yield from _oversold(day, end)
    yield from _closed_rooms(day, end)
    yield from _other_types(day, end)
    yield from _twice(day, end)
    yield from _past_cut_off(day, end)
    yield from _overdue(day)
    yield from _without_telephone(day, end)


def _oversold(day: date, end: date) -> Iterator[Contradiction]:
    wanted = (
        sa.select(TypeNight, RoomType.code)
        .join(RoomType, RoomType.id == TypeNight.type_id)
        .where(TypeNight.night >= day, TypeNight.night < end, TypeNight.sold > TypeNight.rooms + TypeNight.extra)
        .order_by(TypeNight.night, RoomType.rank, RoomType.code)
    )
    for on, code in db.session.execute(wanted):
        text = say(
            "{night}: {sold} of {type} are sold; {rooms} are there, {limit} more are allowed.",
            night=on.night, sold=on.sold, type=code, rooms=on.rooms, limit=on.extra,
        )  # fmt: skip
        yield Contradiction(ContradictionKind.OVERSOLD, on.type_id, code, on.night, text)


def _closed_rooms(day: date, end: date) -> Iterator[Contradiction]:
    wanted = (
        sa.select(
            Stay.id, Booking.confirmation, Room.number, Closure.first, Closure.until, sa.func.min(RoomNight.night)
        )
        .join(Booking, Booking.id == Stay.booking_id)
        .join(RoomNight, RoomNight.stay_id == Stay.id)
        .join(Room, Room.id == RoomNight.room_id)
        .join(Closure, Closure.room_id == Room.id)
        .where(Stay.status == Status.RESERVED, RoomNight.night >= day, RoomNight.night < end)
        .where(RoomNight.night >= Closure.first, RoomNight.night < Closure.until, Closure.reopened_at.is_(None))
        .group_by(Stay.id, Booking.confirmation, Room.number, Closure.id, Closure.first, Closure.until)
        .order_by(sa.func.min(RoomNight.night), Room.number)
    )
    for stay_id, number, room, first, last, night in db.session.execute(wanted):
        text = say("Room {room} is closed from {first} to {until}.", room=room, first=first, until=last)
        yield Contradiction(ContradictionKind.CLOSED_ROOM, stay_id, number, night, text)


def _other_types(day: date, end: date) -> Iterator[Contradiction]:
    """The type of a night is the one agreed, upgrades included; a room may have become another type since."""
    given, agreed = aliased(RoomType), aliased(RoomType)
    wanted = (
        sa.select(Stay.id, Booking.confirmation, Room.number, given.code, agreed.code, sa.func.min(RoomNight.night))
        .join(Booking, Booking.id == Stay.booking_id)
        .join(RoomNight, RoomNight.stay_id == Stay.id)
        .join(StayNight, sa.and_(StayNight.stay_id == Stay.id, StayNight.night == RoomNight.night))
        .join(Room, Room.id == RoomNight.room_id)
        .join(given, given.id == Room.type_id)
        .join(agreed, agreed.id == StayNight.type_id)
        .where(Stay.status == Status.RESERVED, RoomNight.night >= day, RoomNight.night < end)
        .where(Room.type_id != StayNight.type_id)
        .group_by(Stay.id, Booking.confirmation, Room.number, given.code, agreed.code)
        .order_by(sa.func.min(RoomNight.night), Room.number)
    )
    for stay_id, number, room, is_type, sold_type, night in db.session.execute(wanted):
        text = say(
            "Room {room} is of type {type}; {sold} is sold, no upgrade is agreed.",
            room=room, type=is_type, sold=sold_type,
        )  # fmt: skip
        yield Contradiction(ContradictionKind.OTHER_TYPE, stay_id, number, night, text)


def _twice(day: date, end: date) -> Iterator[Contradiction]:
    """Several rooms of one booking are for company; the same night in two bookings is one booking too many."""
    other, others = aliased(Stay), aliased(Booking)
    wanted = (
        sa.select(Stay.id, Booking.confirmation, others.confirmation, Stay.arrival, Stay.departure, other.arrival,
                  other.departure)
        .join(Booking, Booking.id == Stay.booking_id)
        .join(other, sa.and_(other.guest_id == Stay.guest_id, other.id < Stay.id))
        .join(others, others.id == other.booking_id)
        .where(Stay.status.in_(EXPECTED), other.status.in_(EXPECTED), Stay.booking_id != other.booking_id)
        .where(Stay.arrival < other.departure, other.arrival < Stay.departure)
        .where(Stay.arrival < end, other.arrival < end, Stay.departure > day, other.departure > day)
        .order_by(Stay.arrival, Stay.id, other.id)
    )  # fmt: skip
    for stay_id, number, elder, arrival, departure, first, last in db.session.execute(wanted):
        both, leaves = max(arrival, first), min(departure, last)
        text = say("The guest has {other} too, from {first} to {until}.", other=elder, first=both, until=leaves)
        yield Contradiction(ContradictionKind.TWICE, stay_id, number, both, text)


def _past_cut_off(day: date, end: date) -> Iterator[Contradiction]:
    """All nights of the block are summed up, so that the sum does not change because a day is over."""
    held = sa.func.sum(GroupBlock.blocked - GroupBlock.picked_up)
    wanted = (
        sa.select(Group.id, Group.code, Group.cut_off, Group.arrival, held)
        .join(GroupBlock, GroupBlock.group_id == Group.id)
        .where(Group.status != GroupStatus.CANCELLED, Group.cut_off <= day)
        .where(Group.arrival < end, Group.departure > day, GroupBlock.blocked > GroupBlock.picked_up)
        .group_by(Group.id, Group.code, Group.cut_off, Group.arrival)
        .order_by(Group.arrival, Group.code)
    )
    for group_id, code, cut_off, arrival, nights in db.session.execute(wanted):
        text = say("The cut-off was {cut_off}; {nights} room-nights have no name.", cut_off=cut_off, nights=int(nights))
        yield Contradiction(ContradictionKind.CUT_OFF, group_id, code, arrival, text)


def _overdue(day: date) -> Iterator[Contradiction]:
    wanted = (
        sa.select(Stay.id, Booking.confirmation, Stay.arrival)
        .join(Booking, Booking.id == Stay.booking_id)
        .where(Stay.status == Status.RESERVED, Stay.arrival < day)
        .order_by(Stay.arrival, Stay.id)
    )
    for stay_id, number, arrival in db.session.execute(wanted):
        text = say("Due on {arrival}, neither come nor released.", arrival=arrival)
        yield Contradiction(ContradictionKind.OVERDUE, stay_id, number, arrival, text)


def _without_telephone(day: date, end: date) -> Iterator[Contradiction]:
    """Who is held until an hour only has to be called before that (R7); a group is spoken for by its organiser."""
    wanted = (
        sa.select(Stay.id, Booking.confirmation, Stay.arrival)
        .join(Booking, Booking.id == Stay.booking_id)
        .join(Guest, Guest.id == Stay.guest_id)
        .where(Stay.status == Status.RESERVED, Stay.arrival >= day, Stay.arrival < end, Stay.group_id.is_(None))
        .where(Booking.guarantee == Guarantee.NONE, NO_TELEPHONE)
        .order_by(Stay.arrival, Stay.id)
    )
    for stay_id, number, arrival in db.session.execute(wanted):
        text = say("Arrives on {arrival} without guarantee, and nobody can be called.", arrival=arrival)
        yield Contradiction(ContradictionKind.NO_TELEPHONE, stay_id, number, arrival, text)
