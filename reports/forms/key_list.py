"""Keys of a group by floor 团队钥匙清单 (N5): made the night before, handed out by this list."""

from itertools import groupby

from pms.reporting import Cell, Column, Fields, Signatures, band, banded, heading, kinds, rooms
from pms.reporting.texts import Bilingual
from pms.say import say

TITLE = say("Key list of a group")
CODE = "F-23"

COLUMNS = (
    Column(say("Room"), "room", 14, kinds.room),
    Column(say("Guests’ names"), "guests", 80),
    Column(say("Persons"), "persons", 16, kinds.number),
    Column(say("Type"), "type", 14),
    Column(say("Departure"), "departure", 24, kinds.weekday),
    Column(say("Key received"), lambda line: "", 40),
)


def story(group):
    count = len(group.keys)
    name = Bilingual(group.name, group.name_zh)
    words = say("Group {code} {name}: {rooms} rooms, {persons} guests", code=group.code, name=name, rooms=count,
                persons=group.persons)  # fmt: skip
    yield heading(TITLE, None, words)
    yield Fields((
        (say("Arrival"), Cell(group.arrival, kinds.long_day)),
        (say("Time"), group.eta or None),
        (say("Leader"), group.leader or None),
    ))  # fmt: skip
    bands = []
    for floor, lines in groupby(group.keys, key=lambda line: line.floor):
        listed = list(lines)
        label = say("Floor {floor}", floor=floor) if floor else say("No room yet")
        bands.append(band(label, listed, rooms(len(listed))))
    yield banded(COLUMNS, bands, empty=say("No guest of the group is named yet."))
    yield Signatures((say("Leader’s signature"), say("Receptionist")))
