"""Columns stand in the trade's order: a copy of papers.md, "Columns", with the words of the heads."""

from __future__ import annotations

import pytest

from pms import home
from pms.reporting import fonts
from pms.reporting.blocks import Table
from pms.reporting.catalogue import find, reports
from pms.reporting.kinds import CENTRE
from pms.reporting.setting import Setting
from pms.reporting.sheet import Sheet
from pms.reporting.tables import HEAD, HEAD_2, PAD, slots
from tests.reporting.samples import DAY, HOUSE
from tests.reporting.samples_lists import read

# room, name, VIP, company/agent/group, nights, adults/children, type booked (and assigned), rate code, rate, guarantee,
# ETA, specials, do-not-move, status, confirmation no.
ARRIVALS = ["Room", "Name", "VIP", "Company, agent, group", "Nts", "A/C", "Type", "Rate", "Price", "Held", "Time",
            "Specials", "Fixed", "Status", "Conf. no."]  # fmt: skip

ORDER: dict[str, list[str]] = {
    "arrivals": ARRIVALS,
    "next_day_arrivals": ARRIVALS,
    # room, name, company/agent/group, VIP, arrival, departure, adults, children, rooms, nights, type, group,
    # rate code, status, departure time, payment, balance
    "departures": ["Room", "Name", "Company, agent, group", "VIP", "Arrival", "Departure", "Adults", "Children",
                   "Rooms", "Nights", "Type", "Group", "Rate", "Status", "Time", "Payment", "Balance"],
    # room, name, VIP, nationality, arrival, departure, persons, type, rate, balance, remarks
    "in_house": ["Room", "Name", "VIP", "Nat.", "Arrival", "Departure", "Persons", "Type", "Price", "Balance",
                 "Remarks"],
    # room, name, level, arrival, departure, company, host, amenities, inspected by and when, remarks
    "vips_in_house": ["Room", "Name", "Level", "Arrival", "Departure", "Company", "Host", "Amenities", "Inspected by",
                      "Inspected at", "Remarks"],
    # room, type, name, level, time, host, amenities, specials, signature
    "vip_rooms_to_inspect": ["Room", "Type", "Name", "Level", "Time", "Host", "Amenities", "Specials",
                             "Inspected, signature and time"],
    # time, guest, from, to, types, reason, asked by guest or house, consent, by whom, rate effect
    "room_changes": ["Time", "Guest", "From", "To", "Types", "Reason", "Asked by", "Consent", "By", "Rate effect"],
    # from, to, type, guest, persons, departure, consent
    "moves_of_tomorrow": ["From", "To", "Type", "Guest", "Persons", "Departure", "Consent"],
    # old and new departure, rate, approved by
    "extensions": ["Room", "Guest", "Old departure", "New departure", "Rate", "Approved by"],
    # confirmation, name, guarantee, reason, fee, by whom
    "no_shows_and_cancellations": ["Conf. no.", "Name", "Guarantee", "Reason", "Fee", "By whom"],
    # room, persons, package, date
    "breakfast_list": ["Room", "Guest", "Persons", "Breakfasts", "Rate", "Group", "Date"],
    # with approver
    "complimentary_and_house_use": ["Room", "Guest", "Kind", "Type", "Arrival", "Departure", "Persons", "Price",
                                    "Remarks", "Approved by"],
    # guest, room, balance, (limit,) authorised, gap
    "high_balances": ["Guest", "Room", "Departure", "Balance", "Authorised", "Gap"],
    # rate code, posted, expected, difference, by whom
    "rate_variance": ["Room", "Guest", "Rate", "Discount, %", "Posted", "Expected", "Difference", "By whom"],
    # tag, pieces, where, whose, due, overdue
    "luggage_held": ["Tag", "Pieces", "What", "Where", "Whose", "Room", "Due", "Overdue"],
    # came, visitor, document seen, asked for, room, guest, by appointment, what came of it, in, out
    "visitors": ["Came", "Visitor", "Document seen", "Wants to see", "Room", "Guest", "Appointment", "Answer", "In",
                 "Out"],
    # box, room, whose, since, openings, departure, what somebody must see to
    "safe_boxes": ["Box", "Room", "Whose", "In use since", "Times opened", "Departure", "Remarks"],
    # room, time, text or call time, follow-up, status, by whom
    # room, time, call time, follow-up, status
    "wake_ups": ["Date", "Time", "Room", "Guest", "Group", "Second call", "Status"],
    "things_kept": ["Number", "Kind", "What", "Where", "Shelf", "Whose", "Brought by", "Since", "Told", "Kept until",
                    "Overdue"],
    # number, kind, room, opened, due, department, state, late by, call back
    "requests": ["Number", "Kind", "Room", "Guest", "What is asked", "Opened", "Due", "Department", "Status", "Late by",
                 "Call back"],
    "complaints_month": ["Number", "Date", "Room", "Guest", "About", "Severity", "Department", "What the guest says",
                         "Answer", "Call back"],
    "messages": ["Room", "Time", "Guest", "Caller", "Message", "Follow-up", "Status", "By whom"],
    # point, from, to, acknowledged
    "vacant_rooms": ["Room", "Floor", "Type", "Housekeeping"],
    "handover": ["Room", "Guest", "Point", "Handed over by", "Taken over by", "Acknowledged", "At"],
    # date, arrivals, departures, in-house rooms and persons, individuals / groups, definite / tentative, out of order,
    # occupancy, revenue, ADR
    "forecast": ["Date", "Arr.", "Dep.", "Rooms", "Persons", "Indiv.", "Groups", "Definite", "Tentative", "OOO", "Occ.",
                 "Revenue", "ADR"],
    # code, rooms, persons, revenue, ADR, share
    "business_source": ["Code", "Rooms", "Persons", "Revenue", "ADR", "Share"],
    "geographic_origin": ["Code", "Rooms", "Persons", "Revenue", "ADR", "Share"],
    # guest, deposit, city ledgers: opening, debit, credit, closing
    "trial_balance": ["Ledger", "Opening", "Debit", "Credit", "Closing"],
    # room, guest, what, owner, done
    "birthdays_and_specials": ["Room", "Guest", "Arrangement", "Particulars", "Time", "Who sees to it", "Done"],
    "clerks_credit": ["Clerk", "Bookings", "Rooms", "Nights", "Value", "Month: bookings", "Rooms", "Nights", "Value",
                      "Rooms cancelled"],
    "roster": ["Name", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
    # code, name, status, organiser, cut-off, rooms blocked / picked up / assigned, ETA, meals, luggage-out, billing
    "groups_of_week": ["Code", "Group", "Status", "Organiser", "Cut-off", "Arrival", "Departure", "Blocked", "Named",
                       "Assigned", "Time", "Meals", "Luggage out", "Rate"],
    "turnaways": ["When", "Reason", "Arrival", "Departure", "Rooms", "Type", "Source", "Note", "By whom"],
    "verification": ["Night", "Contradiction", "Number", "What contradicts", "Explanation", "By whom", "When"],
    # name, sex, birth date, nationality, document kind and number, visa kind and expiry, purpose, arrival, planned
    # departure, host, sent at
    "police_register": ["Room", "Name", "Sex", "Date of birth", "Nationality", "Document", "Number", "Visa",
                        "Visa valid to", "Purpose", "Arrival", "Departure", "Received by", "Sent"],
    "managers_daily": ["Figure", "Day", "Month", "Year", "Last year"],
}  # fmt: skip
# room, type, housekeeping says, front office says, kind, persons both ways, guest, action
DISCREPANCIES = ["Room", "Type", "Housekeeping", "Front office", "Kind", "HK pers.", "FO pers.", "Guest", "Action"]


@pytest.mark.parametrize("name", ORDER)
def test_columns_are_in_the_order_of_the_trade(name: str) -> None:
    assert [str(column.title) for column in home.load_reports()[name].COLUMNS] == ORDER[name]


def test_discrepancies_have_both_sides_and_what_was_done() -> None:
    columns = home.load_reports()["room_status"].DISCREPANCY_COLUMNS

    assert [str(column.title) for column in columns] == DISCREPANCIES


@pytest.mark.parametrize("lang", ["en", "zh", "both"])
@pytest.mark.parametrize("key", sorted({report.name for report in reports()}))
def test_no_head_runs_into_the_next_one(key: str, lang: str) -> None:
    report = find(key)
    setting = Setting(report.title, report.code, "", HOUSE, lang, report.wide)
    sheet = Sheet(setting)
    for block in report.story(read, DAY):
        if isinstance(block, Table):
            for place in slots(block.columns, sheet.left, sheet.right):
                main, second = setting.pair(place.column.title)
                room = place.room + (2 * PAD if place.column.kind.align == CENTRE else PAD)
                wide = max(fonts.width(main, True, HEAD), fonts.width(second, False, HEAD_2))
                assert wide <= room, f"{main} {second}: {wide:.0f} > {room:.0f} points"
