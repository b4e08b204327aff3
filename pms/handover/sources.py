"""What a handover is drafted from (H2): each source reads what is open in its part of the house right now.

A further source is one function here with its line in SOURCES; pages, papers and signatures take it as it comes. A
source may not ask once a row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import NamedTuple

from pms import notices
from pms.departments import Department
from pms.front_desk import queries as desk
from pms.front_desk import queries_papers as stays
from pms.front_desk.queries_waiting import calls_due, waiting_for_room
from pms.guest_services import queries_boxes, queries_luggage, queries_messages, queries_visitors, queries_wake_ups
from pms.guest_services.models_wake_ups import WakeUpState
from pms.guests.names import list_name
from pms.handover import queries
from pms.handover.rules import NOTE_KINDS
from pms.requests import queries_papers as requests
from pms.requests.words import KIND_NAMES, STATE_NAMES, Kind, State
from pms.reservations import queries_moves
from pms.say import Say, say

MOST_NOTICES = 20


class Moment(NamedTuple):
    """When it is drafted: the business date, now, and the end of the shift that takes over."""

    today: date
    now: datetime
    until: datetime


class Point(NamedTuple):
    """Something open. `about` is its record (`message:12`); guests' names stay out of `text`."""

    about: str
    text: Say
    room: str = ""
    guest: str = ""
    guest_incognito: bool = False


Source = Callable[[Moment], Iterator[Point]]


def notes(at: Moment) -> Iterator[Point]:
    for note in queries.open_notes():
        yield Point(f"shiftnote:{note.id}", say("{kind}: {text}", kind=NOTE_KINDS[note.kind], text=note.text))


def calls(at: Moment) -> Iterator[Point]:
    for row in requests.open_calls(at.today):
        kind, state = KIND_NAMES[Kind(row.kind)], STATE_NAMES[State(row.state)]
        text = say("{kind} {number}: {state}", kind=kind, number=row.number, state=state)
        yield Point(f"call:{row.number}", text, row.room, row.guest, row.guest_incognito)


def messages(at: Moment) -> Iterator[Point]:
    for row in queries_messages.waiting(at.now, see_incognito=True):
        name = list_name(row.surname, row.given, row.name_zh)
        text = say("Message {number} is not delivered.", number=row.number)
        yield Point(f"message:{row.id}", text, row.room or "", name, row.incognito)


def wake_ups(at: Moment) -> Iterator[Point]:
    """Calls to be made before the next shift ends; `next_at` is an instant, so no change of the clock hides one."""
    for row in queries_wake_ups.worklist(at.now, see_incognito=True):
        if row.state in queries_wake_ups.OPEN and row.next_at <= at.until:
            text = say("Wake-up at {time}, calls not answered: {count}.", time=row.time, count=row.unanswered)
            if row.state is WakeUpState.GO_UP:
                text = say("Wake-up at {time} was not answered. Somebody goes up.", time=row.time)
            name = list_name(row.surname, row.given, row.name_zh)
            yield Point(f"wakeup:{row.id}", text, row.room or "", name, row.incognito)


def boxes(at: Moment) -> Iterator[Point]:
    """Boxes whose guest leaves today or has left, and those whose key is lost."""
    for row in queries_boxes.boxes(see_incognito=True):
        if row.use_id is None or row.departure is None:
            continue
        words = {"number": row.number}
        if row.guest_has_left:
            text = say("Safe-deposit box {number}: the guest has left.", **words)
        elif row.key_lost_at:
            text = say("Safe-deposit box {number}: the key is lost.", **words)
        elif row.departure <= at.today:
            text = say("Safe-deposit box {number}: the guest is due out.", **words)
        else:
            continue
        yield Point(
            f"boxuse:{row.use_id}", text, row.room, list_name(row.surname, row.given, row.name_zh), row.incognito
        )


