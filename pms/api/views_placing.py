"""Giving guests rooms before they arrive."""

from __future__ import annotations

from pms import clock
from pms.api import answers, queries
from pms.api.answers import tell
from pms.api.door import Door
from pms.api.schemas_desk import (
    Placed,
    PlacingIn,
    PlacingOut,
    RoomIn,
    Suggestion,
    Suggestions,
    SuggestQuery,
    Unplaced,
)
from pms.api.schemas_stays import StayOut
from pms.assignment import actions
from pms.assignment.facts import Scored
from pms.reservations.queries import load_stay
from pms.reservations.saving import save
from pms.web.gate import me

bp = Door("Placing")


@bp.does("GET /stays/{stay_id}/rooms", needs="place")
def suggest_rooms(stay_id: int, query: SuggestQuery) -> Suggestions:
    """The best free rooms for a stay with their reasons."""
    return Suggestions(items=[_suggestion(choice) for choice in actions.suggest(load_stay(stay_id), query.limit)])


@bp.does("PUT /stays/{stay_id}/room", needs="place")
def place(stay_id: int, body: RoomIn) -> StayOut:
    """Give a stay this very room."""
    stay = load_stay(stay_id)
    room = queries.room_called(body.room)
    if stay.room_id != room.id:
        actions.place_stay(stay, room, consent=body.consent, by=me(), now=clock.now())
        save(stay)
    return answers.stay(stay_id)


@bp.does("DELETE /stays/{stay_id}/room", needs="place")
def unplace(stay_id: int) -> StayOut:
    """Take the room away from a stay that has not arrived."""
    stay = load_stay(stay_id)
    actions.unplace(stay, by=me(), now=clock.now())
    save(stay)
    return answers.stay(stay_id)


@bp.does("POST /placings", needs="place")
def place_arrivals(body: PlacingIn) -> PlacingOut:
    """Give rooms to the arrivals of a day that have none, the best for all together."""
    plan = actions.place_arrivals(body.day, stay_ids=body.stays, by=me(), now=clock.now())
    return PlacingOut(
        placed=[
            Placed(stay_id=p.stay.id, room=p.choice.room.number, why=[tell(r) for r in actions.reasons(p.choice)])
            for p in plan.placed
        ],
        unplaced=[Unplaced(stay_id=each.stay.id, why=tell(each.why)) for each in plan.unplaced],
    )


def _suggestion(choice: Scored) -> Suggestion:
    return Suggestion(
        room=choice.room.number,
        type=choice.room.type_code,
        floor=choice.room.floor,
        clean=choice.room.clean,
        met=[tell(reason.text) for reason in choice.met],
        missed=[tell(reason.text) for reason in choice.missed],
    )
