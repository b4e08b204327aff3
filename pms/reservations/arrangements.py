"""Special arrangements 特殊要求 (R10): promised to a guest, owned by a department, ticked off when done."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from pms import access, clock, journal, notices
from pms.access import Actor
from pms.db import db, save
from pms.departments import DEPARTMENT_NAMES, Department
from pms.errors import Refused
from pms.lengths import check_lengths
from pms.reservations import rules
from pms.reservations.models import Stay
from pms.reservations.models_arrangements import Arrangement, Special
from pms.reservations.saving import nobody_else
from pms.reservations.status import STATUS_NAMES, Status
from pms.reservations.words import SPECIALS
from pms.say import say

if TYPE_CHECKING:
    from pms.accounts.models import User

SAY_WHAT = (Special.PICK_UP, Special.OTHER)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewArrangement:
    """What is to be done for a stay, by whom and by when; fields as in models_arrangements.Arrangement."""

    kind: Special
    department: Department
    due_on: date
    due_at: str = ""
    what: str = ""


def arrange(stay: Stay, new: NewArrangement, *, by: User, now: datetime) -> Arrangement:
    """Promise something to a guest; its department is told. Raises `Refused` for a day outside the stay, for a stay
    that is over, and for a pick-up without flight or train.
    """
    access.require(by, "arrange")
    _check(stay, new)
    values = asdict(new) | {"what": new.what.strip(), "due_at": new.due_at.strip()}
    check_lengths(Arrangement, values)
    arrangement = Arrangement(stay_id=stay.id, **values, asked_at=now, asked_by=by.id)
    db.session.add(arrangement)
    db.session.flush()
    promised(stay, arrangement, by=by, now=now)
    return arrangement


def promised(stay: Stay, arrangement: Arrangement, *, by: Actor, now: datetime) -> None:
    """Write an arrangement down and tell the department that sees to it."""
    details = {"kind": arrangement.kind.value, "department": arrangement.department.value}
    journal.write(
        by, "arrange", stay, now=now, arrangement=arrangement.id, due_on=arrangement.due_on,
        welcome=arrangement.welcome_id, **details,
    )  # fmt: skip
    text = say(
        "For {guest} on {day} {time}: {kind}. {what}",
        guest=stay.guest.name_on_notices,
        day=arrangement.due_on,
        time=arrangement.due_at,
        kind=SPECIALS[arrangement.kind],
        what=arrangement.what,
    )
    notices.tell((arrangement.department,), text, about=stay, by=by, now=now)


@nobody_else()
def tick_off(arrangement: Arrangement, *, by: User, now: datetime) -> None:
    """It is done. Anyone of the owning department ticks it off, or who may arrange. Raises `Refused` for others."""
    access.require(by, "tick_off")
    if by.department != arrangement.department and not access.allowed(by, "arrange"):
        name = DEPARTMENT_NAMES[arrangement.department]
        raise Refused(say("Only somebody of {department} can tick this off.", department=name))
    _refuse_ended(arrangement)
    arrangement.done_at, arrangement.done_by = now, by.id
    save(arrangement)
    journal.write(by, "tick_off", arrangement.stay, now=now, arrangement=arrangement.id)


@nobody_else()
def drop(arrangement: Arrangement, *, by: User, now: datetime) -> None:
    """The guest does not want it any more: off the list, and its department is told."""
    access.require(by, "arrange")
    _refuse_ended(arrangement)
    arrangement.dropped_at = now
    save(arrangement)
    journal.write(by, "drop_arrangement", arrangement.stay, now=now, arrangement=arrangement.id)
    text = say(
        "Not needed any more for {guest} on {day}: {kind}. {what}",
        guest=arrangement.stay.guest.name_on_notices,
        day=arrangement.due_on,
        kind=SPECIALS[arrangement.kind],
        what=arrangement.what,
    )
    notices.tell((arrangement.department,), text, about=arrangement.stay, by=by, now=now)


def _check(stay: Stay, new: NewArrangement) -> None:
    if stay.status not in (Status.RESERVED, Status.IN_HOUSE):
        raise Refused(say("This stay is over: {status}.", status=STATUS_NAMES[stay.status]))
    if not max(stay.arrival, clock.business_date()) <= new.due_on <= stay.departure:
        first = max(stay.arrival, clock.business_date())
        raise Refused(say("Choose a day from {first} to {last}.", first=first, last=stay.departure), field="due_on")
    rules.check_time(new.due_at.strip(), field="due_at")
    if new.kind in SAY_WHAT and not new.what.strip():
        raise Refused(say("What is to be done? For a pick-up: flight or train, and where."), field="what")


def _refuse_ended(arrangement: Arrangement) -> None:
    if arrangement.done_at is not None:
        raise Refused(say("This has been done already."))
    if arrangement.dropped_at is not None:
        raise Refused(say("This is not needed any more."))
