"""Giving rooms: the best rooms for one guest, and a plan for many. Pure and repeatable, knows no database.

Guests who came alone get the best room left in the order of the manual (P1-P5), which is quick and nearly as good.
Parties, and a house where that leaves somebody over, are planned together by the search.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

import numpy as np

from pms.assignment.explaining import explain, neighbour, score
from pms.assignment.facts import House, Neighbour, Placement, Plan, Reason, RoomFacts, Scored, StayFacts, Unplaced
from pms.assignment.pricing_problem import problem_of
from pms.assignment.rules.book import MANUAL, RuleBook
from pms.assignment.shortage import offers_in_turn
from pms.assignment.solver.problem import Ints, Solution
from pms.assignment.solver.solve import solve
from pms.assignment.standing import Standing
from pms.say import Say, say

Better = Callable[[int], None]
STEPS = 80
"""Of the search, for one run at the desk: steps, so that the same guests get the same plan on every machine."""


def make_plan(
    house: House,
    stays: Iterable[StayFacts],
    book: RuleBook = MANUAL,
    steps: int = STEPS,
    on_better: Better | None = None,
) -> Plan:
    """A room for every stay where there is one. `house` is filled on the way; what is placed already is not touched.

    While the search works `on_better` hears how many have a room in the best plan so far.
    """
    in_line = sorted(stays, key=place_in_line)
    if not _came_together(in_line):
        plan, settled = _one_by_one(house, in_line, book)
        if not plan.unplaced:
            return plan
        for who in settled:
            house.lift(who)
    return _together(house, in_line, book, steps, on_better)


def place_in_line(stay: StayFacts) -> tuple[int | str, ...]:
    """Sort key: who chooses first."""
    with_vip = 1 if "vip" in stay.kinds else 2 if "entourage" in stay.kinds else 9
    need = 0 if "disabled" in stay.kinds else 1 if stay.needs else 2
    family = 0 if "family" in stay.kinds else 1
    group = 0 if "group" in stay.kinds else 1
    party = stay.parties[0].key if stay.parties else ""
    return (with_vip, stay.vip_level, need, family, group, -stay.stays_before, -stay.nights, party, stay.id)


def rank_rooms(house: House, stay: StayFacts, limit: int | None = None, book: RuleBook = MANUAL) -> list[Scored]:
    """The rooms no must forbids, best first; ties go to the tighter gap, then to the lower number."""
    return [score(house, stay, room, book) for room in Standing(house, book).ranked(stay)[:limit]]


def refusal(house: House, stay: StayFacts, room: RoomFacts, book: RuleBook = MANUAL) -> Reason | None:
    """The first must that forbids the room, or None."""
    return next(book.refusals(stay, room, house), None)


def why_none(house: House, stay: StayFacts, book: RuleBook = MANUAL) -> Say:
    """Why no room can be given: none of the type, none free, or which must stood in the way."""
    of_type = [room for room in house.rooms.values() if room.type_id in stay.ok_types]
    if not of_type:
        return say("The house has no room of the type of {guest}.", guest=stay.guest)
    against = (refusal(house, stay, room, book) for room in of_type if house.is_free(room, stay))
    if reason := next(filter(None, against), None):
        return say("No room for {guest}: {why}", guest=stay.guest, why=reason.text)
    return say(
        "No room of the type is free for {guest} from {arrival} to {departure}.",
        guest=stay.guest,
        arrival=stay.arrival,
        departure=stay.departure,
    )


def _came_together(stays: Sequence[StayFacts]) -> bool:
    keys = [party.key for stay in stays for party in stay.parties]
    return len(keys) > len(set(keys))


def _one_by_one(house: House, stays: Sequence[StayFacts], book: RuleBook) -> tuple[Plan, list[Neighbour]]:
    placed, unplaced, settled = [], [], []
    standing = Standing(house, book)
    for stay in stays:
        rooms = standing.ranked(stay)
        if not rooms:
            unplaced.append(Unplaced(stay, why_none(house, stay, book)))
            continue
        best, *others = (score(house, stay, room, book) for room in rooms[:2])
        house.settle(who := neighbour(stay, best.room))
        settled.append(who)
        placed.append(Placement(stay, best, others[0] if others else None))
    return Plan(tuple(placed), tuple(unplaced)), settled


def _together(house: House, in_line: Sequence[StayFacts], book: RuleBook, steps: int, on_better: Better | None) -> Plan:
    """Those who stay a night by the search."""
    staying = [stay for stay in in_line if stay.slots]
    problem = problem_of(house, staying, book)
    in_turn = np.zeros_like(problem.priority)  # among equals, who stands first in line
    in_turn[: len(staying)] = np.arange(len(staying), 0, -1)

    def tell(plan: Solution) -> None:
        if on_better is not None:
            on_better(int((plan.room[: len(staying)] >= 0).sum()))

    found = solve(replace(problem, priority=problem.priority + in_turn), steps=steps, on_better=tell)
    return plan_of_search(house, in_line, found.room, book)


def plan_of_search(house: House, in_line: Sequence[StayFacts], room: Ints, book: RuleBook) -> Plan:
    """The plan that the search found, in words: `room` are those of the stays that take half days, in this order.

    Day use, which is in nobody's way, is placed here. Fills the house.
    """
    staying = [stay for stay in in_line if stay.slots]
    rooms = list(house.rooms.values())
    places = room[: len(staying)].tolist()  # those behind them had their rooms before
    given = [(stay, rooms[place]) for stay, place in zip(staying, places, strict=True) if place >= 0]
    choices = explain(house, given, book)
    placed = [Placement(stay, choice) for (stay, _), choice in zip(given, choices, strict=True)]
    with_room: dict[int | None, StayFacts] = {stay.id: stay for stay, _ in given}
    without = [stay for stay in staying if stay.id not in with_room]
    offered = offers_in_turn(house, without, book, with_room)
    left = [
        Unplaced(stay, why_none(house, stay, book), tuple(found)) for stay, found in zip(without, offered, strict=True)
    ]
    day_use, _ = _one_by_one(house, [stay for stay in in_line if not stay.slots], book)
    return Plan((*placed, *day_use.placed), (*left, *day_use.unplaced))
