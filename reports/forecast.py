"""What is on the books for the next thirty nights 一月预测 (N3), with a chart."""

from datetime import timedelta

from pms.departments import Department
from pms.reporting import NIGHTLY, Bar, Chart, Column, heading, kinds, table
from pms.reporting.formulas import adr, percent
from pms.reservations.queries_papers import NIGHTS, ForecastLine
from pms.say import say

TITLE = say("30-day forecast")
ABOUT = say("Rooms sold, closed and free for each of the next 30 nights, with arrivals and departures.")
CODE = "N3-03"
WHEN = NIGHTLY
NEEDS = "see_revenue"
FOR = (Department.ASSISTANT_MANAGER, Department.SALES, Department.RESERVATIONS)


def occupancy(row):
    return percent(row.rooms, row.house)


COLUMNS = (
    Column(say("Date"), "night", 17, kinds.weekday),
    Column(say("Arr."), "arrivals", 10, kinds.number),
    Column(say("Dep."), "departures", 11, kinds.number),
    Column(say("Rooms"), "rooms", 13, kinds.number),
    Column(say("Persons"), "persons", 14, kinds.number),
    Column(say("Indiv."), "individuals", 12, kinds.number),
    Column(say("Groups"), "groups", 13, kinds.number),
    Column(say("Definite"), "definite", 14, kinds.number),
    Column(say("Tentative"), "tentative", 16, kinds.number),
    Column(say("OOO"), "out_of_order", 10, kinds.number),
    Column(say("Occ."), occupancy, 14, kinds.percent),
    Column(say("Revenue"), "revenue", 24, kinds.money),
    Column(say("ADR"), lambda row: adr(row.revenue, row.sold), 18, kinds.money),
)


def all_nights(rows, day, house):
    """Thirty nights, those without anything on the books too."""
    known = {row.night: row for row in rows}
    nothing = dict.fromkeys(ForecastLine._fields, 0)
    nights = [day + timedelta(days=number) for number in range(1, NIGHTS + 1)]
    return [known.get(night) or ForecastLine(**{**nothing, "night": night, "house": house}) for night in nights]


def story(read, day):
    rows = read("forecast", day)
    nights = all_nights(rows, day, rows[0].house if rows else 0)
    yield heading(TITLE, day, say("Nights of {first} to {last}", first=nights[0].night, last=nights[-1].night))
    yield Chart(say("Occupancy"), [Bar(row.night, float(occupancy(row) or 0), booked=True) for row in nights])
    yield table(COLUMNS, nights, total=totals(nights))


def totals(nights):
    summed = ("arrivals", "departures", "rooms", "persons", "individuals", "groups", "definite", "tentative", "revenue")
    return {name: sum(getattr(row, name) for row in nights) for name in summed}
