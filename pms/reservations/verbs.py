"""What can be done with a stay now, most urgent first: wherever a stay is shown, its buttons come from here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from pms import access
from pms.reservations.status import Status
from pms.say import Say, say


@dataclass(frozen=True, slots=True)
class Verb:
    """A page on which something is done with one stay, given as `stay_id`; `key` presses it where the stay is shown."""

    name: str
    label: Say
    endpoint: str
    icon: str
    key: str
    action: str
    states: frozenset[Status]


RESERVED, HERE, GONE = frozenset({Status.RESERVED}), frozenset({Status.IN_HOUSE}), frozenset({Status.CHECKED_OUT})
GIVEN_UP = frozenset({Status.CANCELLED, Status.NO_SHOW})

VERBS = (
    Verb("check_in", say("Check in"), "check_in.sheet", "login-2", "i", "check_in", RESERVED),
    Verb("check_out", say("Check out"), "check_out.sheet", "logout", "o", "check_out", HERE),
    Verb("change_room", say("Change room"), "moves.sheet", "arrows-exchange", "m", "room_move", HERE),
    Verb("place", say("Choose room"), "placing.place", "layout-rows", "h", "place", RESERVED),
    Verb("another_room", say("Refuses the room"), "another_room.look", "refresh", "", "place", RESERVED),
    Verb("rules", say("Set a rule aside"), "overrides.look", "adjustments", "a", "place", RESERVED | HERE),
    Verb("extend", say("Change departure"), "extensions.sheet", "calendar-plus", "e", "extend", HERE),
    Verb("folio", say("Folio"), "folios.show", "receipt-2", "f", "see_folio", HERE | GONE),
    Verb("change", say("Change booking"), "bookings.change", "pencil", "c", "change_booking", RESERVED),
    Verb("arrange", say("Special arrangement"), "arrangements.new", "sparkles", "s", "arrange", RESERVED | HERE),
    Verb("luggage", say("Take luggage"), "luggage.take", "luggage", "l", "store_luggage", RESERVED | HERE | GONE),
    Verb("message", say("Take message"), "messages.take", "message", "w", "take_message", RESERVED | HERE),
    Verb("vip", say("VIP, reception"), "vip.show", "star-filled", "v", "request_vip", RESERVED | HERE),
    Verb("cancel", say("Cancel booking"), "bookings.cancel", "x", "", "cancel_booking", RESERVED),
    Verb("reinstate", say("Reinstate"), "bookings.reinstate", "rotate-clockwise", "", "reinstate", GIVEN_UP),
)


def verbs_for(stay: Any, today: date, by: access.Actor) -> list[Verb]:
    """The verbs `by` may use on `stay` (anything with status, arrival and departure) on the business date `today`.

    The first one is what comes next for this stay.
    """
    due = {"check_in": stay.arrival <= today, "check_out": stay.departure <= today}
    return [
        verb
        for verb in VERBS
        if stay.status in verb.states and due.get(verb.name, True) and access.allowed(by, verb.action)
    ]
