"""Placing many guests 排房 in runs: asked for, planned, accepted as a whole or in part, taken back with one press.

What is saved is the plan that was looked at. Between the look and the acceptance others work on: each line is checked
once more by all the musts, and what does not hold any longer is left out and said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, NamedTuple

from pms import access, journal, notices
from pms.access import Actor
from pms.assignment import engine, queries
from pms.assignment import queries_runs as runs
from pms.assignment.explaining import asked_and_unmet, neighbour, reasons
from pms.assignment.facts import House, Placement, Plan, StayFacts
from pms.assignment.how_good import Worth
from pms.assignment.models import Again, PlacingLine, PlacingRun, RunStatus
from pms.assignment.queries_runs import Now
from pms.assignment.replanning import replan
from pms.assignment.rules import Tier
from pms.assignment.rules.book import RuleBook
from pms.clock import business_date
from pms.db import db
from pms.departments import Department
from pms.errors import Conflict, Refused
from pms.reservations import occupancy
from pms.reservations.models import Stay
from pms.reservations.queries_moves import agreed_of
from pms.reservations.status import Status
from pms.say import Listed, Say, say

CHANGED = say("The booking was changed meanwhile.")


@dataclass(frozen=True, slots=True)
class Task:
    """All that is needed to plan a run, read from the database."""

    stays: list[StayFacts]
    house: House
    book: RuleBook
    again: Again


class Step(NamedTuple):
    """One stay out of a room and into another; None is no room."""

    stay_id: int
    arrival: date
    departure: date
    was: int | None
    to: int | None


@dataclass(frozen=True, slots=True)
class Done:
    """How many stays changed rooms, and a sentence for each that could not."""

    count: int
    left_out: list[Say]


def ask(stay_ids: Iterable[int], *, again: Again = Again.NOBODY, by: Actor, now: datetime) -> PlacingRun:
    """A run for these guests, to be planned next; `again` says what becomes of those who have rooms.

    Raises `Refused` when none of them can be given a room.
    """
    access.require(by, "place")
    today = business_date()
    chosen = _to_plan(set(stay_ids), again)
    if not chosen:
        raise Refused(say("Choose guests who have no room yet; those who have one are not planned."))
    runs.forget_before(today)
    days = [stay.arrival for stay in chosen.values()]
    run = PlacingRun(business_date=today, first=min(days), last=max(days), again=again, asked_by=by.id, asked_at=now)
    db.session.add(run)
    db.session.flush()
    db.session.add_all(
        PlacingLine(
            run_id=run.id, stay_id=stay_id, arrival=stay.arrival, departure=stay.departure, was_room_id=stay.room_id
        )
        for stay_id, stay in chosen.items()
    )
    db.session.flush()
    journal.write(by, "ask_placing", f"placing:{run.id}", now=now, guests=len(chosen), again=again.value)
    return run


def _to_plan(stay_ids: set[int], again: Again) -> dict[int, Now]:
    """Those of the stays that may be given a room, and with `Again.FEW` all who might have to make room for them."""
    found = runs.held_as_they_are(stay_ids)
    if again is Again.FEW and found:
        first, until = min(s.arrival for s in found.values()), max(s.departure for s in found.values())
        found |= runs.held_as_they_are(runs.movable(first, until) - stay_ids)
    settled = agreed_of(found)  # who agreed to rooms in turn keeps them
    return {
        stay_id: stay
        for stay_id, stay in found.items()
        if stay.status is Status.RESERVED
        and (stay.room_id is None or (again is not Again.NOBODY and not stay.locked and stay_id not in settled))
    }


def begin(run_id: int, *, by: Actor) -> bool:
    """Whether this caller is the one to plan the run; of two at once only one is."""
    access.require(by, "place")
    return runs.change_status(run_id, (RunStatus.ASKED, RunStatus.FAILED), RunStatus.PLANNING)


def read(run_id: int) -> Task:
    """The guests of the run, each with the room he holds, and the house around them."""
    held = {line.stay_id: line.was_room_id for line in runs.lines_of(run_id)}
    found = queries.stay_facts(Stay.id.in_(held), Stay.status == Status.RESERVED, Stay.do_not_move.is_(False))
    stays = [replace(stay, held_room=held[stay.id]) for stay in found]
    first = min((stay.arrival for stay in stays), default=business_date())
    until = max((stay.departure for stay in stays), default=first)
    house = queries.house_around(first, until, business_date(), without=held.keys())
    return Task(stays, house, queries.rule_book(), runs.load_run(run_id).again)


def think(task: Task, on_better: engine.Better | None = None) -> Plan:
    """The plan; knows no database, so that nobody waits for it."""
    if task.again is Again.NOBODY:
        return engine.make_plan(task.house, task.stays, task.book, on_better=on_better)
    return replan(task.house, task.stays, () if task.again is Again.FEW else None, book=task.book).plan


def note_progress(run_id: int, with_room: int) -> None:
    """How many have a room in the best plan so far, for those who watch."""
    runs.load_run(run_id).with_room = with_room


def keep(run_id: int, plan: Plan, book: RuleBook, *, milliseconds: int) -> None:
    """Write the plan down, to be looked at."""
    if not runs.change_status(run_id, (RunStatus.PLANNING,), RunStatus.PLANNED):
        raise Conflict(say("This plan was made by somebody else meanwhile. Please look at it again."))
    lines = {line.stay_id: line for line in runs.lines_of(run_id)}
    for placed in plan.placed:
        _fill(lines[placed.stay.id], placed, book)
    for left in plan.unplaced:
        lines[left.stay.id].why = [left.why.to_json(), *(offer.text.to_json() for offer in left.offers)]
    run = runs.load_run(run_id)
    run.milliseconds = milliseconds
    run.tiers = [sum(placed.choice.cost[tier] for placed in plan.placed) for tier in Tier]


def keep_worth(run_id: int, worth: Worth) -> None:
    """How far the plan is from what any plan could reach."""
    run = runs.load_run(run_id)
    run.price, run.bound = worth


def give_up(run_id: int) -> None:
    """Planning broke off; it can be asked for again."""
    runs.change_status(run_id, (RunStatus.PLANNING,), RunStatus.FAILED)


def accept(run_id: int, stay_ids: Iterable[int], *, by: Actor, now: datetime) -> Done:
    """Give the rooms of the plan to the guests named. What does not hold any longer is left out and said.

    Raises `Refused` for a plan of another date or when nobody is named, `Conflict` when it was accepted already.
    """
    access.require(by, "place")
    run = runs.load_run(run_id)
    _must_be_of_today(run)
    wanted = set(stay_ids)
    lines = {
        line.stay_id: line
        for line in runs.lines_of(run_id)
        if line.stay_id in wanted and line.room_id is not None and line.room_id != line.was_room_id
    }
    if not lines:
        raise Refused(say("Nobody is chosen. Choose the guests whose rooms you accept."))
    if not runs.change_status(run_id, (RunStatus.PLANNED,), RunStatus.ACCEPTED):
        raise Conflict(say("This plan was accepted or taken back already. Ask for a new one."))
    steps = [Step(x.stay_id, x.arrival, x.departure, x.was_room_id, x.room_id) for x in lines.values()]
    done, left_out, numbers = _carry_out(steps)
    for step in done:
        line = lines[step.stay_id]
        line.accepted = True
        said = {"room": numbers[step.to], "was": numbers.get(step.was), "why": line.why, "run": run_id}
        journal.write(by, "place", f"stay:{step.stay_id}", now=now, **said)
    run.accepted_by, run.accepted_at = by.id, now
    vips = runs.vips(step.stay_id for step in done)
    _tell_the_am(run_id, {numbers[step.to] for step in done if step.stay_id in vips}, by=by, now=now)
    journal.write(by, "accept_placing", f"placing:{run_id}", now=now, guests=len(done), left_out=len(left_out))
    return Done(len(done), left_out)


def _tell_the_am(run_id: int, rooms: set[str], *, by: Actor, now: datetime) -> None:
    """The AM inspects a VIP's room before others are told (P1, C6)."""
    if rooms:
        text = say("VIP rooms to inspect: {rooms}.", rooms=Listed(sorted(rooms)))
        notices.tell((Department.ASSISTANT_MANAGER,), text, about=f"placing:{run_id}", by=by, now=now)


