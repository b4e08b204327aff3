"""Who leaves today and whether the folio is settled (N6); the desk and the cashier work from it."""

from pms.departments import Department
from pms.reporting import LANDSCAPE, NIGHTLY, Column, heading, kinds, table
from pms.say import say

from . import _words as words

TITLE = say("Departures")
ABOUT = say("Who leaves on the date, in which room, with what they owe.")
CODE = "N6-02"
WHEN = NIGHTLY
PAPER = LANDSCAPE
FOR = (Department.HOUSEKEEPING, Department.CONCIERGE, Department.CASHIER, Department.SERVICE_CENTRE)
RESTRICTED_FOR = words.DESK_ONLY

COLUMNS = (
    words.ROOM,
    words.GUEST,
    Column(say("Company, agent, group"), words.company_without_code, 40, kinds.bilingual),
    words.VIP,
    Column(say("Arrival"), "arrival", 14, kinds.short_day),
    Column(say("Departure"), "departure", 15, kinds.short_day),
    Column(say("Adults"), "adults", 10, kinds.number),
    Column(say("Children"), "children", 13, kinds.number),
    Column(say("Rooms"), "rooms", 11, kinds.number),
    Column(say("Nights"), "nights", 11, kinds.number),
    Column(say("Type"), "type", 10, kinds.fixed),
    Column(say("Group"), "group_code", 14),
    Column(say("Rate"), "rate_code", 11, kinds.fixed),
    Column(say("Status"), words.state, 17, kinds.fixed),
    Column(say("Time"), "left_at", 10, kinds.clock),
    Column(say("Payment"), words.payment, 22, kinds.fixed),
    Column(say("Balance"), "balance", 17, kinds.money),
)


def story(read, day):
    rows = read("departures", day)
    gone = [row for row in rows if row.state == "checked_out"]
    sub = say("{gone} left, {waiting} still in house", gone=words.n_rooms(len(gone)), waiting=len(rows) - len(gone))
    yield heading(TITLE, day, sub)
    yield table(COLUMNS, rows, empty=say("Nobody leaves."), total=totals(rows))
    yield from words.explained(rows)


def totals(rows):
    return {
        "adults": sum(row.adults for row in rows),
        "children": sum(row.children for row in rows),
        "rooms": len(rows),
        "nights": sum(row.nights for row in rows),
        "balance": sum(row.balance for row in rows),
    }
