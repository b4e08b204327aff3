"""Weddings (R9): the couple, the banquet, their room and the bride's appointment, on one sheet of the party's group."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy.exc import IntegrityError

from pms import access, clock, journal, notices
from pms.db import db
from pms.departments import Department
from pms.errors import Conflict, Refused
from pms.lengths import check_lengths
from pms.property.queries import hotel
from pms.reservations import arrangements, blocks, events, queries_weddings, rules
from pms.reservations.arrangements import NewArrangement
from pms.reservations.events import NewEvent
from pms.reservations.models import Group, Source, Stay
from pms.reservations.models_arrangements import Arrangement, Special
from pms.reservations.models_events import Wedding
from pms.reservations.saving import nobody_else, save
from pms.say import Say, say, translate

if TYPE_CHECKING:
    from pms.accounts.models import User

NEWLY_WEDS = "newly_weds"  # the party of a stay by which the placing rules know the couple (P14)
TOLD = (Department.FRONT_DESK, Department.HOUSEKEEPING, Department.BANQUET)
HAIR = say("Bride’s appointment: hair and make-up")
DECORATION = say("Newly-weds’ room: decorate it")


@dataclass(frozen=True, slots=True, kw_only=True)
class WeddingSheet:
    """What a couple asks for. Times are HH:MM of the hotel's clock on `day`; `salon_at` "" without an appointment;
    `stay_id` the newly-weds' room, None while the rooming list is not in.
    """

    bride: str
    groom: str
    day: date
    starts: str
    place: str
    ends: str = ""
    covers: int = 0
    salon_at: str = ""
    stay_id: int | None = None


def take_down(group: Group, new: WeddingSheet, *, by: User, now: datetime) -> Wedding:
    """The banquet stands on the board, the couple's room is theirs, the departments are told.

    Raises `Refused` for a group that is no wedding and for what makes no sense, `Conflict` when somebody was faster.
    """
    access.require(by, "manage_weddings")
    stay = _check(group, new)
    if queries_weddings.wedding_of(group.id) is not None:
        raise Conflict(say("Somebody else has just taken this wedding down. Please look at it again."))
    event = events.write_event(_banquet(new), by=by, now=now)
    values = _words(new) | {"taken_at": now, "taken_by": by.id, "changed_at": now}
    wedding = Wedding(group=group, event=event, stay=stay, **values)
    db.session.add(wedding)
    try:
        db.session.flush()
    except IntegrityError as error:
        raise Conflict(say("Somebody else has just taken this wedding down. Please look at it again.")) from error
    _arrange(wedding, by=by, now=now)
    journal.write(by, "take_wedding_down", group, now=now, day=new.day, salon_at=wedding.salon_at or None)
    _tell(wedding, say("New wedding"), by=by, now=now)
    return wedding


@nobody_else()
def change(wedding: Wedding, new: WeddingSheet, *, version: int, by: User, now: datetime) -> None:
    """Another day, hour, room ...: board and appointments follow, and who prepares something is told.

    Raises as `take_down`; `Conflict` when `version` is no longer the one that was looked at.
    """
    access.require(by, "manage_weddings")
    stay = _check(wedding.group, new)
    if wedding.version != version:
        raise Conflict(say("Somebody else has just changed this. Please look at it again."))
    if new == sheet_of(wedding):
        return
    was = sheet_of(wedding)
    events.change_event(wedding.event, _banquet(new), by=by, now=now)
    if wedding.stay is not None and wedding.stay is not stay:
        wedding.stay.party = ""
    wedding.stay, wedding.changed_at = stay, now
    for name, value in _words(new).items():
        setattr(wedding, name, value)
    if (was.day, was.salon_at, was.stay_id) != (new.day, wedding.salon_at, new.stay_id):
        _drop(wedding, was.salon_at, by=by, now=now)
        _arrange(wedding, by=by, now=now)
    db.session.flush()
    journal.write(by, "change_wedding", wedding.group, now=now, day=new.day, salon_at=wedding.salon_at or None)
    _tell(wedding, say("Wedding changed"), by=by, now=now)


def off(group: Group, *, by: User, now: datetime) -> None:
    """The group of a wedding was cancelled: off the board, nothing is prepared any more; those who would are told."""
    wedding = queries_weddings.wedding_of(group.id)
    if wedding is None:
        return
    events.call_off(wedding.event, by=by, now=now)
    _drop(wedding, wedding.salon_at, by=by, now=now)


def sheet_of(wedding: Wedding) -> WeddingSheet:
    """The sheet as it stands."""
    event = wedding.event
    return WeddingSheet(
        bride=wedding.bride, groom=wedding.groom, day=event.day, starts=event.starts, place=event.place,
        ends=event.ends, covers=event.covers, salon_at=wedding.salon_at, stay_id=wedding.stay_id,
    )  # fmt: skip


def _check(group: Group, new: WeddingSheet) -> Stay | None:
    """The newly-weds' stay; raises `Refused` for what makes no sense."""
    blocks.refuse_cancelled(group)
    if group.kind is not Source.WEDDING:
        raise Refused(say("Group {code} is no wedding. Its kind is changed in its agreement.", code=group.code))
    for field in ("bride", "groom"):
        if not getattr(new, field).strip():
            raise Refused(say("Whose wedding is it? Both names, please."), field=field)
    if not group.arrival <= new.day <= group.departure:
        text = say("The party stays from {first} to {last}.", first=group.arrival, last=group.departure)
        raise Refused(text, field="day")
    rules.check_time(new.salon_at.strip(), field="salon_at")
    if new.salon_at.strip() and new.salon_at.strip() >= new.starts.strip():
        raise Refused(say("The bride is at the salon before the banquet begins."), field="salon_at")
    return _stay(group, new)