def undo(run_id: int, *, by: Actor, now: datetime) -> Done:
    """Put everybody of an accepted run back where he was. Who has arrived, was moved or locked since stays.

    Raises `Refused` after the night audit, `Conflict` when there is nothing to take back.
    """
    access.require(by, "place")
    run = runs.load_run(run_id)
    _must_be_of_today(run)
    if not runs.change_status(run_id, (RunStatus.ACCEPTED,), RunStatus.UNDONE):
        raise Conflict(say("This run was not accepted, or it was taken back already."))
    lines = [line for line in runs.lines_of(run_id) if line.accepted]
    steps = [Step(x.stay_id, x.arrival, x.departure, x.room_id, x.was_room_id) for x in lines]
    done, left_out, numbers = _carry_out(steps)
    for step in done:
        what = "place" if step.to else "unplace"
        said = {"room": numbers[step.to or step.was], "run": run_id}
        journal.write(by, what, f"stay:{step.stay_id}", now=now, **said)
    run.undone_by, run.undone_at = by.id, now
    journal.write(by, "undo_placing", f"placing:{run_id}", now=now, guests=len(done), left_out=len(left_out))
    return Done(len(done), left_out)


def _fill(line: PlacingLine, placed: Placement, book: RuleBook) -> None:
    line.room_id = placed.choice.room.id
    line.why = [text.to_json() for text in reasons(placed.choice)]
    line.wishes, unmet = asked_and_unmet(placed.choice, book)
    line.unmet = [reason.text.to_json() for reason in unmet]


