"""Check-out and the way back."""

from __future__ import annotations

from datetime import datetime

from pms import access, clock, journal, notices
from pms.accounts.models import User
from pms.cashier import actions as cashier
from pms.errors import Offer, Refused
from pms.front_desk import queries
from pms.front_desk.desk import HOUSE_STAFF, issue_key, leave_dirty, room_offers, save, void_keys
from pms.reservations import status
from pms.reservations.models import Stay
from pms.say import say


def check_out(stay: Stay, *, by: User, now: datetime) -> None:
    """The guest leaves: folio at zero, keys void, holds on cards released, room dirty.

    Raises `Refused` with the balance and what to do about it, and before the day of departure with the offer to
    leave early. What still lies here for him is in guest_services.queries.left_here.
    """
    access.require(by, "check_out")
    target = status.after(stay.status, "check_out")
    today = clock.business_date()
    if stay.departure > today:
        raise Refused(
            say("This guest is booked until {departure}.", departure=stay.departure),
            offers=(Offer(say("Leave early, on {day}", day=today), "leave_early", today),),
            field="departure",
        )
    cashier.close_folio(stay, on=today)
    assert stay.room_id is not None
    stay.status, stay.checked_out_on, stay.checked_out_at = target, today, now
    save(stay)
    room = leave_dirty(stay.room_id, now=now)
    void_keys(stay, now=now)
    cashier.release_preauthorisations(stay.id, by=by, now=now)
    journal.write(by, "check_out", stay, now=now, room=room)
    notices.tell(HOUSE_STAFF, say("Room {room} is vacant and dirty.", room=room), about=stay, by=by, now=now)


def undo_check_out(stay: Stay, *, by: User, now: datetime) -> None:
    """Bring a guest back who was checked out on this business date, while nobody has his room.

    Raises `Refused` on a later date or when the room is taken. He gets new keys; it is due out as before.
    """
    access.require(by, "undo_check_out")
    target = status.after(stay.status, "undo_check_out")
    today = clock.business_date()
    if stay.checked_out_on != today:
        raise Refused(say("The check-out was on {day}, which is closed.", day=stay.checked_out_on))
    assert stay.room_id is not None
    room = queries.room_state(stay.room_id, today)
    if room.lives_here:
        raise Refused(
            say("{guest} is already in room {room}.", guest=room.lives_here, room=room.number),
            offers=room_offers(stay, today),
            field="room",
        )
    stay.status, stay.checked_out_on, stay.checked_out_at = target, None, None
    save(stay)
    cashier.reopen_folio(stay)
    issue_key(stay, stay.room_id, 1, now=now)
    journal.write(by, "undo_check_out", stay, now=now, room=room.number)
    text = say("The check-out from room {room} was taken back; the guest is still here.", room=room.number)
    notices.tell(HOUSE_STAFF, text, about=stay, by=by, now=now)
