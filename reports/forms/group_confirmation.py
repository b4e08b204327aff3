"""Group confirmation 团队确认书 (C4, C5): to front desk, banquet, concierge, service centre, AM and sales."""

from pms.reporting import Cell, Column, Cut, Fields, Signatures, Words, heading, kinds, table
from pms.reporting.texts import Bilingual
from pms.reservations.words import PROGRAMME_ITEMS
from pms.say import Listed, say

TITLE = say("Group confirmation")
CODE = "F-22"

COLUMNS = (
    Column(say("Type"), "type", 20),
    Column(say("Arrival"), "arrival", 30, kinds.weekday),
    Column(say("Departure"), "departure", 30, kinds.weekday),
    Column(say("Rooms"), "rooms", 18, kinds.number),
    Column(say("Persons"), "persons", 18, kinds.number),
)
PROGRAMME = (
    Column(say("Date"), "day", 30, kinds.weekday),
    Column(say("Time"), "at", 14, kinds.fixed),
    Column(say("Arrangement"), lambda row: PROGRAMME_ITEMS[row.item], 30),
    Column(say("Place"), "place", 44),
    Column(say("Covers"), "covers", 16, kinds.number),
)


def story(group):
    yield heading(TITLE, None, say("Group {code} {name}", code=group.code, name=Bilingual(group.name, group.name_zh)))
    yield Fields((
        (say("Group"), Bilingual(group.name, group.name_zh, group.code)),
        (say("Organiser"), group.organiser or None),
        (say("Leader"), group.leader or None),
        (say("Leader’s telephone"), group.leader_telephone or None),
        (say("Arrival"), Cell(group.arrival, kinds.long_day)),
        (say("Time"), group.eta or None),
        (say("Departure"), Cell(group.departure, kinds.long_day)),
        (say("Rooms"), Cell(len(group.keys), kinds.number)),
        (say("Persons"), Cell(group.persons, kinds.number)),
    ))  # fmt: skip
    yield table(COLUMNS, group.types, empty=say("No guest of the group is named yet."))
    if group.notes:
        yield Words(group.notes)
    yield Cut(say("Confirmed with the leader on arrival"))
    yield table(PROGRAMME, group.programme, empty=say("No meals, wake-up calls or luggage are agreed yet."))
    yield Fields((
        (say("Guests counted"), Cell(group.heads, kinds.number) if group.heads else None),
        (say("Long-distance telephone"), say("calls open") if group.long_distance else say("calls closed")),
        (say("Signed by"), group.signed_by or None),
        (say("At"), Cell(group.signed_at, kinds.moment) if group.signed_at else None),
        (say("Who may sign for what"), Listed(group.signers) if group.signers else None),
    ), abreast=2)  # fmt: skip
    yield Signatures((say("Leader’s signature"), say("Receptionist"), say("Assistant manager")))
