"""The days of a group 团队日程 (C4): written down before it comes, confirmed and signed by the leader on arrival."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy.exc import IntegrityError

from pms import access, journal, notices
from pms.accounts.models import User
from pms.db import db
from pms.departments import Department
from pms.errors import Conflict, Refused
from pms.front_desk import queries_programme
from pms.front_desk.models_programme import MEALS, GroupConfirmed, Item, ProgrammeLine
from pms.front_desk.rules import hour_said
from pms.lengths import check_lengths
from pms.reservations.models import Group, GroupStatus
from pms.reservations.words import PROGRAMME_ITEMS
from pms.say import Listed, Say, say

ITEMS: dict[Item, Say] = {item: PROGRAMME_ITEMS[item] for item in Item}
MOST_COVERS = 999


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLine:
    """One thing of one day; fields as in models_programme.ProgrammeLine."""

    item: Item
    day: date
    at: str
    place: str = ""
    covers: int = 0


def write_line(group: Group, new: NewLine, *, by: User, now: datetime) -> ProgrammeLine:
    """Write a meal, a wake-up call or the luggage down; another time for the same replaces it.

    Raises `Refused` for a day outside the group's, a time that is none, and a meal without place and covers.
    """
    access.require(by, "write_programme")
    values = _checked(group, new)
    line = queries_programme.line_of(group.id, new.day, new.item)
    if line is None:
        line = ProgrammeLine(group_id=group.id)
        db.session.add(line)
    for name, value in (values | {"written_at": now, "written_by": by.id}).items():
        setattr(line, name, value)
    try:
        db.session.flush()
    except IntegrityError as error:
        raise Conflict(say("Somebody else has just written this down. Please look at it again.")) from error
    details = {"item": new.item.value, "day": new.day, "at": line.at, "covers": line.covers or None}
    journal.write(by, "write_programme", group, now=now, **details)
    return line


def drop_line(line: ProgrammeLine, *, by: User, now: datetime) -> None:
    """It is not on the programme any more."""
    access.require(by, "write_programme")
    db.session.delete(line)
    db.session.flush()
    journal.write(by, "drop_programme", f"group:{line.group_id}", now=now, item=line.item.value, day=line.day)


def allow_long_distance(group: Group, wanted: bool, *, by: User, now: datetime) -> None:
    """Long-distance calls from the rooms of the group: yes or no."""
    access.require(by, "write_programme")
    _confirmed(group).long_distance = wanted
    db.session.flush()
    journal.write(by, "allow_long_distance", group, now=now, wanted=wanted)


def confirm(group: Group, heads: int, leader: str, *, by: User, now: datetime) -> None:
    """The leader has counted, looked through the programme and signed. Restaurants and concierge are told of their
    lines, the operator when long-distance calls are open.

    Called by the check-in of the group; a later wave is confirmed anew.
    """
    access.require(by, "check_in")
    row = _confirmed(group)
    row.heads, row.leader, row.confirmed_at, row.confirmed_by = heads, leader, now, by.id
    check_lengths(GroupConfirmed, {"leader": leader})
    db.session.flush()
    journal.write(by, "confirm_programme", group, now=now, heads=heads)
    lines = queries_programme.programme(group.id)
    for told, items in ((Department.RESTAURANTS, MEALS), (Department.CONCIERGE, (Item.LUGGAGE_OUT,))):
        found = [_said(line) for line in lines if line.item in items]
        if found:
            text = say("Group {code}, {heads} guests: {lines}", code=group.code, heads=heads, lines=Listed(found))
            notices.tell((told,), text, about=group, by=by, now=now)
    if row.long_distance:
        text = say("Group {code}: long-distance calls from the rooms are open.", code=group.code)
        notices.tell((Department.OPERATOR,), text, about=group, by=by, now=now)


def _said(line: ProgrammeLine) -> Say:
    words = {"item": ITEMS[line.item], "day": line.day, "time": line.at}
    if line.item in MEALS:
        return say("{item} {day} {time}, {place}, {covers} covers.", place=line.place, covers=line.covers, **words)
    return say("{item} {day} {time}.", **words)


def _checked(group: Group, new: NewLine) -> dict[str, object]:
    if group.status is GroupStatus.CANCELLED:
        raise Refused(say("Group {code} is cancelled.", code=group.code))
    if not group.arrival <= new.day <= group.departure:
        words = {"first": group.arrival, "last": group.departure}
        raise Refused(say("Choose a day from {first} to {last}.", **words), field="day")
    at, place = hour_said(new.at), new.place.strip()
    if not at:
        raise Refused(say("Please write the time, like 13:30."), field="at")
    if new.item in MEALS and not place:
        raise Refused(say("Please write where the meal is served."), field="place")
    if new.item in MEALS and not 0 < new.covers <= MOST_COVERS:
        raise Refused(say("Please write for how many the table is laid."), field="covers")
    values = asdict(new) | {"at": at, "place": place}
    check_lengths(ProgrammeLine, values)
    return values if new.item in MEALS else values | {"place": "", "covers": 0}


def _confirmed(group: Group) -> GroupConfirmed:
    row = queries_programme.confirmed(group.id)
    if row is None:
        row = GroupConfirmed(group_id=group.id, long_distance=False)
        db.session.add(row)
    return row
