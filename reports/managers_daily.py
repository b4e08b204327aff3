"""The house on one page (N6): rooms, guests and moves, revenue; day, month, year and the same day last year."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from pms.departments import Department
from pms.reporting import NIGHTLY, Bar, Cell, Chart, Column, Foot, Kpi, Kpis, Notes, Role, band, banded, heading, kinds
from pms.reporting.formulas import adr, percent, revpar
from pms.reporting.texts import Listed, Month
from pms.say import Say, say

from . import _words as words

TITLE = say("Manager’s daily")
ABOUT = say("Rooms, moves and revenue on one page: day, month, year and the same day last year.")
CODE = "N6-18"
WHEN = NIGHTLY
NEEDS = "see_revenue"
FOR = (Role.MANAGER, Department.ASSISTANT_MANAGER, Department.SALES)

SPANS = ("day", "month", "year", "last_year")
NEARLY_FULL, NIGHTS_NAMED = 95, 3


class Line(NamedTuple):
    """One figure over the four spans."""

    label: Cell
    day: Cell
    month: Cell
    year: Cell
    last_year: Cell


COLUMNS = (
    Column(say("Figure"), "label", 88, kinds.bilingual),
    Column(say("Day"), "day", 26, kinds.number),
    Column(say("Month"), "month", 28, kinds.number),
    Column(say("Year"), "year", 30, kinds.number),
    Column(say("Last year"), "last_year", 28, kinds.number),
)

Figure = Callable[[Any], Any]
ROOMS: tuple[tuple[Say, Figure, kinds.Kind, bool], ...] = (
    (say("Rooms total"), lambda f: f.rooms, kinds.number, False),
    (say("Out of order"), lambda f: f.out_of_order, kinds.number, False),
    (say("Available"), lambda f: f.rooms - f.out_of_order, kinds.number, False),
    (say("Occupied"), lambda f: f.occupied, kinds.number, False),
    (say("of which complimentary"), lambda f: f.complimentary, kinds.number, False),
    (say("of which house use"), lambda f: f.house_use, kinds.number, False),
    (say("Sold"), lambda f: f.sold, kinds.number, False),
    (say("Day use"), lambda f: f.day_use, kinds.number, False),
    (say("Occupancy of all rooms"), lambda f: percent(f.occupied, f.rooms), kinds.percent, True),
    (say("Occupancy less out of order"), lambda f: percent(f.occupied, f.rooms - f.out_of_order), kinds.percent, True),
)
MOVES: tuple[tuple[Say, Figure, kinds.Kind, bool], ...] = (
    (say("Walk-ins"), lambda f: f.walk_ins, kinds.number, False),
    (say("Check-ins"), lambda f: f.arrivals, kinds.number, False),
    (say("Check-outs"), lambda f: f.departures, kinds.number, False),
    (say("Early departures"), lambda f: f.early_departures, kinds.number, False),
    (say("Extensions"), lambda f: f.extensions, kinds.number, False),
    (say("No-shows"), lambda f: f.no_shows, kinds.number, False),
    (say("Cancellations"), lambda f: f.cancellations, kinds.number, False),
    (say("Persons in house"), lambda f: f.persons, kinds.number, False),
)
REVENUE: tuple[tuple[Say, Figure, kinds.Kind, bool], ...] = (
    (say("Room revenue"), lambda f: f.room_revenue, kinds.money, False),
    (say("Other revenue"), lambda f: f.other_revenue, kinds.money, False),
    (say("Total revenue"), lambda f: f.room_revenue + f.other_revenue, kinds.money, True),
    (say("ADR"), lambda f: adr(f.room_revenue, f.sold), kinds.money, True),
    (say("RevPAR"), lambda f: revpar(f.room_revenue, f.rooms), kinds.money, True),
)


def lines(part, by_span) -> list[Line]:
    return [
        Line(
            Cell(label, bold=bold, indent=label.text.startswith("of which")),
            *(Cell(figure(by_span[span]) if by_span[span].days else None, kind, bold) for span in SPANS),
        )
        for label, figure, kind, bold in part
    ]


def kpis(now, before) -> Kpis:
    """The four figures on top, each against the same day last year where that is known."""
    occupancy, last = percent(now.occupied, now.rooms), percent(before.occupied, before.rooms)
    others = (
        (say("ADR"), adr(now.room_revenue, now.sold), adr(before.room_revenue, before.sold)),
        (say("RevPAR"), revpar(now.room_revenue, now.rooms), revpar(before.room_revenue, before.rooms)),
        (say("Room revenue"), now.room_revenue, before.room_revenue),
    )
    known = bool(before.days)
    figures = [Kpi(say("Occupancy"), occupancy, kinds.percent, points(occupancy, last) if known else None)]
    for label, value, then in others:
        figures.append(Kpi(label, value, kinds.money, compared(value, then) if known else None))
    return Kpis(figures)


def points(now: Decimal | None, before: Decimal | None) -> Say | None:
    if now is None or before is None:
        return None
    return say("{change} points on last year", change=f"{now - before:+.1f}")


def compared(now: int | None, before: int | None) -> Say | None:
    if now is None or not before:
        return None
    return say("{change} % on last year", change=f"{Decimal(100 * (now - before)) / before:+.1f}")


def chart(read, day) -> Chart:
    """The month: slept so far, on the books from tomorrow to its end, last year as dots."""
    past = [
        Bar(row.day, share(row.occupied, row.rooms), False, share_or_none(row.occupied_last_year, row.rooms_last_year))
        for row in read("figures_by_day", day)
    ]
    end = day.replace(day=monthrange(day.year, day.month)[1])
    coming = [
        Bar(row.night, share(row.rooms, row.house), booked=True) for row in read("forecast", day) if row.night <= end
    ]
    return Chart(say("Occupancy in {month}", month=Month(day)), past + coming, mark=day)


def share(part: int, whole: int) -> float:
    return float(percent(part, whole) or 0)


def share_or_none(part: int | None, whole: int | None) -> float | None:
    return None if part is None or not whole else share(part, whole)


def to_watch(read, day) -> Iterator[Say]:
    """What the manager should know, in whole sentences."""
    open_ = sum(1 for _ in read("discrepancies", day))
    if open_:
        yield say("Front office and housekeeping disagree about {rooms}.", rooms=words.n_rooms(open_))
    late = sum(row.overdue for row in read("luggage_held", day))
    if late:
        yield say("Luggage that should have been collected: {count}.", count=late)
    full = [row for row in read("forecast", day) if share(row.rooms, row.house) >= NEARLY_FULL]
    for row in full[:NIGHTS_NAMED]:
        yield say("{day} stands at {percent} %.", day=row.night, percent=f"{share(row.rooms, row.house):.0f}")


def checks(read, day, now) -> Say:
    """Figures that must agree because they come from different records."""
    if not now.days:
        return say("The date is still open: its figures come with the night audit")
    wrong = []
    by_source = sum(row.day_revenue for row in read("business_source", day))
    if by_source != now.room_revenue:
        wrong.append(say("room revenue differs from the revenue by source"))
    (yesterday, *_) = read("figures", day - timedelta(days=1))
    if yesterday.days and yesterday.occupied + now.arrivals - now.departures != now.occupied:
        wrong.append(say("arrivals + stay-overs - departures differ from in house"))
    if wrong:
        return say("Cross-checks do not agree: {what}", what=Listed(wrong))
    return say("Cross-checks agree: revenue = revenue by source, arrivals + stay-overs - departures = in house")


def story(read, day):
    by_span = {row.span: row for row in read("figures", day)}
    now = by_span["day"]
    yield heading(TITLE, day, say("The house on one page"))
    yield kpis(now, by_span["last_year"])
    yield chart(read, day)
    parts = (
        band(say("Rooms"), lines(ROOMS, by_span)),
        band(say("Guests and moves"), lines(MOVES, by_span)),
        band(say("Revenue"), lines(REVENUE, by_span)),
    )
    yield banded(COLUMNS, parts)
    watch = list(to_watch(read, day))
    if watch:
        yield Notes(say("To watch"), watch)
    yield Foot(checks(read, day, now))
