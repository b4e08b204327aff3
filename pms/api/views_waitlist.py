"""The waitlist in the order of calls, the business that was lost, and arrivals that are overdue."""

from __future__ import annotations

from typing import Any

from pms import clock
from pms.api import answers, cursors
from pms.api.answers import may, plan_id_of, shown, type_id_of
from pms.api.door import Door
from pms.api.schemas_stays import ReservationOut, StayOut
from pms.api.schemas_waiting import (
    ArrivalCallIn,
    GivenUpIn,
    OverdueArrivals,
    OverdueOut,
    TurnawayIn,
    TurnawayOut,
    TurnawayPage,
    TurnawayQuery,
    WaitCallIn,
    WaitEnded,
    WaitingIn,
    WaitingOut,
    Waitlist,
)
from pms.guests.names import list_name
from pms.property import queries as house
from pms.reservations import overdue, queries_overdue, queries_waitlist, waitlist
from pms.reservations.models_waitlist import Turnaway
from pms.reservations.queries import load_stay
from pms.reservations.queries_overdue import OverdueLine
from pms.reservations.queries_waitlist import WaitLine
from pms.reservations.waitlist import Lost, Wish
from pms.web.gate import me

bp = Door("Waitlist")


# --- Waitlist --------------------------------------------------------------------------------------------------------
@bp.does("GET /waitlist", needs="see_reservations")
def list_waiting() -> Waitlist:
    """Everybody who waits for a room, who is to be called first first."""
    return Waitlist(items=[_waiting(line) for line in queries_waitlist.waitlist(clock.business_date())])


@bp.does("POST /waitlist", needs="keep_waitlist", status=201)
def wait(body: WaitingIn) -> WaitingOut:
    """Put a guest on the waitlist; refused while there is a room to be sold."""
    wish = Wish(
        type_id=type_id_of(body.type) if body.type else None,
        plan_id=plan_id_of(body.plan),
        **body.model_dump(exclude={"type", "plan"}),
    )
    return _waiting(queries_waitlist.line_of(waitlist.put_on(wish, by=me(), now=clock.now()).id))


@bp.does("POST /waitlist/{waiting_id}/call", needs="keep_waitlist")
def call_waiting(waiting_id: int, body: WaitCallIn) -> WaitingOut:
    """The guest was called and has not decided."""
    waitlist.called(queries_waitlist.load_waiting(waiting_id), body.outcome, by=me(), now=clock.now())
    return _waiting(queries_waitlist.line_of(waiting_id))


@bp.does("POST /waitlist/{waiting_id}/booking", needs="keep_waitlist", status=201)
def book_waiting(waiting_id: int) -> ReservationOut:
    """A room is free and the guest wants it."""
    booking = waitlist.book_waiting(queries_waitlist.load_waiting(waiting_id), by=me(), now=clock.now())
    return answers.reservation(booking)


@bp.does("POST /waitlist/{waiting_id}/giving-up", needs="keep_waitlist")
def give_up_waiting(waiting_id: int, body: GivenUpIn) -> WaitEnded:
    """The guest has gone elsewhere: off the list, into the log of lost business."""
    waiting = queries_waitlist.load_waiting(waiting_id)
    waitlist.give_up(waiting, body.note, by=me(), now=clock.now())
    return shown(WaitEnded, waiting)


@bp.does("GET /turnaways", needs="see_reservations")
def list_turnaways(query: TurnawayQuery) -> TurnawayPage:
    """Business that was lost, as it was logged."""
    (last,) = cursors.read(query.cursor, int) or (0,)
    found = queries_waitlist.turnaways_after(last, query.first, query.until, query.limit + 1)
    rows, following = cursors.cut(found, query.limit, lambda row: (row.id,))
    return TurnawayPage(items=[_turnaway(row) for row in rows], next=following)


@bp.does("POST /turnaways", needs="keep_waitlist", status=201)
def turn_away(body: TurnawayIn) -> TurnawayOut:
    """Log a caller who did not book, and why."""
    lost = Lost(type_id=type_id_of(body.type) if body.type else None, **body.model_dump(exclude={"type"}))
    return _turnaway(waitlist.turn_away(lost, by=me(), now=clock.now()))


# --- Overdue arrivals ------------------------------------------------------------------------------------------------
@bp.does("GET /overdue-arrivals", needs="see_reservations")
def list_overdue() -> OverdueArrivals:
    """Who should be here by now and is not."""
    lines = queries_overdue.overdue(clock.business_date(), f"{clock.local(clock.now()):%H:%M}")
    return OverdueArrivals(items=[_overdue(line) for line in lines])


@bp.does("POST /stays/{stay_id}/arrival-call", needs="change_booking")
def call_arrival(stay_id: int, body: ArrivalCallIn) -> StayOut:
    """An overdue guest was called; not coming cancels the stay."""
    overdue.call_arrival(load_stay(stay_id), body.answer, body.eta, by=me(), now=clock.now())
    return answers.stay(stay_id)


@bp.does("POST /stays/{stay_id}/release", needs="cancel_booking")
def release_arrival(stay_id: int) -> StayOut:
    """Give up a stay without guarantee whose hold hour is over."""
    overdue.release(load_stay(stay_id), by=me(), now=clock.now())
    return answers.stay(stay_id)


def _waiting(line: WaitLine) -> WaitingOut:
    types = house.facts().types
    return shown(
        WaitingOut,
        line,
        type=types[line.type_id].code if line.type_id else None,
        free=[types[kind].code for kind in line.free],
        **_who(line) | ({} if _known(line) else {"note": ""}),
    )


def _overdue(line: OverdueLine) -> OverdueOut:
    return shown(OverdueOut, line, type=house.type_of(line.type_id).code, room=line.room or "", **_who(line))


def _who(line: WaitLine | OverdueLine) -> dict[str, Any]:
    """Name and number; those who need not know a guest without disclosure get neither (Q1)."""
    if not _known(line):
        return {"guest_id": None, "guest": "", "telephone": ""}
    return {"guest": list_name(line.surname, line.given, line.name_zh)}


def _known(line: WaitLine | OverdueLine) -> bool:
    return may("see_incognito") or not line.incognito


def _turnaway(lost: Turnaway) -> TurnawayOut:
    return shown(TurnawayOut, lost, type=house.type_of(lost.type_id).code if lost.type_id else None)
