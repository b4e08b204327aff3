"""Room change slip 换房单 (X1): one for the guest's file, one for the departments."""

from pms.reporting import Cell, Cut, Fields, Signatures, Words, heading, kinds
from pms.say import say

TITLE = say("Room change slip")
CODE = "F-02"


def story(slip):
    yield heading(TITLE, None, say("From {old} to {new}", old=slip.from_room, new=slip.to_room))
    yield from copy(slip)
    yield Signatures((say("Guest's signature"), say("Receptionist"), say("Bellman, old key back")))
    yield Cut(say("For housekeeping, concierge, operator, service centre"))
    yield from copy(slip)


def copy(slip):
    yield Fields((
        (say("Guest"), slip.guest),
        (say("Old room"), f"{slip.from_room}  {slip.from_type}"),
        (say("New room"), f"{slip.to_room}  {slip.to_type}"),
        (say("When"), Cell(slip.at, kinds.moment)),
        (say("Departure"), Cell(slip.departure, kinds.long_day)),
        (say("Asked by"), say("House") if slip.asked_by_house else say("Guest")),
        (say("Consent"), slip.consent or None),
        (say("Rate effect a night"), Cell(slip.rate_effect, kinds.money)),
        (say("By"), slip.by),
    ))  # fmt: skip
    yield Words(say("Reason: {reason}", reason=slip.reason))
