"""VIPs from the request to the room (C6), and the inspection before others are told (C6, C8, P1)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from pms import access, journal, notices
from pms.accounts.models import User
from pms.assignment.actions import place_stay, suggest
from pms.db import db
from pms.errors import Conflict, Offer, Refused
from pms.front_desk import queries_special
from pms.front_desk.desk import called, save, told
from pms.front_desk.models_special import RequestStatus, RoomInspection, VipRequest
from pms.front_desk.queries import READY
from pms.lengths import check_lengths
from pms.notices import Department
from pms.property.actions import set_housekeeping
from pms.property.models import Housekeeping, Room
from pms.reservations import status, welcome
from pms.reservations.actions import Change, change_stay
from pms.reservations.models import Stay
from pms.reservations.rules import check_early
from pms.say import Say, both, say

AM = Department.ASSISTANT_MANAGER
HIGHEST, LOWEST = 1, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Honours:
    """What is asked for a VIP; `amenities` are besides those that the policy gives to the level, `early_arrival` is
    before noon.
    """

    level: int
    host: str
    position: str = ""
    amenities: str = ""
    welcome_party: str = ""
    early_arrival: bool = False


def request_vip(stay: Stay, honours: Honours, *, by: User, now: datetime) -> VipRequest:
    """Fill in the request form 贵宾申报单; the AM is told and decides. A declined one may be asked for again.

    Raises `Refused` without level or host, and when one is waiting or approved already.
    """
    access.require(by, "request_vip")
    status.after(stay.status, "check_in")
    values = _checked(honours)
    if honours.early_arrival:
        check_early(stay.eta, field="early_arrival")
    row = queries_special.request_of(stay.id)
    if row is not None and row.status is not RequestStatus.DECLINED:
        raise Refused(say("There is a request for this stay already; it is decided or waits for a decision."))
    fresh = {"status": RequestStatus.REQUESTED, "requested_by": by.id, "requested_at": now}
    fresh |= {"decided_by": None, "decided_at": None, "note": ""}
    if row is None:
        row = VipRequest(stay_id=stay.id)
        db.session.add(row)
    for name, value in (values | fresh).items():
        setattr(row, name, value)
    try:
        db.session.flush()
    except IntegrityError as error:
        raise Conflict(say("Somebody else has just made a request for this stay.")) from error
    journal.write(by, "request_vip", stay, now=now, level=honours.level, host=row.host)
    text = say("V{level} is requested for {guest}, {day}. Please decide.", level=honours.level, guest=called(stay),
               day=stay.arrival)  # fmt: skip
    notices.tell((AM,), text, about=stay, by=by, now=now)
    return row


def decide(request: VipRequest, approve: bool, note: str = "", *, by: User, now: datetime) -> tuple[Say, ...]:
    """Approve: level, host and amenities stand on the stay, the best room is given, the AM alone is told to inspect it.

    Returns what has to be read, such as that a room was released which is not free before noon.

    Raises `Refused` for a refusal without a reason, `Conflict` when somebody else has decided.
    """
    access.require(by, "set_vip")
    why = note.strip()
    check_lengths(VipRequest, {"note": why})
    if not approve and not why:
        raise Refused(say("Please say why the request is declined."), field="note")
    target = RequestStatus.APPROVED if approve else RequestStatus.DECLINED
    changed = (
        sa.update(VipRequest)
        .where(VipRequest.id == request.id, VipRequest.status == RequestStatus.REQUESTED)
        .values(status=target, decided_by=by.id, decided_at=now, note=why)
        .execution_options(synchronize_session="fetch")
    )
    if db.session.execute(changed).rowcount != 1:  # type: ignore[attr-defined]
        raise Conflict(say("Somebody else has decided this request meanwhile."))
    stay = request.stay
    journal.write(by, "decide_vip", stay, now=now, approved=approve, note=why or None)
    return _honour(stay, request, by=by, now=now) if approve else ()


def inspect(stay: Stay, *, by: User, now: datetime) -> None:
    """The AM has looked at the room; only now everybody else is told of the guest (C6, C8, P1).

    Raises `Refused` without a room or for a dirty one, `Conflict` when it has been inspected already.
    """
    access.require(by, "inspect_for_guest")
    status.after(stay.status, "check_in")
    if stay.room_id is None:
        raise Refused(say("Give the guest a room first."), offers=(Offer(say("Choose a room"), "place"),))
    room = db.session.get_one(Room, stay.room_id)
    if room.housekeeping not in READY:
        raise Refused(
            say("Room {room} is not clean yet.", room=room.number),
            offers=(Offer(say("Ask for rush cleaning"), "rush_cleaning"),),
        )
    _write_inspection(stay, room, by=by, now=now)
    if room.housekeeping is not Housekeeping.INSPECTED:
        set_housekeeping(room, Housekeeping.INSPECTED, by=by, now=now)
    stay.inspected_by, stay.inspected_at = by.id, now
    save(stay)
    journal.write(by, "inspect_for_guest", stay, now=now, room=room.number)
    _announce(stay, room, by=by, now=now)


def _checked(honours: Honours) -> dict[str, object]:
    """What is written down, with the amenities of the level. Raises `Refused`."""
    if not HIGHEST <= honours.level <= LOWEST:
        raise Refused(say("A VIP level is 1, 2 or 3."), field="level")
    if not honours.host.strip():
        raise Refused(say("Please say who is the host."), field="host")
    values = {name: value.strip() if isinstance(value, str) else value for name, value in asdict(honours).items()}
    by_level, more = queries_special.amenities(honours.level), honours.amenities.strip()
    values["amenities"] = "; ".join(each for each in (both(by_level) if by_level else "", more) if each)
    check_lengths(VipRequest, values)
    return values


def _honour(stay: Stay, request: VipRequest, *, by: User, now: datetime) -> tuple[Say, ...]:
    said: tuple[Say, ...] = ()
    if request.early_arrival:
        said = change_stay(stay, Change(early_arrival=True), version=stay.version, by=by, now=now).said
    stay.vip_level, stay.vip_host, stay.amenities = request.level, request.host, request.amenities
    save(stay)
    welcome.prepare([stay], by=by, now=now)
    if stay.room_id is None and (best := suggest(stay, limit=1)):
        place_stay(stay, db.session.get_one(Room, best[0].room.id), by=by, now=now)
    number = stay.room.number if stay.room else ""
    text = say("{guest} comes as V{level}. Please inspect room {room} before others are told.", guest=called(stay),
               level=request.level, room=number)  # fmt: skip
    if not number:
        text = say("{guest} comes as V{level}. There is no room yet: please choose one.", guest=called(stay),
                   level=request.level)  # fmt: skip
    notices.tell((AM,), text, about=stay, by=by, now=now)
    return said


def _write_inspection(stay: Stay, room: Room, *, by: User, now: datetime) -> None:
    if queries_special.is_inspected(stay):
        raise Conflict(say("Room {room} has been inspected for this guest already.", room=room.number))
    db.session.add(RoomInspection(stay_id=stay.id, room_id=room.id, at=now, by_id=by.id))
    try:
        db.session.flush()
    except IntegrityError as error:
        raise Conflict(say("Room {room} has been inspected for this guest already.", room=room.number)) from error


def _announce(stay: Stay, room: Room, *, by: User, now: datetime) -> None:
    """Everybody concerned hears who comes, where to, and what is to be ready."""
    request = queries_special.request_of(stay.id)
    if stay.vip_level:
        text = say(
            "V{level} {guest} arrives on {day} {eta}, room {room} is inspected. Amenities: {amenities}. Host: {host}. "
            "Welcome: {party}.",
            level=stay.vip_level, guest=called(stay), day=stay.arrival, eta=stay.eta, room=room.number,
            amenities=stay.amenities or "–", host=stay.vip_host or "–",
            party=(request.welcome_party if request else "") or "–",
        )  # fmt: skip
    else:
        text = say(
            "{guest} arrives on {day} {eta} and needs an accessible room; room {room} is inspected. A wheelchair "
            "stands ready, the assistant manager escorts.",
            guest=called(stay), day=stay.arrival, eta=stay.eta, room=room.number,
        )  # fmt: skip
        if "accessible" not in stay.needs:
            text = say("{guest} arrives on {day} {eta}; room {room} is inspected.", guest=called(stay),
                       day=stay.arrival, eta=stay.eta, room=room.number)  # fmt: skip
    notices.tell(told(stay), text, about=stay, by=by, now=now)
