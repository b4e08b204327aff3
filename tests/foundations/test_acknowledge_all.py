"""A department acknowledges all it was told, as at the end of a shift."""

from __future__ import annotations

from datetime import timedelta

from pms import notices
from pms.departments import Department
from pms.say import say
from tests.builders import NOON, House

HOUSEKEEPING, CONCIERGE = Department.HOUSEKEEPING, Department.CONCIERGE


def test_everything_told_up_to_then_is_acknowledged_for_this_department_only(house: House) -> None:
    maid = house.user("housekeeping")
    for minutes in (0, 10, 90):
        told = NOON + timedelta(minutes=minutes)
        notices.tell((HOUSEKEEPING, CONCIERGE), say("Ready."), about="room:1", by=maid, now=told)
    until = NOON + timedelta(hours=1)
    assert notices.acknowledge_all(HOUSEKEEPING, until=until, by=maid, now=until) == 2
    assert notices.count_open(HOUSEKEEPING) == 1
    assert notices.count_open(CONCIERGE) == 3
    assert notices.acknowledge_all(HOUSEKEEPING, until=until, by=maid, now=until) == 0
