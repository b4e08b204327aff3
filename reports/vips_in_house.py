"""VIPs in house 在店贵宾列示 (N4), for every department: where they live and what was prepared."""

from pms.reporting import EVERYBODY, LANDSCAPE, NIGHTLY, Column, heading, kinds, table
from pms.say import say

from . import _words as words

TITLE = say("VIPs in house")
ABOUT = say("VIPs in house by level and room, for every department.")
CODE = "N4-01"
WHEN = NIGHTLY
PAPER = LANDSCAPE
FOR = EVERYBODY
RESTRICTED_FOR = words.DESK_ONLY

COLUMNS = (
    words.ROOM,
    words.GUEST,
    Column(say("Level"), words.vip, 9, kinds.plate),
    Column(say("Arrival"), "arrival", 15, kinds.short_day),
    Column(say("Departure"), "departure", 16, kinds.short_day),
    Column(say("Company"), words.company_without_code, 48, kinds.bilingual),
    Column(say("Host"), "host", 26),
    Column(say("Amenities"), "amenities", 34),
    Column(say("Inspected by"), "inspected_by", 24),
    Column(say("Inspected at"), "inspected_at", 22, kinds.moment),
    Column(say("Remarks"), "remarks", 46),
)


def story(read, day):
    rows = sorted((row for row in read("in_house", day) if row.vip), key=lambda row: row.vip)
    yield heading(TITLE, day, say("VIPs: {count}", count=len(rows)))
    yield table(COLUMNS, rows, empty=say("No VIP is in house."))
    yield from words.explained(rows)
