"""Today's events board 当日活动与宴会 (R14): written down and called off; everybody at the desk sees it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from pms import access, clock, journal, notices
from pms.db import db, save
from pms.departments import Department
from pms.errors import Refused
from pms.lengths import check_lengths
from pms.reservations import rules
from pms.reservations.models import GroupStatus
from pms.reservations.models_events import Event
from pms.reservations.saving import nobody_else
from pms.say import say

if TYPE_CHECKING:
    from pms.accounts.models import User

TOLD = (Department.BANQUET, Department.RESTAURANTS, Department.CONCIERGE)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEvent:
    """What is on, where and when; fields as in models_events.Event."""

    day: date
    starts: str
    title: str
    place: str
    ends: str = ""
    organiser: str = ""
    covers: int = 0


def write_event(new: NewEvent, *, by: User, now: datetime) -> Event:
    """Put something on the board. Raises `Refused` for a day that is over and for times that make no sense."""
    access.require(by, "write_events")
    values = _values(new)
    event = Event(**values, written_at=now, written_by=by.id)
    db.session.add(event)
    db.session.flush()
    journal.write(by, "write_event", event, now=now, day=event.day, title=event.title, place=event.place)
    return event


@nobody_else()
def change_event(event: Event, new: NewEvent, *, by: User, now: datetime) -> None:
    """Another day, hour or place; those who serve it are told. Raises as `write_event`."""
    access.require(by, "write_events")
    values = _values(new)
    changed = {name: value for name, value in values.items() if value != getattr(event, name)}
    if not changed:
        return
    for name, value in changed.items():
        setattr(event, name, value)
    save(event)
    journal.write(by, "change_event", event, now=now, **changed)
    text = say("Changed: {title} is on {day}, {time}, {place}.", title=event.title, day=event.day, time=event.starts,
               place=event.place)  # fmt: skip
    notices.tell(TOLD, text, about=event, by=by, now=now)


@nobody_else()
def call_off(event: Event, *, by: User, now: datetime) -> None:
    """The event does not take place: off the board, and those who serve it are told.

    Raises `Refused` the second time, and for the banquet of a wedding whose group still comes.
    """
    access.require(by, "write_events")
    if event.called_off_at is not None:
        raise Refused(say("{title} has been called off already.", title=event.title))
    if event.wedding is not None and event.wedding.group.status is not GroupStatus.CANCELLED:
        code = event.wedding.group.code
        raise Refused(say("This is a wedding. Change it on its sheet, or cancel group {code}.", code=code))
    event.called_off_at = now
    save(event)
    journal.write(by, "call_off_event", event, now=now)
    text = say("{title} on {day}, {place}, is called off.", title=event.title, day=event.day, place=event.place)
    notices.tell(TOLD, text, about=event, by=by, now=now)


def _values(new: NewEvent) -> dict[str, Any]:
    """The columns, tidied; raises what stands against them."""
    values: dict[str, Any] = {
        name: text.strip() if isinstance(text, str) else text for name, text in asdict(new).items()
    }
    _check(NewEvent(**values))
    check_lengths(Event, values)
    return values


def _check(new: NewEvent) -> None:
    for field in ("title", "place", "starts"):
        if not getattr(new, field):
            raise Refused(say("What is on, where, and from when?"), field=field)
    if new.day < clock.business_date():
        raise Refused(say("This day is over."), field="day")
    rules.check_time(new.starts, field="starts")
    rules.check_time(new.ends, field="ends")
    if new.ends and new.ends <= new.starts:
        raise Refused(say("It ends after it begins, on the same day."), field="ends")
    if new.covers < 0:
        raise Refused(say("Covers are not negative."), field="covers")
