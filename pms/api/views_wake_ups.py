"""Wake-up calls: asked for, rung, gone up to."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from pms import clock
from pms.api import cursors, queries
from pms.api.answers import may, shown
from pms.api.door import Door
from pms.api.schemas_kept import RungIn, WakeUpIn, WakeUpOut, WakeUpPage, WakeUpQuery, WakeUpsMade
from pms.guest_services import queries_wake_ups as calls
from pms.guest_services import wake_ups
from pms.guest_services.models_wake_ups import WakeUp
from pms.guest_services.queries_wake_ups import WakeUpRow
from pms.guests.names import list_name
from pms.reservations.queries import load_stay
from pms.web.gate import me

bp = Door("Wake-up calls")


@bp.does("GET /wake-ups", needs="wake_guests")
def list_wake_ups(query: WakeUpQuery) -> WakeUpPage:
    """The calls of a day by the clock, whatever became of them."""
    after: Any = cursors.read(query.cursor, str, int)
    found = calls.of_day(query.day, after, query.limit + 1, see_incognito=may("see_incognito"))
    rows, following = cursors.cut(found, query.limit, lambda row: (row.wall, row.id))
    return WakeUpPage(items=[_row(row) for row in rows], next=following)


@bp.does("POST /stays/{stay_id}/wake-ups", needs="wake_guests", status=201)
def order_wake_up(stay_id: int, body: WakeUpIn) -> WakeUpOut:
    """Wake a guest in house; a call that stands already stays."""
    wall = _wall(body)
    wake_ups.order_wake_up(load_stay(stay_id), wall, by=me(), now=clock.now())
    return _row(calls.row_at(stay_id, wall.strftime(wake_ups.WALL), see_incognito=may("see_incognito")))


@bp.does("POST /groups/{code}/wake-ups", needs="wake_guests", status=201)
def order_wake_ups_of_group(code: str, body: WakeUpIn) -> WakeUpsMade:
    """Wake every room of a group that is in the house."""
    made = wake_ups.order_for_group(queries.group_of(code), _wall(body), by=me(), now=clock.now())
    return WakeUpsMade(made=made)


@bp.does("POST /wake-ups/{wake_up_id}/ring", needs="wake_guests")
def ring_wake_up(wake_up_id: int, body: RungIn) -> WakeUpOut:
    """The telephone rang. Nobody answered: again after five minutes; twice: somebody goes up."""
    return _wake_up(wake_ups.ring(calls.load(wake_up_id), body.answered, by=me(), now=clock.now()))


@bp.does("POST /wake-ups/{wake_up_id}/visit", needs="wake_guests")
def visit_wake_up(wake_up_id: int) -> WakeUpOut:
    """Somebody was at the door, and the guest is awake."""
    return _wake_up(wake_ups.woken(calls.load(wake_up_id), by=me(), now=clock.now()))


@bp.does("POST /wake-ups/{wake_up_id}/cancellation", needs="wake_guests")
def cancel_wake_up(wake_up_id: int) -> WakeUpOut:
    """The guest does not want to be woken."""
    return _wake_up(wake_ups.cancel_wake_up(calls.load(wake_up_id), by=me(), now=clock.now()))


def _wall(asked: WakeUpIn) -> datetime:
    return datetime.combine(asked.day, time.fromisoformat(asked.time))


def _wake_up(call: WakeUp) -> WakeUpOut:
    return _row(calls.row(call.id, see_incognito=may("see_incognito")))


def _row(row: WakeUpRow) -> WakeUpOut:
    return shown(
        WakeUpOut,
        row,
        day=date.fromisoformat(row.wall[:10]),
        room=row.room or "",
        group=row.group or "",
        guest=list_name(row.surname, row.given, row.name_zh),
    )
