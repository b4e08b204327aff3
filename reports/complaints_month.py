"""The month's complaints for the manager: how many of which reason, answered in time, satisfied; then each (S3)."""

from collections import defaultdict

from pms.departments import DEPARTMENT_NAMES, Department
from pms.reporting import LANDSCAPE, ON_DEMAND, Column, heading, kinds, table
from pms.requests.rules import REASONS, SEVERITIES
from pms.say import say

from . import _words as words

TITLE = say("Complaints of the month")
ABOUT = say("Complaints from the first of the month to the date, by reason, with what was answered.")
CODE = "S3-01"
WHEN = ON_DEMAND
PAPER = LANDSCAPE
FOR = (Department.ASSISTANT_MANAGER,)
RESTRICTED_FOR = words.DESK_ONLY

SUMMARY = (
    Column(say("About"), lambda part: REASONS[part[0].reason], 60),
    Column(say("Complaints"), len, 24, kinds.number),
    Column(say("Grave"), lambda part: sum(row.severity == 3 for row in part), 20, kinds.number),
    Column(say("Answered in 3 days"), lambda part: sum(row.in_time for row in part), 34, kinds.number),
    Column(say("Satisfied"), lambda part: sum(row.satisfied is True for row in part), 24, kinds.number),
    Column(say("Not satisfied"), lambda part: sum(row.satisfied is False for row in part), 28, kinds.number),
)


def _satisfied(row):
    if row.satisfied is None:
        return say("not asked yet")
    return say("satisfied") if row.satisfied else say("not satisfied")


COLUMNS = (
    Column(say("Number"), "number", 16, kinds.room),
    Column(say("Date"), "opened_on", 18, kinds.short_day),
    Column(say("Room"), "room", 16, kinds.room),
    Column(say("Guest"), words.masked_guest, 36),
    Column(say("About"), lambda row: REASONS[row.reason], 34),
    Column(say("Severity"), lambda row: SEVERITIES[row.severity], 20, kinds.fixed),
    Column(say("Department"), lambda row: DEPARTMENT_NAMES[row.department] if row.department else "", 28),
    Column(say("What the guest says"), "text", 54),
    Column(say("Answer"), "outcome", 54),
    Column(say("Call back"), _satisfied, 24),
)


def story(read, day):
    rows = read("complaints_of_month", day)
    parts = defaultdict(list)
    for row in rows:
        parts[row.reason].append(row)
    answered = sum(row.ended_on is not None for row in rows)
    yield heading(TITLE, day, say("{count} complaints, {answered} answered", count=len(rows), answered=answered))
    most_first = sorted(parts.values(), key=lambda part: (-len(part), part[0].reason))
    yield table(SUMMARY, most_first, empty=say("Nobody has complained."))
    if rows:
        yield table(COLUMNS, rows, empty=say("Nobody has complained."))
