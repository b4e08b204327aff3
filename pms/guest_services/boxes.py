"""Safe-deposit boxes 贵重物品保险箱: given to one guest at a time, every opening signed by two (L6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from pms import access, clock, journal, notices
from pms.accounts.models import Name, User
from pms.db import db, insert_missing
from pms.departments import Department
from pms.errors import Conflict, Offer, Refused
from pms.guest_services import box_money, queries_boxes
from pms.guest_services.models_boxes import BoxAct, BoxOpening, BoxSize, BoxUse, SafeBox
from pms.guest_services.rules import is_called
from pms.guests.rules import plain
from pms.lengths import check_lengths
from pms.reservations.models import Stay
from pms.reservations.status import Status
from pms.say import Say, say

SIZE_NAMES: dict[BoxSize, Say] = {
    BoxSize.SMALL: say("Small"),
    BoxSize.MEDIUM: say("Medium"),
    BoxSize.LARGE: say("Large"),
}
ACT_NAMES: dict[BoxAct, Say] = {
    BoxAct.GIVEN: say("Given to the guest"),
    BoxAct.OPENED: say("Opened for the guest"),
    BoxAct.HANDED_BACK: say("Handed back"),
    BoxAct.FORCED: say("Lock drilled"),
}
NOTE_LENGTH = 120
U = BoxUse.__table__


@dataclass(frozen=True, slots=True)
class Card:
    """What the guest signs: `signed_by` is the name he signs with, `also` who else may open; `key_deposit` in minor
    units, 0 where none is taken.
    """

    signed_by: str
    also: str = ""
    key_deposit: int = 0


def give_box(box: SafeBox, stay: Stay, card: Card, *, by: User, now: datetime) -> BoxUse:
    """Box and key to a guest in house, who signs the card.

    Raises `Refused` for a box not in use by the house, for who is not in house and for a signature of nobody in the
    room, with the boxes that are free; `Conflict` with who gave it when another guest has it.
    """
    access.require(by, "keep_safe_boxes")
    _check_may_have(box, stay, card)
    row = {
        "box_id": box.id,
        "stay_id": stay.id,
        "signatory": card.signed_by.strip(),
        "also": card.also.strip(),
        "key_deposit": card.key_deposit,
        "given_at": now,
    }
    check_lengths(BoxUse, row)
    if not insert_missing(BoxUse, [row]):
        raise _taken(box)
    use = queries_boxes.open_use_of(box.id)
    assert use is not None
    box_money.take_deposit(use, by=by, now=now)
    _write(use, BoxAct.GIVEN, by, now, signed_by=use.signatory)
    return use


def open_box(use: BoxUse, signed_by: str, *, by: User, now: datetime) -> BoxUse:
    """Opened for the guest with his key and the house's; he signs each time. Raises `Refused` for another signature."""
    access.require(by, "keep_safe_boxes")
    _check_open(use)
    _check_signature(use, signed_by)
    if use.key_lost_at is not None:
        raise _no_key(use)
    _write(use, BoxAct.OPENED, by, now, signed_by=signed_by.strip())
    return use


def hand_back(use: BoxUse, signed_by: str, *, empty: bool, key_back: bool, by: User, now: datetime) -> BoxUse:
    """The guest needs it no longer: the box is empty, the key is back, he signs."""
    access.require(by, "keep_safe_boxes")
    _check_open(use)
    _check_signature(use, signed_by)
    if not empty:
        raise Refused(say("Please look together with the guest whether the box is empty."), field="empty")
    if use.key_lost_at is not None or not key_back:
        raise _no_key(use)
    _close(use, by, now)
    box_money.give_back(use, by=by, now=now)
    _write(use, BoxAct.HANDED_BACK, by, now, signed_by=signed_by.strip())
    return use


def report_lost_key(use: BoxUse, *, charge: bool = False, by: User, now: datetime) -> BoxUse:
    """The guest has lost the key: the box stays shut until its lock is drilled; engineering and AM are told.

    `charge` puts what the house asks for it on his bill, once. Raises `Refused` when he has none open.
    """
    access.require(by, "keep_safe_boxes")
    _check_open(use)
    lost = sa.update(U).where(U.c.id == use.id, U.c.key_lost_at.is_(None)).values(key_lost_at=now)
    if db.session.connection().execute(lost).rowcount:
        db.session.refresh(use)
        if charge:
            box_money.charge_lost_key(use, by=by, now=now)
        journal.write(by, "lose_box_key", use, now=now, box=use.box.number, charged=charge or None)
        text = say("The key of safe-deposit box {number} is lost; its lock must be drilled.", number=use.box.number)
        notices.tell((Department.ASSISTANT_MANAGER, Department.ENGINEERING), text, about=use, by=by, now=now)
    return use


def force_open(
    use: BoxUse, reason: str, contents: str, second: User | None, *, signed_by: str = "", by: User, now: datetime
) -> BoxUse:
    """The lock is drilled before two people of the house, and the guest if he is here (`signed_by`).

    `contents` is what lay in it and who has it now. The box then waits for a new lock. Raises `Refused` without a
    reason, or a second person who gave his own password.
    """
    access.require(by, "force_safe_box")
    _check_open(use)
    if not reason.strip():
        raise Refused(say("Please write down why the box is forced."), field="reason")
    if not contents.strip():
        raise Refused(say("Please write down what lies in it and who has it now."), field="contents")
    if second is None or second.id == by.id:
        raise Refused(say("A second person of the house must be there and give his own password."), field="second")
    access.require(second, "witness_forced_box")
    words = {"reason": reason.strip(), "contents": contents.strip(), "signed_by": signed_by.strip()}
    check_lengths(BoxOpening, words)
    _close(use, by, now)
    use.box.active, use.box.note = False, reason.strip()[:NOTE_LENGTH]
    _write(use, BoxAct.FORCED, by, now, second_id=second.id, **words)
    text = say("The lock of safe-deposit box {number} was drilled; it needs a new one.", number=use.box.number)
    told = (Department.ASSISTANT_MANAGER, Department.SECURITY, Department.ENGINEERING)
    notices.tell(told, text, about=use, by=by, now=now)
    return use


