"""The roster of a department, who works now, and swaps of shifts. A swap is asked and agreed by the two themselves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pms import clock
from pms.accounts.models import Name, User
from pms.api import cursors
from pms.api.answers import Outdated, as_number, shown, tell, version_seen
from pms.api.door import Door
from pms.api.schemas_roster import (
    OnDuty,
    OnDutyOut,
    RosterCellIn,
    RosterChange,
    RosterDayOut,
    RosterOut,
    RosterQuery,
    RosterRowOut,
    RosterWeekIn,
    SwapDecisionIn,
    SwapOut,
    SwapPage,
    SwapQuery,
)
from pms.departments import Department
from pms.errors import Refused
from pms.handover import queries_roster, roster, swaps
from pms.handover.models_roster import Swap
from pms.handover.queries import people
from pms.handover.queries_roster import DayOf, WeekRow
from pms.handover.rules_roster import Cell, days_of, monday_of
from pms.say import say
from pms.shifts import duty_at
from pms.web.gate import me

bp = Door("Roster")


# --- The week --------------------------------------------------------------------------------------------------------
@bp.does("GET /roster", needs="see_roster")
def read_roster(query: RosterQuery) -> RosterOut:
    """A department's week, by role and name; also who works there from elsewhere."""
    return _week(query.department, monday_of(query.day or _today()))


@bp.does("PATCH /roster", needs="keep_roster", holds=True)
def write_roster(body: RosterChange) -> RosterOut:
    """Change cells of a week, if it still is as it was seen."""
    department, monday, seen = body.department, monday_of(body.day), as_number(version_seen(body.version))
    there = _week(department, monday)
    if as_number(there.version) != seen:
        raise Outdated(say("Somebody else has just changed this. Please look at it again."), there)
    cells = {(each.user_id, each.day): _cell(each) for each in body.cells}
    try:
        roster.write_week(department, monday, cells, seen=seen, by=me(), now=clock.now())
    except Refused as no:
        no.field = _field(body, no.field)
        raise
    return _week(department, monday)


@bp.does("POST /roster/copies", needs="keep_roster")
def copy_roster(body: RosterWeekIn) -> RosterOut:
    """The week before once more, where nothing is written yet and the day is not over."""
    roster.copy_week(body.department, monday_of(body.day), by=me(), now=clock.now())
    return _week(body.department, monday_of(body.day))


@bp.does("GET /roster/on-duty", needs="see_roster")
def who_works_now() -> OnDuty:
    """Who works the shift of now, by department and role."""
    duty = duty_at(clock.local(clock.now()))
    items = [
        shown(OnDutyOut, shift, name=user.name, name_zh=user.name_zh or "", role=user.role)
        for user, shift in queries_roster.on_duty(duty)
    ]
    return OnDuty(day=duty.day, shift=duty.shift, items=items)


# --- Swaps -----------------------------------------------------------------------------------------------------------
@bp.does("GET /roster-swaps", needs="approve_swap")
def list_swaps(query: SwapQuery) -> SwapPage:
    """A department's swaps that are open or of the last two weeks."""
    (before,) = cursors.read(query.cursor, int) or (None,)
    found = queries_roster.swaps_before(before, query.department, query.limit + 1, today=_today())
    rows, following = cursors.cut(found, query.limit, lambda row: (row.id,))
    return SwapPage(items=_swaps(rows), next=following)


@bp.does("POST /roster-swaps/{swap_id}/decision", needs="approve_swap")
def decide_swap(swap_id: int, body: SwapDecisionIn) -> SwapOut:
    """Approve what both have agreed, and the two have swapped; or decline and say why."""
    swap = queries_roster.swap(swap_id)
    swaps.decide(swap, body.approves, body.reason, by=me(), now=clock.now())
    return _swaps([swap])[0]


# --- What is answered ------------------------------------------------------------------------------------------------
def _today() -> date:
    return clock.local(clock.now()).date()


def _cell(asked: RosterCellIn) -> Cell | None:
    return Cell(asked.shift, asked.post.strip()) if asked.shift else None


def _field(body: RosterChange, of_page: str) -> str:
    """A cell's place in the body, for its name on the page."""
    places = {roster.field_of(each.user_id, each.day): f"cells.{n}" for n, each in enumerate(body.cells)}
    return places.get(of_page, of_page)


def _week(department: Department, monday: date) -> RosterOut:
    written, days = queries_roster.week(department, monday), days_of(monday)
    return RosterOut(
        department=department,
        monday=monday,
        version=f"{written.version if written else 0:x}",
        changed_at=written.changed_at if written else None,
        rows=[_row(row, days) for row in queries_roster.rows_of_week(department, monday)],
    )


def _row(row: WeekRow, days: Sequence[date]) -> RosterRowOut:
    user = row.user
    cells = [_day(day, duty) for day, duty in zip(days, row.days, strict=True)]
    return RosterRowOut(user_id=user.id, name=user.name, name_zh=user.name_zh or "", role=user.role, days=cells)


def _day(day: date, duty: DayOf | None) -> RosterDayOut:
    if duty is None:
        return RosterDayOut(day=day, shift=None, post="", department=None, tired=False)
    return shown(RosterDayOut, duty, day=day)


def _swaps(found: Sequence[Swap]) -> list[SwapOut]:
    known = people({user for swap in found for user in (swap.asked_by, swap.other_id)})
    return [
        shown(SwapOut, swap, asked_by_name=_name(known[swap.asked_by]), other_name=_name(known[swap.other_id]))
        for swap in found
    ]


def _name(user: User) -> str:
    return tell(Name(user.name, user.name_zh))
