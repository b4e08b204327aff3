"""Reservations: create, read, list, change, cancel, reinstate."""

from __future__ import annotations

from datetime import date
from typing import Any

from pms import clock
from pms.api import answers, cursors, queries
from pms.api.answers import Outdated, as_number, may, plan_id_of, tell, type_id_of, version_seen
from pms.api.door import Door
from pms.api.schemas_stays import (
    Cancellation,
    ChangedStay,
    MoreStays,
    Reinstatement,
    ReservationIn,
    ReservationOut,
    StayChange,
    StayIn,
    StayOut,
    StayPage,
    StayQuery,
    Upgrade,
)
from pms.db import db
from pms.errors import Conflict
from pms.reservations import actions
from pms.reservations.actions import BookingRequest, Change, StayRequest
from pms.reservations.queries import load_stay
from pms.web.gate import me

bp = Door("Reservations")


@bp.does("GET /stays", needs="see_reservations")
def list_stays(query: StayQuery) -> StayPage:
    """Stays by arrival."""
    key: Any = cursors.read(query.cursor, date, int)
    filters = queries.stay_filters(**query.model_dump(exclude={"cursor", "limit"}), see_incognito=may("see_incognito"))
    found = queries.stays_after(key, filters, query.limit + 1)
    rows, following = cursors.cut(found, query.limit, lambda row: (row.arrival, row.id))
    return StayPage(items=answers.stays(rows), next=following)


@bp.does("POST /reservations", needs="book", status=201)
def book(body: ReservationIn) -> ReservationOut:
    """Book one or several rooms under one confirmation number, all or none."""
    group = queries.group_of(body.group) if body.group else None
    request = BookingRequest(
        stays=tuple(_wanted(stay) for stay in body.stays),
        group_id=group.id if group else None,
        company_id=queries.account_called(body.company, "company"),
        agent_id=queries.account_called(body.agent, "agent"),
        **body.model_dump(exclude={"stays", "group", "company", "agent"}),
    )
    return answers.reservation(actions.book(request, by=me(), now=clock.now()))


@bp.does("GET /reservations/{confirmation}", needs="see_reservations")
def read_reservation(confirmation: str) -> ReservationOut:
    """A booking with its stays."""
    return answers.reservation(queries.booking_of(confirmation))


@bp.does("POST /reservations/{confirmation}/stays", needs="change_booking", status=201)
def add_stays(confirmation: str, body: MoreStays) -> ReservationOut:
    """More rooms for a booking."""
    booking = queries.booking_of(confirmation)
    actions.add_stays(booking, [_wanted(stay) for stay in body.stays], by=me(), now=clock.now())
    return answers.reservation(booking)


@bp.does("GET /stays/{stay_id}", needs="see_reservations")
def read_stay(stay_id: int) -> StayOut:
    """One stay."""
    return answers.stay(stay_id)


@bp.does("PATCH /stays/{stay_id}", needs="change_booking", holds=True)
def change_stay(stay_id: int, body: StayChange) -> ChangedStay:
    """Change dates, type, plan, persons, guest or wishes, if the stay still is as it was seen."""
    stay = load_stay(stay_id)
    seen = as_number(version_seen(body.version))
    wanted = body.model_dump(exclude={"version", "type", "plan"})
    wanted |= {name: tuple(wanted[name]) for name in ("needs", "wishes", "prices") if wanted[name] is not None}
    change = Change(
        type_id=type_id_of(body.type) if body.type else None,
        plan_id=plan_id_of(body.plan) if body.plan else None,
        **wanted,
    )
    try:
        changed = actions.change_stay(stay, change, version=seen, by=me(), now=clock.now())
    except Conflict as no:
        db.session.rollback()
        current = answers.stay(stay_id)
        if as_number(current.version) == seen:
            raise
        raise Outdated(no.reason, current) from no
    return ChangedStay(**dict(answers.stay(stay_id)), said=[tell(sentence) for sentence in changed.said])


@bp.does("POST /stays/{stay_id}/upgrade", needs="approve_upgrade")
def agree_upgrade(stay_id: int, body: Upgrade) -> StayOut:
    """Let a stay sleep in another type at the price it has."""
    actions.agree_upgrade(load_stay(stay_id), type_id_of(body.type), by=me(), now=clock.now())
    return answers.stay(stay_id)


@bp.does("POST /stays/{stay_id}/cancellation", needs="cancel_booking")
def cancel(stay_id: int, body: Cancellation) -> StayOut:
    """Cancel a stay that has not arrived; its nights and room are free again."""
    actions.cancel(load_stay(stay_id), body.reason, by=me(), now=clock.now())
    return answers.stay(stay_id)


@bp.does("POST /stays/{stay_id}/reinstatement", needs="reinstate")
def reinstate(stay_id: int, body: Reinstatement) -> StayOut:
    """A cancelled stay or no-show comes after all, at the prices it had."""
    actions.reinstate(load_stay(stay_id), force=body.force, by=me(), now=clock.now())
    return answers.stay(stay_id)


def _wanted(stay: StayIn) -> StayRequest:
    values = stay.model_dump(exclude={"type", "plan"})
    values |= {name: tuple(values[name]) for name in ("needs", "wishes", "sharers")}
    values["prices"] = None if stay.prices is None else tuple(stay.prices)
    return StayRequest(type_id=type_id_of(stay.type), plan_id=plan_id_of(stay.plan), **values)
