"""Guests, reservations and stays."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from pms.api.schemas import (
    Asked,
    Birthday,
    Clock,
    Code,
    Day,
    Given,
    Id,
    Line,
    Page,
    Percent,
    Price,
    SetPrice,
    Small,
    Text,
    Version,
)
from pms.guests.models import DocumentKind
from pms.reservations.models import Guarantee, Source, Use
from pms.reservations.status import Status

Sex = Literal["", "F", "M"]
Vip = Literal[0, 1, 2, 3]


# --- Guests ----------------------------------------------------------------------------------------------------------
class GuestIn(Asked):
    """A profile; at least a surname, a given name or a Chinese name."""

    surname: Line = ""
    given: Line = ""
    name_zh: Line = ""
    title: Line = ""
    sex: Sex = ""
    nationality: Line = Field(default="", description="ISO 3166 alpha-2.")
    language: Line = ""
    telephone: Line = ""
    email: Text = ""
    born_on: Birthday | None = None
    vip_level: Vip = Field(default=0, description="0 is none, 1 the highest.")
    incognito: bool = False
    account: Code | None = Field(default=None, description="Code of the company's or agency's account.")
    taboo_numbers: Line = ""
    keep_apart: Line = ""
    wishes: Text = ""
    notes: Text = ""


class GuestChange(Asked):
    """What is to be different; null leaves as it is."""

    surname: Line | None = None
    given: Line | None = None
    name_zh: Line | None = None
    title: Line | None = None
    sex: Sex | None = None
    nationality: Line | None = None
    language: Line | None = None
    telephone: Line | None = None
    email: Text | None = None
    born_on: Birthday | None = None
    vip_level: Vip | None = None
    incognito: bool | None = None
    account: Code | None = None
    taboo_numbers: Line | None = None
    keep_apart: Line | None = None
    wishes: Text | None = None
    notes: Text | None = None
    version: Version | None = Field(default=None, description="Instead of If-Match.")


class GuestOut(Given):
    """A profile. Numbers of documents are never here, see the guest's documents."""

    id: int
    version: str
    name: str
    surname: str
    given: str
    name_zh: str
    title: str
    sex: str
    nationality: str
    language: str
    telephone: str
    email: str
    born_on: date | None
    vip_level: int
    incognito: bool
    account: str | None
    taboo_numbers: str
    keep_apart: str
    wishes: str
    notes: str


class GuestQuery(Page):
    q: Line = Field(default="", description="Name in Latin letters, pinyin or Chinese, or telephone.")


class GuestPage(Given):
    items: list[GuestOut]
    next: str | None


class DocumentIn(Asked):
    """An identity document. `seen`: it is held in the hand now."""

    kind: DocumentKind
    number: Line
    country: Line = ""
    expires_on: Day | None = None
    seen: bool = False


class DocumentOut(Given):
    """A document, its number masked but for the last characters."""

    id: int
    kind: DocumentKind
    masked: str
    country: str
    expires_on: date | None
    seen_at: datetime | None


class Documents(Given):
    items: list[DocumentOut]


# --- Reservations ----------------------------------------------------------------------------------------------------
class StayIn(Asked):
    """One room for one party. `departure` equals `arrival` for day use only.

    `prices`: one for each night, set by hand (needs the right to); `force` sells beyond limits (needs the right to).
    """

    guest_id: Id
    type: Code
    plan: Code
    arrival: Day
    departure: Day
    adults: Small = 1
    children: Small = 0
    use: Use = Use.PAID
    discount_percent: Percent = 0
    prices: list[SetPrice] | None = Field(default=None, max_length=366)
    sharers: list[Id] = Field(default=[], max_length=9)
    needs: list[Code] = Field(default=[], max_length=9)
    wishes: list[Code] = Field(default=[], max_length=9)
    eta: Clock = ""
    remarks: Text = ""
    vip_level: Vip = 0
    party: Line = ""
    force: bool = False


class ReservationIn(Asked):
    """What one caller wants under one confirmation number: one or several rooms."""

    stays: list[StayIn] = Field(min_length=1, max_length=50)
    source: Source = Source.WEB
    guarantee: Guarantee = Guarantee.NONE
    booker: Line = ""
    telephone: Line = ""
    group: Code | None = None
    company: Code | None = Field(default=None, description="Code of the company's account.")
    agent: Code | None = Field(default=None, description="Code of the travel agent's account.")
    market: Line = ""
    channel: Line = ""
    notes: Text = ""


class MoreStays(Asked):
    stays: list[StayIn] = Field(min_length=1, max_length=50)


class NightPrice(Given):
    night: date
    price: int


class StayOut(Given):
    """One room for one party. `type` was booked and is paid for, `held_type` is slept in.

    `guest_id` is None and `guest` empty where the guest wants no disclosure and this role need not know; `nights` is
    None for roles that do not see prices.
    """

    id: int
    version: str
    confirmation: str
    guest_id: int | None
    guest: str
    incognito: bool
    status: Status
    use: Use
    arrival: date
    departure: date
    adults: int
    children: int
    type: str
    held_type: str
    plan: str
    room: str | None
    do_not_move: bool
    guarantee: Guarantee
    group: str | None
    eta: str
    early_arrival: bool
    vip_level: int
    needs: list[str]
    wishes: list[str]
    remarks: str
    sharers: list[int]
    nights: list[NightPrice] | None


class ReservationOut(Given):
    """A booking with its stays; `company` and `agent` are codes of accounts."""

    confirmation: str
    booked_on: date
    source: Source
    guarantee: Guarantee
    company: str | None
    agent: str | None
    booker: str
    telephone: str
    market: str
    channel: str
    notes: str
    stays: list[StayOut]


class StayQuery(Page):
    """Stays by arrival; each filter narrows the list."""

    status: Status | None = None
    arrival_from: Day | None = None
    arrival_until: Day | None = Field(default=None, description="Not included.")
    in_house_on: Day | None = Field(default=None, description="Arrived by that day and leaving after it.")
    guest_id: Id | None = None
    group: Code | None = None
    account: Code | None = Field(default=None, description="Booked under this company's or agency's contract.")
    room: Code | None = None


class StayPage(Given):
    items: list[StayOut]
    next: str | None


class StayChange(Asked):
    """What is to be different; null leaves as it is. `guarantee` holds for the whole booking."""

    version: Version | None = Field(default=None, description="Instead of If-Match.")
    arrival: Day | None = None
    departure: Day | None = None
    type: Code | None = None
    plan: Code | None = None
    adults: Small | None = None
    children: Small | None = None
    guest_id: Id | None = None
    needs: list[Code] | None = Field(default=None, max_length=9)
    wishes: list[Code] | None = Field(default=None, max_length=9)
    remarks: Text | None = None
    party: Line | None = Field(default=None, description="family, colleagues, entourage, newly_weds, guide or nothing.")
    eta: Clock | None = None
    early_arrival: bool | None = Field(default=None, description="Before noon: nobody leaves the room that day.")
    vip_level: Vip | None = None
    guarantee: Guarantee | None = None
    discount_percent: Percent | None = None
    prices: list[Price] | None = Field(default=None, max_length=366)
    force: bool = False


class ChangedStay(StayOut):
    """The stay after the change; `said` has to be read, such as that the room was released."""

    said: list[str]


class Upgrade(Asked):
    """The type to sleep in from now on; what was booked is still paid for."""

    type: Code


class Cancellation(Asked):
    reason: Text


class Reinstatement(Asked):
    """`force` sells beyond limits (needs the right to)."""

    force: bool = False
