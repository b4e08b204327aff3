"""The house itself: date, types, plans, rooms, what is free."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import Field

from pms.api.schemas import Asked, Code, Day, Given, Moment, Page, Small, Text
from pms.property.models import ClosureKind, Housekeeping, RateKind


class BusinessDate(Given):
    """The date the house works on; only the night audit moves it."""

    date: date
    since: datetime
    zone: str
    currency: str
    hotel_code: str
    hotel_name_en: str
    hotel_name_zh: str


class RoomTypeOut(Given):
    """A room type that is sold; higher `rank` is better."""

    code: str
    name_en: str
    name_zh: str
    beds: str
    capacity: int
    rank: int


class RoomTypes(Given):
    items: list[RoomTypeOut]


class RatePlanOut(Given):
    """A rate plan; `breakfasts` is how many for each person and night."""

    code: str
    name_en: str
    name_zh: str
    kind: RateKind
    breakfasts: int


class RatePlans(Given):
    items: list[RatePlanOut]


class RoomOut(Given):
    """A room as it stands now. `stay_id` is who lives in it, None when vacant or when that may not be known."""

    number: str
    floor: int
    type: str
    housekeeping: Housekeeping
    ready_at: datetime | None
    occupied: bool
    stay_id: int | None
    out_of_order: bool


class RoomPage(Given):
    items: list[RoomOut]
    next: str | None


class RoomQuery(Page):
    type: Code | None = None
    housekeeping: Housekeeping | None = None


class HousekeepingIn(Asked):
    """What a room is like now; `ready_at` is when it is promised to be clean."""

    state: Housekeeping
    ready_at: Moment | None = None


class ClosureIn(Asked):
    """Nights from `first` to before `until` on which the room cannot be used."""

    kind: ClosureKind = ClosureKind.OUT_OF_ORDER
    first: Day
    until: Day
    reason: Text
    remark: Text = ""


class ClosureOut(Given):
    id: int
    room: str
    kind: ClosureKind
    first: date
    until: date
    reason: str


class AvailabilityQuery(Asked):
    """The nights from `arrival` to before `departure`, 62 at most; `type` and `plan` leave out the others."""

    arrival: Day
    departure: Day
    type: Code | None = None
    plan: Code | None = None
    persons: Small = Field(default=0, description="Leave out types that hold fewer; 0 asks for none.")


class NightOut(Given):
    """A type on a night, in rooms. `left` may still be sold, overbooking included; 0 when sales are stopped."""

    night: date
    rooms: int
    out_of_order: int
    sold: int
    blocked: int
    left: int
    stop_sell: bool
    minimum_stay: int


class PlanPrice(Given):
    """What the nights cost by a plan, in minor units, in order."""

    plan: str
    breakfasts: int
    nightly: list[int]
    total: int


class TypeAvailability(Given):
    """`left` on all the nights. `prices` is None for roles that do not see prices."""

    type: str
    name_en: str
    name_zh: str
    capacity: int
    left: int
    nights: list[NightOut]
    prices: list[PlanPrice] | None


class Availability(Given):
    arrival: date
    departure: date
    currency: str
    types: list[TypeAvailability]
