"""The first page, and the notices that wait for one's department."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from flask import Blueprint, current_app, redirect, render_template, request
from werkzeug.wrappers import Response

from pms import access, clock, notices
from pms.access import ROLE_NAMES
from pms.errors import Missing
from pms.front_desk.queries_waiting import CallDue, WaitingGuest, calls_due, waiting_for_room
from pms.front_page import chart, navigation, queries
from pms.front_page.desk import Desk, Line, folded
from pms.front_page.next_step import NextStep, next_step
from pms.front_page.roles import first_list_of, panels_of
from pms.front_page.rows import StayRow
from pms.night_audit.queries import unfinished
from pms.notices import DEPARTMENT_NAMES, Department
from pms.reservations import queries_moves
from pms.reservations.queries_moves import DueMove
from pms.reservations.verbs import Verb, verbs_for
from pms.say import WEEKDAYS_ZH, say
from pms.web import frame, language
from pms.web.addresses import url_for
from pms.web.gate import me, needs
from pms.web.pages import toast

bp = Blueprint("front_page", __name__)

DAYS_AHEAD = 30
ARRIVALS = ("to_come", "overdue", "vips", "groups", "without_room", "checked_in")
DEPARTURES = ("due_out", "left")
READY = "ready"
LISTS: dict[str, Callable[[Desk], list[StayRow]]] = {
    name: getattr(Desk, name) for name in (*ARRIVALS, *DEPARTURES, "in_house")
}


@bp.get("/")
@needs("see_desk")
def home() -> str | Response:
    """The day at the desk. `?list=` chooses what the large panel shows; without guests' names it is the ready rooms."""
    first = first_list_of(me().role)
    shown = request.args.get("list", first) if access.allowed(me(), "see_reservations") else READY
    if shown not in LISTS and shown != READY:
        return redirect(url_for("front_page.home"))
    around = frame.current()
    if around.business_date is None:
        return render_template("home/not_set_up.html")
    return render_template("home/home.html", shown=shown, **_page(around.business_date, around, shown))


def _page(day: date, around: frame.Frame, shown: str) -> dict[str, Any]:
    desk = Desk(day, around.now_local, around.hotel.hold_hour, _stays(day))
    rooms, nights = queries.rooms_in_house(), queries.nights_ahead(day, DAYS_AHEAD)
    due_out, panels = desk.due_out(), panels_of(me().role)
    owing = desk.in_house() if "balances" in panels else due_out
    owed = queries.balances(stay.id for stay in owing) if access.allowed(me(), "see_folio") else {}
    return {
        "panels": panels,
        "next_of": _next_of,
        "owing": sorted((line for line in desk.lines(owing, {}, owed) if line.owes), key=lambda line: -line.owes),
        "moves": _moves(day) if "moves" in panels else [],
        "queue": _queue(day) if "queue" in panels else [],
        "calls": _calls() if "queue" in panels else [],
        "room_counts": queries.room_counts() if "rooms" in panels else None,
        "audit_begun": unfinished() if "audit" in panels else None,
        "desk": desk,
        "counts": {name: len(stays(desk)) for name, stays in LISTS.items()},
        "lines": [] if shown == READY else _lines(desk, shown, owed),
        "due_out": desk.lines(due_out, {}, owed),
        "ready": queries.ready_rooms(day),
        "rooms": rooms,
        "nights": nights,
        "bars": chart.bars(nights, rooms),
        "chart": chart,
        "waiting": queries.waiting_for_guests(clock.now()),
        "arrivals": ARRIVALS,
        "departures": DEPARTURES,
    }


def _next_of(line: Line) -> tuple[NextStep, str] | None:
    """The next step for a row and its address; None where there is no such page."""
    today = frame.current().business_date
    step = next_step(line, today, me()) if today else None
    if step is None or step.endpoint not in current_app.view_functions:
        return None
    values: dict[str, Any] = {step.argument: step.record}
    return step, url_for(step.endpoint, **values)


def _queue(day: date) -> list[WaitingGuest]:
    """Who waits at the desk for his room (C10)."""
    return waiting_for_room(day) if access.allowed(me(), "check_in") else []


def _moves(day: date) -> list[DueMove]:
    """Who is to change rooms today, as far as this user may know who they are (P7)."""
    return queries_moves.due(day, see_incognito=access.allowed(me(), "see_incognito"))


def _calls() -> list[CallDue]:
    """Who had to wait and is to be asked whether all is well (C10)."""
    return calls_due() if access.allowed(me(), "call_afterwards") else []


def _stays(day: date) -> list[StayRow]:
    """The day's stays as far as this user may know who they are."""
    stays = queries.stays_of_the_day(day)
    return stays if access.allowed(me(), "see_incognito") else [stay.undisclosed() for stay in stays]


def _lines(desk: Desk, shown: str, owed: dict[int, int]) -> list[Line]:
    stays = LISTS[shown](desk)
    lines = desk.lines(stays, queries.stays_before({stay.guest_id for stay in stays}), owed)
    return folded(lines) if shown in ("to_come", "overdue") else lines


@bp.get("/notices")
@needs("acknowledge_notice")
def waiting_notices() -> str:
    """What the user's department has not acknowledged yet."""
    department = me().department
    waiting = notices.open_for(department) if department else []
    return render_template("home/notices.html", department=department, waiting=waiting, names=DEPARTMENT_NAMES)


@bp.post("/notices/<int:notice_id>/acknowledge")
@needs("acknowledge_notice")
def acknowledge(notice_id: int) -> Response:
    """Acknowledge for one's own department."""
    department = me().department
    if department is None:
        raise Missing(say("You belong to no department, so no notices wait for you."))
    notices.acknowledge(notice_id, Department(department), by=me(), now=clock.now())
    toast(say("Acknowledged for {department}.", department=DEPARTMENT_NAMES[department]))
    return redirect(url_for("front_page.waiting_notices"), 303)


@bp.app_template_global()
def local_time(moment: datetime, day: bool = False) -> str:
    """`16:10` on the hotel's clock, with `day` also `21 Nov 16:10`, `11月21日 16:10`."""
    here = moment.astimezone(frame.current().now_local.tzinfo)
    return f"{short_date(here.date())} {here:%H:%M}" if day else f"{here:%H:%M}"


@bp.app_template_global()
def short_date(day: date, with_month: bool = True, with_weekday: bool = False) -> str:
    """Without the year, where space is short: `Sat 21 Nov`, `21 Nov`, `21`; `11月21日 周六`, `11月21日`, `21日`."""
    if language.current() == "zh":
        text = f"{day.month}月{day.day}日" if with_month else f"{day.day}日"
        return f"{text} 周{WEEKDAYS_ZH[day.weekday()]}" if with_weekday else text
    text = f"{day.day} {day:%b}" if with_month else str(day.day)
    return f"{day:%a} {text}" if with_weekday else text


@bp.app_template_global()
def verbs_of(stay: Any) -> list[Verb]:
    """What whoever is asking may do with a stay now (`reservations/verbs.py`)."""
    today = frame.current().business_date
    found = verbs_for(stay, today, me()) if today else []
    return [verb for verb in found if verb.endpoint in current_app.view_functions]


@bp.app_context_processor
def _navigation() -> dict[str, Any]:
    return {"pages_for": navigation.pages_for, "role_names": ROLE_NAMES}
