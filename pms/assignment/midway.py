"""A guest for whom no room is free on all nights has one room and then another, with his consent on record (P2, P7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from pms import journal
from pms.access import Actor, require
from pms.assignment import engine, queries
from pms.assignment import queries_runs as runs
from pms.assignment.actions import FOR_THE_CLERK, offers
from pms.assignment.facts import House, StayFacts
from pms.assignment.in_turn import MOST_ROOMS, Part, rooms_in_turn
from pms.assignment.models import RunStatus
from pms.assignment.reasons_of_runs import as_planned
from pms.assignment.rules.book import RuleBook
from pms.clock import business_date
from pms.db import db
from pms.errors import Conflict, Offer, Refused
from pms.lengths import check_lengths
from pms.property.models import Room
from pms.reservations import occupancy
from pms.reservations.models import Stay
from pms.reservations.models_moves import PlannedMove
from pms.reservations.queries_moves import Agreed, agreed, agreed_of
from pms.reservations.status import STATUS_NAMES, Status
from pms.say import Listed, Say, say


def look(stay: Stay, run_id: int | None = None) -> list[Part]:
    """The rooms he could have in turn, with the fewest moves; none when one room will do, or there is no way.

    While the plan of a run is open its rooms count as given.
    """
    if stay.status is not Status.RESERVED or stay.room_id is not None:
        return []
    facts, house, book = _around(stay, run_id)
    return rooms_in_turn(house, facts, book)


def plan_moves(stay: Stay, parts: Sequence[tuple[int, date]], consent: str, *, by: Actor, now: datetime) -> None:
    """Give the stay the rooms `parts`, each by its id and from its night on; `consent` says who agreed, and how.

    Raises `Refused` for a stay that has arrived or has a room, when nobody was asked, when one room is free on all
    nights, when a must forbids one of the rooms or a day is not of the stay; `Taken` when somebody has one by now.
    """
    require(by, "place")
    _must_wait_for_a_room(stay)
    facts, house, book = queries.facts_around(stay)
    if best := engine.rank_rooms(house, facts, 3, book):
        text = say("Room {room} is free on all nights: nobody has to move.", room=best[0].room.number)
        raise Refused(text, offers=offers(best), field="parts")
    if not consent.strip():
        raise Refused(say("Write down who agreed, and how."), field="consent")
    check_lengths(PlannedMove, {"consent": consent.strip()})
    rooms = [_room(room_id) for room_id, _ in parts]
    _check_days(stay, [day for _, day in parts])
    for part in map(Part, (house.rooms[room.id] for room in rooms), (day for _, day in parts)):
        _check_musts(house, facts, part, book)
    moves = [
        Agreed(day, room.id, room.number, consent.strip(), now, by.id)
        for room, (_, day) in zip(rooms[1:], parts[1:], strict=True)
    ]
    occupancy.place_in_turn(stay, rooms[0], moves)
    db.session.flush()
    journal.write(by, "plan_moves", stay, now=now, rooms=_in_turn(rooms[0], moves), why=consent.strip())


def stay_put(stay: Stay, day: date, *, by: Actor, now: datetime) -> None:
    """The move planned for `day` is not needed any more: the guest keeps the room he has before it.

    Raises `Taken` when somebody else has that room then, `Conflict` when no move is planned for that day any more.
    """
    require(by, "place")
    if stay.status not in (Status.RESERVED, Status.IN_HOUSE):
        raise Refused(say("This stay is over: {status}.", status=STATUS_NAMES[stay.status]))
    planned = next((move for move in agreed(stay.id) if move.day == day), None)
    if planned is None:
        raise Conflict(say("No change of rooms is planned for that day any more."))
    occupancy.stay_put(stay, planned)
    journal.write(by, "drop_planned_move", stay, now=now, room=planned.number, day=day)


def _around(stay: Stay, run_id: int | None) -> tuple[StayFacts, House, RuleBook]:
    run = runs.load_run(run_id) if run_id else None
    if run is None or run.status is not RunStatus.PLANNED or run.business_date != business_date():
        return queries.facts_around(stay)
    planned = {line.stay_id: line.room_id for line in runs.lines_of(run.id)}
    settled = agreed_of(planned)  # they have their rooms in turn already
    given = {each: room for each, room in planned.items() if each not in settled} | {stay.id: None}
    facts = {each.id: each for each in queries.stay_facts(Stay.id.in_(given))}
    return facts[stay.id], as_planned(given, facts, stay.id), queries.rule_book()


def _must_wait_for_a_room(stay: Stay) -> None:
    if stay.status is not Status.RESERVED:
        raise Refused(say("A room is placed before arrival; this stay is {status}.", status=STATUS_NAMES[stay.status]))
    if stay.room_id is not None:
        room = db.session.get_one(Room, stay.room_id)
        raise Refused(
            say("{guest} has room {room} by now.", guest=stay.guest.name_on_notices, room=room.number),
            offers=(Offer(say("Take the room back first"), "unplace", stay.id),),
        )


def _room(room_id: int) -> Room:
    room = db.session.get(Room, room_id)
    if room is None or not room.active:
        raise Refused(say("There is no such room."), field="parts")
    return room


def _check_days(stay: Stay, days: Sequence[date]) -> None:
    in_order = list(days) == sorted(set(days)) and days[:1] == [stay.arrival] and days[-1] < stay.departure
    if not in_order or not 2 <= len(days) <= MOST_ROOMS:
        raise Refused(say("The days of the moves are not of this stay. Look at it again."), field="parts")


def _check_musts(house: House, facts: StayFacts, part: Part, book: RuleBook) -> None:
    """Every must but that the room is free, which reservations see to, with names."""
    settled = replace(facts, early=facts.early and part.first == facts.arrival)
    for reason in book.refusals(settled, part.room, house):
        if reason.rule not in ("free_on_every_night", FOR_THE_CLERK):
            raise Refused(reason.text, field="parts")


def _in_turn(first: Room, moves: Sequence[Agreed]) -> Say:
    """`1204, then 1305 from 24 Nov on` for the history."""
    others = [say("{room} from {day} on", room=move.number, day=move.day) for move in moves]
    return say("{first}, then {others}", first=first.number, others=Listed(others))
