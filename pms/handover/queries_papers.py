"""Handovers and counts of the drawer as papers list them (papers.md, "Handover"), one statement each."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from pms.accounts.models import User
from pms.guests.queries_papers import DAY, plain_rows
from pms.handover.models import CashCount, Handover, HandoverPoint, NoteKind, ShiftNote

GIVEN, TAKEN, DONE = aliased(User), aliased(User), aliased(User)


class HandoverLine(NamedTuple):
    """A point of a handover; `text` is a sentence as `Say.to_json` gives it, None for a handover without any point."""

    day: date
    shift: str
    source: str
    room: str
    guest: str
    guest_incognito: bool
    text: Any
    given_by: str
    given_at: datetime | None
    taken_by: str
    taken_at: datetime | None
    acknowledged_by: str
    acknowledged_at: datetime | None


def handovers(day: date) -> list[HandoverLine]:
    """Every point handed over on a business date, by shift."""
    return plain_rows(HandoverLine, _handovers(), day=day)


@cache
def _handovers() -> Any:
    none = sa.func.coalesce
    return (
        sa.select(
            Handover.day, Handover.shift, none(HandoverPoint.source, "").label("source"),
            none(HandoverPoint.room, "").label("room"), none(HandoverPoint.guest, "").label("guest"),
            none(HandoverPoint.guest_incognito, sa.false()).label("guest_incognito"), HandoverPoint.text,
            none(GIVEN.name, "").label("given_by"), Handover.given_at,
            none(TAKEN.name, "").label("taken_by"), Handover.taken_at,
            none(DONE.name, "").label("acknowledged_by"), HandoverPoint.acknowledged_at,
        )
        .select_from(Handover)
        .outerjoin(HandoverPoint, HandoverPoint.handover_id == Handover.id)
        .outerjoin(GIVEN, GIVEN.id == Handover.given_by)
        .outerjoin(TAKEN, TAKEN.id == Handover.taken_by)
        .outerjoin(DONE, DONE.id == HandoverPoint.acknowledged_by)
        .where(Handover.business_date == DAY)
        .order_by(Handover.id, HandoverPoint.id)
    )  # fmt: skip


class CountLine(NamedTuple):
    """A count of the cash drawer, minor units."""

    at: datetime
    counted: int
    expected: int
    kept: int
    reason: str
    by: str
    witness: str


def cash_counts(day: date) -> list[CountLine]:
    """The drawer as it was counted on a business date, in order of time."""
    return plain_rows(CountLine, _cash_counts(), day=day)


@cache
def _cash_counts() -> Any:
    return (
        sa.select(
            CashCount.at, CashCount.counted, CashCount.expected, CashCount.kept, CashCount.reason,
            GIVEN.name.label("by"), sa.func.coalesce(TAKEN.name, "").label("witness"),
        )
        .join(GIVEN, GIVEN.id == CashCount.by_id)
        .outerjoin(TAKEN, TAKEN.id == CashCount.witness_id)
        .where(CashCount.business_date == DAY)
        .order_by(CashCount.id)
    )  # fmt: skip


class NoteLine(NamedTuple):
    at: datetime
    kind: str
    text: str
    by: str
    settled_at: datetime | None


def shift_notes(day: date) -> list[NoteLine]:
    """The log of the shifts that began on `day`, and what is open from before."""
    return plain_rows(NoteLine, _shift_notes(), day=day)


@cache
def _shift_notes() -> Any:
    waits = sa.and_(ShiftNote.settled_at.is_(None), ShiftNote.kind != NoteKind.DONE)
    return (
        sa.select(
            ShiftNote.at, ShiftNote.kind, ShiftNote.text, GIVEN.name.label("by"), ShiftNote.settled_at,
        )
        .join(GIVEN, GIVEN.id == ShiftNote.by_id)
        .where(sa.or_(ShiftNote.day == DAY, waits))
        .order_by(ShiftNote.at, ShiftNote.id)
    )  # fmt: skip
