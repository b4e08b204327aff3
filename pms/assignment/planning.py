"""A run planned from beginning to end, each part in a unit of work of its own: nobody waits while it is thought about.

Call it outside any unit of work: the page that was asked for a plan, and the worker that places tomorrow's arrivals.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, datetime, timedelta

from pms.access import Actor
from pms.assignment import queries_runs, runs
from pms.assignment.how_good import worth_of
from pms.db import reading, work
from pms.reservations import welcome

TELL_EVERY = 0.4  # seconds between two looks at how far the plan is


def plan_run(run_id: int, *, by: Actor) -> bool:
    """Whether this caller has planned the run; False when somebody else does. What breaks off can be planned again."""
    with work():
        if not runs.begin(run_id, by=by):
            return False
    began = time.monotonic()
    try:
        with reading():
            task = runs.read(run_id)
        found = runs.think(task, _teller(run_id))
        with work():
            runs.keep(run_id, found, task.book, milliseconds=int(1000 * (time.monotonic() - began)))
    except BaseException:
        with work():
            runs.give_up(run_id)
        raise
    return True


def reckon_worth(run_id: int) -> None:
    """Find out how good the plan is, while it is looked at already; not for one that leaves somebody over."""
    with reading():
        task = runs.read(run_id)
        rooms = {line.stay_id: line.room_id for line in queries_runs.lines_of(run_id) if line.room_id is not None}
    worth = worth_of(task.house, task.stays, rooms, task.book)
    if worth is not None:
        with work():
            runs.keep_worth(run_id, worth)


def pre_place(business_date: date, *, by: Actor, now: datetime) -> tuple[int, runs.Done] | None:
    """Give rooms to those who arrive the day after `business_date`, and VIPs and returning guests what the policy has,
    before the 18:00 paper (P1, C1, C3).

    The id of the run, which can be looked at and taken back, and what was done; None when everybody has a room.
    """
    tomorrow = business_date + timedelta(days=1)
    with work():
        welcome.prepare_arrivals(by=by, now=now)
        waiting = [guest.stay_id for guest in queries_runs.to_place(tomorrow, tomorrow)]
        if not waiting:
            return None
        run_id = runs.ask(waiting, by=by, now=now).id
    plan_run(run_id, by=by)
    with work():
        given = [line.stay_id for line in queries_runs.lines_of(run_id) if line.room_id is not None]
        return run_id, runs.accept(run_id, given, by=by, now=now) if given else runs.Done(0, [])


def _teller(run_id: int) -> Callable[[int], None]:
    """Writes down now and then how many have a room in the best plan so far."""
    last = time.monotonic()

    def tell(with_room: int) -> None:
        nonlocal last
        if time.monotonic() - last < TELL_EVERY:
            return
        with work():
            runs.note_progress(run_id, with_room)
        last = time.monotonic()

    return tell
