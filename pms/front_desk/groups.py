"""A whole group is checked in at once from its rooming list (C4)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from pms import access, clock, journal
from pms.accounts.models import User
from pms.errors import Offer, Refused
from pms.front_desk import queries
from pms.front_desk.arrivals import CheckedIn, check_in, look
from pms.front_desk.rules import CheckIn
from pms.reservations.models import Group
from pms.say import say


def check_in_group(group: Group, sheets: Mapping[int, CheckIn], *, by: User, now: datetime) -> list[CheckedIn]:
    """Check in everybody of the group who is due, or nobody. `sheets` is the rooming list, by stay id.

    Raises `Refused` naming everybody who is not ready and why, each as an offer that leads to him.
    """
    access.require(by, "check_in")
    today = clock.business_date()
    stays = queries.arriving_of_group(group.id, today)
    if not stays:
        raise Refused(say("Nobody of {group} is due in.", group=group.name))
    obstacles = []
    for stay in stays:
        try:
            look(stay, sheets.get(stay.id, CheckIn()), today)
        except Refused as refusal:
            text = say("{guest}: {why}", guest=stay.guest.name, why=refusal.reason)
            obstacles.append(Offer(text, "stay", stay.id))
    if obstacles:
        reason = say("{count} of {all} guests are not ready.", count=len(obstacles), all=len(stays))
        raise Refused(reason, offers=tuple(obstacles))
    done = [check_in(stay, sheets[stay.id], by=by, now=now) for stay in stays]
    journal.write(by, "check_in_group", group, now=now, rooms=[each.room for each in done])
    return done
