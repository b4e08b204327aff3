"""The desk's verbs for placing: plan and save the arrivals of a day, place one by hand, suggest, lock.

A human's choice is never overturned: the engine places only who has no room.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime

from pms import access, journal
from pms.access import Actor
from pms.assignment import engine, overriding, queries
from pms.assignment.comparing import Comparison, compare
from pms.assignment.explaining import reasons, score
from pms.assignment.facts import House, Plan, Reason, RoomFacts, Scored, StayFacts
from pms.assignment.rules.book import RuleBook
from pms.clock import business_date
from pms.errors import Missing, Offer, Refused
from pms.lengths import check_lengths
from pms.property.models import Room
from pms.reservations import occupancy
from pms.reservations.models import Stay
from pms.reservations.status import STATUS_NAMES, Status
from pms.say import Say, say

MOVES_TOO = frozenset({"P2 need", "P13", "P15"})  # sources of the musts that a room change respects
FOR_THE_CLERK = "ready_for_an_early_guest"  # the one must a clerk may overlook: the room may be cleaned in time


def preview(day: date, stay_ids: Sequence[int] | None = None) -> Plan:
    """Who would get which room and why; nothing is saved."""
    stays = queries.arriving_unplaced(day, stay_ids)
    if not stays:
        return Plan((), ())
    first = min(stay.arrival for stay in stays)
    house = queries.house_around(first, max(stay.departure for stay in stays), business_date())
    return engine.make_plan(house, stays, queries.rule_book())


def place_arrivals(day: date, *, by: Actor, now: datetime, stay_ids: Sequence[int] | None = None) -> Plan:
    """Give rooms to the arrivals of `day` that have none, and save it. The plan says who is left over and why."""
    access.require(by, "place")
    plan = preview(day, stay_ids)
    occupancy.place_many((p.stay.id, p.choice.room.id, p.stay.arrival, p.stay.departure) for p in plan.placed)
    for placement in plan.placed:
        _write_placing(placement.stay, placement.choice, by=by, now=now)
    return plan


def place_stay(stay: Stay, room: Room, *, by: Actor, now: datetime, consent: str = "") -> None:
    """Give one stay the room a clerk has chosen. Raises `Refused` with the best other rooms when a must forbids it;
    `consent` (who agreed, how) lets a need of the guest stand back (P2), never a taken room or another type.
    """
    access.require(by, "place")
    _must_be_reserved(stay)
    facts, house, book = queries.facts_around(stay)
    wanted = house.rooms.get(room.id)
    if wanted is None:
        raise Missing(say("There is no such room."))
    against = list(_forbidden(house, facts, wanted, book))
    reason = _what_stands(against, consent, by)
    if reason:
        raise Refused(reason.text, offers=offers(engine.rank_rooms(house, facts, 3, book)), field="room")
    _keep_consent(stay, against, consent, by=by, now=now)
    if stay.room_id is not None:
        _must_not_be_locked(stay)
        occupancy.vacate(stay, since=stay.arrival)
    occupancy.place(stay, room)
    choice = score(house, facts, wanted, book)
    _write_placing(facts, choice, by=by, now=now, consent=consent or None)


def check_move(stay: Stay, room: Room, since: date, *, consent: str = "", by: Actor) -> Say | None:
    """What stands against moving a guest in house: his needs (P2, P13) and whom he is kept apart from (P15).

    `consent` lets them stand back as in `place_stay`. Type, size and whether the room is free are the desk's to see to.
    """
    facts, house, book = queries.facts_around(stay)
    wanted = house.rooms.get(room.id)
    if wanted is None:
        raise Missing(say("There is no such room."))
    from_now = replace(facts, arrival=max(facts.arrival, since))
    forbidden = (reason for reason in _forbidden(house, from_now, wanted, book) if reason.source in MOVES_TOO)
    reason = _what_stands(forbidden, consent, by)
    return reason.text if reason else None


def unplace(stay: Stay, *, by: Actor, now: datetime) -> None:
    """Take the room away from a stay that has not arrived."""
    access.require(by, "place")
    _must_be_reserved(stay)
    _must_not_be_locked(stay)
    if stay.room is None:
        return
    number = stay.room.number
    occupancy.vacate(stay, since=stay.arrival)
    journal.write(by, "unplace", stay, now=now, room=number)


def suggest(stay: Stay, limit: int | None = 3) -> list[Scored]:
    """The best free rooms for a stay, best first, each with what speaks for and against it."""
    facts, house, book = queries.facts_around(stay)
    return engine.rank_rooms(house, facts, limit, book)


def rooms_for_walk_in(arrival: date, departure: date, type_ids: Iterable[int]) -> dict[int, list[Scored]]:
    """For somebody at the desk nothing is known of yet: the free rooms of each type, best first (P17)."""
    house = queries.house_around(arrival, departure, business_date())
    anybody = StayFacts(0, "", 0, arrival, departure, kinds=frozenset({"walk_in"}))
    book = queries.rule_book()
    return {kind: engine.rank_rooms(house, _of_type(house, anybody, kind), book=book) for kind in type_ids}


def rooms_to_move_to(stay: Stay, since: date, type_ids: Iterable[int]) -> dict[int, list[Scored]]:
    """For a guest in house: the rooms of each type that are free from `since` to his departure, best first.

    Whether one can enter them now (clean, left by the guest before) is the desk's to see to.
    """
    facts, house, book = queries.facts_around(stay)
    from_now = replace(facts, arrival=max(facts.arrival, since))
    return {kind: engine.rank_rooms(house, _of_type(house, from_now, kind), book=book) for kind in type_ids}


def why_not(stay: Stay, room: Room) -> Comparison:
    """A room beside the one the stay has, or the best there is: all that forbids it, where it is worse, where better.

    For a guest in house only the nights to come count.
    """
    facts, house, book = queries.facts_around(stay)
    from_now = replace(facts, arrival=min(max(facts.arrival, business_date()), facts.departure))
    wanted = house.rooms.get(room.id)
    if wanted is None:
        raise Missing(say("There is no such room."))
    return compare(house, from_now, wanted, _standard(house, from_now, stay.room_id, wanted, book), book)


def _standard(house: House, stay: StayFacts, own: int | None, other: RoomFacts, book: RuleBook) -> RoomFacts | None:
    """What a room is measured by: the one the guest has, else the best one."""
    if own is not None and own in house.rooms:
        return house.rooms[own]
    best = engine.rank_rooms(house, stay, 1, book)
    return best[0].room if best and best[0].room is not other else None


def lock(stay: Stay, why: str, *, by: Actor, now: datetime) -> None:
    """Do not move: the guest was promised this very room."""
    access.require(by, "lock_room")
    if stay.room_id is None:
        raise Refused(say("Give {guest} a room first, then lock it.", guest=stay.guest.name), field="room")
    if not why.strip():
        raise Refused(say("Say why this guest must not be moved."), field="why")
    check_lengths(Stay, {"do_not_move_why": why.strip()})
    stay.do_not_move, stay.do_not_move_why = True, why.strip()
    journal.write(by, "lock_room", stay, now=now, why=why.strip())


def unlock(stay: Stay, *, by: Actor, now: datetime) -> None:
    access.require(by, "lock_room")
    stay.do_not_move, stay.do_not_move_why = False, ""
    journal.write(by, "unlock_room", stay, now=now)


def offers(ranked: Iterable[Scored]) -> tuple[Offer, ...]:
    """Rooms as something the clerk can take instead."""
    return tuple(Offer(offer_text(choice), "room", choice.room.id) for choice in ranked)


def offer_text(choice: Scored) -> Say:
    if choice.met:
        return say("{room}: {why}", room=choice.room.number, why=choice.met[0].text)
    return say("{room} is free.", room=choice.room.number)


def _of_type(house: House, facts: StayFacts, type_id: int) -> StayFacts:
    """The same guest, had he booked a room of this type."""
    rank = next((room.rank for room in house.rooms.values() if room.type_id == type_id), facts.rank)
    return replace(facts, type_id=type_id, rank=rank, ok_types=frozenset({type_id}))


def _forbidden(house: House, facts: StayFacts, room: RoomFacts, book: RuleBook) -> Iterator[Reason]:
    """The musts that stand against a room a clerk has chosen."""
    return (reason for reason in book.refusals(facts, room, house) if reason.rule != FOR_THE_CLERK)


def _what_stands(forbidden: Iterable[Reason], consent: str, by: Actor) -> Reason | None:
    """The first must that does not stand back; consent to one is none to the others."""
    return next((reason for reason in forbidden if not _may_stand_back(reason.source, consent, by)), None)


def _may_stand_back(source: str, consent: str, by: Actor) -> bool:
    """A need or a refusal may stand back with the guest's consent (P2, P6), keeping apart only by the AM (P15)."""
    if not consent.strip():
        return False
    if source == "P15":
        access.require(by, "override_keep_apart")
        return True
    return source in ("P2 need", "P13", "P6")


def _keep_consent(stay: Stay, against: Iterable[Reason], consent: str, *, by: Actor, now: datetime) -> None:
    """What the guest has agreed to holds for every later plan as well; a refused room is given this once."""
    for reason in against:
        if reason.source != "P6":
            overriding.record(stay, reason.rule, consent, by=by, now=now)


def _must_be_reserved(stay: Stay) -> None:
    if stay.status is not Status.RESERVED:
        raise Refused(say("A room is placed before arrival; this stay is {status}.", status=STATUS_NAMES[stay.status]))


def _must_not_be_locked(stay: Stay) -> None:
    if stay.do_not_move:
        raise Refused(say("{guest} must not be moved: {why}", guest=stay.guest.name, why=stay.do_not_move_why))


def _write_placing(stay: StayFacts, choice: Scored, *, by: Actor, now: datetime, consent: str | None = None) -> None:
    why = [reason.to_json() for reason in reasons(choice)]
    journal.write(by, "place", f"stay:{stay.id}", now=now, room=choice.room.number, why=why, consent=consent)
