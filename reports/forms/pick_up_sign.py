"""Name sign for the airport 接机牌 (R10): read from across a hall."""

from pms.reporting import LANDSCAPE, Words, heading
from pms.say import say

TITLE = say("Welcome")
CODE = "F-07"
PAPER = LANDSCAPE


def story(sign):
    yield heading(TITLE, None, say("{what}  {day}  {time}", what=sign.what, day=sign.due_on, time=sign.due_at))
    if sign.name_zh:
        yield Words(sign.name_zh, bold=True, size=110)
    if sign.name:
        yield Words(sign.name, bold=True, size=60 if sign.name_zh else 80)
