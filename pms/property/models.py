"""The house itself: what is sold, where it lies, when it is closed, what it costs."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from pms.access import Role
from pms.db import Json, Money, UtcDateTime, choice, db
from pms.notices import Department


class SeasonKind(StrEnum):
    PEAK = "peak"
    NORMAL = "normal"
    LOW = "low"


class Housekeeping(StrEnum):
    """What housekeeping says of a room; vacant or occupied is known from the stays."""

    DIRTY = "dirty"
    CLEANING = "cleaning"
    CLEAN = "clean"
    INSPECTED = "inspected"


class ClosureKind(StrEnum):
    OUT_OF_ORDER = "out_of_order"  # takes the room-nights
    OUT_OF_SERVICE = "out_of_service"  # may still be sold


class RateKind(StrEnum):
    RACK = "rack"
    CORPORATE = "corporate"
    GROUP = "group"
    PROMOTION = "promotion"
    PACKAGE = "package"


class Hotel(db.Model):  # type: ignore[name-defined]
    """One row. `zone` is an IANA name, `currency` ISO 4217; hours are whole hours of the hotel's clock."""

    __tablename__ = "hotel"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(4))  # prefix of confirmation numbers
    name_en: Mapped[str] = mapped_column(sa.String(80))
    name_zh: Mapped[str] = mapped_column(sa.String(80))
    address: Mapped[str] = mapped_column(sa.String(200), default="")
    telephone: Mapped[str] = mapped_column(sa.String(40), default="")
    zone: Mapped[str] = mapped_column(sa.String(40))
    currency: Mapped[str] = mapped_column(sa.String(3))
    languages: Mapped[str] = mapped_column(sa.String(20), default="en,zh")
    country: Mapped[str] = mapped_column(sa.String(2), default="CN")
    hold_hour: Mapped[int] = mapped_column(default=18)  # R7: not guaranteed is held until then
    check_in_hour: Mapped[int] = mapped_column(default=14)
    check_out_hour: Mapped[int] = mapped_column(default=12)
    message_hours: Mapped[int] = mapped_column(default=24)  # Q2
    visitors_hour: Mapped[int] = mapped_column(default=23)  # Q3: by then visitors have left
    review_confirmations: Mapped[bool] = mapped_column(default=True)  # R1
    no_show_fee_nights: Mapped[int] = mapped_column(default=1)  # charged to guaranteed no-shows; 0 charges none
    breakfast_price: Mapped[int] = mapped_column(Money, default=0)
    tax_permille: Mapped[int] = mapped_column(default=0)  # on top of the room price; 0 where prices include it
    paper_language: Mapped[str] = mapped_column(sa.String(4), default="both")  # en, zh or both
    revision: Mapped[str] = mapped_column(sa.String(32), default=lambda: uuid4().hex)  # queries.facts() caches by it
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (sa.CheckConstraint("id = 1", name="one_row"),)


class Season(db.Model):  # type: ignore[name-defined]
    """A stretch of every year, `first` to `last` as MM-DD, both included; may run over New Year."""

    __tablename__ = "seasons"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[SeasonKind] = mapped_column(choice(SeasonKind))
    first: Mapped[str] = mapped_column(sa.String(5))
    last: Mapped[str] = mapped_column(sa.String(5))
    check_out_hour: Mapped[int | None]


class RoomType(db.Model):  # type: ignore[name-defined]
    __tablename__ = "room_types"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(8), unique=True)
    name_en: Mapped[str] = mapped_column(sa.String(60))
    name_zh: Mapped[str] = mapped_column(sa.String(60))
    beds: Mapped[str] = mapped_column(sa.String(12))  # king, twin
    capacity: Mapped[int]
    rank: Mapped[int] = mapped_column(default=0)  # rung on the upgrade ladder (P8); equal ranks are no upgrade
    overbooking: Mapped[int] = mapped_column(default=0)  # rooms that may be sold beyond those there are
    active: Mapped[bool] = mapped_column(default=True)

    __table_args__ = (sa.CheckConstraint("overbooking >= 0", name="overbooking_positive"),)


class Room(db.Model):  # type: ignore[name-defined]
    __tablename__ = "rooms"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(sa.String(8), unique=True)
    floor: Mapped[int]
    type_id: Mapped[int] = mapped_column(sa.ForeignKey("room_types.id"), index=True)
    view: Mapped[str] = mapped_column(sa.String(12), default="")  # city, lake, garden, court, ''
    lift_distance: Mapped[int] = mapped_column(default=5)  # doors to the lift
    quiet: Mapped[int] = mapped_column(default=50)  # 0-100
    condition: Mapped[int] = mapped_column(default=50)  # 0-100
    renovated_on: Mapped[date | None]
    accessible: Mapped[bool] = mapped_column(default=False)
    smoking: Mapped[bool] = mapped_column(default=False)
    bath: Mapped[str] = mapped_column(sa.String(8), default="shower")  # tub, shower, both
    business_floor: Mapped[bool] = mapped_column(default=False)
    held_back: Mapped[str] = mapped_column(sa.String(80), default="")  # why it is kept from ordinary placing (P1)
    housekeeping: Mapped[Housekeeping] = mapped_column(choice(Housekeeping), default=Housekeeping.CLEAN)
    housekeeping_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ready_at: Mapped[datetime | None] = mapped_column(UtcDateTime)  # promised by housekeeping
    occupied_by_housekeeping: Mapped[bool | None]  # what the attendant saw: somebody lives there
    persons_by_housekeeping: Mapped[int | None]
    active: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(default=1)

    type: Mapped[RoomType] = relationship(lazy="joined")

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        sa.CheckConstraint("condition between 0 and 100 and quiet between 0 and 100", name="percentages"),
    )


