"""Why a guest of a planned run gets this room and not another: asked in the house as the plan would leave it."""

from __future__ import annotations

from typing import NamedTuple

from pms.assignment import engine, queries
from pms.assignment import queries_runs as runs
from pms.assignment.comparing import Comparison, compare
from pms.assignment.explaining import neighbour, score
from pms.assignment.facts import House, Scored, StayFacts
from pms.clock import business_date
from pms.errors import Missing
from pms.reservations.models import Stay
from pms.say import say


class Why(NamedTuple):
    """What speaks for the room of the plan and against it, and another room beside it: the one asked for, or else the
    next best. Either is None where there is none.
    """

    choice: Scored | None
    other: Comparison | None


def why_in_plan(run_id: int, stay_id: int, other: int | None = None) -> Why:
    """`other` is the id of a room. Raises `Missing` when the guest is not of the run."""
    given = {line.stay_id: line.room_id for line in runs.lines_of(run_id)}
    facts = {stay.id: stay for stay in queries.stay_facts(Stay.id.in_(given))}
    if stay_id not in facts or stay_id not in given:
        raise Missing(say("This guest is not of this run."))
    house, book = as_planned(given, facts, stay_id), queries.rule_book()
    stay, own = facts[stay_id], house.rooms.get(given[stay_id] or 0)
    ranked = [choice.room for choice in engine.rank_rooms(house, stay, 2, book)] if other is None else []
    beside = house.rooms.get(other) if other else next((room for room in ranked if room is not own), None)
    return Why(
        score(house, stay, own, book) if own else None,
        compare(house, stay, beside, own, book) if beside else None,
    )


def as_planned(given: dict[int, int | None], facts: dict[int, StayFacts], stay_id: int) -> House:
    """The house with everybody of the run in the room of the plan, but for this one stay."""
    first = min(stay.arrival for stay in facts.values())
    until = max(stay.departure for stay in facts.values())
    house = queries.house_around(first, until, business_date(), without=given.keys())
    for other, room_id in given.items():
        room = house.rooms.get(room_id or 0)
        if other != stay_id and other in facts and room:
            house.settle(neighbour(facts[other], room))
    return house
