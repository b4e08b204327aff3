"""Taking and cancelling bookings stays quick: a season of 40,000 is replayed in minutes, so every statement counts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import sqlalchemy as sa

from pms.db import db, work
from pms.guests.actions import NewGuest, create_guest
from pms.property.queries import hotel
from pms.reservations import actions
from pms.reservations.models import Source
from pms.reservations.requests import BookingRequest
from tests.builders import NOON
from tests.reservations.clerk import Clerk


@contextmanager
def counted() -> Iterator[list[str]]:
    """Every statement of a unit of work; the settings of the house are known already."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        sent.append(statement)

    with work():
        hotel()
        sa.event.listen(db.engine, "before_cursor_execute", note)
        yield sent
        sa.event.remove(db.engine, "before_cursor_execute", note)


def test_a_booking_with_a_new_guest_takes_at_most_eleven(clerk: Clerk) -> None:
    clerk.book()  # the counters of the nights are there
    wish, by = clerk.room(), clerk.by
    with counted() as sent:
        guest = create_guest(NewGuest(surname="Weber", given="Ida"), by=by, now=NOON)
        mine = replace(wish, guest_id=guest.id)
        actions.book(BookingRequest(stays=(mine,), source=Source.PHONE), by=by, now=NOON)
    assert len(sent) <= 11, sent


def test_a_cancellation_far_ahead_takes_at_most_seven(clerk: Clerk) -> None:
    stay, by = clerk.book(arrival=30), clerk.by
    with counted() as sent:
        actions.cancel(stay, "ill", by=by, now=NOON)
    assert len(sent) <= 7, sent


def test_an_agreed_upgrade_takes_at_most_nine(supervisor: Clerk) -> None:
    stay, other, by = supervisor.book(), supervisor.book("SUI"), supervisor.by
    with counted() as sent:
        actions.agree_upgrade(stay, other.type_id, by=by, now=NOON)
    assert len(sent) <= 9, sent
