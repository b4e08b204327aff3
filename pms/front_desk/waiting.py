"""No clean room at arrival: the guest waits, the room is cleaned first, and he is called afterwards (C10)."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from pms import access, clock, journal, notices
from pms.accounts.models import Name, User
from pms.db import db, insert_missing
from pms.departments import Department
from pms.errors import Conflict, Refused
from pms.front_desk.desk import must_be_in_house
from pms.front_desk.models_waiting import AfterWait, RoomWait
from pms.lengths import check_lengths
from pms.property.models import Room
from pms.reservations import status
from pms.reservations.models import Stay
from pms.say import say

W = RoomWait.__table__
CALL_AGAIN = timedelta(minutes=15)
CLEANS_FIRST = (Department.HOUSEKEEPING, Department.SERVICE_CENTRE, Department.CONCIERGE)


def ask_rush_cleaning(stay: Stay, *, by: User, now: datetime) -> None:
    """The room is not ready: the guest waits at the desk, housekeeping cleans it first 抢扫.

    From now on he is on the list of those who wait, and after his check-in on that of those to be called.
    """
    access.require(by, "check_in")
    status.after(stay.status, "check_in")
    if stay.room_id is None:
        raise Refused(say("Give the guest a room first."), field="room")
    room = db.session.get_one(Room, stay.room_id)
    insert_missing(RoomWait, [{"stay_id": stay.id, "since": now}])
    text = say("A guest is waiting for room {room}. Please clean it first.", room=room.number)
    notices.tell(CLEANS_FIRST, text, about=stay, by=by, now=now)
    journal.write(by, "ask_rush_cleaning", stay, now=now, room=room.number)


def call_afterwards(wait: RoomWait, outcome: AfterWait, said: str = "", *, by: User, now: datetime) -> None:
    """The guest was asked whether all is well. Nobody answered: he is called again in a quarter of an hour.

    Raises `Refused` for a guest who is not in his room, and for a complaint without words; `Conflict` when somebody
    else has called. What is not well the AM hears of at once.
    """
    access.require(by, "call_afterwards")
    must_be_in_house(wait.stay)
    words = said.strip()
    check_lengths(RoomWait, {"said": words})
    if outcome is AfterWait.NOT_WELL and not words:
        raise Refused(say("Please write down what is not well."), field="said")
    answered = {"called_at": now, "called_by": by.id, "outcome": outcome, "said": words}
    _write(wait, {"again_at": now + CALL_AGAIN} if outcome is AfterWait.NO_ANSWER else answered)
    journal.write(by, "call_afterwards", wait.stay, now=now, outcome=outcome.value, said=words or None)
    if outcome is AfterWait.NOT_WELL:
        room = wait.stay.room.number if wait.stay.room else "–"
        text = say("Room {room}: the guest who had to wait says: {said}", room=room, said=words)
        notices.tell((Department.ASSISTANT_MANAGER,), text, about=wait.stay, by=by, now=now)


def _write(wait: RoomWait, values: dict[str, object]) -> None:
    """Only who comes first writes; the second hears of whom and when."""
    first = sa.update(W).where(W.c.stay_id == wait.stay_id, W.c.called_at.is_(None)).values(**values)
    done = db.session.connection().execute(first).rowcount == 1
    db.session.refresh(wait)
    if not done:
        raise _called_already(wait)


def _called_already(wait: RoomWait) -> Conflict:
    assert wait.called_at is not None
    who = db.session.get_one(User, wait.called_by)
    words = {"name": Name(who.name, who.name_zh), "time": f"{clock.local(wait.called_at):%H:%M}"}
    return Conflict(say("{name} has called this guest already, at {time}.", **words))