def _stay(group: Group, new: WeddingSheet) -> Stay | None:
    if new.stay_id is None:
        return None
    stay = db.session.get(Stay, new.stay_id)
    if stay is None or stay.group_id != group.id or stay.status not in queries_weddings.EXPECTED:
        raise Refused(say("The newly-weds’ room is one of the group’s rooming list."), field="stay_id")
    if not stay.arrival <= new.day <= stay.departure:
        text = say("Their room is booked from {first} to {last}.", first=stay.arrival, last=stay.departure)
        raise Refused(text, field="stay_id")
    return stay


def _words(new: WeddingSheet) -> dict[str, Any]:
    values: dict[str, Any] = {name: getattr(new, name).strip() for name in ("bride", "groom", "salon_at")}
    check_lengths(Wedding, values)
    return values


def _banquet(new: WeddingSheet) -> NewEvent:
    title = say("Wedding of {bride} and {groom}", bride=new.bride.strip(), groom=new.groom.strip())
    names = f"{new.bride.strip()} & {new.groom.strip()}"
    return NewEvent(
        day=new.day, starts=new.starts, ends=new.ends, title=_written(title)[:80], place=new.place,
        organiser=names[:80], covers=new.covers,
    )  # fmt: skip


def _arrange(wedding: Wedding, *, by: User, now: datetime) -> None:
    """What salon and housekeeping do for the couple's stay; without a room the salon is told of the hour alone."""
    stay, day = wedding.stay, wedding.event.day
    if stay is None:
        if wedding.salon_at:
            text = say("{day} {time}: {what}. {title}", day=day, time=wedding.salon_at, what=HAIR,
                       title=wedding.event.title)  # fmt: skip
            notices.tell((Department.SALON,), text, about=wedding.group, by=by, now=now)
        return
    stay.party = NEWLY_WEDS
    save(stay)
    first = NewArrangement(
        kind=Special.OTHER,
        department=Department.HOUSEKEEPING,
        due_on=max(stay.arrival, clock.business_date()),
        what=_written(DECORATION),
    )
    wedding.decoration = arrangements.arrange(stay, first, by=by, now=now)
    if wedding.salon_at:
        hair = NewArrangement(
            kind=Special.OTHER, department=Department.SALON, due_on=day, due_at=wedding.salon_at, what=_written(HAIR)
        )
        wedding.salon = arrangements.arrange(stay, hair, by=by, now=now)
    db.session.flush()


def _drop(wedding: Wedding, salon_at: str, *, by: User, now: datetime) -> None:
    """Nothing of it is prepared any more; what is done is done. `salon_at` is the hour the salon knows."""
    if salon_at and wedding.salon is None:
        text = say("The appointment at {time} is off: {title}.", time=salon_at, title=wedding.event.title)
        notices.tell((Department.SALON,), text, about=wedding.group, by=by, now=now)
    for arrangement in (wedding.decoration, wedding.salon):
        if arrangement is not None and _is_open(arrangement):
            arrangements.drop(arrangement, by=by, now=now)
    wedding.decoration = wedding.salon = None


def _is_open(arrangement: Arrangement) -> bool:
    return arrangement.done_at is None and arrangement.dropped_at is None


def _tell(wedding: Wedding, what: Say, *, by: User, now: datetime) -> None:
    event, group = wedding.event, wedding.group
    text = say(
        "{what}: {title}, {day} {time}, {place}, {covers} covers; group {code}.",
        what=what,
        title=event.title,
        day=event.day,
        time=event.starts,
        place=event.place,
        covers=event.covers,
        code=group.code,
    )
    notices.tell(TOLD, text, about=group, by=by, now=now)


def _written(words: Say) -> str:
    """Text that is kept as it is written: in the language of the house's papers."""
    return translate(words, "en" if hotel().paper_language == "en" else "zh")
