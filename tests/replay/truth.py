"""What a file of bookings must come out as, counted from the file alone, without any code of the product."""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

COLUMNS = ["date", "arrivals", "departures", "rooms_sold", "revenue_cents", "day_use", "no_shows", "cancellations"]
MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October"]
MONTHS += ["November", "December"]


def daily(path: Path, first: date, last: date) -> list[list[str]]:
    """Rows of text for the dates from `first` to `last` on which something happened, under their head."""
    days: dict[date, dict[str, int]] = defaultdict(lambda: dict.fromkeys(COLUMNS[1:], 0))
    with gzip.open(path, "rt", newline="") as file:
        for row in csv.DictReader(file):
            _count(row, days)
    rows = [[day.isoformat(), *map(str, days[day].values())] for day in sorted(days) if first <= day <= last]
    return [COLUMNS, *rows]


def _count(row: dict[str, str], days: dict[date, dict[str, int]]) -> None:
    month = MONTHS.index(row["arrival_date_month"]) + 1
    arrival = date(int(row["arrival_date_year"]), month, int(row["arrival_date_day_of_month"]))
    nights = int(row["stays_in_weekend_nights"]) + int(row["stays_in_week_nights"])
    if row["reservation_status"] == "Canceled":
        days[date.fromisoformat(row["reservation_status_date"])]["cancellations"] += 1
    elif row["reservation_status"] == "No-Show":
        days[arrival]["no_shows"] += 1
    else:
        days[arrival]["arrivals"] += 1
        days[arrival + timedelta(days=nights)]["departures"] += 1
        days[arrival]["day_use"] += nights == 0
        for night in range(nights):
            days[arrival + timedelta(days=night)]["rooms_sold"] += 1
            days[arrival + timedelta(days=night)]["revenue_cents"] += int(Decimal(row["adr"]) * 100)
