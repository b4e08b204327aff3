"""A group is checked in, and what its leader confirms is set going: wake-up calls, meals, luggage, telephone (C4).

Here, above the desk, because wake-up calls are named.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time

from pms import clock
from pms.accounts.models import User
from pms.front_desk import programme, queries_programme
from pms.front_desk.arrivals import CheckedIn
from pms.front_desk.models_programme import Item
from pms.front_desk.queries_groups import ListedStay
from pms.front_desk.rooming_sheet import RoomingSheet, check_in_listed
from pms.guest_services.wake_ups import instant_of, order_for_group
from pms.reservations.models import Group


def check_in(
    group: Group, stays: Sequence[ListedStay], sheet: RoomingSheet, *, by: User, now: datetime
) -> list[CheckedIn]:
    """Check the list in and confirm the programme with the leader's signature. Raises as `check_in_listed`."""
    done = check_in_listed(group, stays, sheet, by=by, now=now)
    leader = group.leader.name if group.leader else done[0].stay.guest.name
    programme.confirm(group, sheet.leader.heads, leader, by=by, now=now)
    order_wake_ups(group, by=by, now=now)
    return done


def order_wake_ups(group: Group, *, by: User, now: datetime) -> int:
    """A call for each room of the group in the house at each time of the programme that lies ahead; returns how many
    are new. A wave that comes later gets those the others have.
    """
    new = 0
    for line in queries_programme.programme(group.id):
        wall = datetime.combine(line.day, time.fromisoformat(line.at))
        if line.item is Item.WAKE_UP and instant_of(wall, clock.zone()) > now:
            new += order_for_group(group, wall, by=by, now=now)
    return new