def _must_be_of_today(run: PlacingRun) -> None:
    if run.business_date != business_date():
        raise Refused(
            say("This run is of {day}; the night audit has closed it. Ask for a new plan.", day=run.business_date)
        )


def _carry_out(steps: Sequence[Step]) -> tuple[list[Step], list[Say], Mapping[Any, str]]:
    """The steps that were possible and are done, a sentence for each other, and the numbers of the rooms."""
    now = runs.held_as_they_are(step.stay_id for step in steps)
    steady = [s for s in steps if now.get(s.stay_id) == Now(Status.RESERVED, s.arrival, s.departure, s.was, False)]
    facts = {stay.id: stay for stay in queries.stay_facts(Stay.id.in_([step.stay_id for step in steady]))}
    possible, house, against = _possible(steady, facts)
    numbers = {room.id: room.number for room in house.rooms.values()}
    against |= {step.stay_id: CHANGED for step in steps if step not in steady}
    occupancy.vacate_many((step.stay_id, step.arrival) for step in possible if step.was is not None)
    occupancy.place_many((s.stay_id, s.to, s.arrival, s.departure) for s in possible if s.to is not None)
    return possible, list(_left_out(steps, against, numbers)), numbers


def _possible(steps: Sequence[Step], facts: Mapping[int, StayFacts]) -> tuple[list[Step], House, dict[int, Say]]:
    """The steps no must forbids when all are taken together, the house after them, and what forbids the others."""
    first = min((step.arrival for step in steps), default=business_date())
    until = max((step.departure for step in steps), default=first)
    book, left = queries.rule_book(), list(steps)
    against: dict[int, Say] = {}
    while True:
        house = queries.house_around(first, until, business_date(), without={step.stay_id for step in left})
        found = dict(_forbidden(house, left, facts, book))
        against |= found
        stays_put = [step for step in left if step.stay_id in found and step.was is not None]
        left = [step for step in left if step.stay_id not in found]
        if not stays_put:  # nobody of those left out sits in a room another one counted on
            return left, house, against


def _forbidden(
    house: House, steps: Iterable[Step], facts: Mapping[int, StayFacts], book: RuleBook
) -> Iterator[tuple[int, Say]]:
    """Who cannot have his room, and why; the others are settled one after the other."""
    for step in steps:
        if step.to is None:
            continue
        room = house.rooms.get(step.to)
        if room is None:
            yield step.stay_id, say("The room is not in use any more.")
        elif reason := engine.refusal(house, facts[step.stay_id], room, book):
            yield step.stay_id, reason.text
        else:
            house.settle(neighbour(facts[step.stay_id], room))


def _left_out(steps: Iterable[Step], against: Mapping[int, Say], numbers: Mapping[int, str]) -> Iterator[Say]:
    for step in steps:
        if step.stay_id in against:
            room = numbers.get(step.to or step.was or 0, "?")
            yield say("Left out, room {room}: {why}", room=room, why=against[step.stay_id])
