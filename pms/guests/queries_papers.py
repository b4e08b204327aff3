"""Rows of papers that name a guest: the parts of the name in the statement, the name as lists show it in the row."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

import sqlalchemy as sa

from pms.db import run
from pms.guests.models import Guest
from pms.guests.names import list_name

# What `guest_rows` makes the name of. With GUEST a row about somebody who wants no disclosure is left out of papers
# for others; with MASKED_GUEST (rows about rooms and things, which those others need) it loses the name only.
NAME = (Guest.surname, Guest.given, Guest.name_zh)
GUEST = (*NAME, Guest.incognito)
MASKED_GUEST = (*NAME, Guest.incognito.label("guest_incognito"))

Row = TypeVar("Row")


# The date a list is of. The statements are built once and kept: putting one together costs more than running it.
DAY = sa.bindparam("day", type_=sa.Date)


def guest_rows(kind: type[Row], statement: sa.Select[*tuple[Any, ...]], **values: Any) -> list[Row]:
    """Run a constant statement with GUEST or MASKED_GUEST; other columns are named like the fields of `kind`."""
    return [_row(kind, found._asdict()) for found in run(statement, values)]


def plain_rows(kind: type[Row], statement: sa.Select[*tuple[Any, ...]], **values: Any) -> list[Row]:
    """Run a constant statement whose columns are named like the fields of `kind`."""
    return [kind(**_plain(found._asdict())) for found in run(statement, values)]


def _row(kind: Callable[..., Row], values: dict[str, Any]) -> Row:
    guest = list_name(*(values.pop(part) or "" for part in ("surname", "given", "name_zh")))
    return kind(guest=guest, **_plain(values))


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """States as their words, so that rows can be frozen as JSON."""
    return {name: value.value if isinstance(value, StrEnum) else value for name, value in values.items()}
