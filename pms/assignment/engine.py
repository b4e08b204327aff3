"""The engine's first form: guests in the order of the manual, each in the best room left. Pure and repeatable.

Order (P1-P5): VIPs and their entourage, those with needs, groups, regulars, longer stays, the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pms.assignment.facts import House, Neighbour, Placement, Plan, Reason, RoomFacts, Scored, StayFacts, Unplaced
from pms.assignment.rules import MUSTS, PREFERENCES, Tier
from pms.say import Say, say


def make_plan(house: House, stays: Iterable[StayFacts]) -> Plan:
    """A room for every stay where there is one. `house` is filled on the way; what is placed already is not touched."""
    placed, unplaced, everybody = [], [], list(stays)
    vip_bookings = {stay.booking_id for stay in everybody if stay.vip_level}
    for stay in sorted(everybody, key=lambda s: place_in_line(s, vip_bookings)):
        ranked = rank_rooms(house, stay)
        if not ranked:
            unplaced.append(Unplaced(stay, why_none(house, stay)))
            continue
        best = ranked[0]
        house.settle(neighbour(stay, best.room))
        placed.append(Placement(stay, best, ranked[1] if len(ranked) > 1 else None))
    return Plan(tuple(placed), tuple(unplaced))


def place_in_line(stay: StayFacts, vip_bookings: frozenset[int] | set[int] = frozenset()) -> tuple[int | str, ...]:
    """Sort key: who chooses first."""
    with_vip = 1 if stay.vip_level else 2 if stay.party == "entourage" and stay.booking_id in vip_bookings else 9
    need = 0 if stay.needs & {"accessible", "disabled"} else 1 if stay.needs else 2
    family = 0 if stay.party == "family" else 1
    group = 0 if stay.group_id else 1
    return (with_vip, stay.vip_level, need, family, group, -stay.stays_before, -stay.nights, stay.booking_id, stay.id)


def rank_rooms(house: House, stay: StayFacts, limit: int | None = None) -> list[Scored]:
    """Every room no must forbids, best first; ties go to the lower number."""
    rooms = (room for room in house.rooms.values() if room.type_id == stay.type_id and house.is_free(room, stay))
    scored = [score(house, stay, room) for room in rooms if refusal(house, stay, room) is None]
    scored.sort(key=lambda s: (s.cost, len(s.room.number), s.room.number))
    return scored[:limit]


def refusal(house: House, stay: StayFacts, room: RoomFacts) -> Reason | None:
    """The first must that forbids the room, or None."""
    return next(refusals(house, stay, room), None)


def refusals(house: House, stay: StayFacts, room: RoomFacts) -> Iterator[Reason]:
    """Every must that forbids the room."""
    for rule in MUSTS:
        if sentence := rule.check(stay, room, house):
            yield Reason(rule.source, sentence)


def score(house: House, stay: StayFacts, room: RoomFacts) -> Scored:
    """What the preferences say of a room that no must forbids."""
    cost = [0.0] * len(Tier)
    met, missed = [], []
    for rule in PREFERENCES:
        word = rule.judge(stay, room, house)
        if word is None:
            continue
        if word.by > 0:
            cost[rule.tier] += rule.weight * word.by
            missed.append(Reason(rule.source, word.text))
        else:
            met.append(Reason(rule.source, word.text))
    return Scored(room, tuple(cost), tuple(met), tuple(missed))


def neighbour(stay: StayFacts, room: RoomFacts) -> Neighbour:
    return Neighbour(stay.slots, room, stay.booking_id, stay.group_id, stay.company, stay.keep_apart)


def why_none(house: House, stay: StayFacts) -> Say:
    """Why no room can be given: none of the type, none free, or which must stood in the way most often."""
    of_type = [room for room in house.rooms.values() if room.type_id == stay.type_id]
    if not of_type:
        return say("The house has no room of the type of {guest}.", guest=stay.guest)
    reasons = [refusal(house, stay, room) for room in of_type if house.is_free(room, stay)]
    sentences = [reason.text for reason in reasons if reason]
    if not sentences:
        return say(
            "No room of the type is free for {guest} from {arrival} to {departure}.",
            guest=stay.guest,
            arrival=stay.arrival,
            departure=stay.departure,
        )
    return say("No room for {guest}: {why}", guest=stay.guest, why=sentences[0])
