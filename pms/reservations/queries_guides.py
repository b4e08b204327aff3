"""Guides who are to come, and whose room they share (P3)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from pms.db import db
from pms.reservations.models import Stay, StayGuest
from pms.reservations.status import Status

_WITH_THEM = tuple(joinedload(each) for each in (Stay.guest, Stay.type, Stay.assign_type))


def guides_between(first: date, until: date) -> list[Stay]:
    """Guides who are to come and sleep here from `first` to before `until`; one statement."""
    return _guides(Stay.departure > first, Stay.arrival < until)


def guides_of_group(group_id: int) -> list[Stay]:
    """Guides of a group who are to come; one statement."""
    return _guides(Stay.group_id == group_id)


def _guides(*conditions: sa.ColumnElement[bool]) -> list[Stay]:
    wanted = sa.select(Stay).where(Stay.status == Status.RESERVED, Stay.party == "guide", *conditions)
    return list(db.session.scalars(wanted.options(*_WITH_THEM).order_by(Stay.id)))


def locked(*stay_ids: int) -> Sequence[Stay]:
    """These stays as they are now, in the order of their numbers, for nobody else to change meanwhile."""
    wanted = sa.select(Stay).where(Stay.id.in_(stay_ids)).order_by(Stay.id)
    return db.session.scalars(wanted.with_for_update().execution_options(populate_existing=True)).all()


def shared_by(stay: Stay) -> list[Stay]:
    """Stays of other guides, to come or in house, in whose room this guest sleeps on the same nights."""
    wanted = (
        sa.select(Stay)
        .join(StayGuest, StayGuest.stay_id == Stay.id)
        .where(
            StayGuest.guest_id == stay.guest_id,
            Stay.id != stay.id,
            Stay.party == stay.party,
            Stay.status.in_((Status.RESERVED, Status.IN_HOUSE)),
            Stay.arrival < stay.departure,
            Stay.departure > stay.arrival,
        )
    )
    return list(db.session.scalars(wanted.order_by(Stay.id)))
