"""The desk's jobs on a stay, and what guests leave with us."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import Field

from pms.api.schemas import Asked, Code, Day, Given, Id, Line, Moment, Page, Price, Small, Text
from pms.api.schemas_stays import StayOut
from pms.front_desk.rules import DepositKind, RateEffect
from pms.guest_services.models import MessageStatus


# --- Placing ---------------------------------------------------------------------------------------------------------
class Suggestion(Given):
    """A free room with what speaks for it and what is not met."""

    room: str
    type: str
    floor: int
    clean: bool
    met: list[str]
    missed: list[str]


class Suggestions(Given):
    """Best first."""

    items: list[Suggestion]


class SuggestQuery(Asked):
    limit: int = Field(default=3, ge=1, le=50)


class RoomIn(Asked):
    """The room; `consent` says who agreed, where a need of the guest stands back."""

    room: Code
    consent: Text = ""


class PlacingIn(Asked):
    """Whom to place: the arrivals of `day` without a room, or of them only `stays`."""

    day: Day
    stays: list[Id] | None = Field(default=None, max_length=500)


class Placed(Given):
    stay_id: int
    room: str
    why: list[str]


class Unplaced(Given):
    stay_id: int
    why: str


class PlacingOut(Given):
    placed: list[Placed]
    unplaced: list[Unplaced]


# --- Front desk ------------------------------------------------------------------------------------------------------
class SeenDocument(Asked):
    """The document of one guest of the room was looked at."""

    guest_id: Id
    document_id: Id
    visa: Line = ""
    purpose: Line = ""


class DepositIn(Asked):
    """The decision about the deposit: an amount with its receipt or approval code, or why there is none."""

    kind: DepositKind
    amount: Price = 0
    reference: Line = ""
    why_none: Text = ""


class CheckInSheet(Asked):
    """Everything no check-in may skip. Without `room` the guest gets the one he was placed in."""

    documents: list[SeenDocument] = Field(max_length=20)
    signed: bool
    deposit: DepositIn
    room: Code | None = None
    keys: Small = 1


class CheckedInOut(Given):
    stay: StayOut
    room: str
    folio_id: int
    key_id: int


class CheckOutQuery(Asked):
    box_stays: bool = Field(default=False, description="Agreed with the guest: his safe-deposit box stays his for now.")


class RoomChangeIn(Asked):
    """Another room from tonight on. When the house asks, `consent` says who agreed and how."""

    room: Code
    reason: Text
    asked_by_house: bool = False
    consent: Text = ""
    rate_effect: RateEffect = RateEffect.KEEP
    keys: int = Field(default=1, ge=1, le=9)


class RoomChangeOut(Given):
    """`rate_effect` is the change of the nightly price in minor units."""

    stay: StayOut
    old_room: str
    new_room: str
    rate_effect: int


class WhatIfQuery(Asked):
    departure: Day


class DisplacedOut(Given):
    """Who is to have the room on the added nights, and rooms free for him instead; `locked`: was promised it."""

    stay_id: int
    guest: str
    arrival: date
    departure: date
    locked: bool
    instead: list[str]


class WhatIfOut(Given):
    """What staying until `departure` would mean; `others` are rooms the guest could move to tonight."""

    departure: date
    free: bool
    closed: bool
    displaced: list[DisplacedOut]
    others: list[str]


class DepartureIn(Asked):
    """Another departure of a guest in house, later or earlier.

    `displace`: others who are to have the room get another one. `day_use_price` is for leaving on the day of arrival.
    """

    departure: Day
    displace: bool = False
    prices: list[Price] | None = Field(default=None, max_length=366)
    day_use_price: Price | None = None
    force: bool = False


class DepartureOut(Given):
    """`moved` and `unplaced` are the stays displaced; `top_up` is what the deposit lacks."""

    stay: StayOut
    moved: list[int]
    unplaced: list[int]
    top_up: int


# --- Luggage and messages --------------------------------------------------------------------------------------------
class LuggageQuery(Page):
    q: Line = Field(default="", description="Scanned code, tag, room or name.")


class LuggageIn(Asked):
    """Pieces under one tag. Both confirmations: the guest was asked."""

    depositor: Line
    pieces: Small
    description: Text
    shelf: Line
    due_at: Moment
    no_valuables: bool
    no_dangerous_goods: bool
    stay_id: Id | None = None
    contact: Line = ""
    room: Line = ""
    collector: Line = ""


class LuggageOut(Given):
    """`code` is what tag and stub carry; only who may hand luggage out sees it."""

    tag: str
    code: str
    stay_id: int | None
    depositor: str
    room: str
    pieces: int
    description: str
    shelf: str
    collector: str
    due_at: datetime
    stored_at: datetime
    released_at: datetime | None
    released_to: str


class LuggagePage(Given):
    items: list[LuggageOut]
    next: str | None


class CollectionIn(Asked):
    """Who takes it: the depositor with stub or document, anybody else with a document and the stub or his word."""

    name: Line
    pieces: Small
    signed: bool
    id_seen: bool = False
    stub_code: Line = ""
    depositors_word: Line = ""


class MessageIn(Asked):
    """What a caller leaves; it has to be read back word for word."""

    caller: Line
    text: Text
    read_back: bool
    caller_contact: Line = ""
    wants: Line = ""


class MessageOut(Given):
    number: str
    stay_id: int | None
    room: str | None
    guest: str
    caller: str
    caller_contact: str
    text: str
    wants: str
    status: MessageStatus
    taken_at: datetime


class MessagePage(Given):
    items: list[MessageOut]
    next: str | None
