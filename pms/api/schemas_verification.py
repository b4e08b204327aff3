"""Bookings verified against availability: what contradicts, why it may stand, and who signed for the date."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from pms.api.schemas import Asked, Given, Text
from pms.reservations.contradictions import ContradictionKind

Fingerprint = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$", description="Of the facts, as the list gave it.")]


class ContradictionOut(Given):
    """`number` is a confirmation, a group's code or a type's; `stay_id` the stay it is about, if it is about one.

    `text` says the facts in the language asked for. `explanation` is '' while it is open; it holds for these facts.
    """

    kind: ContradictionKind
    number: str
    stay_id: int | None
    night: date
    text: str
    fingerprint: str
    explanation: str
    explained_by: str
    explained_at: datetime | None


class SignedOut(Given):
    """Who verified the date, and how many contradictions were explained then."""

    by: str
    at: datetime
    explained: int


class VerificationOut(Given):
    """All that contradicts from `business_date` to the night of `last_night`, by kind and night."""

    business_date: date
    last_night: date
    open: int
    signed: SignedOut | None
    items: list[ContradictionOut]


class ExplanationIn(Asked):
    """Why a contradiction may stand."""

    fingerprint: Fingerprint
    text: Text
