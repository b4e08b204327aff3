"""Rooms that can be given to a guest now, by type 空房: part of the downtime pack (N6)."""

from itertools import groupby

from pms.departments import Department
from pms.reporting import ON_DEMAND, Column, band, banded, heading, kinds, rooms
from pms.say import say

from . import _words as words

TITLE = say("Vacant rooms")
ABOUT = say("Rooms nobody lives in and that are not closed, by type: the clean ones first.")
CODE = "N6-30"
WHEN = ON_DEMAND
FOR = (Department.FRONT_DESK, Department.HOUSEKEEPING)

CLEAN = ("inspected", "clean", "cleaning", "dirty")

COLUMNS = (
    Column(say("Room"), "room", 20, kinds.room),
    Column(say("Floor"), "floor", 20, kinds.number),
    Column(say("Type"), "type", 30, kinds.fixed),
    Column(say("Housekeeping"), lambda row: words.HOUSEKEEPING[row.housekeeping], 60, kinds.bilingual),
)


def story(read, day):
    vacant = [row for row in read("room_states", day) if row.front == "vacant"]
    clean = sum(row.housekeeping in ("clean", "inspected") for row in vacant)
    vacant.sort(key=lambda row: (row.type, CLEAN.index(row.housekeeping), len(row.room), row.room))
    yield heading(TITLE, day, say("{count} vacant, {clean} clean", count=len(vacant), clean=clean))
    by_type = [(code, list(found)) for code, found in groupby(vacant, key=lambda row: row.type)]
    yield banded(
        COLUMNS,
        [band(say("Type {type}", type=c), f, rooms(len(f))) for c, f in by_type],
        empty=say("No room is vacant."),
    )
