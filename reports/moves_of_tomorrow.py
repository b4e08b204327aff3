"""Who changes rooms tomorrow, as was agreed before (P7), at 18:00: the new room is made ready, a bellman sent."""

from datetime import timedelta

from pms.departments import Department
from pms.reporting import EVENING, Column, heading, kinds, table
from pms.say import say

from . import _words as words

TITLE = say("Room changes of tomorrow")
ABOUT = say("Guests who change rooms tomorrow as agreed, for housekeeping and the bellmen (18:00).")
CODE = "P7-01"
WHEN = EVENING
FOR = (Department.HOUSEKEEPING, Department.CONCIERGE, Department.FRONT_DESK)
RESTRICTED_FOR = words.DESK_ONLY

COLUMNS = (
    Column(say("From"), "from_room", 14, kinds.room),
    Column(say("To"), "to_room", 14, kinds.room),
    Column(say("Type"), "type", 14, kinds.fixed),
    Column(say("Guest"), words.masked_guest, 44),
    Column(say("Persons"), "persons", 14, kinds.number),
    Column(say("Departure"), "departure", 22, kinds.short_day),
    Column(say("Consent"), "consent", 44),
)


def story(read, day):
    rows = read("moves_of_tomorrow", day)
    yield heading(TITLE, day + timedelta(days=1), say("{count} changes", count=len(rows)))
    yield table(COLUMNS, rows, empty=say("Nobody is to move."))
