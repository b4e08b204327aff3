"""Change slip 更改单 (R2): what was changed in a booking, by whom and when, what it was and what it is."""

from pms.reporting import Cell, Fields, Signatures, Words, heading, kinds
from pms.say import say

TITLE = say("Change slip")
CODE = "F-08"


def story(slip):
    yield heading(TITLE, None, say("Confirmation {number}", number=slip.confirmation))
    yield Fields((
        (say("Guest"), slip.guest),
        (say("Company"), slip.company or None),
        (say("Booked by"), slip.booker or None),
        (say("Rooms"), Cell(slip.rooms, kinds.number)),
        (say("Arrival"), Cell(slip.arrival, kinds.long_day)),
        (say("Departure"), Cell(slip.departure, kinds.long_day)),
    ))  # fmt: skip
    if not slip.lines:
        yield Words(say("Nothing was changed since the booking was taken."))
    for line in slip.lines:
        yield Words(line.what, bold=True, size=10)
        yield Fields((
            (say("When"), Cell(line.at, kinds.moment)),
            (say("By"), line.by),
            (say("Room of the booking"), line.room or say("all")),
            (say("Reason"), line.reason or None),
        ), abreast=4)  # fmt: skip
        if line.was is not None:
            yield Words(say("Was: {value}", value=line.was))
        if line.now_is is not None:
            yield Words(say("Is: {value}", value=line.now_is), bold=True)
    yield Signatures((say("Reservations"), say("Reviewed by")))
