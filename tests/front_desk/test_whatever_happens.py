"""Whatever the desk does in whatever order: a room never holds two stays on a night, and all books agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from pms import clock
from pms.assignment import actions as assignment
from pms.assignment import midway
from pms.db import db
from pms.errors import Refused
from pms.front_desk import actions
from pms.front_desk.actions import RateEffect
from pms.property.models import Housekeeping, Room
from pms.reservations import actions as reservations
from pms.reservations.models import RoomNight, Source, Stay, StayNight, TypeNight, Use
from pms.reservations.queries_moves import agreed, due
from pms.reservations.status import Status
from tests.builders import NOON, House
from tests.front_desk.steps import Desk

WHICH = st.integers(0, 30)
ROOMS = st.sampled_from(["1201", "1202", "1203", "1204", "1205", "1206"])
TAKES_NIGHTS = (Status.RESERVED, Status.IN_HOUSE, Status.CHECKED_OUT)


class FrontOffice(RuleBasedStateMachine):
    """Every step is one unit of work: refused, it leaves nothing behind. The end takes the whole example back."""

    def __init__(self, house: House) -> None:
        super().__init__()
        house.rooms = {room.number: room for room in db.session.scalars(sa.select(Room))}
        self.house, self.desk, self.stays = house, Desk(house), []

    def teardown(self) -> None:
        db.session.remove()

    def attempt(self, act: Callable[[], Any]) -> None:
        savepoint = db.session.begin_nested()
        try:
            act()
            savepoint.commit()
        except Refused:
            savepoint.rollback()

    def stay(self, which: int, *statuses: Status) -> Stay | None:
        """One of the stays in these states; mostly one for which the step makes sense."""
        fitting = [stay for stay in self.stays if stay.status in statuses] or self.stays
        return fitting[which % len(fitting)] if fitting else None

    @property
    def by(self) -> dict[str, Any]:
        return self.desk.by("assistant_manager")

    @rule(room=ROOMS, nights=st.integers(0, 3), ahead=st.integers(0, 2))
    def book(self, room: str, nights: int, ahead: int) -> None:
        first = clock.business_date() + timedelta(days=ahead)
        request = reservations.StayRequest(
            guest_id=self.house.guest().id,
            type_id=self.house.rooms[room].type_id,
            plan_id=self.house.plans["PKG"].id,
            arrival=first,
            departure=first + timedelta(days=nights),
            use=Use.PAID if nights else Use.DAY_USE,
            force=True,
        )
        booking = reservations.book(
            reservations.BookingRequest(stays=(request,), source=Source.PHONE),
            **self.by,
        )
        self.stays += booking.stays

    @initialize()
    def somebody_is_here(self) -> None:
        for room in ("1201", "1204"):
            self.book(room, 2, 0)
        self.place_everybody()
        for stay in self.stays:
            self.desk.check_in(stay)

    @rule(which=WHICH, room=ROOMS)
    def place(self, which: int, room: str) -> None:
        if stay := self.stay(which, Status.RESERVED):
            self.attempt(lambda: assignment.place_stay(stay, self.house.rooms[room], **self.by))

    @rule()
    def place_everybody(self) -> None:
        assignment.place_arrivals(clock.business_date(), **self.by)

    @rule(which=WHICH)
    def agree_to_change_rooms(self, which: int) -> None:
        """A room he has is taken back before."""
        if stay := self.stay(which, Status.RESERVED):
            self.attempt(lambda: assignment.unplace(stay, **self.by))
            chosen = [(part.room.id, part.first) for part in midway.look(stay)]
            self.attempt(lambda: midway.plan_moves(stay, chosen, "yes", **self.by))

    @rule(which=WHICH)
    def need_not_change_rooms(self, which: int) -> None:
        stay = self.stay(which, Status.RESERVED, Status.IN_HOUSE)
        if stay and (moves := agreed(stay.id)):
            self.attempt(lambda: midway.stay_put(stay, moves[-1].day, **self.by))

    @rule(which=WHICH, day=st.integers(-1, 3), nights=st.integers(1, 4))
    def change_dates(self, which: int, day: int, nights: int) -> None:
        if (stay := self.stay(which, Status.RESERVED)) and stay.use is Use.PAID:
            arrival = stay.arrival + timedelta(days=day)
            change = reservations.Change(arrival=arrival, departure=arrival + timedelta(days=nights), force=True)
            self.attempt(lambda: reservations.change_stay(stay, change, version=stay.version, **self.by))

    @rule(which=WHICH)
    def check_in(self, which: int) -> None:
        if stay := self.stay(which, Status.RESERVED):
            self.attempt(lambda: self.desk.check_in(stay))

    @rule(which=WHICH)
    def undo_check_in(self, which: int) -> None:
        if stay := self.stay(which, Status.IN_HOUSE):
            self.attempt(lambda: actions.undo_check_in(stay, **self.by))

    @rule(which=WHICH, room=ROOMS, effect=st.sampled_from(RateEffect))
    def move(self, which: int, room: str, effect: RateEffect) -> None:
        if stay := self.stay(which, Status.IN_HOUSE):
            to = self.house.rooms[room]
            self.attempt(lambda: actions.change_room(stay, to, "noise", rate_effect=effect, **self.by))

    @rule(which=WHICH, nights=st.integers(1, 3), displace=st.booleans())
    def extend(self, which: int, nights: int, displace: bool) -> None:
        if stay := self.stay(which, Status.IN_HOUSE):
            until = stay.departure + timedelta(days=nights)
            self.attempt(lambda: actions.extend(stay, until, displace=displace, force=True, **self.by))

    @rule(which=WHICH, nights=st.integers(0, 2))
    def leave_early(self, which: int, nights: int) -> None:
        if stay := self.stay(which, Status.IN_HOUSE):
            day = clock.business_date() + timedelta(days=nights)
            self.attempt(lambda: actions.leave_early(stay, day, day_use_price=0, **self.by))

    @rule(which=WHICH)
    def check_out(self, which: int) -> None:
        if stay := self.stay(which, Status.IN_HOUSE):
            self.attempt(lambda: actions.check_out(stay, **self.by))

    @rule(which=WHICH)
    def undo_check_out(self, which: int) -> None:
        if stay := self.stay(which, Status.CHECKED_OUT):
            self.attempt(lambda: actions.undo_check_out(stay, **self.by))

    @rule(which=WHICH)
    def cancel(self, which: int) -> None:
        if stay := self.stay(which, Status.RESERVED):
            self.attempt(lambda: reservations.cancel(stay, "plans changed", **self.by))

    @rule()
    def clean_all_rooms(self) -> None:
        for room in self.house.rooms.values():
            room.housekeeping = Housekeeping.CLEAN
        db.session.flush()

    @rule()
    def next_day(self) -> None:
        """As the audit leaves it: nobody overdue to leave, nobody overdue to come."""
        today = clock.business_date()
        if due(today):
            return  # the audit waits for those who are to change rooms
        for stay in self.stays:
            if stay.status is Status.IN_HOUSE and stay.departure <= today:
                self.desk.settle(stay)
                actions.check_out(stay, **self.by)
            elif stay.status is Status.RESERVED and stay.arrival <= today:
                reservations.mark_no_show(stay, **self.by)
        clock.advance_business_date(today, today + timedelta(days=1), at=NOON)

    @invariant()
    def nobody_shares_a_room_with_a_stranger(self) -> None:
        inside = [stay.room_id for stay in self.stays if stay.status is Status.IN_HOUSE]
        assert None not in inside
        assert len(inside) == len(set(inside))

    @invariant()
    def rooms_and_nights_agree(self) -> None:
        db.session.flush()
        nights, rooms = nights_by_stay(StayNight), nights_by_stay(RoomNight)
        for stay in self.stays:
            if stay.status in TAKES_NIGHTS:
                assert len(nights[stay.id]) == (stay.departure - stay.arrival).days
            if stay.status is Status.IN_HOUSE or (stay.status is Status.RESERVED and stay.room_id):
                assert nights[stay.id] == rooms[stay.id]
            if stay.status in (Status.CANCELLED, Status.NO_SHOW):
                assert not rooms[stay.id]

    @invariant()
    def counters_agree(self) -> None:
        sold: Counter[Any] = Counter()
        for stay_id, type_id, night in db.session.execute(
            sa.select(StayNight.stay_id, StayNight.type_id, StayNight.night)
        ):
            if db.session.get_one(Stay, stay_id).status in TAKES_NIGHTS:
                sold[type_id, night] += 1
        counted = db.session.execute(sa.select(TypeNight.type_id, TypeNight.night, TypeNight.sold))
        assert {(t, night): n for t, night, n in counted if n} == dict(sold)

    @invariant()
    def the_guest_lives_where_his_night_is(self) -> None:
        tonight = clock.business_date()
        where = dict(
            db.session.execute(sa.select(RoomNight.stay_id, RoomNight.room_id).where(RoomNight.night == tonight)).all()
        )
        moving = {row.stay_id: row.to_room_id for row in due(tonight)}
        for stay in self.stays:
            if stay.status is Status.IN_HOUSE and stay.departure > tonight:
                assert where[stay.id] == moving.get(stay.id, stay.room_id)

    @invariant()
    def he_changes_rooms_on_the_days_that_were_agreed(self) -> None:
        db.session.flush()
        where = {(row.stay_id, row.night): row.room_id for row in db.session.scalars(sa.select(RoomNight))}
        for stay in self.stays:
            room = stay.room_id
            for move in agreed(stay.id):
                assert where[stay.id, move.day] == move.room_id != room
                assert where[stay.id, move.day - timedelta(days=1)] == room
                room = move.room_id
            if stay.status in (Status.RESERVED, Status.IN_HOUSE) and room and stay.departure > stay.arrival:
                assert where[stay.id, stay.departure - timedelta(days=1)] == room


def nights_by_stay(model: Any) -> Any:
    found: dict[int, set[Any]] = {}
    for stay_id, night in db.session.execute(sa.select(model.stay_id, model.night).where(model.stay_id.is_not(None))):
        found.setdefault(stay_id, set()).add(night)
    return Nights(found)


class Nights(dict[int, set[Any]]):
    def __missing__(self, key: int) -> set[Any]:
        return set()


def test_all_books_agree_whatever_the_desk_does(house: House) -> None:
    for role in ("assistant_manager", "cashier", "front_desk_agent"):
        house.user(role)
    db.session.commit()
    run_state_machine_as_test(
        lambda: FrontOffice(house),
        settings=settings(max_examples=15, stateful_step_count=20, deadline=None, derandomize=True),
    )
