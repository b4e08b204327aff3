"""Today as somebody who opens the demo finds it: the day is done as far as the clock has come."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta

from pms.access import Role
from pms.assignment import planning, queries_runs, runs
from pms.cashier.models import PostingKind
from pms.db import db, work
from pms.demo import queries
from pms.demo.belongings import fill_the_shelves
from pms.demo.calls import take_calls, wake_and_keep
from pms.demo.counter import arrive, charge, leave, leaving, owes
from pms.demo.directions import keep_directions
from pms.demo.enquirers import receive_enquiries
from pms.demo.honours import honour
from pms.demo.play import Play
from pms.demo.register import REGISTER_SENT_AT, send_register
from pms.demo.rosters import write_rosters
from pms.demo.shift_ends import end_shifts
from pms.demo.visits import Visit
from pms.errors import Refused
from pms.front_desk.actions import ask_rush_cleaning
from pms.property.actions import set_housekeeping
from pms.property.models import Housekeeping
from pms.property.queries import room_by_number
from pms.reservations.discrepancies import report_occupancy
from pms.reservations.models import Stay

MORNING, AFTERNOON = 8.0, 13.5  # hours between which guests leave and the first arrive
SHOULD_HAVE_LEFT = ("1711", "1208", "1105", "2003")
OWES_ROOM, OWES = "2003", 124_000
STILL_DIRTY = ("1806", "1011")
FIRST_ARRIVALS_UNTIL = "12:00"
WAITED = timedelta(minutes=12)
READY_IN = timedelta(minutes=28)
INSPECTED = ("2102", "2108", "1605", "1901")


def begin_today(play: Play, now: datetime) -> None:
    """Departures, cleaning, placing, the first arrivals, messages and luggage; nothing happens after `now`."""
    play.latest, day = now, play.plan.today
    local = now.astimezone(play.zone)
    share = min(max((local.hour + local.minute / 60 - MORNING) / (AFTERNOON - MORNING), 0), 1)
    play.take_bookings(day)
    play.take_cancellations(day)
    if local.hour >= REGISTER_SENT_AT:
        send_register(play, play.at(day, REGISTER_SENT_AT))
    _departures(play, share)
    coming = [visit for visit in play.coming(day) if not visit.no_room]
    play.place(day, [visit for visit in coming if visit.stay_id], play.at(day, 9, 30))
    _clean(play, share)
    first = sorted((v for v in coming if v.eta and v.eta < FIRST_ARRIVALS_UNTIL), key=lambda visit: visit.eta)
    arrived = first[: round(len(first) * share)]
    for visit in arrived:
        hour, minute = map(int, visit.eta.split(":"))
        now_comes = play.at(day, hour, minute)
        if visit is arrived[-1]:
            _had_to_wait(play, visit, now_comes - WAITED)
        arrive(play, visit, now_comes)
    _who_waits(play, [visit for visit in coming if visit not in arrived], now)
    honour(play)
    _room_of_the_unknown(play)
    fill_the_shelves(play, now)
    keep_directions(play, now)
    take_calls(play, now)
    receive_enquiries(play, now)
    wake_and_keep(play, now)
    write_rosters(play, now)
    end_shifts(play, now)
    _plan_tomorrow(play, now)


def _plan_tomorrow(play: Play, now: datetime) -> None:
    """Tomorrow's rooms are planned and lie there to be looked at (P1); nobody has accepted them yet."""
    by, tomorrow = play.by(Role.SHIFT_LEADER), play.plan.today + timedelta(days=1)
    with work():
        waiting = [guest.stay_id for guest in queries_runs.to_place(tomorrow, tomorrow)]
        run_id = runs.ask(waiting, by=by, now=now).id if waiting else None
    if run_id is not None:
        planning.plan_run(run_id, by=by)
        planning.reckon_worth(run_id)