class ConnectingPair(db.Model):  # type: ignore[name-defined]
    __tablename__ = "connecting_pairs"

    room_a: Mapped[int] = mapped_column(sa.ForeignKey("rooms.id"), primary_key=True)
    room_b: Mapped[int] = mapped_column(sa.ForeignKey("rooms.id"), primary_key=True)

    __table_args__ = (sa.CheckConstraint("room_a < room_b", name="ordered"),)


class Closure(db.Model):  # type: ignore[name-defined]
    """A room closed for the nights `first` to before `until`; `reopened_at` ends it early."""

    __tablename__ = "closures"

    id: Mapped[int] = mapped_column(primary_key=True)
    room_id: Mapped[int] = mapped_column(sa.ForeignKey("rooms.id"), index=True)
    kind: Mapped[ClosureKind] = mapped_column(choice(ClosureKind))
    first: Mapped[date]
    until: Mapped[date]
    reason: Mapped[str] = mapped_column(sa.String(120))
    remark: Mapped[str] = mapped_column(sa.String(200), default="")
    comes_back_as: Mapped[Housekeeping] = mapped_column(choice(Housekeeping), default=Housekeeping.DIRTY)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by: Mapped[int]
    reopened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (sa.CheckConstraint("until > first", name="some_nights"),)


class RatePlan(db.Model):  # type: ignore[name-defined]
    __tablename__ = "rate_plans"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(8), unique=True)
    name_en: Mapped[str] = mapped_column(sa.String(60))
    name_zh: Mapped[str] = mapped_column(sa.String(60))
    kind: Mapped[RateKind] = mapped_column(choice(RateKind))
    breakfasts: Mapped[int] = mapped_column(default=0)  # included a person and night
    active: Mapped[bool] = mapped_column(default=True)


class RatePrice(db.Model):  # type: ignore[name-defined]
    """Price a night. `weekday` 0 = Monday .. 6, or -1 for every day that has no price of its own."""

    __tablename__ = "rate_prices"

    plan_id: Mapped[int] = mapped_column(sa.ForeignKey("rate_plans.id"), primary_key=True)
    type_id: Mapped[int] = mapped_column(sa.ForeignKey("room_types.id"), primary_key=True)
    season: Mapped[SeasonKind] = mapped_column(choice(SeasonKind), primary_key=True)
    weekday: Mapped[int] = mapped_column(primary_key=True)
    price: Mapped[int] = mapped_column(Money)

    __table_args__ = (sa.CheckConstraint("weekday between -1 and 6", name="weekday"),)


class DiscountLimit(db.Model):  # type: ignore[name-defined]
    """The most a role may take off a price in a season, in whole percent (R5)."""

    __tablename__ = "discount_limits"

    role: Mapped[Role] = mapped_column(choice(Role), primary_key=True)
    season: Mapped[SeasonKind] = mapped_column(choice(SeasonKind), primary_key=True)
    percent: Mapped[int]

    __table_args__ = (sa.CheckConstraint("percent between 0 and 100", name="percent"),)


class DepartmentEntry(db.Model):  # type: ignore[name-defined]
    """A department of this house with its telephone."""

    __tablename__ = "departments"

    code: Mapped[Department] = mapped_column(choice(Department), primary_key=True)
    telephone: Mapped[str] = mapped_column(sa.String(40), default="")


class DiscrepancyKind(StrEnum):
    SLEEP = "sleep"  # front office vacant, housekeeping occupied
    SKIP = "skip"  # front office occupied, housekeeping vacant
    PERSONS = "persons"


class Discrepancy(db.Model):  # type: ignore[name-defined]
    """Housekeeping and front office disagree about a room; open until somebody looked."""

    __tablename__ = "discrepancies"

    id: Mapped[int] = mapped_column(primary_key=True)
    room_id: Mapped[int] = mapped_column(sa.ForeignKey("rooms.id"), index=True)
    business_date: Mapped[date] = mapped_column(index=True)
    kind: Mapped[DiscrepancyKind] = mapped_column(choice(DiscrepancyKind))
    housekeeping_persons: Mapped[int | None]
    front_office_persons: Mapped[int | None]
    found_at: Mapped[datetime] = mapped_column(UtcDateTime)
    found_by: Mapped[int]
    resolved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    resolved_by: Mapped[int | None]
    action: Mapped[str] = mapped_column(sa.String(200), default="")


class Setting(db.Model):  # type: ignore[name-defined]
    """Small choices of the house that have no column of their own (placing weights, papers)."""

    __tablename__ = "settings"

    key: Mapped[str] = mapped_column(sa.String(60), primary_key=True)
    value: Mapped[Any] = mapped_column(Json)
