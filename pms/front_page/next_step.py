"""The one verb a row of the desk offers: what comes next for this guest, for whoever looks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pms import access
from pms.front_page.desk import Line
from pms.reservations.status import Status
from pms.reservations.verbs import verbs_for
from pms.say import Say, say

READY = ("", "clean", "inspected")


@dataclass(frozen=True, slots=True)
class NextStep:
    """The words, and the page that does it with its record."""

    label: Say
    endpoint: str
    argument: str
    record: int


def next_step(line: Line, today: date, by: access.Actor) -> NextStep | None:
    """None for a guest whom this user need not know."""
    stay = line.stay
    if line.rooms > 1 and stay.group_id is not None:
        return _of_group(line, by)
    if not (stay.surname or stay.given or stay.name_zh):
        return None
    verbs = verbs_for(stay, today, by)
    first = verbs[0] if verbs and verbs[0].name in ("check_in", "check_out") else None
    if stay.status is Status.RESERVED and stay.room_id is None and access.allowed(by, "place"):
        return NextStep(say("Choose room"), "placing.place", "stay_id", stay.id)
    if first is None:
        return NextStep(say("Open"), "bookings.stay", "stay_id", stay.id)
    label = first.label
    if first.name == "check_in" and line.room_state not in READY:
        label = say("Promise time")  # the sheet asks for rush cleaning and says when
    return NextStep(label, first.endpoint, "stay_id", stay.id)


def _of_group(line: Line, by: access.Actor) -> NextStep:
    group_id = line.stay.group_id
    assert group_id is not None
    if access.allowed(by, "check_in"):
        return NextStep(say("Check in {count}", count=line.rooms), "groups.check_in", "group_id", group_id)
    return NextStep(say("Open"), "groups.show", "group_id", group_id)