def _departures(play: Play, share: float) -> None:
    """Those due out leave one after the other; four are still there, and one of them has not paid all."""
    day = play.plan.today
    due = leaving(play, day)
    late = [visit for visit in due if visit.room in SHOULD_HAVE_LEFT]
    gone = [visit for visit in due if visit not in late]
    for number, visit in enumerate(gone[: round(len(gone) * share)]):
        leave(play, visit, play.at(day, 7 + number % 5, number * 13 % 60))
    with work():
        for visit in late:
            if visit.room == OWES_ROOM and (missing := OWES - owes(visit)) > 0:
                charge(play, visit, PostingKind.FOOD, missing, play.at(day, 8, 50))


def _clean(play: Play, share: float) -> None:
    """The attendants' round so far: vacant rooms first, those of today's first arrivals before the others."""
    day, maid = play.plan.today, play.by(Role.HOUSEKEEPING)
    coming = [visit for visit in play.coming(day) if visit.stay_id]
    with work():
        placed = queries.rooms_of([visit.stay_id for visit in coming])
        groups = {placed[visit.stay_id] for visit in coming if visit.group == "WLT-21" and visit.stay_id in placed}
        wanted = set(placed.values()) - groups
        for number, room in enumerate(queries.vacant_dirty_rooms()):
            state = Housekeeping.CLEAN
            if room.number in STILL_DIRTY:
                continue
            if room.id in groups or (room.id not in wanted and number % 5 == 0):
                state = Housekeeping.CLEANING
            elif room.id not in wanted and number % 3 == 0:
                continue
            ready = play.latest + READY_IN if play.latest and state is Housekeeping.CLEANING else None
            set_housekeeping(room, state, ready_at=ready, by=maid, now=play.at(day, 10 + number % 4, number * 17 % 60))
        for left_alone in STILL_DIRTY:
            _dirty(play, left_alone)
        _inspect(play)
        for number, room in enumerate(queries.occupied_rooms()):
            if number % 10 < round(7 * share):
                set_housekeeping(room, Housekeeping.CLEAN, by=maid, now=play.at(day, 11, number % 60))


def _dirty(play: Play, number: str) -> None:
    room = room_by_number(number)
    if room and room.housekeeping is not Housekeeping.DIRTY:
        set_housekeeping(room, Housekeeping.DIRTY, by=play.by(Role.HOUSEKEEPING), now=play.at(play.plan.today, 9, 5))


def _inspect(play: Play) -> None:
    """The AM looks at the rooms of the VIPs before anybody else is told."""
    for number in INSPECTED:
        room = room_by_number(number)
        if room and room.housekeeping is Housekeeping.CLEAN:
            am = play.by(Role.ASSISTANT_MANAGER)
            set_housekeeping(room, Housekeeping.INSPECTED, by=am, now=play.at(play.plan.today, 14, 5))


def _had_to_wait(play: Play, visit: Visit, now: datetime) -> None:
    """Cleaned first for a guest who stood at the desk; he is called afterwards."""
    with suppress(Refused), work():
        stay = db.session.get_one(Stay, visit.stay_id)
        ask_rush_cleaning(stay, by=play.by(Role.FRONT_DESK_AGENT), now=now)


def _who_waits(play: Play, coming: list[Visit], now: datetime) -> None:
    """One guest waits at the desk for a room that is being cleaned."""
    with work():
        cleaning = queries.rooms_being_cleaned([visit.stay_id for visit in coming if not visit.group])
    waits = next((visit for visit in coming if visit.stay_id in cleaning), None)
    if waits is not None:
        _had_to_wait(play, waits, now - WAITED)


def _room_of_the_unknown(play: Play) -> None:
    """One vacant room in which the attendant saw a suitcase."""
    with work():
        room = queries.vacant_clean_room()
        if room is not None:
            now = play.at(play.plan.today, 11, 20)
            report_occupancy(room, True, 1, by=play.by(Role.HOUSEKEEPING), now=now)
