"""Clerks' credit (R13): what each clerk took on the date and in its month."""

from pms.departments import Department
from pms.reporting import LANDSCAPE, ON_DEMAND, Column, heading, kinds, table
from pms.reporting.texts import Bilingual
from pms.say import say

TITLE = say("Clerks’ credit")
ABOUT = say("Bookings, rooms and nights that each clerk took, on the date and in its month.")
CODE = "R13-01"
WHEN = ON_DEMAND
PAPER = LANDSCAPE
FOR = (Department.RESERVATIONS, Department.SALES)
NEEDS = "see_revenue"

COLUMNS = (
    Column(say("Clerk"), lambda row: Bilingual(row.clerk, row.clerk_zh or ""), 50),
    Column(say("Bookings"), "bookings", 22, kinds.number),
    Column(say("Rooms"), "rooms", 20, kinds.number),
    Column(say("Nights"), "nights", 20, kinds.number),
    Column(say("Value"), "value", 28, kinds.money),
    Column(say("Month: bookings"), "month_bookings", 34, kinds.number),
    Column(say("Rooms"), "month_rooms", 20, kinds.number),
    Column(say("Nights"), "month_nights", 20, kinds.number),
    Column(say("Value"), "month_value", 30, kinds.money),
    Column(say("Rooms cancelled"), "month_cancelled", 34, kinds.number),
)


def story(read, day):
    rows = read("clerks_credit", day)
    yield heading(TITLE, day, say("{count} clerks", count=len(rows)))
    total = {column.of: sum(column.value(row) for row in rows) for column in COLUMNS[1:]}
    yield table(COLUMNS, rows, empty=say("No booking was taken this month."), total=total if rows else None)