def answer_at_check_out(stay: Stay, agreed: bool, *, by: User, now: datetime) -> None:
    """Before a guest leaves: a box that he still has is handed back, or it is `agreed` that it stays his.

    Raises `Refused` until one of both is said. AM and cashier are told what stays.
    """
    numbers = [use.box.number for use in queries_boxes.open_uses_of(stay.id)]
    if not numbers:
        return
    shown = ", ".join(numbers)
    if not agreed:
        raise Refused(
            say(
                "Safe-deposit box {numbers} is still in use. Have it handed back, or say that it stays.", numbers=shown
            ),
            offers=(
                Offer(say("Agreed with the guest: it stays his for now"), "box_stays"),
                Offer(say("Hand the box back first"), "safe_deposit"),
            ),
            field="box_stays",
        )
    journal.write(by, "leave_with_box", stay, now=now, boxes=shown)
    room = stay.room.number if stay.room else "–"
    text = say("Safe-deposit box {numbers}: the guest of room {room} has left and keeps it.", numbers=shown, room=room)
    notices.tell((Department.ASSISTANT_MANAGER, Department.CASHIER), text, about=stay, by=by, now=now)


def _check_may_have(box: SafeBox, stay: Stay, card: Card) -> None:
    if not box.active:
        no = say("Box {number} is out of use: {note}", number=box.number, note=box.note)
        raise Refused(no, offers=_free(), field="box_id")
    if stay.status is not Status.IN_HOUSE:
        raise Refused(say("A safe-deposit box is for guests in house."), field="stay_id")
    if not card.signed_by.strip():
        raise Refused(say("The guest signs the card first."), field="signed_by")
    asked = plain(card.signed_by)
    if not any(is_called(asked, who.surname, who.given, who.name_zh) for who in queries_boxes.guests_of(stay.id)):
        raise Refused(say("Who signs must be a guest of the room."), field="signed_by")
    if card.key_deposit < 0:
        raise Refused(say("A deposit is not below nothing."), field="key_deposit")


def _check_signature(use: BoxUse, signed_by: str) -> None:
    """Nobody is told whose name would have been right."""
    if _words(signed_by) not in [_words(name) for name in (use.signatory, use.also) if name]:
        raise Refused(
            say("This is not the signature on the card of box {number}.", number=use.box.number),
            offers=(Offer(say("Look at a document; in doubt call the assistant manager"), "call"),),
            field="signed_by",
        )


def _words(name: str) -> list[str]:
    """A name however its parts stand: `Fischer, Anna` is `anna fischer`."""
    return sorted(plain(name).split())


def _no_key(use: BoxUse) -> Refused:
    return Refused(
        say("Without its key box {number} is opened by drilling the lock.", number=use.box.number),
        offers=(Offer(say("Call the assistant manager and a second person"), "force"),),
        field="key_back",
    )


def _check_open(use: BoxUse) -> None:
    if use.closed_at is not None:
        raise _closed(use)


def _close(use: BoxUse, by: User, now: datetime) -> None:
    """One of two clerks ends it; the other hears who did."""
    here = sa.update(U).where(U.c.id == use.id, U.c.closed_at.is_(None)).values(closed_at=now, closed_by=by.id)
    done = db.session.connection().execute(here).rowcount == 1
    db.session.refresh(use)
    if not done:
        raise _closed(use)


def _write(use: BoxUse, act: BoxAct, by: User, now: datetime, **values: object) -> None:
    line = BoxOpening(use_id=use.id, act=act, at=now, business_date=clock.business_date(), by_id=by.id, **values)
    db.session.add(line)
    db.session.flush()
    journal.write(by, f"box_{act.value}", use, now=now, box=use.box.number, stay=use.stay_id)


def _closed(use: BoxUse) -> Conflict:
    assert use.closed_at is not None and use.closed_by is not None
    who, at = db.session.get_one(User, use.closed_by), clock.local(use.closed_at)
    words = {"number": use.box.number, "name": Name(who.name, who.name_zh), "day": at.date(), "time": f"{at:%H:%M}"}
    return Conflict(say("Box {number} was closed by {name} on {day} at {time}.", **words))


def _taken(box: SafeBox) -> Conflict:
    given = queries_boxes.last_given(box.id)
    at = clock.local(given.at)
    words = {"number": box.number, "name": Name(given.name, given.name_zh), "day": at.date(), "time": f"{at:%H:%M}"}
    no = say("Box {number} was given to another guest by {name} on {day} at {time}.", **words)
    return Conflict(no, offers=_free(), field="box_id")


def _free() -> tuple[Offer, ...]:
    """Three other boxes."""
    boxes = queries_boxes.free_boxes()[:3]
    return tuple(Offer(say("Box {number}", number=box.number), "box", box.id) for box in boxes)
