"""The desk: check-in, room change, another departure, check-out."""

from __future__ import annotations

from pms import clock
from pms.api import answers, queries
from pms.api.answers import may
from pms.api.door import Door
from pms.api.schemas_desk import (
    CheckedInOut,
    CheckInSheet,
    CheckOutQuery,
    DepartureIn,
    DepartureOut,
    DisplacedOut,
    RoomChangeIn,
    RoomChangeOut,
    WhatIfOut,
    WhatIfQuery,
)
from pms.api.schemas_stays import StayOut
from pms.errors import Refused
from pms.front_desk import actions
from pms.front_desk.actions import CheckIn, Deposit, Displaced, Seen
from pms.front_desk.desk import must_be_in_house
from pms.guest_services.boxes import answer_at_check_out
from pms.reservations import rules
from pms.reservations.queries import load_stay
from pms.say import say
from pms.web.gate import me

bp = Door("Front desk")


@bp.does("POST /stays/{stay_id}/check-in", needs="check_in")
def check_in(stay_id: int, body: CheckInSheet) -> CheckedInOut:
    """Register a guest who is due and give him his room, folio and key."""
    stay = load_stay(stay_id)
    _refuse_others_documents(body)
    sheet = CheckIn(
        documents=tuple(Seen(**seen.model_dump()) for seen in body.documents),
        room_id=queries.room_called(body.room).id if body.room else None,
        signed=body.signed,
        deposit=Deposit(**body.deposit.model_dump()),
        keys=body.keys,
    )
    done = actions.check_in(stay, sheet, by=me(), now=clock.now())
    return CheckedInOut(stay=answers.stay(stay_id), room=done.room, folio_id=done.folio_id, key_id=done.key_id)


@bp.does("POST /stays/{stay_id}/check-in-undone", needs="undo_check_in")
def undo_check_in(stay_id: int) -> StayOut:
    """Take back a check-in of this business date."""
    actions.undo_check_in(load_stay(stay_id), by=me(), now=clock.now())
    return answers.stay(stay_id)


@bp.does("POST /stays/{stay_id}/room-change", needs="room_move")
def change_room(stay_id: int, body: RoomChangeIn) -> RoomChangeOut:
    """Move a guest in house to another room from tonight on."""
    stay = load_stay(stay_id)
    old = stay.room.number if stay.room else ""
    to = queries.room_called(body.room)
    wanted = body.model_dump(exclude={"room", "reason"})
    move = actions.change_room(stay, to, body.reason, **wanted, by=me(), now=clock.now())
    return RoomChangeOut(stay=answers.stay(stay_id), old_room=old, new_room=to.number, rate_effect=move.rate_effect)


@bp.does("GET /stays/{stay_id}/departure", needs="extend")
def what_if(stay_id: int, query: WhatIfQuery) -> WhatIfOut:
    """What staying longer would mean, before anybody says yes."""
    stay = load_stay(stay_id)
    must_be_in_house(stay)
    rules.check_departure(stay.arrival, query.departure, day_use=query.departure == stay.arrival)
    look = actions.what_if_extend(stay, query.departure)
    return WhatIfOut(
        departure=look.departure,
        free=look.free,
        closed=look.closed,
        displaced=[_displaced(each) for each in look.displaced],
        others=[room.number for room in look.others],
    )


@bp.does("POST /stays/{stay_id}/departure", needs="extend")
def change_departure(stay_id: int, body: DepartureIn) -> DepartureOut:
    """Let a guest in house stay longer, or leave earlier."""
    stay = load_stay(stay_id)
    now = clock.now()
    if body.departure > stay.departure:
        prices = None if body.prices is None else tuple(body.prices)
        done = actions.extend(
            stay, body.departure, displace=body.displace, prices=prices, force=body.force, by=me(), now=now
        )
    else:
        done = actions.leave_early(stay, body.departure, day_use_price=body.day_use_price, by=me(), now=now)
    return DepartureOut(
        stay=answers.stay(stay_id), moved=list(done.moved), unplaced=list(done.unplaced), top_up=done.top_up
    )


@bp.does("POST /stays/{stay_id}/check-out", needs="check_out")
def check_out(stay_id: int, query: CheckOutQuery) -> StayOut:
    """The guest leaves; his folio has to be at zero, and a safe-deposit box handed back or agreed to stay his."""
    stay, now = load_stay(stay_id), clock.now()
    answer_at_check_out(stay, query.box_stays, by=me(), now=now)
    actions.check_out(stay, by=me(), now=now)
    return answers.stay(stay_id)


@bp.does("POST /stays/{stay_id}/check-out-undone", needs="undo_check_out")
def undo_check_out(stay_id: int) -> StayOut:
    """Bring a guest back who was checked out on this business date."""
    actions.undo_check_out(load_stay(stay_id), by=me(), now=clock.now())
    return answers.stay(stay_id)


def _refuse_others_documents(sheet: CheckInSheet) -> None:
    """A document that was seen is on file and is the guest's own."""
    owners = queries.owners_of([seen.document_id for seen in sheet.documents])
    for seen in sheet.documents:
        if owners.get(seen.document_id) != seen.guest_id:
            raise Refused(say("This guest has no such document on file."), field="documents")


def _displaced(each: Displaced) -> DisplacedOut:
    return DisplacedOut(
        stay_id=each.stay_id,
        guest=each.guest if may("see_incognito") else "",
        arrival=each.arrival,
        departure=each.departure,
        locked=each.locked,
        instead=[room.number for room in each.instead],
    )
