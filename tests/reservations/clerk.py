"""The desk of the reservation clerk: short words for the jobs that the tests of this feature speak about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from pms.db import db, work
from pms.journal import JournalLine, name_of
from pms.notices import Department, Notice, NoticeTo
from pms.reservations import actions
from pms.reservations.models import Booking, BookingChange, GroupBlock, Source, Stay, StayNight, TypeNight
from pms.reservations.queries_groups import COUNTED
from pms.reservations.requests import BookingRequest, StayRequest
from tests.builders import NOON, TODAY, House


def day(offset: int) -> date:
    """A date so many days from the business date."""
    return TODAY + timedelta(days=offset)


@dataclass
class Clerk:
    """Somebody of a role who takes bookings; every call is one unit of work."""

    house: House
    role: str = "reservation_clerk"

    @property
    def by(self) -> Any:
        with work():
            return self.house.user(self.role)

    def as_(self, role: str) -> Clerk:
        return Clerk(self.house, role)

    def room(
        self, kind: str = "STK", arrival: int = 1, nights: int = 2, plan: str = "BAR", **values: Any
    ) -> StayRequest:
        """A wish for one room."""
        if "guest_id" not in values:
            with work():
                values["guest_id"] = self.house.guest().id
        dates = {"arrival": day(arrival), "departure": day(arrival + nights)}
        types = {"type_id": self.house.types[kind].id, "plan_id": self.house.plans[plan].id}
        return StayRequest(**(types | dates | values))

    def take(self, *rooms: StayRequest, **values: Any) -> Booking:
        by = self.by
        with work():
            request = BookingRequest(stays=rooms, **({"source": Source.PHONE} | values))
            return actions.book(request, by=by, now=NOON)

    def book(self, kind: str = "STK", arrival: int = 1, nights: int = 2, **values: Any) -> Stay:
        return self.take(self.room(kind, arrival, nights, **values)).stays[0]

    def do(self, action: Any, *args: Any, **values: Any) -> Any:
        by = self.by
        with work():
            return action(*args, **values, by=by, now=NOON)


def sold() -> dict[tuple[str, int], int]:
    """The counters that are not zero: (type code, days from today) -> rooms."""
    codes = {row.id: row.code for row in db.session.execute(sa.text("SELECT id, code FROM room_types"))}
    rows = db.session.execute(sa.select(TypeNight.type_id, TypeNight.night, TypeNight.sold))
    return {(codes[type_id], (night - TODAY).days): count for type_id, night, count in rows if count}


def recounted() -> dict[tuple[str, int], int]:
    """What the counters must say, from the stays and blocks themselves."""
    codes = {row.id: row.code for row in db.session.execute(sa.text("SELECT id, code FROM room_types"))}
    blocks = {
        (b.group_id, b.type_id, b.night): (b.blocked, b.picked_up) for b in db.session.scalars(sa.select(GroupBlock))
    }
    named: dict[Any, int] = {}
    total: dict[tuple[str, int], int] = {}
    nights = sa.select(Stay.group_id, StayNight.type_id, StayNight.night).join(StayNight, StayNight.stay_id == Stay.id)
    for key in db.session.execute(nights.where(Stay.status.in_(COUNTED))):
        if tuple(key) in blocks:
            named[tuple(key)] = named.get(tuple(key), 0) + 1
        else:
            where = (codes[key.type_id], (key.night - TODAY).days)
            total[where] = total.get(where, 0) + 1
    for key, (blocked, picked_up) in blocks.items():
        assert picked_up == named.get(key, 0)
        if max(blocked, picked_up):
            where = (codes[key[1]], (key[2] - TODAY).days)
            total[where] = total.get(where, 0) + max(blocked, picked_up)
    return total


def prices(stay: Stay) -> list[int]:
    wanted = sa.select(StayNight.price).where(StayNight.stay_id == stay.id).order_by(StayNight.night)
    return list(db.session.scalars(wanted))


def journal_of(subject: Any) -> list[tuple[str, dict[str, Any]]]:
    """What the journal says of a record, in order."""
    wanted = sa.select(JournalLine).where(JournalLine.subject == name_of(subject)).order_by(JournalLine.id)
    return [(line.action, line.details) for line in db.session.scalars(wanted)]


def told(about: Any) -> set[Department]:
    """The departments that were told something about a record."""
    wanted = sa.select(NoticeTo.department).join(Notice, Notice.id == NoticeTo.notice_id)
    return set(db.session.scalars(wanted.where(Notice.about == name_of(about))))


def slip(stay: Stay) -> list[tuple[str, Any, Any]]:
    """The change slip of a stay: what, was, now is."""
    wanted = sa.select(BookingChange).where(BookingChange.stay_id == stay.id).order_by(BookingChange.id)
    return [(row.what, row.was, row.now_is) for row in db.session.scalars(wanted)]
