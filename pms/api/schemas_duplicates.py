"""Profiles that look like one person: found, compared, merged, or told apart."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from pms.api.schemas import Asked, Given, Text
from pms.api.schemas_stays import DocumentOut, GuestOut
from pms.guests.queries_duplicates import Alike

Seen = Annotated[str, Field(pattern=r"^[0-9a-f]{16}-[0-9a-f]{16}$", description="`seen` of the comparison.")]


class MergeField(StrEnum):
    """What one profile can have only once."""

    SURNAME = "surname"
    GIVEN = "given"
    NAME_ZH = "name_zh"
    TITLE = "title"
    SEX = "sex"
    NATIONALITY = "nationality"
    LANGUAGE = "language"
    TELEPHONE = "telephone"
    EMAIL = "email"
    BORN_ON = "born_on"
    VIP_LEVEL = "vip_level"
    ACCOUNT = "account"
    TABOO_NUMBERS = "taboo_numbers"
    KEEP_APART = "keep_apart"


class DuplicateOut(Given):
    """Two profiles and what they share; the elder one would survive."""

    elder: GuestOut
    younger: GuestOut
    alike: list[Alike]


class DuplicatePage(Given):
    items: list[DuplicateOut]
    next: str | None


class ComparedOut(GuestOut):
    """A profile with what it brings into a merge."""

    documents: list[DocumentOut]
    stays: int
    last_arrival: date | None


class ComparisonOut(Given):
    """Two profiles before they become one: in `to_choose` both know something, and not the same.

    What only one knows is kept, so are the wishes of both; `notes` are those of both. `seen` says what was compared.
    """

    elder: ComparedOut
    younger: ComparedOut
    to_choose: list[MergeField]
    notes: str
    seen: str


class MergeIn(Asked):
    """Which of two values come from the younger profile; null `notes` keeps those of both."""

    seen: Seen
    from_younger: list[MergeField] = Field(default=[], max_length=14)
    notes: Text | None = None


class TwoPeopleOut(Given):
    elder_id: int
    younger_id: int
