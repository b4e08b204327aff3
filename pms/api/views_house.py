"""The business date, what is sold, and the rooms as housekeeping sees them."""

from __future__ import annotations

from typing import Any

from pms import clock
from pms.api import cursors, queries
from pms.api.answers import may, type_id_of
from pms.api.door import Door
from pms.api.schemas_house import (
    BusinessDate,
    ClosureIn,
    ClosureOut,
    HousekeepingIn,
    RatePlanOut,
    RatePlans,
    RoomOut,
    RoomPage,
    RoomQuery,
    RoomTypeOut,
    RoomTypes,
)
from pms.db import db
from pms.property import actions
from pms.property import queries as house
from pms.reservations import closures
from pms.web.gate import me

bp = Door("House")


@bp.does("GET /business-date", needs="see_desk")
def business_date() -> BusinessDate:
    """The date the house works on."""
    hotel = house.hotel()
    day = db.session.get_one(clock.BusinessDay, 1)
    return BusinessDate(
        date=day.date,
        since=day.since,
        zone=day.zone,
        currency=hotel.currency,
        hotel_code=hotel.code,
        hotel_name_en=hotel.name_en,
        hotel_name_zh=hotel.name_zh,
    )


@bp.does("GET /room-types", needs="see_property")
def room_types() -> RoomTypes:
    """Room types that are sold, plainest first."""
    return RoomTypes(items=[RoomTypeOut.model_validate(kind, from_attributes=True) for kind in house.types()])


@bp.does("GET /rate-plans", needs="see_property")
def rate_plans() -> RatePlans:
    """Rate plans that are offered."""
    return RatePlans(items=[RatePlanOut.model_validate(plan, from_attributes=True) for plan in house.plans()])


@bp.does("GET /rooms", needs="see_property")
def list_rooms(query: RoomQuery) -> RoomPage:
    """Rooms by number, with their states."""
    (last,) = cursors.read(query.cursor, str) or ("",)
    found = queries.rooms_after(
        last,
        clock.business_date(),
        query.limit + 1,
        type_id=type_id_of(query.type) if query.type else None,
        housekeeping=query.housekeeping,
    )
    rows, following = cursors.cut(found, query.limit, lambda row: (row.number,))
    return RoomPage(items=[_room(row) for row in rows], next=following)


@bp.does("GET /rooms/{number}", needs="see_property")
def read_room(number: str) -> RoomOut:
    """One room as it stands."""
    return _room(queries.room_row(number, clock.business_date()))


@bp.does("PUT /rooms/{number}/housekeeping", needs="set_housekeeping")
def set_housekeeping(number: str, body: HousekeepingIn) -> RoomOut:
    """Say what a room is like now. Inspecting needs a right of its own."""
    room = queries.room_called(number)
    actions.set_housekeeping(room, body.state, ready_at=body.ready_at, by=me(), now=clock.now())
    db.session.flush()
    return _room(queries.room_row(number, clock.business_date()))


@bp.does("POST /rooms/{number}/closures", needs="close_room", status=201)
def close_room(number: str, body: ClosureIn) -> ClosureOut:
    """Take a room out of order or out of service; availability knows it at once."""
    room = queries.room_called(number)
    closure = closures.close(
        room, body.kind, body.first, body.until, body.reason, remark=body.remark, by=me(), now=clock.now()
    )
    return ClosureOut(
        id=closure.id,
        room=room.number,
        kind=closure.kind,
        first=closure.first,
        until=closure.until,
        reason=closure.reason,
    )


def _room(row: Any) -> RoomOut:
    told = may("see_reservations") and (may("see_incognito") or not row.incognito)
    return RoomOut(
        number=row.number,
        floor=row.floor,
        type=house.type_of(row.type_id).code,
        housekeeping=row.housekeeping,
        ready_at=row.ready_at,
        occupied=row.stay_id is not None,
        stay_id=row.stay_id if told else None,
        out_of_order=row.closure_id is not None,
    )
