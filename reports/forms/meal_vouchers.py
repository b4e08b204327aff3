"""Meal vouchers of a group 餐券 (C4, N5): one for each room and morning, with time, place and who issued it."""

from pms.reporting import Cell, Cut, Fields, heading, kinds
from pms.reporting.texts import Bilingual
from pms.say import say

TITLE = say("Breakfast vouchers")
CODE = "F-24"


def story(vouchers):
    yield heading(
        TITLE, None, say("Group {code} {name}", code=vouchers.code, name=Bilingual(vouchers.name, vouchers.name_zh))
    )
    for line in vouchers.lines:
        yield Fields((
            (say("Breakfast"), Cell(line.day, kinds.long_day)),
            (say("Room"), line.room or None),
            (say("Persons"), Cell(line.persons, kinds.number)),
            (say("Group"), Bilingual(vouchers.name, vouchers.name_zh, vouchers.code)),
            (say("Place"), vouchers.place or None),
            (say("Time"), vouchers.time or None),
            (say("Guest"), line.guest),
            (say("Issued by"), vouchers.issued_by),
        ))  # fmt: skip
        yield Cut()
