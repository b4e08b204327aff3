"""A whole group is checked in at once from its rooming list (C4), or as much of it as has come (C5)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from pms import access, clock, journal, notices
from pms.accounts.models import User
from pms.assignment.actions import place_stay
from pms.db import db
from pms.errors import Offer, Refused
from pms.front_desk import queries
from pms.front_desk.arrivals import CheckedIn, admit, look
from pms.front_desk.desk import told
from pms.front_desk.rules import CheckIn
from pms.property.models import Room
from pms.reservations.models import Group, Stay
from pms.say import Listed, Say, say


class Split(StrEnum):
    """Who pays what, as the leader signs it 付款方式."""

    ROOMS = "rooms"
    ALL = "all"
    EACH = "each"


SPLITS: dict[Split, Say] = {
    Split.ROOMS: say("The group pays the rooms, each guest the extras"),
    Split.ALL: say("The group pays everything"),
    Split.EACH: say("Each guest pays"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class WithLeader:
    """What the leader confirmed before keys were handed out: the head-count, the split, and with the signature both.

    `agreed`: meals, wake-up calls, when the luggage goes out; told to the departments.
    """

    heads: int
    split: Split
    signed: bool
    agreed: str = ""


def check_in_group(
    group: Group,
    sheets: Mapping[int, CheckIn],
    leader: WithLeader,
    *,
    later: Collection[int] = (),
    by: User,
    now: datetime,
) -> list[CheckedIn]:
    """Check in everybody of the group who is due, or nobody. `sheets` is the rooming list, by stay id; the stays of
    `later` have not come yet and stay reserved. Each department is told once.

    Raises `Refused` naming everybody who is not ready and why, each as an offer that leads to him.
    """
    access.require(by, "check_in")
    today = clock.business_date()
    stays = [stay for stay in queries.arriving_of_group(group.id, today) if stay.id not in set(later)]
    if not stays:
        raise Refused(say("Nobody of {group} is due in.", group=group.name))
    check_leader(leader, sum(stay.persons for stay in stays))
    obstacles = _obstacles(stays, sheets, today, by=by, now=now)
    if obstacles:
        reason = say("{count} of {all} guests are not ready.", count=len(obstacles), all=len(stays))
        raise Refused(reason, offers=obstacles)
    done = [admit(stay, sheets[stay.id], by=by, now=now)[0] for stay in stays]
    rooms = [each.room for each in done]
    journal.write(
        by, "check_in_group", group, now=now, rooms=rooms, heads=leader.heads, split=leader.split.value,
        agreed=leader.agreed or None, later=sorted(later) or None,
    )  # fmt: skip
    _tell(group, stays, rooms, leader, by=by, now=now)
    return done


def check_leader(leader: WithLeader, expected: int) -> None:
    """Raises `Refused` when the leader has not counted, counts others than the list, or has not signed."""
    if leader.heads <= 0:
        raise Refused(say("Please count the guests with the leader."), field="heads")
    if leader.heads != expected:
        raise Refused(
            say(
                "The list has {expected} guests, the leader counts {heads}. Mark who comes later, or change the list.",
                expected=expected,
                heads=leader.heads,
            ),
            field="heads",
        )
    if not leader.signed:
        raise Refused(say("The leader has not signed yet."), field="signed")


def _obstacles(
    stays: Sequence[Stay], sheets: Mapping[int, CheckIn], today: date, *, by: User, now: datetime
) -> tuple[Offer, ...]:
    found = []
    for stay in stays:
        sheet = sheets.get(stay.id, CheckIn())
        try:
            if sheet.room_id not in (None, stay.room_id):
                place_stay(stay, db.session.get_one(Room, sheet.room_id), by=by, now=now)
            look(stay, sheet, today)
        except Refused as refusal:
            text = say("{guest}: {why}", guest=stay.guest.name, why=refusal.reason)
            found.append(Offer(text, "stay", stay.id))
    return tuple(found)


def _tell(
    group: Group, stays: Sequence[Stay], rooms: Sequence[str], leader: WithLeader, *, by: User, now: datetime
) -> None:
    """One notice for the whole group, to everybody whom one of its guests concerns."""
    departments = [department for stay in stays for department in told(stay)]
    text = say(
        "Group {code} {name} is now in the house: {heads} guests in rooms {rooms}, until {departure}. {agreed}",
        code=group.code,
        name=group.name,
        heads=leader.heads,
        rooms=Listed(rooms),
        departure=group.departure,
        agreed=leader.agreed,
    )
    notices.tell(departments, text, about=group, by=by, now=now)
