"""Message slip 留言单 in three parts (Q2): to the room by the concierge, in the rack, to the operator."""

from pms.reporting import Cell, Cut, Fields, Words, heading, kinds
from pms.reporting.texts import word
from pms.say import say

TITLE = say("Message slip")
CODE = "F-03"

FOLLOW_UPS = {
    "call_back": say("Please call back"),
    "will_call": say("Will call again"),
    "visited": say("Came in person"),
}
COPIES = (
    say("1: to the room, by the concierge"),
    say("2: message rack"),
    say("3: operator"),
)


def story(slip):
    yield heading(TITLE, None, say("Number {number}", number=slip.number))
    for number, label in enumerate(COPIES):
        if number:
            yield Cut()
        yield Words(label, bold=True, size=9.5)
        yield from copy(slip)


def copy(slip):
    if slip.urgent:
        yield Words(say("Urgent"), bold=True, size=12)
    yield Fields((
        (say("For"), slip.guest),
        (say("Room"), slip.room or None),
        (say("Number"), slip.number),
        (say("Caller"), slip.caller),
        (say("Call back"), slip.contact or None),
        (say("Wants"), word(FOLLOW_UPS, slip.wants) or None),
    ))  # fmt: skip
    yield Words(slip.text, size=10)
    yield Fields((
        (say("Taken at"), Cell(slip.taken_at, kinds.moment)),
        (say("By"), slip.taken_by),
        (say("Off the rack at"), Cell(slip.off_rack_at, kinds.moment)),
    ))  # fmt: skip
