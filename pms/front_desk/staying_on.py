"""Another departure as the clerk sees it before saying yes (E2): who would lose the room, what can be done about it,
what it costs; and the doing of what was chosen.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from pms import clock
from pms.accounts.models import User
from pms.assignment import actions as assignment
from pms.db import db
from pms.errors import Conflict, Refused
from pms.front_desk import extensions, queries
from pms.front_desk.desk import save
from pms.front_desk.extensions import Extended, WhatIf
from pms.front_desk.moves import change_room, priced
from pms.property.models import Room
from pms.reservations.models import Stay
from pms.reservations.rules import nights_of
from pms.say import Say, say

MOST_MOVES = 2  # other rooms offered to the guest himself


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that can be done about others who are to have the room; `key` goes through the form and says it all:
    `to:12=45,13=46` (stay 12 to room 45 ...), `move:47` (the guest himself to room 47), `unplaced`.
    """

    key: str
    text: Say


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a departure would mean. `price` is of the added nights, `refused` why it is not to be had at all."""

    departure: date
    nights: int
    look: WhatIf | None = None
    options: tuple[Option, ...] = ()
    price: int = 0
    nightly: tuple[int, ...] = ()
    top_up: int = 0
    refused: Refused | None = None

    @property
    def longer(self) -> bool:
        return self.nights > 0


def meaning(stay: Stay, departure: date, *, by: User) -> Meaning:
    """Look ahead; changes nothing."""
    nights = (departure - stay.departure).days
    if nights <= 0:
        return Meaning(departure, nights)
    look = extensions.what_if_extend(stay, departure)
    try:
        prices = priced(stay, stay.type_id, nights_of(stay.departure, departure), by)
    except Refused as no:
        return Meaning(departure, nights, look, refused=no)
    price = sum(prices)
    found = tuple(_options(stay, look)) if not look.free else ()
    return Meaning(departure, nights, look, found, price, prices, extensions.top_up(stay, price))


def _options(stay: Stay, look: WhatIf) -> Iterable[Option]:
    if not look.closed and not any(other.locked for other in look.displaced):
        yield from _others_elsewhere(look)
    ready = queries.free_rooms(stay.held_type_id, clock.business_date(), look.departure, limit=MOST_MOVES)
    for room in ready:
        text = say("{guest} moves to {room} today. Same type and price.", guest=stay.guest.name, room=room.number)
        yield Option(f"move:{room.id}", text)


def _others_elsewhere(look: WhatIf) -> Iterable[Option]:
    """Everybody displaced to another room of his type, or to none when there is none."""
    given: dict[int, queries.FreeRoom] = {}
    for other in look.displaced:
        free = (room for room in other.instead if room.id not in {taken.id for taken in given.values()})
        if room := next(free, None):
            given[other.stay_id] = room
    if len(given) < len(look.displaced):
        without = next(other for other in look.displaced if other.stay_id not in given)
        yield Option(
            "unplaced", say("{guest} loses the room and has none yet. Reservations are told.", guest=without.guest)
        )
        return
    who, *more = look.displaced
    text = say("{guest} to {room}. Same type and price.", guest=who.guest, room=given[who.stay_id].number)
    for other in more:
        text = say("{first} {guest} to {room}.", first=text, guest=other.guest, room=given[other.stay_id].number)
    yield Option("to:" + ",".join(f"{stay_id}={room.id}" for stay_id, room in given.items()), text)


def stay_on(stay: Stay, departure: date, chosen: str, *, by: User, now: datetime) -> Extended:
    """Extend, and first do what was `chosen` (`Option.key`, "" when nobody stands against it).

    Raises `Conflict` when the choice was shown for other guests than those who stand against it now.
    """
    kind, _, what = chosen.partition(":")
    if kind == "move":
        _move_first(stay, departure, _number(what), by=by, now=now)
    elif kind == "to":
        _give_others_rooms(stay, departure, what, by=by, now=now)
    return extensions.extend(stay, departure, displace=kind == "unplaced", by=by, now=now)


def _number(text: str) -> int:
    """The id of a room or stay in a choice; 0, which nothing has, for what is none."""
    return int(text) if text.isascii() and text.isdigit() else 0


def _move_first(stay: Stay, departure: date, room_id: int, *, by: User, now: datetime) -> None:
    why = say("Stays until {departure}; the room is given to another guest.", departure=departure)
    change_room(stay, _room(room_id), str(why), by=by, now=now)


def _give_others_rooms(stay: Stay, departure: date, what: str, *, by: User, now: datetime) -> None:
    look = extensions.what_if_extend(stay, departure)
    pairs = (pair.partition("=") for pair in what.split(","))
    rooms = {_number(stay_id): _number(room_id) for stay_id, _, room_id in pairs}
    if set(rooms) != {other.stay_id for other in look.displaced}:
        raise Conflict(say("Others are to have the room now. Look at it again."), field="choice")
    for stay_id, room_id in rooms.items():
        other = db.session.get_one(Stay, stay_id)
        assignment.place_stay(other, _room(room_id), by=by, now=now)
        save(other)


def _room(room_id: int) -> Room:
    room = db.session.get(Room, room_id)
    if room is None:
        raise Conflict(say("This room is no longer there. Look at it again."), field="choice")
    return room
