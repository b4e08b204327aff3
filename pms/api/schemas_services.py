"""Safe-deposit boxes, visitors, and directions that are printed for guests."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field

from pms.api.schemas import NO_CONTROLS, Asked, Day, Given, Id, Line, Page, Price, Text, Version
from pms.guest_services.models_boxes import BoxAct, BoxSize
from pms.guest_services.models_visitors import VisitAnswer


# --- Safe-deposit boxes ----------------------------------------------------------------------------------------------
class BoxQuery(Page):
    in_use: bool | None = Field(
        default=None, description="Only what guests have (true), or only what can be given out (false)."
    )


class BoxOut(Given):
    """A box. From `use_id` on nothing while nobody has it; `note` says why it is not `active`."""

    id: int
    number: str
    size: BoxSize
    active: bool
    note: str
    use_id: int | None
    room: str
    guest: str
    departure: date | None
    guest_has_left: bool
    given_at: datetime | None
    key_lost_at: datetime | None


class BoxPage(Given):
    items: list[BoxOut]
    next: str | None


class BoxCardIn(Asked):
    """What the guest signs: his own name, who else may open the box, the deposit for its key in minor units."""

    stay_id: Id
    signed_by: Line
    also: Line = ""
    key_deposit: Price = 0


class SignatureIn(Asked):
    """The name the guest signs with; it is compared with the card."""

    signed_by: Line


class HandBackIn(SignatureIn):
    """Box seen empty together with the guest, key returned."""

    empty: bool
    key_back: bool


class BoxLineOut(Given):
    """One line of the card: the guest's signature and the clerk's; a drilled lock has a second of the house."""

    act: BoxAct
    at: datetime
    signed_by: str
    by: str
    second: str
    reason: str
    contents: str


class BoxUseOut(Given):
    """The card of one guest's box, with every opening."""

    id: int
    box_id: int
    number: str
    size: BoxSize
    stay_id: int | None
    room: str
    guest: str
    signatory: str
    also: str
    key_deposit: int
    given_at: datetime
    key_lost_at: datetime | None
    closed_at: datetime | None
    openings: list[BoxLineOut]


# --- Visitors --------------------------------------------------------------------------------------------------------
class VisitorQuery(Page):
    day: Day | None = Field(
        default=None, description="Everybody who came on this business date; without it who is with a guest now."
    )


class VisitorIn(Asked):
    """What a visitor says. Of a document that was seen only the last four signs of its number are kept."""

    name: Line
    asked_name: Line
    asked_room: Annotated[str, Field(max_length=8, pattern=NO_CONTROLS)] = ""
    by_appointment: bool = False
    document: Literal["passport", "resident_id", "travel_permit", "other"] | None = None
    document_end: Annotated[str, Field(max_length=4, pattern=NO_CONTROLS)] = ""


class VisitorOut(Given):
    """A visitor; `said` is what he is told now, `stay_id` whom to ring. `late`: still with a guest after the hour."""

    id: int
    name: str
    document: str
    document_end: str
    asked_name: str
    by_appointment: bool
    stay_id: int | None
    room: str
    answer: VisitAnswer
    said: str
    came_at: datetime
    in_at: datetime | None
    out_at: datetime | None
    late: bool


class VisitorPage(Given):
    """In the order in which they came."""

    items: list[VisitorOut]
    next: str | None


class VisitAnswerIn(Asked):
    """What the guest said on the telephone; `comes_up` is his consent that the floor is told."""

    answer: VisitAnswer


# --- Directions ------------------------------------------------------------------------------------------------------
class DirectionQuery(Page):
    q: Line = Field(default="", description="Words that all have to be in it, in either language.")
    set_aside: bool = Field(default=False, description="What is not printed any more, instead of what is.")


class DirectionIn(Asked):
    """A place or a topic in both languages, as short as the card: 60 signs of an English title, 24 of a Chinese one.

    Hours and way (distance, time, price) are words in both languages or in none; `address_zh` is for the driver.
    """

    title_en: Line
    title_zh: Line
    text_en: Text
    text_zh: Text
    address_zh: Line = ""
    telephone: Line = ""
    hours_en: Line = ""
    hours_zh: Line = ""
    way_en: Line = ""
    way_zh: Line = ""


class DirectionChange(Asked):
    """What is to be different; null leaves as it is."""

    version: Version | None = None
    title_en: Line | None = None
    title_zh: Line | None = None
    text_en: Text | None = None
    text_zh: Text | None = None
    address_zh: Line | None = None
    telephone: Line | None = None
    hours_en: Line | None = None
    hours_zh: Line | None = None
    way_en: Line | None = None
    way_zh: Line | None = None


class DirectionOut(Given):
    """What the card says; `active` is what is printed."""

    id: int
    version: str
    active: bool
    title_en: str
    title_zh: str
    text_en: str
    text_zh: str
    address_zh: str
    telephone: str
    hours_en: str
    hours_zh: str
    way_en: str
    way_zh: str


class DirectionPage(Given):
    items: list[DirectionOut]
    next: str | None
