"""Groups with their blocks, rooming lists, and the check-in of a whole group."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from pms.api.schemas import Asked, Clock, Code, Day, Given, Id, Line, Page, Price, Text, Version
from pms.api.schemas_desk import DepositIn
from pms.front_desk.groups import Split
from pms.guests.models import DocumentKind
from pms.reservations.models import GroupStatus, Source

Kind = Literal["group", "conference", "wedding"]
Standing = Literal["tentative", "definite"]
Rooms = Annotated[int, Field(ge=0, le=999)]


# --- What was agreed -------------------------------------------------------------------------------------------------
class BlockIn(Asked):
    """So many rooms of a type, from `first` to before `until`, else on all nights; without `price` at the plan's."""

    type: Code
    rooms: Rooms
    first: Day | None = None
    until: Day | None = None
    price: Price | None = None


class BlockChange(BlockIn):
    force: bool = Field(default=False, description="Beyond what is left; needs `sell_beyond_limit`.")


class GroupIn(Asked):
    """A group as it is agreed. From `cut_off` on rooms without a name are sold to others."""

    code: Code
    name: Line
    arrival: Day
    departure: Day
    plan: Code
    name_zh: Line = ""
    kind: Kind = "group"
    status: Standing = "definite"
    cut_off: Day | None = None
    account: Code | None = None
    leader_id: Id | None = None
    eta: Clock = ""
    notes: Text = ""
    blocks: list[BlockIn] = Field(default=[], max_length=50)
    force: bool = False


class GroupChange(Asked):
    """What is to be different; null leaves as it is. Nights follow from the block."""

    name: Line | None = None
    name_zh: Line | None = None
    kind: Kind | None = None
    plan: Code | None = None
    cut_off: Day | None = None
    account: Code | None = None
    leader_id: Id | None = None
    eta: Clock | None = None
    notes: Text | None = None
    version: Version | None = Field(default=None, description="Instead of If-Match.")


class StatusIn(Asked):
    status: Standing


class CancelledIn(Asked):
    reason: Text


class BlockNight(Given):
    """A type on a night: `picked_up` of the rooms have a name. `price` is None for roles that do not see prices."""

    night: date
    type: str
    blocked: int
    picked_up: int
    price: int | None


class GroupOut(Given):
    code: str
    version: str
    name: str
    name_zh: str
    kind: Source
    status: GroupStatus
    arrival: date
    departure: date
    cut_off: date | None
    plan: str | None
    account: str | None
    leader_id: int | None
    eta: str
    notes: str
    block: list[BlockNight]


class GroupQuery(Page):
    leaves_from: Day | None = Field(default=None, description="Groups that leave on or after it; else on today.")


class GroupLineOut(Given):
    """`blocked` and `picked_up` are room-nights; `due`, `in_house` and `unplaced` rooms by where they stand."""

    code: str
    name: str
    name_zh: str
    kind: Source
    status: GroupStatus
    arrival: date
    departure: date
    cut_off: date | None
    blocked: int
    picked_up: int
    due: int
    in_house: int
    unplaced: int


class GroupPage(Given):
    items: list[GroupLineOut]
    next: str | None


class Released(Given):
    room_nights: int


# --- Who comes, and the check-in of all of them ----------------------------------------------------------------------
class RoomingListIn(Asked):
    """One guest a line: name, name_zh, sex, type, sharer, by comma, semicolon or tab; a heading may order them."""

    list: str = Field(max_length=100_000)
    force: bool = False


class ListedGuestOut(Given):
    """`document_id` is the newest on file, its number masked; None: to be asked for."""

    guest_id: int
    name: str
    document_id: int | None
    document: DocumentKind | None
    masked: str


class ListedStayOut(Given):
    """A room of the list; `obstacle` is why its guests cannot go there now, '' when they can."""

    stay_id: int
    arrival: date
    departure: date
    persons: int
    type: str
    room: str
    obstacle: str
    guests: list[ListedGuestOut]


class GroupArrivals(Given):
    """Who is due today and has not arrived, by room."""

    items: list[ListedStayOut]


class PaperIn(Asked):
    """A document that is held beside its holder; `number` may be the lines at the foot of a passport."""

    guest_id: Id
    kind: DocumentKind
    number: Line
    country: Line = ""


class RoomChosen(Asked):
    stay_id: Id
    room: Code


class GroupCheckIn(Asked):
    """One sheet for everybody who has come; `heads` are counted with the leader, whose signature stands for all.

    `rooms` instead of those placed; `later` are stays that have not come yet. The deposit lies with the first room.
    """

    heads: Annotated[int, Field(ge=0, le=9999)]
    split: Split
    signed: bool
    seen: bool = Field(description="Every document was held beside its holder.")
    deposit: DepositIn
    agreed: Text = Field(default="", description="Meals, calls, luggage: told to the departments.")
    papers: list[PaperIn] = Field(default=[], max_length=1000)
    rooms: list[RoomChosen] = Field(default=[], max_length=500)
    later: list[Id] = Field(default=[], max_length=500)
    key_each: bool = True
    visa: Line = ""
    purpose: Line = ""


class GroupRoom(Given):
    stay_id: int
    room: str
    folio_id: int
    key_id: int


class GroupCheckedIn(Given):
    rooms: list[GroupRoom]
