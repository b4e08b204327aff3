"""The group confirmation 团队确认书 goes out to the departments (C4, C5)."""

from __future__ import annotations

from datetime import datetime

from pms import access, journal, notices
from pms.accounts.models import User
from pms.errors import Refused
from pms.front_desk.queries_group_papers import group_paper
from pms.notices import Department
from pms.reservations.models import Group, GroupStatus
from pms.say import say

TOLD = (
    Department.FRONT_DESK, Department.BANQUET, Department.CONCIERGE, Department.SERVICE_CENTRE,
    Department.ASSISTANT_MANAGER, Department.SALES,
)  # fmt: skip


def send_confirmation(group: Group, *, by: User, now: datetime) -> None:
    """Tell the departments of a group what is confirmed. Raises `Refused` for a cancelled or empty one."""
    access.require(by, "send_group_confirmation")
    if group.status is GroupStatus.CANCELLED:
        raise Refused(say("Group {code} is cancelled.", code=group.code))
    paper = group_paper(group.id)
    if not paper.keys:
        raise Refused(say("Group {code} has no guests yet. Add the rooming list first.", code=group.code))
    text = say(
        "Group {code} {name} is confirmed: {rooms} rooms, {persons} guests, {arrival} {eta} to {departure}. {notes}",
        code=group.code,
        name=group.name,
        rooms=len(paper.keys),
        persons=paper.persons,
        arrival=group.arrival,
        eta=group.eta,
        departure=group.departure,
        notes=group.notes,
    )
    notices.tell(TOLD, text, about=group, by=by, now=now)
    journal.write(by, "send_group_confirmation", group, now=now, rooms=len(paper.keys), persons=paper.persons)
