"""What a clerk asks for, as plain values: nothing here knows a database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from pms.reservations.models import Guarantee, Source, Use

if TYPE_CHECKING:
    from pms.accounts.models import User


@dataclass(frozen=True, slots=True, kw_only=True)
class StayRequest:
    """One room for one party. `departure` equals `arrival` for day use only.

    `prices`: minor units a night, in order, set by hand (needs "set_price"; then no discount). `force`: sell beyond
    limits, controls and the capacity of the type (needs "sell_beyond_limit"). `approved_by` stands behind a discount
    beyond the clerk's own limit (R5).
    """

    guest_id: int
    type_id: int
    plan_id: int
    arrival: date
    departure: date
    adults: int = 1
    children: int = 0
    use: Use = Use.PAID
    discount_percent: int = 0
    approved_by: User | None = None
    prices: tuple[int, ...] | None = None
    sharers: tuple[int, ...] = ()
    needs: tuple[str, ...] = ()
    wishes: tuple[str, ...] = ()
    eta: str = ""
    remarks: str = ""
    vip_level: int = 0
    party: str = ""
    force: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingRequest:
    """What one caller wants under one confirmation number."""

    stays: tuple[StayRequest, ...]
    source: Source
    guarantee: Guarantee = Guarantee.NONE
    booker: str = ""
    telephone: str = ""
    company_id: int | None = None
    agent_id: int | None = None
    group_id: int | None = None
    market: str = ""
    channel: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is to be different about a stay; None leaves as it is.

    `guarantee` is the booking's and so holds for all its stays.
    """

    arrival: date | None = None
    departure: date | None = None
    type_id: int | None = None
    plan_id: int | None = None
    adults: int | None = None
    children: int | None = None
    guest_id: int | None = None
    needs: tuple[str, ...] | None = None
    wishes: tuple[str, ...] | None = None
    remarks: str | None = None
    party: str | None = None
    eta: str | None = None
    early_arrival: bool | None = None
    vip_level: int | None = None
    guarantee: Guarantee | None = None
    discount_percent: int | None = None
    approved_by: User | None = None
    prices: tuple[int, ...] | None = None
    force: bool = False
