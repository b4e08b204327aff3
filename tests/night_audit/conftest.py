"""A night in the small house: guests in house with folios, one who does not come, one who left and paid."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from pms.accounts.models import User
from pms.cashier.models import Folio, Posting, PostingKind
from pms.db import db, insert_one, work
from pms.guest_services.models import Message
from pms.night_audit import actions
from pms.night_audit.actions import Closed
from pms.night_audit.steps import Step
from pms.reservations.models import Booking, Guarantee, Stay
from pms.reservations.status import Status
from tests.builders import NOON, TODAY, House

NIGHT = datetime(2026, 11, 21, 18, 0, tzinfo=UTC)  # 02:00 in Shanghai on the day after TODAY
DAY = timedelta(days=1)


@dataclass
class Night:
    """The house at two in the morning, and short ways to say what happened there."""

    house: House
    auditor: User

    def guest_in_house(self, room: str, *, arrival: int = 0, nights: int = 2, **values: Any) -> Stay:
        stay = self.house.stay(arrival=arrival, nights=nights, room=room, status=Status.IN_HOUSE, **values)
        self.folio(stay)
        return stay

    def guest_who_left(self, room: str) -> Stay:
        stay = self.house.stay(arrival=-1, nights=1, room=room, status=Status.CHECKED_OUT)
        folio = self.folio(stay, closed_on=TODAY)
        self.posting(stay, folio, PostingKind.ROOM, 68_000, TODAY - DAY)
        self.posting(stay, folio, PostingKind.PAYMENT, -68_000, TODAY)
        return stay

    def expected(self, guarantee: Guarantee = Guarantee.NONE, **values: Any) -> Stay:
        return self.house.stay(booking=self.booking(guarantee), **values)

    def booking(self, guarantee: Guarantee) -> Booking:
        return self.house.booking(guarantee=guarantee)

    def folio(self, stay: Stay, closed_on: date | None = None) -> int:
        return insert_one(Folio, number=f"F{stay.id:05d}", stay_id=stay.id, opened_on=stay.arrival, closed_on=closed_on)

    def posting(self, stay: Stay, folio: int, kind: PostingKind, amount: int, day: date = TODAY, **values: Any) -> int:
        row = {"folio_id": folio, "stay_id": stay.id, "business_date": day, "at": NOON, "by_id": self.auditor.id}
        return insert_one(Posting, **row, kind=kind, amount=amount, reference="", **values)

    def message(self, stay: Stay, hours_on_rack: int, **values: Any) -> Message:
        taken = NIGHT - timedelta(hours=hours_on_rack)
        message = Message(
            number=f"M{stay.id}-{hours_on_rack}",
            guest_id=stay.guest_id,
            stay_id=stay.id,
            caller="Ms Chen",
            text="Please call back",
            taken_at=taken,
            taken_on=taken.date(),
            taken_by=self.auditor.id,
            off_rack_at=taken + DAY,
            **values,
        )
        db.session.add(message)
        db.session.flush()
        return message

    def close(self, **options: Any) -> Closed:
        """The audit of the business date, without papers and backup unless they are asked for."""
        (closed,) = self.close_until(None, **options)
        return closed

    def close_until(self, until: date | None, **options: Any) -> list[Closed]:
        wanted = {"with_papers": False, "with_backup": False} | options
        now = wanted.pop("now", NIGHT if until is None else NIGHT + (until - TODAY))
        return actions.run(self.auditor, now, until=until, **wanted)


@pytest.fixture
def night(house: House) -> Night:
    with work():
        return Night(house, house.user("night_auditor"))


@pytest.fixture
def full_night(night: Night) -> Night:
    """Three guests in house, one gone, two who do not come: one with a guarantee and a room, one without."""
    with work():
        night.message(night.guest_in_house("1201"), hours_on_rack=30)
        night.guest_in_house("1203", arrival=-1, nights=4)
        night.guest_in_house("1301", plan="PKG")
        night.guest_who_left("1204")
        night.expected(Guarantee.COMPANY, room="1205", nights=3)
        night.expected(kind="STT")
    return night


@pytest.fixture
def stop_before() -> Callable[[Night, str], None]:
    """An audit that is broken off just before a step: `stop_before(night, "close")`."""

    def broken_off(night: Night, name: str) -> None:
        def stop(_: date, step: Step) -> None:
            if step.name == name:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            night.close(tell=stop)

    return broken_off


@pytest.fixture
def rows() -> Callable[[type], list[Any]]:
    """All rows of a table."""
    return lambda model: list(db.session.query(model).populate_existing())
