"""What business source and geographic origin have in common: rooms, persons and revenue by code, over three spans."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from pms.reporting import Band, Column, heading, kinds
from pms.reporting.blocks import Block, Table
from pms.reporting.formulas import adr, percent
from pms.say import Say, say

FIGURES = ("rooms", "sold", "persons", "revenue")
SPANS = {"day": say("Day"), "month": say("Month to date"), "year": say("Year to date")}


class Share(NamedTuple):
    """One code in one span; `whole` is the span's revenue."""

    code: str
    rooms: int
    sold: int
    persons: int
    revenue: int
    whole: int

    @property
    def adr(self) -> int | None:
        return adr(self.revenue, self.sold)


def columns(name: Callable[[Any], Any]) -> tuple[Column, ...]:
    return (
        Column(say("Code"), name, 56, kinds.bilingual),
        Column(say("Rooms"), "rooms", 20, kinds.number),
        Column(say("Persons"), "persons", 20, kinds.number),
        Column(say("Revenue"), "revenue", 34, kinds.money),
        Column(say("ADR"), "adr", 26, kinds.money),
        Column(say("Share"), lambda row: percent(row.revenue, row.whole), 24, kinds.percent),
    )


def shares(rows: Iterable[Any], span: str) -> list[Share]:
    """The span's rows, the largest revenue first; codes without anything in the span are left out."""
    rows = list(rows)
    whole = sum(getattr(row, f"{span}_revenue") for row in rows)
    found = [Share._make((row.code, *(getattr(row, f"{span}_{what}") for what in FIGURES), whole)) for row in rows]
    some = [share for share in found if share.rooms or share.revenue]
    return sorted(some, key=lambda share: (-share.revenue, share.code))


def story(title: Say, heads: Sequence[Column], rows: Iterable[Any], day: date) -> Iterator[Block]:
    rows = list(rows)
    yield heading(title, day)
    for span, label in SPANS.items():
        found = shares(rows, span)
        sold = sum(share.sold for share in found)
        revenue = sum(share.revenue for share in found)
        total = {
            "rooms": sum(share.rooms for share in found),
            "persons": sum(share.persons for share in found),
            "revenue": revenue,
            "adr": adr(revenue, sold),
        }
        yield Table(heads, (Band(found),), empty=say("Nothing was sold."), title=label, total=total if found else {})
