"""Message slips 留言单 (Q2): repeated back, three copies, 24 hours on the rack."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm.exc import StaleDataError

from pms import access, clock, journal, notices
from pms.accounts.models import User
from pms.db import db, run
from pms.errors import Conflict, Refused
from pms.guest_services.models import Message, MessageStatus
from pms.guest_services.rules import NOT_STAYING
from pms.lengths import check_lengths
from pms.notices import Department
from pms.property.queries import hotel
from pms.reservations.models import Stay
from pms.reservations.numbers import next_number
from pms.reservations.status import Status
from pms.say import Say, say

STATUS_NAMES: dict[MessageStatus, Say] = {
    MessageStatus.ON_RACK: say("On the rack"),
    MessageStatus.DELIVERED: say("Delivered"),
    MessageStatus.CANCELLED: say("Withdrawn"),
    MessageStatus.TAKEN_OFF: say("Taken off the rack"),
}
READ = say("Read")
M = Message.__table__
_TAKE_OFF = (
    sa.update(M)
    .where(M.c.status == MessageStatus.ON_RACK, M.c.off_rack_at <= sa.bindparam("moment"))
    .values(
        status=MessageStatus.TAKEN_OFF,
        ended_at=sa.bindparam("moment"),
        ended_by=sa.bindparam("who"),
        version=M.c.version + 1,
    )
)


@dataclass(frozen=True, slots=True)
class NewMessage:
    """What a caller leaves; `read_back` says that it was repeated to him word for word."""

    caller: str
    text: str
    caller_contact: str = ""
    wants: str = ""
    urgent: bool = False
    read_back: bool = False


def take_message(stay: Stay, message: NewMessage, *, by: User, now: datetime) -> Message:
    """Put a message for a guest on the rack and send it to his room; concierge and operator are told.

    Raises `Refused` when it was not read back, for a guest who has left, and, in the words for a stranger, for a
    guest who wants no disclosure: taking it would tell the caller that he is here.
    """
    access.require(by, "take_message")
    check_message(stay, message)
    if not message.read_back:
        raise Refused(say("Please read the message back to the caller first."), field="read_back")
    values = {
        "number": f"{next_number('message'):05d}",
        "guest_id": stay.guest_id,
        "stay_id": stay.id,
        "caller": message.caller.strip(),
        "caller_contact": message.caller_contact.strip(),
        "text": message.text.strip(),
        "wants": message.wants,
        "urgent": message.urgent,
        "status": MessageStatus.ON_RACK,
        "taken_at": now,
        "taken_on": clock.business_date(),
        "taken_by": by.id,
        "off_rack_at": now + timedelta(hours=hotel().message_hours),
    }
    slip = Message(**values)
    db.session.add(slip)
    db.session.flush()
    journal.write(by, "take_message", slip, now=now, number=slip.number, stay=stay.id)
    text = say("Message {number} for room {room}.", number=slip.number, room=stay.room.number if stay.room else "–")
    notices.tell((Department.CONCIERGE, Department.OPERATOR), text, about=slip, by=by, now=now)
    return slip


def status_name(message: Message) -> Say:
    """What became of a message; a delivered one may have been read."""
    return READ if message.read_at else STATUS_NAMES[message.status]


def check_message(stay: Stay, message: NewMessage) -> None:
    """What stands against a message before it is read back. Raises `Refused` as `take_message` does."""
    if stay.guest.incognito or stay.status not in (Status.RESERVED, Status.IN_HOUSE):
        raise Refused(NOT_STAYING, field="guest")
    if not message.caller.strip() or not message.text.strip():
        missing = "text" if message.caller.strip() else "caller"
        raise Refused(say("Please write down who calls and what the message is."), field=missing)
    check_lengths(
        Message, {name: getattr(message, name).strip() for name in ("caller", "caller_contact", "text", "wants")}
    )


def deliver_message(message: Message, *, to: str = "", by: User, now: datetime) -> Message:
    """The guest, or `to` whom it was given, has the message; by whom and when is kept."""
    access.require(by, "deliver_message")
    check_lengths(Message, {"delivered_to": to.strip()})
    message.delivered_to = to.strip() if message.status is MessageStatus.ON_RACK else message.delivered_to
    return _end(message, MessageStatus.DELIVERED, "deliver_message", by=by, now=now)


def read_message(message: Message, *, by: User, now: datetime) -> Message:
    """The guest has seen the message himself, at the rack or after it was brought to the room."""
    access.require(by, "deliver_message")
    if message.read_at is not None or message.status not in (MessageStatus.ON_RACK, MessageStatus.DELIVERED):
        raise _dealt_with(message)
    message.read_at, message.read_by = now, by.id
    if message.status is MessageStatus.ON_RACK:
        message.status, message.ended_at, message.ended_by = MessageStatus.DELIVERED, now, by.id
    return _saved(message, "read_message", by=by, now=now)


def cancel_message(message: Message, *, by: User, now: datetime) -> Message:
    """The caller has withdrawn the message."""
    access.require(by, "take_message")
    return _end(message, MessageStatus.CANCELLED, "cancel_message", by=by, now=now)


def take_off_expired(*, by: User, now: datetime) -> int:
    """Take messages off the rack whose 24 hours are over; returns how many. They stay in the history. For the audit."""
    if not access.allowed(by, "run_audit"):
        access.require(by, "deliver_message")
    count = run(_TAKE_OFF, {"moment": now, "who": by.id}).rowcount
    if count:
        journal.write(by, "take_off_messages", "rack", now=now, count=count)
    return count


def _end(message: Message, status: MessageStatus, action: str, *, by: User, now: datetime) -> Message:
    if message.status is not MessageStatus.ON_RACK:
        raise _dealt_with(message)
    message.status, message.ended_at, message.ended_by = status, now, by.id
    return _saved(message, action, by=by, now=now)


def _saved(message: Message, action: str, *, by: User, now: datetime) -> Message:
    try:
        db.session.flush()
    except StaleDataError as error:
        raise Conflict(say("Somebody else has just dealt with this message.")) from error
    journal.write(by, action, message, now=now, number=message.number)
    return message


def _dealt_with(message: Message) -> Conflict:
    """Who was faster, and when: nobody brings a slip twice."""
    moment, who = message.read_at or message.ended_at, message.read_by or message.ended_by
    assert moment is not None and who is not None
    at = clock.local(moment)
    return Conflict(
        say(
            "Message {number}: {status} by {name} on {day} at {time}.",
            number=message.number,
            status=status_name(message),
            name=db.session.get_one(User, who).name,
            day=at.date(),
            time=f"{at:%H:%M}",
        )
    )
