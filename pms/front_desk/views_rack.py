"""The room rack 房态图: rooms and days, who has which room, and what can be done from there."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, render_template, request

from pms import access
from pms.front_desk import queries_rack as queries
from pms.front_desk import rack
from pms.front_desk.drawing import drawn_lines
from pms.property import queries as house
from pms.reservations.queries import load_stay
from pms.reservations.queries_moves import agreed
from pms.reservations.status import shown_state
from pms.web import frame
from pms.web.gate import is_htmx, me, needs

bp = Blueprint("rack", __name__)

DEFAULT_PERIOD = 14


@bp.get("/rack")
@needs("see_reservations")
def show() -> str:
    """The rack: `?from=` first day, `?days=` 7, 14, 31 or 60, `?type=` code, `?floor=` any number of floors."""
    today = frame.current().business_date
    if today is None:
        return render_template("home/not_set_up.html")
    window = _window(today)
    kind = house.type_by_code(request.args.get("type", ""))
    floors = request.args.getlist("floor", type=int)
    rooms = queries.rack_rooms(type_id=kind.id if kind else None, floors=floors)
    types = {row.id: row for row in house.types(all_of_them=True)}
    sold, total = queries.rooms_sold(window.first, window.last), queries.rooms_in_house()
    return render_template(
        "rack/rack.html",
        window=window,
        today_at=(today - window.first).days * rack.COLUMNS,
        rooms=rooms,
        lines=drawn_lines(window, rooms, types, today),
        types=types,
        kind=kind,
        chosen=floors,
        floors=queries.floors_in_use(),
        total=total,
        days=[(day, rack.percent(sold.get(day, 0), total)) for day in window.dates()],
        periods=rack.PERIODS,
        waiting=_waiting(today),
        address=_address,
    )


def _window(today: date) -> rack.Window:
    days = request.args.get("days", DEFAULT_PERIOD, type=int)
    opened = rack.window_around(today, days if days in rack.PERIODS else DEFAULT_PERIOD)
    try:
        return rack.Window(date.fromisoformat(request.args.get("from", "")), opened.days)
    except ValueError:
        return opened


def _waiting(today: date) -> list[queries.Unplaced]:
    """Who has no room, as far as this user may know who they are (Q1)."""
    if access.allowed(me(), "see_incognito"):
        return queries.without_room(today)
    return [
        row._replace(surname="", given="", name_zh="") if row.incognito else row for row in queries.without_room(today)
    ]


def _address(**changes: Any) -> dict[str, Any]:
    """The arguments of this rack's address with some changed; None leaves one out."""
    now = {"from": request.args.get("from"), "days": request.args.get("days"), "type": request.args.get("type")}
    asked = now | {"floor": request.args.getlist("floor")} | changes
    return {name: value for name, value in asked.items() if value}


@bp.get("/rack/stays/<int:stay_id>")
@needs("see_reservations")
def stay(stay_id: int) -> str:
    """A stay and what can be done with it: over the rack, or as a page."""
    template = "rack/_stay.html" if is_htmx() else "rack/stay.html"
    found = load_stay(stay_id)
    today = frame.current().business_date
    state = shown_state(found, today or found.arrival)
    return render_template(template, stay=found, state=state, moves=agreed(found.id))
