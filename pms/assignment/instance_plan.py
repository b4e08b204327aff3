"""A plan for an instance file: who gets which room, why, and what was not possible."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import date
from typing import Any

from pms.assignment.explaining import explain, reasons
from pms.assignment.facts import House, RoomFacts, StayFacts
from pms.assignment.instance import DAY_0, Instance
from pms.assignment.pricing_problem import problem_of
from pms.assignment.rules.book import MANUAL, RuleBook
from pms.assignment.shortage import missing, offers_in_turn
from pms.assignment.solver.bound import lower_bound
from pms.assignment.solver.solve import solve

MOST_OFFERS_FOR = 20  # guests left over for whom offers are looked for


def plan_of(
    made: Instance,
    *,
    seconds: float | None = None,
    steps: int | None = None,
    seed: int = 0,
    proof: float = 0.0,
    book: RuleBook = MANUAL,
) -> dict[str, Any]:
    """`{"assign": {stay: room}, "why": {stay: [sentences]}, "short": [sentences], "score": {...}}`.

    `seconds` are for prices and search. `proof` are further ones, for the bound of the score: no plan that places
    everybody costs less in the tiers below 0 together. Fills the house of the instance.
    """
    began = time.monotonic()
    problem = problem_of(made.house, made.stays, book)
    if seconds is not None:
        seconds = max(0.0, seconds - (time.monotonic() - began))
    found = solve(problem, seconds=seconds, steps=steps, seed=seed)
    below = sum(found.tiers[1:]) if not found.tiers[0] else None
    bound = lower_bound(problem, below, seconds=proof) if proof else None
    all_rooms = list(made.house.rooms.values())
    rooms = [all_rooms[place] if place >= 0 else None for place in found.room.tolist()]
    given = [(stay, room) for stay, room in zip(made.stays, rooms, strict=True) if room is not None]
    left = [stay for stay, room in zip(made.stays, rooms, strict=True) if room is None]
    why = {
        stay.guest: [str(text) for text in reasons(choice)] if stay.fixed_room is None else ["Stays where they are."]
        for (stay, _), choice in zip(given, explain(made.house, given, book), strict=True)
    }
    return {
        "assign": {stay.guest: room.number for stay, room in given},
        "why": why,
        "short": short(made.house, given, left, book),
        "score": {"tiers": found.tiers, "steps": found.steps, "points": sum(found.tiers[1:]), "bound": bound},
    }


def short(
    house: House, given: Sequence[tuple[StayFacts, RoomFacts]], left: Sequence[StayFacts], book: RuleBook
) -> list[str]:
    """What is missing, then for each guest left over the offers that were checked; `house` is full."""
    movable: dict[int | None, StayFacts] = {stay.id: stay for stay, _ in given if stay.fixed_room is None}
    found = [str(text) for text in missing(house, left, book, _day)]
    chosen = left[:MOST_OFFERS_FOR]
    for stay, found_for in zip(chosen, offers_in_turn(house, chosen, book, movable, _day), strict=True):
        found += [f"{stay.guest}: {offer.text}" for offer in found_for]
    return found


def _day(day: date) -> int:
    return (day - DAY_0).days
