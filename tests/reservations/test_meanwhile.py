"""Somebody else was faster: the second one is told so, and nothing of his is half done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from pms.db import db, work
from pms.errors import Conflict
from pms.reservations import actions, groups
from pms.reservations.groups import NewGroup
from pms.reservations.models import GroupStatus
from pms.reservations.requests import Change
from tests.builders import NOON
from tests.reservations.clerk import Clerk, day, recounted, sold


def meanwhile(table: str) -> None:
    """Another desk writes the same record."""
    db.session.connection().execute(sa.text(f"UPDATE {table} SET version = version + 1"))


@pytest.mark.parametrize(
    "job",
    [
        lambda stay, **by: actions.cancel(stay, "ill", **by),
        lambda stay, **by: actions.mark_no_show(stay, **by),
        lambda stay, **by: actions.change_departure(stay, day(4), **by),
        lambda stay, **by: actions.agree_upgrade(stay, 3, **by),
        lambda stay, **by: actions.change_stay(stay, Change(departure=day(4)), version=stay.version, **by),
    ],
    ids=["cancel", "mark_no_show", "change_departure", "agree_upgrade", "change_stay"],
)
def test_a_stay_that_somebody_else_has_changed_is_left_to_him(supervisor: Clerk, job: Callable[..., Any]) -> None:
    stay, by = supervisor.book(arrival=0), supervisor.by
    with work():
        meanwhile("stays")
        with pytest.raises(Conflict, match="Somebody else has just changed this"):
            job(stay, by=by, now=NOON)
        db.session.rollback()
    assert sold() == recounted() == {("STK", 0): 1, ("STK", 1): 1}


def test_bookings_and_groups_too(clerk: Clerk) -> None:
    into, other, by = clerk.take(clerk.room()), clerk.take(clerk.room()), clerk.by
    with work():
        meanwhile("bookings")
        with pytest.raises(Conflict):
            actions.merge(into, other, by=by, now=NOON)
        db.session.rollback()
    new = NewGroup(code="G1", name="Tour", arrival=day(1), departure=day(3), plan_id=clerk.house.plans["GRP"].id)
    group = clerk.do(groups.create_group, new)
    with work():
        meanwhile("groups")
        with pytest.raises(Conflict):
            groups.set_status(group, GroupStatus.TENTATIVE, by=by, now=NOON)
        db.session.rollback()
