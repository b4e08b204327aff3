"""Who comes today, what was promised to them and how sure it is (N6); the desk and housekeeping work from it."""

from collections import Counter

from pms.departments import Department
from pms.reporting import LANDSCAPE, NIGHTLY, Cell, Column, band, banded, heading, kinds, rooms
from pms.say import Say, say

from . import _words as words

TITLE = say("Arrivals")
ABOUT = say("Who arrived on the date and who was still to come, with room, company, nights and wishes.")
CODE = "N6-01"
WHEN = NIGHTLY
PAPER = LANDSCAPE
FOR = (Department.HOUSEKEEPING, Department.CONCIERGE, Department.SERVICE_CENTRE, Department.OPERATOR)
RESTRICTED_FOR = words.DESK_ONLY


COLUMNS = (
    words.ROOM,
    words.GUEST,
    words.VIP,
    Column(say("Company, agent, group"), words.company, 48, kinds.bilingual),
    Column(say("Nts"), "nights", 8, kinds.number),
    Column(say("A/C"), words.adults_children, 9, kinds.right),
    Column(say("Type"), words.booked_type, 15, kinds.fixed),
    Column(say("Rate"), "rate_code", 10),
    Column(say("Price"), "rate", 15, kinds.money),
    Column(say("Held"), words.guarantee, 16, kinds.fixed),
    Column(say("Time"), "eta", 10, kinds.fixed),
    Column(say("Specials"), words.special, 51),
    Column(say("Fixed"), "do_not_move", 9, kinds.dot),
    Column(say("Status"), words.state, 16, kinds.fixed),
    Column(say("Conf. no."), "confirmation", 21, kinds.fixed),
)


def parts(rows):
    """VIPs, individuals, groups; each in order of the hour of arrival."""
    by_hour = sorted(rows, key=lambda row: (row.eta or "99", row.guest))
    vips = sorted((row for row in by_hour if row.vip), key=lambda row: row.vip)
    others = [row for row in by_hour if not row.vip]
    singles, groups = [r for r in others if not r.group_code], [r for r in others if r.group_code]
    return tuple(
        band(label, found, rooms(len(found)))
        for label, found in ((say("VIP"), vips), (say("Individuals"), singles), (say("Groups"), groups))
    )


def hours(rows) -> Say:
    """How many rooms are expected in which part of the day."""
    found = Counter(int(row.eta[:2]) // 3 * 3 for row in rows if row.eta)
    spans = "   ".join(f"{start:02}–{start + 3:02}: {found[start]}" for start in sorted(found))
    return say("Hours {spans}", spans=spans) if spans else say("No hours known")


def summary(rows) -> Say:
    coming = [row for row in rows if row.state in ("due_in", "overdue")]
    return say(
        "{rooms} to come, {persons}; {here} checked in",
        rooms=words.n_rooms(len(coming)),
        persons=words.n_guests(sum(row.persons for row in coming)),
        here=words.n_rooms(len(rows) - len(coming)),
    )


def totals(rows):
    return {
        words.company: words.rooms_and_guests(rows),
        "rate": sum(row.rate or 0 for row in rows),
        words.guarantee: Cell(hours(rows)),
    }


def story(read, day):
    rows = read("arrivals", day)
    yield heading(TITLE, day, summary(rows))
    yield banded(COLUMNS, parts(rows), empty=say("Nobody arrives."), total=totals(rows))
    yield from words.explained(rows)
