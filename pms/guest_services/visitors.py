"""Visitors 访客登记: the guest is rung first, the floor is told with his consent only, in and out are noted (Q3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from pms import access, clock, journal
from pms.accounts.models import Name, User
from pms.db import db
from pms.errors import Conflict, Refused
from pms.guest_services.enquiries import stay_asked_for
from pms.guest_services.models_visitors import VisitAnswer, Visitor
from pms.guest_services.rules import NOT_STAYING, WE_RING
from pms.lengths import check_lengths
from pms.say import Say, say

ANSWER_NAMES: dict[VisitAnswer, Say] = {
    VisitAnswer.ASKING: say("Being asked"),
    VisitAnswer.COMES_UP: say("Goes up"),
    VisitAnswer.LOBBY: say("Meets in the lobby"),
    VisitAnswer.NO_ANSWER: say("No answer"),
    VisitAnswer.REFUSED: say("Guest declines"),
    VisitAnswer.NOBODY: say("Nobody of that name"),
}
# What is said to the visitor after the telephone call; a guest who declines is not staying with us (Q1).
WORDS: dict[VisitAnswer, Say] = {
    VisitAnswer.ASKING: WE_RING,
    VisitAnswer.COMES_UP: say("You are expected. Please go up."),
    VisitAnswer.LOBBY: say("Please wait here. You will be met in the lobby."),
    VisitAnswer.NO_ANSWER: say("Nobody answers at the moment. May I take a message?"),
    VisitAnswer.REFUSED: NOT_STAYING,
    VisitAnswer.NOBODY: NOT_STAYING,
}
V = Visitor.__table__


@dataclass(frozen=True, slots=True)
class NewVisitor:
    """What a visitor says. `document` is the kind that was seen, '' for none; of its number the last four signs."""

    name: str
    asked_name: str
    asked_room: str = ""
    by_appointment: bool = False
    document: str = ""
    document_end: str = ""


def receive(new: NewVisitor, *, by: User, now: datetime) -> Visitor:
    """Write a visitor down. Whoever may be asked is rung next; for anybody else the answer is there at once, the same
    for a guest who wants no disclosure, a wrong room and an unknown name (Q1).
    """
    access.require(by, "receive_visitors")
    if not new.name.strip():
        raise Refused(say("Please write down the visitor's name."), field="name")
    stay_id = stay_asked_for(new.asked_name, new.asked_room)
    values = {
        "name": new.name.strip(),
        "document": new.document,
        "document_end": new.document_end.strip()[-4:] if new.document else "",
        "asked_name": new.asked_name.strip(),
        "asked_room": new.asked_room.strip(),
        "by_appointment": new.by_appointment,
    }
    check_lengths(Visitor, values)
    answer = VisitAnswer.NOBODY if stay_id is None else VisitAnswer.ASKING
    known = {"stay_id": stay_id, "answer": answer, "came_at": now, "came_on": clock.business_date()}
    visitor = Visitor(received_by=by.id, **values, **known)
    db.session.add(visitor)
    db.session.flush()
    journal.write(by, "receive_visitor", visitor, now=now, answer=answer.value)
    return visitor


def answered(visitor: Visitor, answer: VisitAnswer, *, by: User, now: datetime) -> Visitor:
    """What the guest said on the telephone. `COMES_UP` is his consent that floor and room are told: the visitor is in.

    Raises `Conflict` with who was told what when a colleague has asked already.
    """
    access.require(by, "receive_visitors")
    if answer in (VisitAnswer.ASKING, VisitAnswer.NOBODY):
        raise Refused(say("Please write down what the guest said."), field="answer")
    values: dict[str, Any] = {"answer": answer, "answered_at": now, "answered_by": by.id}
    values |= {"in_at": now} if answer is VisitAnswer.COMES_UP else {}
    if not _change(visitor, V.c.answer == VisitAnswer.ASKING, values):
        raise _already(visitor)
    journal.write(by, "answer_visitor", visitor, now=now, answer=answer.value)
    return visitor


def leave(visitor: Visitor, *, by: User, now: datetime) -> Visitor:
    """The visitor has left the house. Raises `Refused` for who never went up, `Conflict` for who is out already."""
    access.require(by, "receive_visitors")
    if visitor.in_at is None:
        raise Refused(say("This visitor has not gone up."))
    if not _change(visitor, V.c.out_at.is_(None), {"out_at": now, "out_by": by.id}):
        raise _out(visitor)
    journal.write(by, "visitor_leaves", visitor, now=now)
    return visitor


def _change(visitor: Visitor, still: sa.ColumnElement[bool], values: dict[str, Any]) -> bool:
    """One of two clerks writes it down."""
    done = db.session.connection().execute(sa.update(V).where(V.c.id == visitor.id, still).values(**values)).rowcount
    db.session.refresh(visitor)
    return done == 1


def _already(visitor: Visitor) -> Conflict:
    if visitor.answered_by is None or visitor.answered_at is None:
        return Conflict(say("There is nobody to ask."))
    return Conflict(
        say("{visitor}: {answer}, written down by {name} at {time}.", visitor=visitor.name,
            answer=ANSWER_NAMES[visitor.answer], **_who(visitor.answered_by, visitor.answered_at))
    )  # fmt: skip


def _out(visitor: Visitor) -> Conflict:
    assert visitor.out_by is not None and visitor.out_at is not None
    words = _who(visitor.out_by, visitor.out_at)
    return Conflict(say("{visitor} is out, written down by {name} at {time}.", visitor=visitor.name, **words))


def _who(user_id: int, at: datetime) -> dict[str, object]:
    who = db.session.get_one(User, user_id)
    return {"name": Name(who.name, who.name_zh), "time": f"{clock.local(at):%H:%M}"}
