"""Next week's groups, conferences and weddings 一周团队、会议客情报表 (N2), on Friday for every department."""

from itertools import groupby
from operator import attrgetter

from pms.reporting import EVERYBODY, LANDSCAPE, WEEKLY, Column, band, banded, heading, kinds, table
from pms.reporting.texts import Bilingual, Listed
from pms.reservations.queries_week import week_after
from pms.reservations.words import GROUP_STATUSES, wishes
from pms.say import say

from . import _words as words

TITLE = say("Groups and conferences of next week")
ABOUT = say("Next week’s groups, conferences and weddings: rooms by night, leader, meals; and the events (Friday).")
CODE = "N2-01"
WHEN = WEEKLY
PAPER = LANDSCAPE
FOR = EVERYBODY
RESTRICTED_FOR = words.DESK_ONLY

BANDS = (("group", say("Groups")), ("conference", say("Conferences")), ("wedding", say("Weddings")))


def name(row):
    return Bilingual(row.group, row.group_zh)


def organiser(row):
    return Bilingual(row.organiser, row.organiser_zh)


def meals(row):
    return say("{count} breakfasts each", count=row.breakfasts) if row.breakfasts else say("No meals")


def needs_and_notes(row):
    return Listed([*wishes(row.needs), row.notes])


def by_hand(row):
    """Agreed with the leader on arrival, so there is a gap to write in."""
    return ""


COLUMNS = (
    Column(say("Code"), "code", 22, kinds.fixed),
    Column(say("Group"), name, 56, kinds.bilingual),
    Column(say("Status"), lambda row: GROUP_STATUSES[row.status], 22, kinds.fixed),
    Column(say("Organiser"), organiser, 46, kinds.bilingual),
    Column(say("Cut-off"), "cut_off", 20, kinds.short_day),
    Column(say("Arrival"), "arrival", 20, kinds.short_day),
    Column(say("Departure"), "departure", 22, kinds.short_day),
    Column(say("Blocked"), "blocked", 18, kinds.number),
    Column(say("Named"), "named", 18, kinds.number),
    Column(say("Assigned"), "assigned", 20, kinds.number),
    Column(say("Time"), "eta", 14, kinds.fixed),
    Column(say("Meals"), meals, 36, kinds.fixed),
    Column(say("Luggage out"), by_hand, 26),
    Column(say("Rate"), "rate_code", 14, kinds.fixed),
)
CONTACTS = (
    Column(say("Code"), "code", 22, kinds.fixed),
    Column(say("Leader"), "guest", 90),
    Column(say("Needs, notes"), needs_and_notes, 200),
)
NIGHTS = (
    Column(say("Night"), "night", 40, kinds.weekday),
    Column(say("Type"), "type", 30, kinds.fixed),
    Column(say("Blocked"), "blocked", 30, kinds.number),
    Column(say("Named"), "named", 30, kinds.number),
    Column(say("Assigned"), "assigned", 30, kinds.number),
    Column(say("Without a name"), "open", 34, kinds.number),
)
EVENTS = (
    Column(say("Date"), "day", 24, kinds.weekday),
    Column(say("From"), "starts", 14, kinds.fixed),
    Column(say("Until"), "ends", 14, kinds.fixed),
    Column(say("What is on"), "title", 70),
    Column(say("Where"), "place", 50),
    Column(say("Organiser"), "organiser", 50),
    Column(say("Covers"), "covers", 18, kinds.number),
)


def sums(rows, *names):
    return {each: sum(getattr(row, each) for row in rows) for each in names}


def story(read, day):
    groups, nights, events = (read(f"{what}_of_week", day) for what in ("groups", "group_nights", "events"))
    first, last = week_after(day)
    yield heading(TITLE, day, say("{first} to {last}: {count} groups", first=first, last=last, count=len(groups)))
    parts = [band(label, [row for row in groups if row.kind == kind]) for kind, label in BANDS]
    total = sums(groups, "blocked", "named", "assigned") if groups else None
    yield banded(COLUMNS, parts, empty=say("No group comes next week."), total=total)
    if groups:
        yield table(CONTACTS, groups, title=say("Leaders, needs and notes"))
    if nights:
        names = {row.code: Bilingual(row.group, row.group_zh, row.code) for row in groups}
        by_code = groupby(nights, key=attrgetter("code"))
        by_group = [band(say("Rooms of {group}", group=names[code]), rows) for code, rows in by_code]
        rooms = sums(nights, "blocked", "named", "assigned", "open")
        yield banded(NIGHTS, by_group, title=say("Rooms by night"), total=rooms)
    if events:
        yield table(EVENTS, events, title=say("Events of the week"))
