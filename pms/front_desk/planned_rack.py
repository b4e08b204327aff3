"""A plan on the room grid: the floors it touches, what stands there already, and over it what is planned."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from markupsafe import Markup

from pms import clock
from pms.assignment.queries_runs import LineShown
from pms.front_desk import queries_rack as queries
from pms.front_desk import rack
from pms.front_desk.drawing import drawn_lines
from pms.front_desk.rack_bars import Planned
from pms.property import queries as house
from pms.web import language

WEEK, FORTNIGHT = 7, 14


class PlannedRack(NamedTuple):
    window: rack.Window
    lines: Markup
    rooms: int


def planned_rack(lines: Sequence[LineShown]) -> PlannedRack:
    """Ghosts only for what changes; once accepted the bars themselves are there."""
    first = min((line.arrival for line in lines), default=clock.business_date())
    window = _window(first, max((line.departure for line in lines), default=first))
    floors = {line.floor for line in lines if line.floor is not None}
    rooms = [room for room in queries.rack_rooms() if room.floor in floors]
    types = {row.id: row for row in house.types(all_of_them=True)}
    planned = [
        Planned(line.room_id, line.arrival, line.departure, _name(line))
        for line in lines
        if line.room_id is not None and line.changes and not line.accepted
    ]
    return PlannedRack(window, drawn_lines(window, rooms, types, clock.business_date(), planned), len(rooms))


def _window(first: date, until: date) -> rack.Window:
    return rack.Window(first, WEEK if (until - first).days < WEEK else FORTNIGHT)


def _name(line: Any) -> str:
    return (language.current() == "zh" and line.name_zh) or line.surname or line.name_zh or line.given or "·"
