"""Directions in both languages, as they are printed on a card; the card itself is printed at the desk."""

from __future__ import annotations

from pms import clock
from pms.api import cursors
from pms.api.answers import Outdated, as_number, shown, version_seen
from pms.api.door import Door
from pms.api.schemas_services import DirectionChange, DirectionIn, DirectionOut, DirectionPage, DirectionQuery
from pms.guest_services import directions, queries_directions
from pms.guest_services.directions import FIELDS, NewDirection
from pms.guest_services.models_directions import Direction
from pms.say import say
from pms.web.gate import me

bp = Door("Directions")


@bp.does("GET /directions", needs="see_directions")
def list_directions(query: DirectionQuery) -> DirectionPage:
    """What is printed for guests, or was set aside; with `q` what is meant by it."""
    (last,) = cursors.read(query.cursor, int) or (0,)
    found = queries_directions.directions_after(last, query.limit + 1, query.q, active=not query.set_aside)
    rows, following = cursors.cut(found, query.limit, lambda row: (row.id,))
    return DirectionPage(items=[_direction(row) for row in rows], next=following)


@bp.does("POST /directions", needs="keep_directions", status=201)
def add_direction(body: DirectionIn) -> DirectionOut:
    """Keep an answer in both languages, under a title that is not there yet."""
    return _direction(directions.add_direction(NewDirection(**body.model_dump()), by=me(), now=clock.now()))


@bp.does("GET /directions/{direction_id}", needs="see_directions")
def read_direction(direction_id: int) -> DirectionOut:
    """One of them, also when it was set aside."""
    return _direction(queries_directions.direction(direction_id))


@bp.does("PATCH /directions/{direction_id}", needs="keep_directions", holds=True)
def change_direction(direction_id: int, body: DirectionChange) -> DirectionOut:
    """Correct an answer, if it still is as it was seen."""
    direction, seen = queries_directions.direction(direction_id), as_number(version_seen(body.version))
    if direction.version != seen:
        raise Outdated(say("Somebody else has just changed this. Please look at it again."), _direction(direction))
    there = {name: getattr(direction, name) for name in FIELDS}
    new = NewDirection(**there | body.model_dump(exclude={"version"}, exclude_none=True))
    directions.change_direction(direction, new, version=seen, by=me(), now=clock.now())
    return _direction(direction)


@bp.does("POST /directions/{direction_id}/set-aside", needs="keep_directions")
def set_direction_aside(direction_id: int) -> DirectionOut:
    """No longer printed; it stays and can be brought back."""
    direction = queries_directions.direction(direction_id)
    directions.set_aside(direction, by=me(), now=clock.now())
    return _direction(direction)


@bp.does("POST /directions/{direction_id}/bring-back", needs="keep_directions")
def bring_direction_back(direction_id: int) -> DirectionOut:
    """Printed again."""
    direction = queries_directions.direction(direction_id)
    directions.bring_back(direction, by=me(), now=clock.now())
    return _direction(direction)


def _direction(direction: Direction) -> DirectionOut:
    return shown(DirectionOut, direction, version=f"{direction.version:x}")
