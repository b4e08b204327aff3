"""A guest of honour finds everything done: checked in by the system before he comes, registered in his room (C6-C8)."""

from __future__ import annotations

from datetime import datetime, time

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from pms import access, clock, journal, notices
from pms.accounts.models import User
from pms.cashier import actions as cashier
from pms.cashier.queries import folio_of
from pms.db import db, run
from pms.errors import Conflict, Offer, Refused
from pms.front_desk import queries, queries_special, rules
from pms.front_desk.arrivals import issue_vouchers, ready_room, register, take_deposit
from pms.front_desk.desk import called, issue_key, must_be_in_house, save, told
from pms.front_desk.models_special import EarlyCheckIn
from pms.front_desk.rules import CheckIn
from pms.reservations import status
from pms.reservations.models import Stay
from pms.reservations.queries import times_stayed
from pms.say import say

E = EarlyCheckIn.__table__
_REGISTERED = (
    sa.update(E)
    .where(E.c.stay_id == sa.bindparam("stay"), E.c.registered_at.is_(None))
    .values(registered_at=sa.bindparam("at", type_=E.c.registered_at.type), registered_by=sa.bindparam("by"))
)


def is_special(stay: Stay) -> bool:
    """Who may register in the room: VIPs, disabled and returning guests (C6, C7, C8)."""
    return bool(stay.vip_level or "accessible" in stay.needs or times_stayed(stay.guest_id))


def expected_at(stay: Stay) -> datetime | None:
    """The instant at which the guest is expected; None when nobody asked."""
    if not stay.eta:
        return None
    told_time = time.fromisoformat(stay.eta)
    return clock.at_local(stay.arrival, told_time.hour, told_time.minute)


def check_in_early(stay: Stay, keys: int = 1, *, by: User, now: datetime) -> str:
    """The system check-in before the guest is here: room, key, folio and vouchers are ready; returns the room number.

    Nobody is registered yet and nothing is paid: `register_in_room` does that. Raises `Refused` for other guests,
    when it is too early, when the AM has not looked at the room of a VIP or disabled guest, and for a dirty room.
    """
    access.require(by, "check_in_early")
    target, today = status.after(stay.status, "check_in"), clock.business_date()
    rules.check_due(stay.arrival, stay.departure, today)
    _check_special(stay, now)
    room = ready_room(stay, today)
    stay.status, stay.checked_in_on, stay.checked_in_at = target, today, now
    save(stay)
    cashier.open_folio(stay, on=today, by=by, now=now)
    issue_key(stay, room.id, keys, now=now)
    issue_vouchers(stay, today, by=by)
    db.session.add(EarlyCheckIn(stay_id=stay.id, at=now, by_id=by.id))
    try:
        db.session.flush()
    except IntegrityError as error:
        raise Conflict(say("Somebody else has just checked this guest in.")) from error
    journal.write(by, "check_in_early", stay, now=now, room=room.number, level=stay.vip_level or None)
    text = say("{guest} is checked in to room {room} and comes at {eta}. Open the telephone; registration is in the "
               "room.", guest=called(stay), room=room.number, eta=stay.eta)  # fmt: skip
    if stay.vip_level:
        text = say(
            "V{level} {guest} is checked in to room {room} and comes at {eta}. Open the telephone; registration is in "
            "the room.",
            level=stay.vip_level, guest=called(stay), room=room.number, eta=stay.eta,
        )  # fmt: skip
    notices.tell(told(stay), text, about=stay, by=by, now=now)
    return room.number


def register_in_room(stay: Stay, sheet: CheckIn, *, by: User, now: datetime) -> None:
    """Documents, signature and deposit of a guest who was checked in before he came; the AM does it in the room.

    Raises `Refused` as check-in does, and when nothing is left to register; `Conflict` when somebody else was faster.
    """
    access.require(by, "register_in_room")
    must_be_in_house(stay)
    if queries_special.special(stay.id).early is None:
        raise Refused(say("This guest was registered at the desk."))
    guests = queries.registered_guests(stay)
    rules.check_sheet(sheet, [(guest.id, guest.name) for guest in guests])
    if run(_REGISTERED, {"stay": stay.id, "at": now, "by": by.id}).rowcount != 1:
        raise Conflict(say("This guest has been registered already."))
    register(stay, sheet, by=by, now=now)
    folio_id = folio_of(stay.id)
    assert folio_id is not None
    assert sheet.deposit is not None
    take_deposit(stay, folio_id, sheet.deposit, by=by, now=now)
    journal.write(by, "register_in_room", stay, now=now, deposit=sheet.deposit.kind.value)


def _check_special(stay: Stay, now: datetime) -> None:
    if not is_special(stay):
        raise Refused(
            say("Only VIPs, disabled and returning guests are checked in before they come."),
            offers=(Offer(say("Check in at the desk"), "check_in"),),
        )
    rules.check_early(expected_at(stay), now)
    must_be_seen = stay.vip_level or "accessible" in stay.needs
    if must_be_seen and not queries_special.is_inspected(stay):
        raise Refused(
            say("The assistant manager has not inspected the room yet."),
            offers=(Offer(say("Ask the assistant manager"), "inspect"),),
        )
