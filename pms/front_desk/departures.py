"""Check-out and the way back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from pms import access, clock, journal, notices
from pms.accounts.models import User
from pms.cashier import actions as cashier
from pms.cashier import queries as ledger
from pms.cashier.models import PaymentMethod, PostingKind
from pms.errors import Conflict, Offer, Refused
from pms.front_desk import queries
from pms.front_desk.desk import HOUSE_STAFF, issue_key, leave_dirty, room_offers, save, void_keys
from pms.front_desk.extensions import leave_early
from pms.money import Amount
from pms.property.queries import hotel
from pms.reservations import status
from pms.reservations.models import Stay
from pms.say import Say, say


@dataclass(frozen=True, slots=True)
class LastCharge:
    """What is charged while the guest stands at the desk, minibar most often; `amount` in minor units."""

    kind: PostingKind
    amount: int
    text: Say | str | None = None


@dataclass(frozen=True, slots=True)
class Settling:
    """How one window of the folio is brought to zero; `reference` names the receipt, or the account that is charged."""

    method: PaymentMethod
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Leaving:
    """The check-out sheet. `seen` is the balance of the folio that was on it; `settling` by number of the window;
    `day_use_price` is agreed with who leaves on the day of arrival; `keys_back` None where nobody counted.
    """

    seen: int
    charges: tuple[LastCharge, ...] = ()
    settling: Mapping[int, Settling] = field(default_factory=dict)
    early: bool = False
    day_use_price: int | None = None
    keys_back: int | None = None


def settle_and_check_out(stay: Stay, sheet: Leaving, *, by: User, now: datetime) -> None:
    """The last charges, the rest paid or given back, and the guest leaves: all of it or, refused, nothing.

    Raises `Conflict` when something was posted since the sheet was opened, and `Refused` as `check_out` does for what
    is neither paid nor said how.
    """
    folio = cashier.open_folio(stay, by=by, now=now)
    if (owed := ledger.balance(folio)) != sheet.seen:
        amount = Amount(owed, hotel().currency)
        raise Conflict(say("Something was posted meanwhile: the balance is now {amount}.", amount=amount))
    if sheet.early:
        leave_early(stay, clock.business_date(), day_use_price=sheet.day_use_price, by=by, now=now)
    for charge in sheet.charges:
        cashier.post(folio, stay.id, charge.kind, charge.amount, text=charge.text, by=by, now=now)
    for window, owed in ledger.window_balances(folio).items():
        if owed and window in sheet.settling:
            _settle(folio, stay, window, owed, sheet.settling[window], by=by, now=now)
    check_out(stay, keys_back=sheet.keys_back, by=by, now=now)


def _settle(folio: int, stay: Stay, window: int, owed: int, how: Settling, *, by: User, now: datetime) -> None:
    kind = PostingKind.REFUND if owed < 0 else PostingKind.PAYMENT
    if how.method is PaymentMethod.ACCOUNT:
        kind = PostingKind.TRANSFER
        if owed < 0:
            raise Refused(say("Credit is given back to the guest, not to an account."), field="method")
    cashier.pay(
        folio, stay.id, abs(owed), how.method, reference=how.reference, kind=kind, window=window, by=by, now=now
    )


def check_out(stay: Stay, *, keys_back: int | None = None, by: User, now: datetime) -> None:
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
    journal.write(by, "check_out", stay, now=now, room=room, keys_back=keys_back)
    notices.tell(HOUSE_STAFF, say("Room {room} is vacant and dirty.", room=room), about=stay, by=by, now=now)


def undo_check_out(stay: Stay, *, by: User, now: datetime) -> None:
    """Bring a guest back who was checked out on this business date, while nobody has his room.

    Raises `Refused` on a later date or when the room is taken. He gets new keys and is due out as before; what his
    cards held when he left is held again.
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
    left_at = stay.checked_out_at
    stay.status, stay.checked_out_on, stay.checked_out_at = target, None, None
    save(stay)
    cashier.reopen_folio(stay)
    if left_at is not None:
        cashier.hold_again(stay.id, left_at, by=by, now=now)
    issue_key(stay, stay.room_id, 1, now=now)
    journal.write(by, "undo_check_out", stay, now=now, room=room.number)
    text = say("The check-out from room {room} was taken back; the guest is still here.", room=room.number)
    notices.tell(HOUSE_STAFF, text, about=stay, by=by, now=now)
