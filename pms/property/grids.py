"""Prices and discount limits as the grids people fill in, and what they typed back as values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from pms.access import Role
from pms.errors import Refused
from pms.money import format_minor, parse_amount
from pms.property import queries
from pms.property.models import SeasonKind
from pms.property.rules import price_field
from pms.property.words import WEEKDAYS
from pms.say import Say, say

Mistakes = dict[str, Say]


class Cell(NamedTuple):
    name: str
    text: str


class Row(NamedTuple):
    """`of` is the room type or the role of a row."""

    of: Any
    cells: list[Cell]


def price_grid(plan_id: int, season: SeasonKind, typed: Mapping[str, str] | None = None) -> list[Row]:
    """A row for each type, a cell for every day and for each weekday; what was typed goes before what is saved."""
    prices, currency = queries.facts().prices, queries.hotel().currency
    rows = []
    for kind in queries.types():
        cells = []
        for weekday in WEEKDAYS:
            name, price = price_field(kind.id, weekday), prices.get((plan_id, kind.id, season, weekday))
            saved = "" if price is None else format_minor(price, currency)
            cells.append(Cell(name, typed.get(name, "") if typed is not None else saved))
        rows.append(Row(kind, cells))
    return rows


def typed_prices(
    typed: Mapping[str, str], season: SeasonKind
) -> tuple[dict[tuple[int, SeasonKind, int], int | None], Mistakes]:
    """Prices in minor units by type, season and weekday; None where the field was left empty."""
    currency = queries.hotel().currency
    prices: dict[tuple[int, SeasonKind, int], int | None] = {}
    mistakes: Mistakes = {}
    for kind in queries.types():
        for weekday in WEEKDAYS:
            name = price_field(kind.id, weekday)
            text = typed.get(name, "").strip()
            try:
                prices[kind.id, season, weekday] = parse_amount(text, currency) if text else None
            except Refused as no:
                mistakes[name] = no.reason
    return prices, mistakes


def limit_grid(typed: Mapping[str, str] | None = None) -> list[Row]:
    """A row for each role, a cell for each season."""
    return [
        Row(role, [Cell(name := f"{role}-{season}", _limit(name, role, season, typed)) for season in SeasonKind])
        for role in Role
    ]


def _limit(name: str, role: Role, season: SeasonKind, typed: Mapping[str, str] | None) -> str:
    return typed.get(name, "") if typed is not None else str(queries.discount_limit(role, season))


def typed_limits(typed: Mapping[str, str]) -> tuple[dict[tuple[Role, SeasonKind], int], Mistakes]:
    """Whole percent by role and season; an empty field is nothing."""
    limits: dict[tuple[Role, SeasonKind], int] = {}
    mistakes: Mistakes = {}
    for role in Role:
        for season in SeasonKind:
            name = f"{role}-{season}"
            text = typed.get(name, "").strip() or "0"
            if text.isdecimal() and int(text) <= 100:
                limits[role, season] = int(text)
            else:
                mistakes[name] = say("A discount is 0 to 100 percent, not {percent}.", percent=text)
    return limits, mistakes
