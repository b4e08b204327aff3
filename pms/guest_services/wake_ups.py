"""Wake-up calls 叫醒: ordered by the hotel's clock, rung once, again after five minutes, then somebody goes up (Q4)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from pms import access, clock, journal, notices
from pms.accounts.models import Name, User
from pms.db import db, insert_missing
from pms.departments import Department
from pms.errors import Conflict, Refused
from pms.guest_services import queries_wake_ups
from pms.guest_services.models_wake_ups import WakeUp, WakeUpState
from pms.reservations.models import Group, Stay
from pms.reservations.status import Status
from pms.say import Say, say

AGAIN_AFTER = timedelta(minutes=5)
WALL = "%Y-%m-%d %H:%M"
STATE_NAMES: dict[WakeUpState, Say] = {
    WakeUpState.WAITING: say("To ring"),
    WakeUpState.GO_UP: say("Somebody goes up"),
    WakeUpState.ANSWERED: say("Answered"),
    WakeUpState.WOKEN: say("Woken in person"),
    WakeUpState.CANCELLED: say("Withdrawn"),
}
W = WakeUp.__table__


def instant_of(wall: datetime, zone: ZoneInfo) -> datetime:
    """The one instant to ring at, for what the clock is to show. An hour that comes twice is rung in the first time;
    in one that is left out it is rung when the old clock would have shown it: never lost, never double.
    """
    return wall.replace(tzinfo=zone, fold=0).astimezone(UTC)


def is_left_out(wall: datetime, zone: ZoneInfo) -> bool:
    """Does the clock jump over this time?"""
    return instant_of(wall, zone).astimezone(zone).replace(tzinfo=None) != wall


def order_wake_up(stay: Stay, wall: datetime, *, by: User, now: datetime) -> bool:
    """Call this guest at `wall` (no zone; the hotel's clock). Returns False when that call stands already.

    Raises `Refused` for a time that is over and for who is not in the house.
    """
    if stay.status is not Status.IN_HOUSE:
        raise Refused(say("Wake-up calls are for guests in house."), field="who")
    return bool(_order([stay.id], wall, by=by, now=now))


def order_for_group(group: Group, wall: datetime, *, by: User, now: datetime) -> int:
    """One call for each room of a group that is in the house; returns how many are new."""
    rooms = queries_wake_ups.stays_of(group)
    if not rooms:
        raise Refused(say("Nobody of group {code} is in the house.", code=group.code), field="who")
    return _order(rooms, wall, by=by, now=now)


def _order(stays: list[int], wall: datetime, *, by: User, now: datetime) -> int:
    access.require(by, "wake_guests")
    at = instant_of(wall, clock.zone())
    if at <= now:
        raise Refused(say("That time is over already."), field="due_at")
    shown = wall.strftime(WALL)
    row = {"wall": shown, "next_at": at, "state": WakeUpState.WAITING, "ordered_at": now, "ordered_by": by.id}
    there = queries_wake_ups.ordered(stays, shown)
    new = insert_missing(WakeUp, [row | {"stay_id": stay} for stay in stays if stay not in there])
    for stay in stays:
        journal.write(by, "order_wake_up", f"stay:{stay}", now=now, wall=shown)
    return new


def ring(wake_up: WakeUp, answered: bool, *, by: User, now: datetime) -> WakeUp:
    """The telephone rang. Without an answer it rings again after five minutes; after the second time somebody goes up,
    and concierge, security and AM are told.
    """
    if answered:
        return _end(wake_up, WakeUpState.ANSWERED, (WakeUpState.WAITING,), by=by, now=now)
    access.require(by, "wake_guests")
    tries = wake_up.unanswered + 1
    state = WakeUpState.WAITING if tries < 2 else WakeUpState.GO_UP
    values = {"unanswered": tries, "state": state, "next_at": now + AGAIN_AFTER if tries < 2 else now}
    _change(wake_up, (WakeUpState.WAITING,), values, tries - 1)
    journal.write(by, "wake_up_unanswered", wake_up, now=now, times=tries)
    if state is WakeUpState.GO_UP:
        room = wake_up.stay.room.number if wake_up.stay.room else "–"
        text = say("Room {room} has not answered two wake-up calls. Somebody goes up now.", room=room)
        told = (Department.CONCIERGE, Department.SECURITY, Department.ASSISTANT_MANAGER)
        notices.tell(told, text, about=wake_up, by=by, now=now)
    return wake_up


def woken(wake_up: WakeUp, *, by: User, now: datetime) -> WakeUp:
    """Somebody was at the door, and the guest is awake."""
    return _end(wake_up, WakeUpState.WOKEN, (WakeUpState.WAITING, WakeUpState.GO_UP), by=by, now=now)


def cancel_wake_up(wake_up: WakeUp, *, by: User, now: datetime) -> WakeUp:
    return _end(wake_up, WakeUpState.CANCELLED, (WakeUpState.WAITING, WakeUpState.GO_UP), by=by, now=now)


def _end(wake_up: WakeUp, state: WakeUpState, sources: tuple[WakeUpState, ...], *, by: User, now: datetime) -> WakeUp:
    access.require(by, "wake_guests")
    _change(wake_up, sources, {"state": state, "ended_at": now, "ended_by": by.id}, wake_up.unanswered)
    journal.write(by, f"wake_up_{state.value}", wake_up, now=now, wall=wake_up.wall)
    return wake_up


def _change(wake_up: WakeUp, sources: tuple[WakeUpState, ...], values: dict[str, object], tries: int) -> None:
    """One of two operators rings; the other hears what came of it."""
    same = (W.c.id == wake_up.id, W.c.state.in_(sources), W.c.unanswered == tries)
    done = db.session.connection().execute(sa.update(W).where(*same).values(**values)).rowcount == 1
    db.session.refresh(wake_up)
    if not done:
        raise _already(wake_up)


def _already(wake_up: WakeUp) -> Conflict:
    if wake_up.ended_by is None or wake_up.ended_at is None:
        return Conflict(say("Somebody else has just rung this room. Please look at the list."))
    who, at = db.session.get_one(User, wake_up.ended_by), clock.local(wake_up.ended_at)
    words = {"state": STATE_NAMES[wake_up.state], "name": Name(who.name, who.name_zh), "time": f"{at:%H:%M}"}
    return Conflict(say("This wake-up call: {state} by {name} at {time}.", **words))
