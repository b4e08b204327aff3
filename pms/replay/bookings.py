"""A file of real bookings (hotel booking demand datasets, Antonio, de Almeida, Nunes 2019) read into small records.

One line is one booking of one stay. What the file leaves out, names and documents, is made from the line's number.
"""

from __future__ import annotations

import csv
import gzip
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TextIO

from babel.core import get_global

MONTHS = (
    "January February March April May June July August September October November December".split()
)  # English whatever the machine's language
NEEDED = (
    "lead_time",
    "arrival_date_year",
    "arrival_date_month",
    "arrival_date_day_of_month",
    "stays_in_weekend_nights",
    "stays_in_week_nights",
    "adults",
    "children",
    "babies",
    "country",
    "market_segment",
    "distribution_channel",
    "reserved_room_type",
    "assigned_room_type",
    "deposit_type",
    "agent",
    "company",
    "adr",
    "reservation_status",
    "reservation_status_date",
)


class BadFile(Exception):
    """The file is not of this format; the text says in which line and why."""


class Fate(StrEnum):
    STAYED = "Check-Out"
    CANCELLED = "Canceled"
    NO_SHOW = "No-Show"


@dataclass(frozen=True, slots=True)
class Line:
    """One booking. `price` is minor units a night; `cancelled_on` only for those cancelled; `country` alpha-2 or ''."""

    number: int
    booked_on: date
    arrival: date
    departure: date
    fate: Fate
    cancelled_on: date | None
    reserved: str
    assigned: str
    price: int
    adults: int
    children: int
    country: str
    segment: str
    channel: str
    deposit: str
    agent: str
    company: str

    @property
    def nights(self) -> int:
        return (self.departure - self.arrival).days

    @property
    def day_use(self) -> bool:
        return self.nights == 0


def read(path: Path) -> list[Line]:
    """Every line of the file, in its order. Raises `BadFile` with the number of the first line that cannot be read."""
    try:
        with _open(path) as file:
            return list(_lines(file))
    except (OSError, EOFError, UnicodeDecodeError, csv.Error) as error:
        raise BadFile(f"{path} cannot be read: {error}") from error


def rooms_needed(lines: Iterable[Line]) -> dict[str, int]:
    """Rooms by type: the most stays of an assigned type in one night; types only ever reserved have none."""
    changes: dict[str, Counter[date]] = {}
    for line in lines:
        changes.setdefault(line.reserved, Counter())
        of_type = changes.setdefault(line.assigned, Counter())
        if line.fate is Fate.STAYED:
            of_type[line.arrival] += 1
            of_type[line.departure] -= 1
    return {kind: _peak(changes[kind]) for kind in sorted(changes)}


def _peak(changes: Counter[date]) -> int:
    here = most = 0
    for day in sorted(changes):
        here += changes[day]
        most = max(most, here)
    return most


def _open(path: Path) -> TextIO:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")


def _lines(file: TextIO) -> Iterator[Line]:
    table = csv.DictReader(file)
    missing = [name for name in NEEDED if name not in (table.fieldnames or ())]
    if missing:
        raise BadFile(f"The first line must name the columns; missing: {', '.join(missing)}.")
    for number, row in enumerate(table, 1):
        try:
            yield _line(number, row)
        except (ValueError, KeyError, TypeError, InvalidOperation) as error:
            raise BadFile(f"Line {number + 1}: {type(error).__name__}: {error}") from error


def _line(number: int, row: dict[str, str]) -> Line:
    month = MONTHS.index(row["arrival_date_month"]) + 1
    arrival = date(int(row["arrival_date_year"]), month, int(row["arrival_date_day_of_month"]))
    nights = int(row["stays_in_weekend_nights"]) + int(row["stays_in_week_nights"])
    fate = Fate(row["reservation_status"])
    return Line(
        number=number,
        booked_on=arrival - timedelta(days=int(row["lead_time"])),
        arrival=arrival,
        departure=arrival + timedelta(days=nights),
        fate=fate,
        cancelled_on=date.fromisoformat(row["reservation_status_date"]) if fate is Fate.CANCELLED else None,
        reserved=_word(row["reserved_room_type"]) or "-",
        assigned=_word(row["assigned_room_type"]) or "-",
        price=int((Decimal(row["adr"]) * 100).to_integral_value()),
        adults=_count(row["adults"]),
        children=_count(row["children"]) + _count(row["babies"]),
        country=alpha_2(row["country"].strip()),
        segment=_word(row["market_segment"]),
        channel=_word(row["distribution_channel"]),
        deposit=_word(row["deposit_type"]),
        agent=_word(row["agent"]),
        company=_word(row["company"]),
    )


def _word(text: str) -> str:
    """The same few words thousands of times: kept once. 'NULL' and 'Undefined' stand for nothing."""
    text = text.strip()
    return sys.intern("" if text in ("NULL", "NA", "Undefined") else text)


def _count(text: str) -> int:
    return 0 if text.strip() in ("NA", "NULL", "") else int(Decimal(text))


@cache
def alpha_2(country: str) -> str:
    """ISO 3166 alpha-2 of a country code in three letters (two stay as they are); '' when nothing is known."""
    if country in ("NULL", "NA", ""):
        return ""
    if len(country) == 2:
        return country
    found = get_global("territory_aliases").get(country) or [""]
    return str(found[0]) if len(found[0]) == 2 else ""
