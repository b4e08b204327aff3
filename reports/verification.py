"""Bookings against availability (R11): what contradicts, and what was explained by whom."""

from pms.departments import Department
from pms.reporting import LANDSCAPE, ON_DEMAND, Column, heading, kinds, table
from pms.reservations.words import CONTRADICTIONS
from pms.say import from_json, say

TITLE = say("Verification")
ABOUT = say("Bookings against availability: what contradicts, a month ahead in peak season, and what was explained.")
CODE = "R11-01"
WHEN = ON_DEMAND
PAPER = LANDSCAPE
FOR = (Department.RESERVATIONS, Department.ASSISTANT_MANAGER)

COLUMNS = (
    Column(say("Night"), "night", 20, kinds.short_day),
    Column(say("Contradiction"), lambda row: CONTRADICTIONS[row.kind], 42),
    Column(say("Number"), "number", 26),
    Column(say("What contradicts"), lambda row: from_json(row.text), 100),
    Column(say("Explanation"), "explanation", 60),
    Column(say("By whom"), "by", 26),
    Column(say("When"), "at", 24, kinds.moment),
)


def story(read, day):
    rows = read("verification", day)
    left = sum(not row.explanation for row in rows)
    yield heading(TITLE, day, say("{count} contradictions, {left} open", count=len(rows), left=left))
    yield table(COLUMNS, rows, empty=say("Nothing contradicts."))
