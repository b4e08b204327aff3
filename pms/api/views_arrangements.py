"""What is promised to guests on a day, and what is on in the house."""

from __future__ import annotations

from pms import clock
from pms.api.answers import may, shown
from pms.api.door import Door
from pms.api.schemas_waiting import ArrangementIn, ArrangementOut, Arrangements, DayQuery, EventIn, EventOut, Events
from pms.guests.names import list_name
from pms.reservations import arrangements, events
from pms.reservations import queries_arrangements as promised
from pms.reservations import queries_events as board
from pms.reservations.arrangements import NewArrangement
from pms.reservations.events import NewEvent
from pms.reservations.models_arrangements import Arrangement
from pms.reservations.queries import load_stay
from pms.reservations.queries_arrangements import ArrangementLine
from pms.web.gate import me

bp = Door("Arrangements")


@bp.does("GET /arrangements", needs="tick_off")
def list_arrangements(query: DayQuery) -> Arrangements:
    """What is to be done for guests on a day."""
    return Arrangements(items=[_line(line) for line in promised.of_day(query.day)])


@bp.does("POST /stays/{stay_id}/arrangements", needs="arrange", status=201)
def arrange(stay_id: int, body: ArrangementIn) -> ArrangementOut:
    """Promise something to a guest; its department is told."""
    new = NewArrangement(**body.model_dump())
    return _arrangement(arrangements.arrange(load_stay(stay_id), new, by=me(), now=clock.now()))


@bp.does("POST /arrangements/{arrangement_id}/completion", needs="tick_off")
def tick_off(arrangement_id: int) -> ArrangementOut:
    """It is done."""
    arrangement = promised.load_arrangement(arrangement_id)
    arrangements.tick_off(arrangement, by=me(), now=clock.now())
    return _arrangement(arrangement)


@bp.does("POST /arrangements/{arrangement_id}/withdrawal", needs="arrange")
def drop_arrangement(arrangement_id: int) -> ArrangementOut:
    """The guest does not want it any more; its department is told."""
    arrangement = promised.load_arrangement(arrangement_id)
    arrangements.drop(arrangement, by=me(), now=clock.now())
    return _arrangement(arrangement)


@bp.does("GET /events", needs="see_desk")
def list_events(query: DayQuery) -> Events:
    """What is on in the house on a day."""
    return Events(items=[shown(EventOut, event) for event in board.events_of(query.day)])


@bp.does("POST /events", needs="write_events", status=201)
def write_event(body: EventIn) -> EventOut:
    """Put something on the board of its day."""
    return shown(EventOut, events.write_event(NewEvent(**body.model_dump()), by=me(), now=clock.now()))


@bp.does("POST /events/{event_id}/calling-off", needs="write_events")
def call_off_event(event_id: int) -> EventOut:
    """It does not take place; those who serve it are told."""
    event = board.load_event(event_id)
    events.call_off(event, by=me(), now=clock.now())
    return shown(EventOut, event)


def _line(line: ArrangementLine) -> ArrangementOut:
    name = list_name(line.surname, line.given, line.name_zh)
    return _shown(line, line.room, name, line.incognito)


def _arrangement(arrangement: Arrangement) -> ArrangementOut:
    stay = arrangement.stay
    return _shown(arrangement, stay.room.number if stay.room else None, stay.guest.name, stay.guest.incognito)


def _shown(record: ArrangementLine | Arrangement, room: str | None, guest: str, incognito: bool) -> ArrangementOut:
    hidden = {"stay_id": None} if incognito and not may("see_incognito") else {}
    name = "" if hidden else guest
    return shown(ArrangementOut, record, room=room or "", guest=name, **hidden)
