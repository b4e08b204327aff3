"""What goes in and out of the API, shared by all of it: kinds of values, pages of a list, problems.

Amounts are whole minor units (fen, cents) of the house's currency. Days are business dates, moments are UTC.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field

from pms.cashier.rules import LARGEST

LARGEST_ID = 2**31 - 1
MOST_ROWS = 200
NO_CONTROLS = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f]*$"
DAY = re.compile(r"20\d\d-\d\d-\d\d", re.ASCII)
BORN = re.compile(r"(19|20)\d\d-\d\d-\d\d", re.ASCII)


def _as_day(value: Any) -> date:
    """A day of this century as it is written in JSON; pydantic alone would take numbers for seconds."""
    if not isinstance(value, str) or not DAY.fullmatch(value):
        raise ValueError("a day is written 2026-11-21")
    return date.fromisoformat(value)


def _as_birthday(value: Any) -> date:
    if not isinstance(value, str) or not BORN.fullmatch(value):
        raise ValueError("a day is written 1980-05-01")
    return date.fromisoformat(value)


def _of_this_century(value: datetime) -> datetime:
    """Moments at either end of the calendar have no local time."""
    if not 2000 <= value.year <= 2099:
        raise ValueError("a moment of this century")
    return value.astimezone(UTC)


Day = Annotated[
    date,
    BeforeValidator(_as_day),
    Field(description="A business date of this century, 2026-11-21."),
]
Birthday = Annotated[date, BeforeValidator(_as_birthday), Field(description="Since 1900, 1980-05-01.")]
Moment = Annotated[
    AwareDatetime, AfterValidator(_of_this_century), Field(description="A moment of this century, with its offset.")
]
Id = Annotated[int, Field(ge=1, le=LARGEST_ID)]
Small = Annotated[int, Field(ge=0, le=99)]
Amount = Annotated[int, Field(ge=1, le=LARGEST, description="Minor units.")]
Price = Annotated[int, Field(ge=0, le=LARGEST, description="Minor units.")]
SetPrice = Annotated[int, Field(ge=-(10**11), le=10**11, description="Minor units; below zero only by force.")]
Percent = Annotated[int, Field(ge=0, le=100)]
Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.:+-]{1,24}$")]
Line = Annotated[str, Field(max_length=80, pattern=NO_CONTROLS)]
Text = Annotated[str, Field(max_length=1000, pattern=NO_CONTROLS)]
Clock = Annotated[str, Field(pattern=r"^(([01][0-9]|2[0-3]):[0-5][0-9])?$", description="HH:MM of the hotel's clock.")]
Time = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$", description="HH:MM of the hotel's clock.")]
Version = Annotated[str, Field(pattern=r"^[0-9a-f]{1,16}$", description="As it was read; also sent as ETag.")]
Limit = Annotated[int, Field(ge=1, le=MOST_ROWS, description="Rows on a page.")]
Cursor = Annotated[
    str, Field(max_length=200, pattern=r"^[A-Za-z0-9_-]*$", description="`next` of the page before, as it came.")
]


class Asked(BaseModel):
    """What comes in: no field but those of the document."""

    model_config = ConfigDict(extra="forbid")


class Page(Asked):
    """Which part of a list."""

    cursor: Cursor = ""
    limit: Limit = 50


class Given(BaseModel):
    """What goes out: every field is always there."""

    model_config = ConfigDict(json_schema_serialization_defaults_required=True)


class OfferOut(Given):
    """One thing that can be done instead: a sentence, and the data that does it."""

    text: str
    kind: str
    value: Any


class FieldError(Given):
    """What is wrong with one field."""

    field: str
    code: str
    detail: str


class Problem(BaseModel):
    """Why it was not done (RFC 9457). Nothing was changed."""

    type: str
    title: str
    status: int
    detail: str
    request_id: str
    field: str = ""
    offers: list[OfferOut] = []
    errors: list[FieldError] = []
    current: dict[str, Any] | None = Field(
        default=None, description="The record as it is now, where somebody was faster."
    )
