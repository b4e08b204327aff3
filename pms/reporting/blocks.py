"""What a paper is made of, as plain data: a story yields these, and knows neither ReportLab nor files.

Texts are `Say`; the renderers (PDF, CSV, XLSX) put them into the language that is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pms.reporting.kinds import Kind, text
from pms.say import Say, say


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its head, where the value comes from (field name or function of the row), its share of the width."""

    title: Say
    of: str | Callable[[Any], Any]
    width: float
    kind: Kind = text

    def value(self, row: Any) -> Any:
        return getattr(row, self.of) if isinstance(self.of, str) else self.of(row)


@dataclass(frozen=True, slots=True)
class Cell:
    """A value that is shown otherwise than its column: another kind, bold, indented."""

    value: Any
    kind: Kind | None = None
    bold: bool = False
    indent: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    title: Say
    day: date | None
    sub: Say | None = None


@dataclass(frozen=True, slots=True)
class Band:
    """Rows under a grey band; without a label they follow the head of the table directly."""

    rows: Sequence[Any]
    label: Say | None = None
    count: tuple[int, Say] | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """`total` maps the `of` of columns to what stands under them: a figure, a sentence, or a quiet one in a Cell."""

    columns: Sequence[Column]
    bands: Sequence[Band]
    empty: Say | None = None
    title: Say | None = None
    total: Mapping[Any, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Kpi:
    label: Say
    value: Any
    kind: Kind
    note: Say | None = None


@dataclass(frozen=True, slots=True)
class Kpis:
    figures: Sequence[Kpi]


@dataclass(frozen=True, slots=True)
class Bar:
    """One day of a chart: per cent slept or on the books, and last year's as a dot."""

    day: date
    value: float
    booked: bool = False
    last_year: float | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    title: Say
    bars: Sequence[Bar]
    mark: date | None = None


@dataclass(frozen=True, slots=True)
class Notes:
    """Whole sentences under a band."""

    label: Say
    sentences: Sequence[Say]


@dataclass(frozen=True, slots=True)
class Foot:
    """A line at the foot of the last page: what was checked and whether it agrees."""

    sentence: Say


@dataclass(frozen=True, slots=True)
class Fields:
    """Labelled values of a form, some abreast; None leaves a line to write on."""

    pairs: Sequence[tuple[Say, Any]]
    abreast: int = 3


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph: house rules, the text of a message."""

    sentence: Any
    bold: bool = False
    size: float = 8.5


@dataclass(frozen=True, slots=True)
class Signatures:
    labels: Sequence[Say]


@dataclass(frozen=True, slots=True)
class Code:
    """A code a scanner reads, with the same words beneath for people."""

    content: str
    caption: str
    big: bool = False


@dataclass(frozen=True, slots=True)
class Cut:
    """Here the scissors go; what follows is a part of its own."""

    label: Say | None = None


Block = Heading | Table | Kpis | Chart | Notes | Foot | Fields | Words | Signatures | Code | Cut


def heading(title: Say, day: date | None, sub: Say | None = None) -> Heading:
    return Heading(title, day, sub)


def band(label: Say, rows: Iterable[Any], count: tuple[int, Say] | None = None) -> Band:
    return Band(tuple(rows), label, count)


def table(
    columns: Sequence[Column],
    rows: Iterable[Any],
    *,
    empty: Say | None = None,
    title: Say | None = None,
    total: Mapping[Any, Any] | None = None,
) -> Table:
    """Rows without bands."""
    return Table(columns, (Band(tuple(rows)),), empty, title, total or {})


def banded(
    columns: Sequence[Column],
    bands: Iterable[Band],
    *,
    empty: Say | None = None,
    title: Say | None = None,
    total: Mapping[Any, Any] | None = None,
) -> Table:
    """Rows in bands; a band without rows is left out."""
    return Table(columns, tuple(b for b in bands if b.rows), empty, title, total or {})


def rooms(count: int) -> tuple[int, Say]:
    return count, say("room") if count == 1 else say("rooms")


def guests(count: int) -> tuple[int, Say]:
    return count, say("guest") if count == 1 else say("guests")
