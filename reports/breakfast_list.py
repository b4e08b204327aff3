"""Breakfast list 早餐名单 (N6) for the restaurants: who has breakfast in the rate, for the morning to come."""

from pms.departments import Department
from pms.reporting import NIGHTLY, Column, heading, kinds, table
from pms.reporting.texts import Bilingual
from pms.say import say

from . import _words as words

TITLE = say("Breakfast list")
ABOUT = say("Rooms whose rate has breakfast in it, for the next morning.")
CODE = "N6-13"
WHEN = NIGHTLY
FOR = (Department.RESTAURANTS, Department.FRONT_DESK)
RESTRICTED_FOR = words.DESK_ONLY

COLUMNS = (
    words.ROOM,
    Column(say("Guest"), words.masked_guest, 50),
    Column(say("Persons"), "persons", 18, kinds.number),
    Column(say("Breakfasts"), "breakfasts", 22, kinds.number),
    Column(say("Rate"), lambda row: Bilingual(row.package, row.package_zh), 56, kinds.bilingual),
    Column(say("Group"), "group_code", 22, kinds.fixed),
    Column(say("Date"), "date", 20, kinds.short_day),
)


def story(read, day):
    rows = read("breakfasts", day)
    total = sum(row.breakfasts for row in rows)
    yield heading(TITLE, day, say("{rooms}, breakfasts: {count}", rooms=words.n_rooms(len(rows)), count=total))
    yield table(COLUMNS, rows, empty=say("Nobody has breakfast in the rate."), total={"breakfasts": total})
