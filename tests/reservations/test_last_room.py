"""Fifty callers want the last room at once: one gets it, the others are refused with offers, nothing else happens."""

from __future__ import annotations

import threading
from collections import Counter

import pytest
from flask import Flask

from pms.accounts.models import User
from pms.db import db, work
from pms.reservations import actions
from pms.reservations.inventory import SoldOut
from pms.reservations.models import Booking, Source
from pms.reservations.requests import BookingRequest, StayRequest
from tests.builders import NOON, House
from tests.reservations.clerk import Clerk, day, recounted, sold

CALLERS = 50
pytestmark = pytest.mark.both_engines


def race(app: Flask, requests: list[BookingRequest], by: int) -> Counter[str]:
    """All requests at once, each in a thread and a unit of work of its own; how they ended."""
    ended: Counter[str] = Counter()
    start = threading.Barrier(len(requests))

    def call(request: BookingRequest) -> None:
        with app.app_context():
            start.wait()
            try:
                with work():
                    actions.book(request, by=db.session.get_one(User, by), now=NOON)
                ended["got it"] += 1
            except SoldOut as no:
                ended["refused with offers" if no.offers else "refused"] += 1
            except Exception as error:
                ended[f"{type(error).__name__}: {error}"] += 1
            finally:
                db.session.remove()

    threads = [threading.Thread(target=call, args=(request,)) for request in requests]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ended


def wish(house: House, guest_id: int, kind: str, first: int, nights: int) -> StayRequest:
    return StayRequest(
        guest_id=guest_id,
        type_id=house.types[kind].id,
        plan_id=house.plans["BAR"].id,
        arrival=day(first),
        departure=day(first + nights),
    )


def test_exactly_one_of_fifty_gets_the_last_room(app: Flask, house: House) -> None:
    clerk = Clerk(house)
    clerk.book("DLK", arrival=1, nights=3)
    stay = clerk.room("DLK", arrival=1, nights=3)
    ended = race(app, [BookingRequest(stays=(stay,), source=Source.PHONE)] * CALLERS, clerk.by.id)
    assert ended == {"got it": 1, "refused with offers": CALLERS - 1}
    with work():
        assert sold() == recounted() == {("DLK", night): 2 for night in (1, 2, 3)}


def test_bookings_of_crossing_dates_and_types_never_block_each_other(app: Flask, house: House) -> None:
    clerk = Clerk(house)
    guest = clerk.room().guest_id
    early = (wish(house, guest, "DLK", 1, 4), wish(house, guest, "STK", 1, 4))
    late = (wish(house, guest, "STK", 3, 4), wish(house, guest, "DLK", 3, 4))
    requests = [BookingRequest(stays=stays, source=Source.PHONE) for stays in (early, late) * 10]
    ended = race(app, requests, clerk.by.id)
    assert set(ended) <= {"got it", "refused with offers"}
    assert 1 <= ended["got it"] <= 4
    with work():
        assert sold() == recounted()
        assert db.session.query(Booking).count() == ended["got it"]
        assert len({booking.confirmation for booking in db.session.query(Booking)}) == ended["got it"]
