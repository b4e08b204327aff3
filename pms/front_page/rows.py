"""What the desk's statements bring: one flat row a stay, so that a page of 300 rooms builds no objects of tables."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from pms.property.models import Housekeeping
from pms.reservations.models import Guarantee
from pms.reservations.status import Status


class StayRow(NamedTuple):
    """A stay as the lists of the desk show it. Names in Latin and Chinese; `eta` HH:MM of the hotel's clock or ''."""

    id: int
    status: Status
    arrival: date
    departure: date
    eta: str
    persons: int
    vip: int
    late_check_out: bool
    guest_id: int
    surname: str
    given: str
    name_zh: str
    incognito: bool
    group_id: int | None
    group_code: str | None
    group_name: str | None
    group_name_zh: str | None
    group_colour: int | None
    company: str | None
    company_zh: str | None
    type_en: str
    type_zh: str
    guarantee: Guarantee
    room_id: int | None
    room: str | None
    floor: int | None
    housekeeping: Housekeeping | None
    ready_at: datetime | None

    def undisclosed(self) -> StayRow:
        """The same stay without its guest's name, for those who need not know (Q1)."""
        return (
            self._replace(surname="", given="", name_zh="", company=None, company_zh=None) if self.incognito else self
        )

    @property
    def nights(self) -> int:
        return (self.departure - self.arrival).days


class RoomRow(NamedTuple):
    """A room that stands empty tonight and is fit for a guest."""

    id: int
    number: str
    floor: int
    type_en: str
    type_zh: str
    housekeeping: Housekeeping


class NightRow(NamedTuple):
    """Rooms taken on a night: by individuals, by groups (blocks included), out of order."""

    night: date
    individual: int
    group: int
    closed: int


class RoomCounts(NamedTuple):
    """How many rooms are in each state of housekeeping, empty or lived in."""

    empty_dirty: int
    empty_clean: int
    inspected: int
    cleaning: int
    lived_in_dirty: int
    lived_in_clean: int
    disagree: int
    """Open discrepancies between housekeeping and front office."""


class Waiting(NamedTuple):
    """What lies at the desk for guests, and what they wait for."""

    messages: int
    luggage: int
    luggage_overdue: int
    calls: int
    calls_late: int
