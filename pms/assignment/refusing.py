"""The guest does not want the room he is offered (P6): written down, not offered again, another by his words."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from pms import journal
from pms.access import Actor, require
from pms.assignment import engine, queries
from pms.assignment.guests_words import WORDS, Fitting, by_words
from pms.assignment.models import RefusedRoom
from pms.clock import business_date
from pms.db import db
from pms.errors import Refused
from pms.lengths import check_lengths
from pms.property import queries as house_queries
from pms.property.models import Room
from pms.reservations import occupancy
from pms.reservations.models import Stay
from pms.reservations.queries_moves import agreed
from pms.reservations.status import STATUS_NAMES, Status
from pms.say import say

LOOKED_AT = 60  # rooms, best first, among which those that meet the words are looked for


def refuse_room(stay: Stay, room: Room, words: Collection[str], why: str = "", *, by: Actor, now: datetime) -> None:
    """The guest does not want `room`: it is taken from him if he has it, and not offered to him again.

    Raises `Refused` once he has arrived (a room change then), and when nobody says what he would rather have.
    """
    require(by, "place")
    if stay.status is not Status.RESERVED:
        raise Refused(say("A room is placed before arrival; this stay is {status}.", status=STATUS_NAMES[stay.status]))
    known = [word for word in WORDS if word in words]
    if not known and not why.strip():
        raise Refused(say("Ask what the guest would rather have, and write it down."), field="why")
    if stay.do_not_move and stay.room_id == room.id:
        raise Refused(say("{guest} must not be moved: {why}", guest=stay.guest.name, why=stay.do_not_move_why))
    kept = {"words": ",".join(known), "why": why.strip()}
    check_lengths(RefusedRoom, kept)
    db.session.merge(RefusedRoom(stay_id=stay.id, room_id=room.id, at=now, by_id=by.id, **kept))
    if room.id in (stay.room_id, *(move.room_id for move in agreed(stay.id))):
        occupancy.vacate(stay, since=stay.arrival)
    db.session.flush()
    journal.write(by, "refuse_room", stay, now=now, room=room.number, words=known, why=kept["why"] or None)


def other_rooms(stay: Stay, words: Collection[str], limit: int = 3) -> list[Fitting]:
    """Rooms for the guest, those that meet most of his words first; `higher` is higher than what he refused last."""
    (facts,) = queries.stay_facts(Stay.id == stay.id)
    house = queries.house_around(stay.arrival, stay.departure, business_date(), without={stay.id})
    last = facts.refused_rooms[-1:] or ((stay.room.number,) if stay.room else ())
    unwanted = next(iter(house.numbered(last)), None)
    if "other_bed" in words:
        facts = replace(facts, ok_types=facts.ok_types | _of_rank(facts.rank))
    ranked = engine.rank_rooms(house, facts, LOOKED_AT, queries.rule_book())
    others = [choice for choice in ranked if choice.room.id != stay.room_id]
    return by_words(others, [word for word in WORDS if word in words], unwanted, facts, house)[:limit]


def _of_rank(rank: int) -> frozenset[int]:
    """Types that stand as high: another bed costs nobody an upgrade."""
    return frozenset(kind.id for kind in house_queries.types() if kind.rank == rank)
