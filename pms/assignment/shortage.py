"""What could not be done, in words: which rooms are missing on which night, and offers that were checked (P7)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from pms.assignment.facts import House, Neighbour, Reason, RoomFacts, StayFacts, span
from pms.assignment.in_turn import rooms_in_turn
from pms.assignment.rules.book import RuleBook
from pms.errors import Offer
from pms.say import Say, say

DayName = Callable[[date], Any]
Movable = Mapping[int | None, StayFacts]
NIGHT = timedelta(days=1)
MIDWAY = (
    "{guest} could have {first} and move to {second} on {day}.",
    "{guest} could have {first}, move to {second} on {day} and to {third} on {later}.",
)
STANDS_BACK = frozenset({"P2 need", "P13"})  # with the guest's consent on record (P2)


def by_its_date(day: date) -> date:
    """How sentences name a day: as itself; an instance file has numbers instead."""
    return day


def missing(house: House, left: Sequence[StayFacts], book: RuleBook, day_name: DayName = by_its_date) -> Iterator[Say]:
    """A sentence for each type and night of which rooms are short, or for each guest who would have to change rooms.

    Everybody who has a room is settled in `house`.
    """
    short: Counter[tuple[date, str]] = Counter()
    for stay in left:
        rooms = [room for room in house.rooms.values() if not _against(house, stay, room, book)]
        full = [night for night in _nights(stay) if not any(_free(house, room, night) for room in rooms)]
        short.update((night, stay.type_code) for night in full)
        if not full:
            yield say("No room is free for {guest} on every night, though each night has one.", guest=stay.guest)
    for (night, code), count in sorted(short.items()):
        yield say(
            "Rooms of type {type} short on the night of {day}: {count}.", type=code, day=day_name(night), count=count
        )


def offers(
    house: House,
    stay: StayFacts,
    book: RuleBook,
    movable: Movable,
    day_name: DayName = by_its_date,
) -> list[Offer]:
    """What would give the guest a room, each checked, the gentlest first.

    `movable` are the placed stays that may be moved, by their id.
    """
    ways = (
        _other_type(house, stay, book),
        _rush_clean(house, stay, book),
        _move_somebody(house, stay, book, movable),
        _without_a_need(house, stay, book),
        _reopen(house, stay, book),
        _change_midway(house, stay, book, day_name),
    )
    return [found for way in ways if (found := next(way, None))]


def offers_in_turn(
    house: House,
    left: Sequence[StayFacts],
    book: RuleBook,
    movable: Movable,
    day_name: DayName = by_its_date,
) -> list[list[Offer]]:
    """The offers of each guest left over; a room that is the first offer of one is not offered to those after him."""
    found: list[list[Offer]] = []
    promised: list[Neighbour] = []
    for stay in left:
        found.append(offers(house, stay, book, movable, day_name))
        room = next((house.rooms[offer.value] for offer in found[-1] if isinstance(offer.value, int)), None)
        if room is not None and house.is_free(room, stay):
            promised.append(Neighbour(stay.slots, room, stay.parties, stay.keep_apart, stay.id))
            house.settle(promised[-1])
    for who in promised:
        house.lift(who)
    return found


def _against(house: House, stay: StayFacts, room: RoomFacts, book: RuleBook) -> list[Reason]:
    """The musts that forbid the room whatever night it is free."""
    return [reason for reason in book.refusals(stay, room, house) if reason.rule != "free_on_every_night"]


def _free_rooms(house: House, stay: StayFacts, book: RuleBook) -> Iterator[tuple[RoomFacts, list[Reason]]]:
    for room in house.rooms.values():
        if house.is_free(room, stay):
            yield room, _against(house, stay, room, book)


def _other_type(house: House, stay: StayFacts, book: RuleBook) -> Iterator[Offer]:
    """The nearest type above, or else the nearest below, as long as nothing but the type stands against it."""
    rooms = [
        room for room, against in _free_rooms(house, stay, book) if [r.rule for r in against] == ["type_is_as_agreed"]
    ]
    for room in sorted(rooms, key=lambda r: (r.rank < stay.rank, abs(r.rank - stay.rank), r.id)):
        text = say("Offer {guest} {room} of type {type}.", guest=stay.guest, room=room.number, type=room.type_code)
        if room.rank > stay.rank:
            text = say(
                "Upgrade {guest} to {type}: {room} is free.", guest=stay.guest, type=room.type_code, room=room.number
            )
        yield Offer(text, "upgrade" if room.rank > stay.rank else "other_type", room.id)


def _rush_clean(house: House, stay: StayFacts, book: RuleBook) -> Iterator[Offer]:
    for room, against in _free_rooms(house, stay, book):
        if [reason.rule for reason in against] == ["ready_for_an_early_guest"]:
            text = say("Rush-clean {room} for {guest}.", room=room.number, guest=stay.guest)
            yield Offer(text, "rush_cleaning", room.id)


def _without_a_need(house: House, stay: StayFacts, book: RuleBook) -> Iterator[Offer]:
    for room, against in _free_rooms(house, stay, book):
        if len(against) == 1 and against[0].source in STANDS_BACK:
            text = say("Ask {guest} to agree to {room}: {why}", guest=stay.guest, room=room.number, why=against[0].text)
            yield Offer(text, "consent", room.id)


def _reopen(house: House, stay: StayFacts, book: RuleBook) -> Iterator[Offer]:
    for room in house.rooms.values():
        closed = house.closed.get(room.id, 0)
        taken = house.taken.get(room.id, 0) & stay.slots
        if taken and not taken & ~closed and not _against(house, stay, room, book):
            yield Offer(say("Reopen room {room} for {guest}.", room=room.number, guest=stay.guest), "reopen", room.id)


def _move_somebody(house: House, stay: StayFacts, book: RuleBook, movable: Movable) -> Iterator[Offer]:
    """One other guest goes to a room that is free for him, and leaves his to this one."""
    for room in house.rooms.values():
        in_the_way = [who for who in house.by_room.get(room.id, ()) if who.slots & stay.slots]
        if len(in_the_way) != 1 or in_the_way[0].stay_id not in movable:
            continue
        if house.closed.get(room.id, 0) & stay.slots or _against(house, stay, room, book):
            continue
        other = movable[in_the_way[0].stay_id]
        if to := _elsewhere(house, other, in_the_way[0], book):
            text = say(
                "Move {other} from {room} to {to}, then {guest} has {room}.",
                other=other.guest,
                room=room.number,
                to=to.number,
                guest=stay.guest,
            )
            yield Offer(text, "move", (other.id, to.id, room.id))


def _elsewhere(house: House, stay: StayFacts, who: Neighbour, book: RuleBook) -> RoomFacts | None:
    rooms = (room for room in house.rooms.values() if room is not who.room and house.is_free(room, stay))
    return next((room for room in rooms if not _against(house, stay, room, book)), None)


def _change_midway(house: House, stay: StayFacts, book: RuleBook, day_name: DayName) -> Iterator[Offer]:
    parts = rooms_in_turn(house, stay, book)
    if not parts:
        return
    first, second, *more = parts
    words = {"guest": stay.guest, "first": first.room.number, "second": second.room.number}
    text = say("{guest} could have {first} and move to {second} on {day}.", **words, day=day_name(second.first))
    for third in more:
        text = say(
            "{guest} could have {first}, move to {second} on {day} and to {third} on {later}.",
            **words,
            day=day_name(second.first),
            third=third.room.number,
            later=day_name(third.first),
        )
    yield Offer(text, "change_midway", [(part.room.id, part.first) for part in parts])


def says_midway(text: Mapping[str, Any]) -> bool:
    """Is this a kept offer (`Say.to_json`) to change rooms midway?"""
    return text.get("say") in MIDWAY


def _free(house: House, room: RoomFacts, night: date) -> bool:
    return not house.taken.get(room.id, 0) & span(night, night + NIGHT)


def _nights(stay: StayFacts) -> list[date]:
    return [stay.arrival + n * NIGHT for n in range(stay.nights)]
