"""A group on its day of arrival: who is due, and everybody checked in on one sheet."""

from __future__ import annotations

from pms import clock
from pms.api import queries
from pms.api.answers import shown, tell
from pms.api.door import Door
from pms.api.schemas_groups import (
    GroupArrivals,
    GroupCheckedIn,
    GroupCheckIn,
    GroupRoom,
    ListedGuestOut,
    ListedStayOut,
)
from pms.errors import Refused
from pms.front_desk import queries_groups as desk
from pms.front_desk.groups import WithLeader
from pms.front_desk.queries_groups import ListedGuest, ListedStay
from pms.front_desk.rooming_sheet import NotReady, Paper, RoomingSheet, check_in_listed, room_obstacle
from pms.front_desk.rules import Deposit
from pms.guests.names import list_name
from pms.property import queries as house
from pms.web.gate import me

bp = Door("Group arrivals")


class StillToDo(Refused):
    """Nobody was checked in; `errors` names each room and guest with what is missing."""

    def __init__(self, no: NotReady) -> None:
        super().__init__(no.reason)
        self.members = {"errors": [_error(field, tell(why)) for field, why in no.errors.items()]}


@bp.does("GET /groups/{code}/arrivals", needs="check_in")
def list_group_arrivals(code: str) -> GroupArrivals:
    """The rooming list of today: rooms as they stand, guests, documents on file."""
    stays = desk.rooming_list(queries.group_of(code).id, clock.business_date())
    return GroupArrivals(items=[_stay(stay) for stay in stays])


@bp.does("POST /groups/{code}/check-in", needs="check_in")
def check_in_group(code: str, body: GroupCheckIn) -> GroupCheckedIn:
    """Check in everybody who has come, or nobody; `errors` then says what each room and guest lacks."""
    group = queries.group_of(code)
    stays = desk.rooming_list(group.id, clock.business_date())
    try:
        done = check_in_listed(group, stays, _sheet(body), by=me(), now=clock.now())
    except NotReady as no:
        raise StillToDo(no) from no
    return GroupCheckedIn(rooms=[shown(GroupRoom, each, stay_id=each.stay.id) for each in done])


def _sheet(body: GroupCheckIn) -> RoomingSheet:
    return RoomingSheet(
        leader=WithLeader(heads=body.heads, split=body.split, signed=body.signed, agreed=body.agreed),
        deposit=Deposit(**body.deposit.model_dump()),
        papers={paper.guest_id: Paper(paper.kind, paper.number, paper.country) for paper in body.papers},
        rooms={chosen.stay_id: queries.room_called(chosen.room).id for chosen in body.rooms},
        later=frozenset(body.later),
        seen=body.seen,
        key_each=body.key_each,
        visa=body.visa,
        purpose=body.purpose,
    )


def _error(field: str, detail: str) -> dict[str, str]:
    return {"field": field, "code": "to_do", "detail": detail}


def _stay(stay: ListedStay) -> ListedStayOut:
    why = room_obstacle(stay)
    return shown(
        ListedStayOut,
        stay,
        stay_id=stay.id,
        type=house.type_of(stay.type_id).code,
        room=stay.room.number if stay.room else "",
        obstacle=tell(why) if why else "",
        guests=[_guest(guest) for guest in stay.guests],
    )


def _guest(guest: ListedGuest) -> ListedGuestOut:
    name = list_name(guest.surname, guest.given, guest.name_zh)
    return shown(ListedGuestOut, guest, guest_id=guest.id, name=name, document=guest.kind)
