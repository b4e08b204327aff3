"""A swap of shifts 换班: asked by one, agreed by the other, approved by a leader who is neither (H4)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from pms import access, clock, journal, notices
from pms.accounts.models import Name, User
from pms.db import db, insert_missing
from pms.errors import Conflict, NotAllowed, Refused
from pms.handover import queries_roster as queries
from pms.handover.models_roster import RosterDuty, Swap
from pms.handover.roster import first_open_day, touch
from pms.handover.rules_roster import monday_of
from pms.handover.status import MOVES, STATE_NAMES
from pms.lengths import check_lengths
from pms.say import say

S, D = Swap.__table__, RosterDuty.__table__


def ask(day: date, other: User, in_return: date | None, *, by: User, now: datetime) -> Swap:
    """`by` would give his shift of `day` to `other`, for the other's of `in_return` or for nothing.

    Raises `Refused` when there is no such shift, or somebody would work twice on a day; `Conflict` when a swap of that
    shift is asked for already.
    """
    access.require(by, "swap_shift")
    if other.id == by.id:
        raise Refused(say("Choose a colleague to swap with."), field="other")
    mine = _shift_of(by, day, now, field="day")
    theirs = None if in_return is None else _shift_of(other, in_return, now, field="in_return")
    _check_place(mine, theirs, other)
    _check_free(mine, theirs, by, other)
    row = {
        "department": mine.department, "asked_by": by.id, "asked_at": now, "day": day, "shift": mine.shift,
        "other_id": other.id, "other_day": in_return, "other_shift": theirs and theirs.shift,
    }  # fmt: skip
    if insert_missing(Swap, [row]) != 1:
        raise Conflict(say("You have asked for a swap of this shift already. Withdraw that one first."))
    swap = queries.open_swap(by.id, day)
    journal.write(by, "ask_swap", swap, now=now, day=day, other=other.id, other_day=in_return)
    words = {"name": Name(by.name, by.name_zh), "other": Name(other.name, other.name_zh), "day": day}
    text = say("{name} asks {other} to swap the shift of {day}.", **words)
    notices.tell((mine.department,), text, about=swap, by=by, now=now)
    return swap


def answer(swap: Swap, agrees: bool, reason: str = "", *, by: User, now: datetime) -> None:
    """The colleague who was asked agrees, or refuses and says why."""
    access.require(by, "swap_shift")
    if by.id != swap.other_id:
        raise NotAllowed(say("Only {name} answers this.", name=queries.name_of(swap.other_id)))
    _move(swap, "agree" if agrees else "refuse", reason, {"answered_at": now}, by=by, now=now)
    if agrees:
        text = say("A swap of shifts on {day} waits for a leader’s approval.", day=swap.day)
        notices.tell((swap.department,), text, about=swap, by=by, now=now)


def withdraw(swap: Swap, *, by: User, now: datetime) -> None:
    """Who asked takes it back, until it is approved."""
    access.require(by, "swap_shift")
    if by.id != swap.asked_by:
        raise NotAllowed(say("Only {name} can take this back.", name=queries.name_of(swap.asked_by)))
    _move(swap, "withdraw", "", {}, by=by, now=now)


def decide(swap: Swap, approves: bool, reason: str = "", *, by: User, now: datetime) -> None:
    """A leader approves, and the two have swapped; or declines and says why. Nobody approves his own.

    Raises `Conflict` when the roster is not what it was when it was asked.
    """
    access.require(by, "approve_swap")
    if by.id in (swap.asked_by, swap.other_id):
        raise NotAllowed(say("Nobody approves a swap of his own. Another leader does."))
    _move(swap, "approve" if approves else "decline", reason, {"decided_at": now, "decided_by": by.id}, by=by, now=now)
    if approves:
        _exchange(swap, by=by, now=now)
        names = {"one": queries.name_of(swap.asked_by), "other": queries.name_of(swap.other_id)}
        text = say("{one} and {other} have swapped shifts: {day}.", day=swap.day, **names)
        notices.tell((swap.department,), text, about=swap, by=by, now=now)


def _shift_of(user: User, day: date, now: datetime, *, field: str) -> RosterDuty:
    if day < first_open_day(now):
        raise Refused(say("{day} is over. Its roster stays as it was.", day=day), field=field)
    duty = queries.duty_of(user.id, day)
    if duty is None:
        words = {"name": Name(user.name, user.name_zh), "day": day}
        raise Refused(say("{name} has no shift on {day}. Look at the roster.", **words), field=field)
    return duty


def _check_place(mine: RosterDuty, theirs: RosterDuty | None, other: User) -> None:
    """Both know the work: a swap stays within a department."""
    if (theirs.department if theirs else other.department) != mine.department:
        raise Refused(
            say("{name} works in another department. A leader can change the roster.", name=_name(other)), field="other"
        )


def _check_free(mine: RosterDuty, theirs: RosterDuty | None, by: User, other: User) -> None:
    """Nobody works twice on a day afterwards."""
    if theirs is not None and theirs.day == mine.day:
        if theirs.shift is mine.shift:
            raise Refused(say("Both of you work the same shift that day."), field="in_return")
        return
    if queries.duty_of(other.id, mine.day):
        words = {"name": _name(other), "day": mine.day}
        no = say("{name} works on {day} already. Name that day as the one in return.", **words)
        raise Refused(no, field="in_return")
    if theirs is not None and queries.duty_of(by.id, theirs.day):
        raise Refused(say("You work on {day} already.", day=theirs.day), field="in_return")


def _move(swap: Swap, verb: str, reason: str, values: dict[str, Any], *, by: User, now: datetime) -> None:
    move, reason = MOVES[verb], reason.strip()
    if verb in ("refuse", "decline") and not reason:
        raise Refused(say("Please say why not."), field="reason")
    check_lengths(Swap, {"reason": reason})
    mine = sa.update(S).where(S.c.id == swap.id, S.c.state.in_(move.sources))
    done = db.session.connection().execute(mine.values(state=move.target, reason=reason, **values)).rowcount == 1
    db.session.refresh(swap)
    if not done:
        raise _already(swap)
    journal.write(by, f"{verb}_swap", swap, now=now, reason=reason or None)


def _already(swap: Swap) -> Conflict:
    if swap.decided_by is not None and swap.decided_at is not None:
        at = clock.local(swap.decided_at)
        words = {"name": queries.name_of(swap.decided_by), "day": at.date(), "time": f"{at:%H:%M}"}
        return Conflict(say("{name} was faster: {day}, {time}.", **words))
    return Conflict(say("This swap stands otherwise now: {state}.", state=STATE_NAMES[swap.state]))


def _exchange(swap: Swap, *, by: User, now: datetime) -> None:
    """Both shifts change hands, with their posts. The key of the table sees to it that nobody works twice."""
    given = queries.duty_of(swap.asked_by, swap.day)
    taken = None if swap.other_day is None else queries.duty_of(swap.other_id, swap.other_day)
    if (given and given.shift, taken and taken.shift) != (swap.shift, swap.other_shift):
        raise _changed_since()
    rows = [_handed(given, swap.other_id)] + ([_handed(taken, swap.asked_by)] if taken else [])
    for duty in filter(None, (given, taken)):
        db.session.delete(duty)
    db.session.flush()
    if insert_missing(RosterDuty, rows) != len(rows):
        raise _changed_since()
    for monday in {monday_of(row["day"]) for row in rows}:
        touch(swap.department, monday, by=by, now=now)


def _handed(duty: RosterDuty | None, to: int) -> dict[str, Any]:
    assert duty is not None
    return {
        "user_id": to, "day": duty.day, "shift": duty.shift, "department": duty.department, "post": duty.post,
    }  # fmt: skip


def _changed_since() -> Conflict:
    return Conflict(say("The roster has changed since this was asked. Decline it, and let them ask again."))


def _name(user: User) -> Name:
    return Name(user.name, user.name_zh)
