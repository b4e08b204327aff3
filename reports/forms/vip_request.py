"""VIP request form 贵宾申报单 (C6): level, host, amenities, welcome party, decision and inspection."""

from pms.reporting import Cell, Fields, Signatures, Words, heading, kinds
from pms.say import say

TITLE = say("VIP request form")
CODE = "F-21"

DECISIONS = {
    "requested": say("waits for a decision"),
    "approved": say("approved"),
    "declined": say("declined"),
}


def story(form):
    yield heading(TITLE, None, say("Level V{level}, confirmation {number}", level=form.level, number=form.confirmation))
    yield Fields((
        (say("Guest"), form.guest),
        (say("Position"), form.position or None),
        (say("Host"), form.host),
        (say("Arrival"), Cell(form.arrival, kinds.long_day)),
        (say("Time"), form.eta or None),
        (say("Early arrival"), say("before noon") if form.early_arrival else None),
        (say("Departure"), Cell(form.departure, kinds.long_day)),
        (say("Room"), form.room or None),
        (say("Persons"), Cell(form.persons, kinds.number)),
        (say("Level"), f"V{form.level}"),
    ))  # fmt: skip
    yield Fields((
        (say("Amenities"), form.amenities or None),
        (say("Welcome party"), form.welcome_party or None),
        (say("Remarks"), form.remarks or None),
    ), abreast=1)  # fmt: skip
    yield Fields((
        (say("Requested by"), form.requested_by),
        (say("When"), Cell(form.requested_at, kinds.moment)),
        (say("Decision"), DECISIONS[form.status]),
        (say("Decided by"), form.decided_by or None),
        (say("When"), Cell(form.decided_at, kinds.moment)),
        (say("Reason"), form.note or None),
        (say("Room inspected by"), form.inspected_by or None),
        (say("When"), Cell(form.inspected_at, kinds.moment)),
    ))  # fmt: skip
    yield Words(say("The assistant manager inspects the room before any department is told. The key is valid to 18:00 "
                    "of the day of departure. Registration is in the room."))  # fmt: skip
    yield Signatures((say("Requested by"), say("Approved by"), say("Assistant manager")))
