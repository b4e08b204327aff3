"""Geometry of the rack 房态图: where a stay's bar begins and ends, what it says, which days are shown. Pure.

A day has four columns. Bars run from noon to noon; early arrival begins half a day before, late check-out ends a
quarter after. Column 0 is the first quarter of the first day shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

COLUMNS = 4
NOON, EARLY, LATE = 2, 0, 3
PERIODS = (7, 14, 31, 60)
BEFORE_TODAY = 2  # days of the past that stand left of today
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Window:
    """The days shown."""

    first: date
    days: int

    @property
    def last(self) -> date:
        return self.first + timedelta(days=self.days - 1)

    @property
    def columns(self) -> int:
        return self.days * COLUMNS

    def dates(self) -> list[date]:
        return [self.first + timedelta(days=n) for n in range(self.days)]

    def before(self) -> date:
        """The first day of the stretch before this one."""
        return self.first - timedelta(days=self.days)

    def after(self) -> date:
        return self.first + timedelta(days=self.days)


class Span(NamedTuple):
    """Columns `start` to before `end` inside the window, and whether the bar goes on beyond either edge."""

    start: int
    end: int
    cut_left: bool
    cut_right: bool


def window_around(today: date, days: int) -> Window:
    """The window that opens when no day is asked for."""
    return Window(today - BEFORE_TODAY * DAY, days)


def span(window: Window, first: date, until: date, *, early: bool = False, late: bool = False) -> Span | None:
    """The bar of somebody who has a room from noon of `first` to noon of `until`; None where nothing of it is shown.

    Equal days (day use) take the middle of the day.
    """
    if first == until:
        start, end = _column(window, first, 1), _column(window, first, 3)
    else:
        start = _column(window, first, EARLY if early else NOON)
        end = _column(window, until, LATE if late else NOON)
    shown_start, shown_end = max(start, 0), min(end, window.columns)
    if shown_start >= shown_end:
        return None
    return Span(shown_start, shown_end, start < 0, end > window.columns)


def _column(window: Window, day: date, quarter: int) -> int:
    return (day - window.first).days * COLUMNS + quarter


def departure_at(window: Window, column: int) -> date:
    """The day of departure that a bar's end dragged to `column` means: the noon nearest to it."""
    return window.first + timedelta(days=round((column - NOON) / COLUMNS))


def percent(part: int, whole: int) -> int:
    """Whole percent, rounded half up; nothing of nothing is 0."""
    return (200 * part + whole) // (2 * whole) if whole else 0
