"""Whatever clerks do in whatever order: the counters say what stays and blocks say, and rooms follow their stays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from typing import Any

import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pms.db import db, work
from pms.errors import Refused
from pms.reservations import actions, groups, occupancy, rules
from pms.reservations.groups import Block, NewGroup
from pms.reservations.models import Booking, Group, RoomNight, Source, Stay, StayNight
from pms.reservations.requests import BookingRequest, Change, StayRequest
from pms.reservations.status import Status
from tests.builders import NOON, TODAY, House
from tests.reservations.clerk import day, recounted, sold

KINDS = ("STK", "STT", "DLK")
kinds, days, lengths, which = st.sampled_from(KINDS), st.integers(0, 4), st.integers(1, 4), st.integers(0, 7)
JOBS = st.one_of(
    st.tuples(st.just("book"), kinds, days, lengths, st.booleans()),
    st.tuples(st.just("change"), which, days, lengths, st.none() | kinds),
    st.tuples(st.just("cancel"), which),
    st.tuples(st.just("reinstate"), which),
    st.tuples(st.just("mark_no_show"), which),
    st.tuples(st.just("agree_upgrade"), which, kinds),
    st.tuples(st.just("change_departure"), which, days),
    st.tuples(st.just("merge"), which, which),
    st.tuples(st.just("place"), which, st.sampled_from(("1201", "1203", "1205", "1206"))),
    st.tuples(st.just("block"), kinds, st.integers(0, 3)),
    st.tuples(st.just("release")),
)


class Office:
    """Reservations of one example; each job is done wholly or, when refused, not at all."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.by = house.user("reservation_supervisor")
        self.guest = house.guest()
        plan = house.plans["GRP"].id
        new = NewGroup(code="G", name="G", arrival=day(0), departure=day(5), plan_id=plan)
        self.group: Group = groups.create_group(new, by=self.by, now=NOON)
        self.stays: list[Stay] = []
        self.bookings: list[Booking] = []

    def do(self, job: str, *args: Any) -> None:
        known: Any = {"place": self.place, "book": self.book, "change": self.change, "block": self.block}
        doing: Callable[..., Any] = known.get(job) or getattr(self, f"_{job}", None) or self.stay_job(job)
        savepoint = db.session.begin_nested()
        try:
            doing(*args)
            savepoint.commit()
        except Refused:
            savepoint.rollback()

    def stay_job(self, job: str) -> Callable[..., Any]:
        action = getattr(actions, job)
        extra: dict[str, Callable[[Any], Any]] = {
            "agree_upgrade": lambda kind: self.house.types[kind].id,
            "change_departure": lambda nights: day(nights),
        }

        def run(index: int, *args: Any) -> None:
            if self.stays:
                more = ("ill",) if job == "cancel" else tuple(extra[job](arg) for arg in args)
                action(self.stays[index % len(self.stays)], *more, by=self.by, now=NOON)

        return run

    def book(self, kind: str, arrival: int, nights: int, grouped: bool) -> None:
        wish = StayRequest(
            guest_id=self.guest.id,
            type_id=self.house.types[kind].id,
            plan_id=self.house.plans["BAR"].id,
            arrival=day(arrival),
            departure=day(arrival + nights),
        )
        request = BookingRequest(stays=(wish,), source=Source.PHONE, group_id=self.group.id if grouped else None)
        booking = actions.book(request, by=self.by, now=NOON)
        self.bookings.append(booking)
        self.stays += booking.stays

    def change(self, index: int, arrival: int, nights: int, kind: str | None) -> None:
        if self.stays:
            stay = self.stays[index % len(self.stays)]
            type_id = self.house.types[kind].id if kind else None
            change = Change(arrival=day(arrival), departure=day(arrival + nights), type_id=type_id)
            actions.change_stay(stay, change, version=stay.version, by=self.by, now=NOON)

    def _merge(self, into: int, other: int) -> None:
        if self.bookings:
            count = len(self.bookings)
            actions.merge(self.bookings[into % count], self.bookings[other % count], by=self.by, now=NOON)

    def place(self, index: int, number: str) -> None:
        waiting = [stay for stay in self.stays if stay.status is Status.RESERVED and stay.room_id is None]
        if waiting:
            occupancy.place(waiting[index % len(waiting)], self.house.rooms[number])
            db.session.flush()

    def block(self, kind: str, rooms: int) -> None:
        groups.change_block(self.group, Block(type_id=self.house.types[kind].id, rooms=rooms), by=self.by, now=NOON)

    def _release(self) -> None:
        groups.release_block(self.group, by=self.by, now=NOON)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(JOBS, min_size=3, max_size=14))
def test_counters_and_rooms_say_what_the_stays_say_after_any_sequence(house: House, jobs: list[Any]) -> None:
    with work():
        house.user("reservation_supervisor")
    with work():
        office = Office(house)
        for job in jobs:
            office.do(*job)
            assert sold() == recounted()
            assert all(count > 0 for count in sold().values())
            for stay in office.stays:
                check_nights(stay)
        db.session.rollback()


def check_nights(stay: Stay) -> None:
    """A stay has its nights with prices always, and a room on every night or on none."""
    nights = rules.nights_of(stay.arrival, stay.departure)
    assert priced(stay) == nights
    placed = nights if stay.room_id is not None else []
    assert stay.room_id is None or stay.status is Status.RESERVED
    rows = db.session.execute(sa.select(RoomNight.night, RoomNight.room_id).where(RoomNight.stay_id == stay.id)).all()
    assert Counter(row.night for row in rows) == Counter(placed)
    assert {row.room_id for row in rows} <= {stay.room_id}


def priced(stay: Stay) -> list[date]:
    wanted = sa.select(StayNight.night).where(StayNight.stay_id == stay.id).order_by(StayNight.night)
    return list(db.session.scalars(wanted))


@given(st.lists(st.integers(0, 30)))
def test_stretches_hold_every_night_once_in_order(offsets: list[int]) -> None:
    runs = rules.stretches(day(offset) for offset in offsets)
    assert [night for run in runs for night in run] == sorted({day(offset) for offset in offsets})
    assert all((run[-1] - run[0]).days == len(run) - 1 for run in runs)
    assert all((after[0] - before[-1]).days > 1 for before, after in pairwise(runs))


@given(arrival=st.integers(0, 400), nights=st.integers(-3, 400), day_use=st.booleans())
def test_dates_are_accepted_exactly_when_they_can_be_slept(arrival: int, nights: int, day_use: bool) -> None:
    possible = nights == 0 if day_use else 1 <= nights <= rules.LONGEST_STAY
    try:
        rules.check_dates(day(arrival), day(arrival + nights), TODAY, day_use=day_use)
    except Refused:
        assert not possible
    else:
        assert possible
        assert len(rules.nights_of(day(arrival), day(arrival + nights))) == nights