def visitors(at: Moment) -> Iterator[Point]:
    """Visitors still with guests; of one who wants no disclosure the room is not said beside the visitor's name."""
    for row in queries_visitors.in_house(see_incognito=True):
        since = f"{(row.in_at or row.came_at).astimezone(at.until.tzinfo):%H:%M}"
        text = say("Visitor {name} is with the guest since {time}.", name=row.name, time=since)
        yield Point(f"visitor:{row.id}", text, "" if row.incognito else row.room, row.asked_name, row.incognito)


def luggage(at: Moment) -> Iterator[Point]:
    for row in queries_luggage.held(see_incognito=True):
        if row.due_at <= at.until:
            text = say(
                "Luggage {tag}, pieces: {pieces}, on {shelf}, is due.", tag=row.tag, pieces=row.here, shelf=row.shelf
            )
            yield Point(f"luggage:{row.id}", text, row.room, row.depositor, row.incognito)


def arrivals(at: Moment) -> Iterator[Point]:
    for row in stays.arrivals(at.today):
        if row.state in ("due_in", "overdue"):
            text = say(
                "Still to arrive, {confirmation}, expected {eta}.", confirmation=row.confirmation, eta=row.eta or "–"
            )
            yield Point(f"stay:{row.stay_id}", text, row.room, row.guest, row.incognito)


def due_outs(at: Moment) -> Iterator[Point]:
    for row in stays.departures(at.today):
        if row.state == "due_out":
            yield Point(f"stay:{row.stay_id}", say("Due out and not left."), row.room, row.guest, row.incognito)


def room_moves(at: Moment) -> Iterator[Point]:
    """Guests who were to change rooms by today and have not."""
    for row in queries_moves.due(at.today):
        text = say("To move to room {room} on {day}, as agreed.", room=row.to_room, day=row.day)
        name = list_name(row.surname, row.given, row.name_zh)
        yield Point(f"stay:{row.stay_id}", text, row.from_room, name, row.incognito)


def waiting(at: Moment) -> Iterator[Point]:
    for row in waiting_for_room(at.today):
        guest, number = row.stay.guest, row.room.number if row.room else ""
        yield Point(f"stay:{row.stay.id}", say("Waits for a room."), number, guest.name, guest.incognito)


def calls_afterwards(at: Moment) -> Iterator[Point]:
    for row in calls_due():
        guest, number = row.stay.guest, row.stay.room.number if row.stay.room else ""
        text = say("Had to wait for the room: call and ask whether all is well.")
        yield Point(f"stay:{row.stay.id}", text, number, guest.name, guest.incognito)


def unacknowledged(at: Moment) -> Iterator[Point]:
    for row in notices.open_for(Department.FRONT_DESK, MOST_NOTICES):
        yield Point(f"notice:{row.id}", row.text)


def keys(at: Moment) -> Iterator[Point]:
    for row in desk.keys_not_back(at.now):
        name = list_name(row.surname, row.given, row.name_zh)
        text = say("Key cards whose hour is over, not given back: {count}.", count=row.copies)
        yield Point(f"stay:{row.stay_id}", text, row.room, name, row.incognito)


SOURCES: dict[str, tuple[Say, Source]] = {
    "notes": (say("From the log"), notes),
    "waiting": (say("Waiting for a room"), waiting),
    "calls": (say("Call afterwards: is all well?"), calls_afterwards),
    "requests": (say("Requests"), calls),
    "messages": (say("Messages"), messages),
    "wake_ups": (say("Wake-ups"), wake_ups),
    "visitors": (say("Visitors in the house"), visitors),
    "luggage": (say("Luggage due"), luggage),
    "boxes": (say("Safe-deposit boxes"), boxes),
    "arrivals": (say("Arrivals left"), arrivals),
    "due_outs": (say("Due-outs left"), due_outs),
    "room_moves": (say("Room changes left"), room_moves),
    "keys": (say("Keys not back"), keys),
    "notices": (say("Notices not acknowledged"), unacknowledged),
}


def everything_open(at: Moment) -> list[tuple[str, Point]]:
    """Every open point with the key of its source, in the order of SOURCES."""
    return [(key, point) for key, (_, read) in SOURCES.items() for point in read(at)]
