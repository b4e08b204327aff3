"""Staying longer and leaving earlier: who is displaced is seen before anybody says yes (E1, E2)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from pms import clock
from pms.cashier import queries as ledger
from pms.db import db
from pms.errors import NotAllowed, Refused
from pms.front_desk import actions, queries
from pms.front_desk.actions import Deposit, DepositKind, Extended
from pms.front_desk.models import CallResult, Extension
from pms.notices import Department
from pms.property.models import Closure, ClosureKind
from pms.reservations import occupancy
from pms.reservations.models import RoomNight, Stay, TypeNight, Use
from tests.builders import NOON, TODAY
from tests.front_desk.steps import Desk, journal_of, told_about


def day(number: int) -> date:
    return TODAY + timedelta(days=number)


def extend(desk: Desk, stay: Stay, until: int, role: str = "front_desk_agent", **values: Any) -> Extended:
    return actions.extend(stay, day(until), **values, **desk.by(role))


def nights_in(desk: Desk, room: str) -> dict[date, int | None]:
    wanted = sa.select(RoomNight.night, RoomNight.stay_id).where(RoomNight.room_id == desk.house.rooms[room].id)
    return {row.night: row.stay_id for row in db.session.execute(wanted)}


@pytest.fixture
def stay(desk: Desk) -> Stay:
    """In house in 1204 for two nights, until day 2."""
    return desk.guest_in_house("1204", nights=2)


def coming(desk: Desk, room: str = "1204", arrival: int = 2, **values: Any) -> Stay:
    return desk.house.stay(arrival=arrival, room=room, guest=desk.house.guest("Weber", "Karl"), **values)


@pytest.mark.both_engines
def test_a_guest_stays_on_when_his_room_is_free(desk: Desk, stay: Stay) -> None:
    done = extend(desk, stay, 4)
    assert stay.departure == day(4)
    assert set(nights_in(desk, "1204")) == {day(n) for n in range(4)}
    row = db.session.get_one(Extension, done.extension_id)
    assert (row.old_departure, row.new_departure, row.price) == (day(2), day(4), 68_000)
    assert journal_of(stay)[-2:] == ["change_departure", "extend"]
    assert Department.HOUSEKEEPING in told_about(stay)


def test_the_old_key_is_void_and_the_new_one_lasts_until_the_new_departure(desk: Desk, stay: Stay) -> None:
    extend(desk, stay, 4)
    old, new = queries.keys_of(stay.id)
    assert (old.void_at, new.void_at) == (NOON, None)
    assert new.valid_until == datetime(2026, 11, 25, 4, 0, tzinfo=UTC)


def test_vouchers_are_added_for_the_new_mornings(desk: Desk) -> None:
    stay = desk.guest_in_house("1204", nights=1, plan="PKG")
    extend(desk, stay, 3)
    assert [voucher.day for voucher in queries.vouchers_of(stay.id)] == [day(1), day(2), day(3)]


def test_what_the_deposit_lacks_is_said(desk: Desk) -> None:
    stay = desk.house.stay(room="1204", nights=1)
    desk.check_in(stay, deposit=Deposit(DepositKind.PREAUTHORISATION, 100_000, "A8"))
    assert extend(desk, stay, 3).top_up == 3 * 68_000 - 100_000


def test_nothing_lacks_when_the_deposit_covers_it(desk: Desk) -> None:
    stay = desk.house.stay(room="1204", nights=1)
    desk.check_in(stay, deposit=Deposit(DepositKind.CASH, 900_000))
    assert extend(desk, stay, 3).top_up == 0


def test_what_if_changes_nothing_and_names_who_would_be_displaced(desk: Desk, stay: Stay) -> None:
    weber = coming(desk)
    look = actions.what_if_extend(stay, day(3))
    (displaced,) = look.displaced
    assert (displaced.stay_id, displaced.guest, displaced.arrival) == (weber.id, "Weber, Karl", day(2))
    assert [room.number for room in displaced.instead] == ["1201", "1202"]
    assert [room.number for room in look.others] == ["1201", "1202"]
    assert not look.free
    assert stay.departure == day(2)
    assert actions.what_if_extend(desk.guest_in_house("1202"), day(3)).free


def test_nobody_is_displaced_unseen(desk: Desk, stay: Stay) -> None:
    weber = coming(desk)
    with pytest.raises(Refused, match="Weber, Karl is to have this room") as refusal:
        extend(desk, stay, 3)
    offers = {offer.kind: offer.value for offer in refusal.value.offers}
    assert offers["displace"] == [weber.id]
    assert "room" in offers
    assert weber.room_id == desk.house.rooms["1204"].id


@pytest.mark.both_engines
def test_who_is_displaced_gets_another_room_of_his_type(desk: Desk, stay: Stay) -> None:
    weber = coming(desk)
    done = extend(desk, stay, 3, displace=True)
    assert (done.moved, done.unplaced) == ((weber.id,), ())
    assert weber.room_id in {desk.house.rooms[number].id for number in ("1201", "1202")}
    assert nights_in(desk, "1204")[day(2)] == stay.id
    assert {"unplace", "place"} <= set(journal_of(weber))


def test_reservations_are_told_when_no_other_room_is_left(desk: Desk, stay: Stay) -> None:
    weber = coming(desk)
    for room in ("1201", "1202"):
        desk.house.stay(arrival=2, room=room)
    done = extend(desk, stay, 3, displace=True, force=True, role="assistant_manager")
    assert (done.moved, done.unplaced, weber.room_id) == ((), (weber.id,), None)
    assert Department.RESERVATIONS in told_about(weber)


def test_a_promised_room_is_not_taken_from_anybody(desk: Desk, stay: Stay) -> None:
    weber = coming(desk, do_not_move=True, do_not_move_why="wedding")
    with pytest.raises(Refused, match="was promised this room") as refusal:
        extend(desk, stay, 3, displace=True)
    assert {offer.kind for offer in refusal.value.offers} == {"room"}
    assert weber.room_id == desk.house.rooms["1204"].id


def test_a_closed_room_cannot_be_kept(desk: Desk, stay: Stay) -> None:
    room = desk.house.rooms["1204"]
    closure = Closure(
        room_id=room.id,
        kind=ClosureKind.OUT_OF_ORDER,
        first=day(2),
        until=day(5),
        reason="new carpet",
        created_at=NOON,
        created_by=desk.house.user().id,
    )
    db.session.add(closure)
    db.session.flush()
    occupancy.close_room(closure)
    with pytest.raises(Refused, match="out of order") as refusal:
        extend(desk, stay, 3, displace=True)
    assert {offer.kind for offer in refusal.value.offers} == {"room"}


def test_a_sold_out_type_is_not_sold_again_without_authority(desk: Desk, stay: Stay) -> None:
    for _ in range(3):
        desk.house.stay(arrival=2, kind="STK")
    with pytest.raises(Refused, match="Nothing of type STK"):
        extend(desk, stay, 3)
    with pytest.raises(NotAllowed):
        extend(desk, stay, 3, force=True)
    extend(desk, stay, 3, force=True, role="assistant_manager")
    assert stay.departure == day(3)


@pytest.mark.parametrize("until", [0, 1, 2])
def test_an_extension_is_longer(desk: Desk, stay: Stay, until: int) -> None:
    with pytest.raises(Refused, match="already booked until"):
        extend(desk, stay, until)


def test_only_guests_in_house_are_extended_here(desk: Desk) -> None:
    with pytest.raises(Refused, match="not in the house"):
        extend(desk, desk.house.stay(room="1204"), 4)


@pytest.mark.parametrize("role", ["reservation_clerk", "concierge", "cashier", "manager"])
def test_who_does_not_extend(desk: Desk, stay: Stay, role: str) -> None:
    for refused in (
        lambda: extend(desk, stay, 4, role=role),
        lambda: actions.leave_early(stay, day(1), **desk.by(role)),
        lambda: actions.grant_late_check_out(stay, **desk.by(role)),
        lambda: actions.record_call(stay, CallResult.LEAVES, **desk.by(role)),
    ):
        with pytest.raises(NotAllowed):
            refused()


# --- Leaving early ---
@pytest.mark.both_engines
def test_nights_not_slept_are_free_again(desk: Desk) -> None:
    stay = desk.guest_in_house("1204", nights=4, plan="PKG")
    done = actions.leave_early(stay, day(1), **desk.by())
    sold = db.session.scalars(sa.select(TypeNight.sold).where(TypeNight.night > TODAY)).all()
    row = db.session.get_one(Extension, done.extension_id)
    assert set(nights_in(desk, "1204")) == {TODAY}
    assert set(sold) == {0}
    assert (row.old_departure, row.new_departure, row.price) == (day(4), day(1), None)
    assert [voucher.day for voucher in queries.vouchers_of(stay.id)] == [day(1)]
    assert journal_of(stay)[-1] == "leave_early"


def test_who_leaves_today_keeps_the_room_until_check_out(desk: Desk) -> None:
    stay = desk.guest_in_house("1204", nights=4)
    clock.advance_business_date(TODAY, day(1), at=NOON)
    actions.leave_early(stay, day(1), **desk.by())
    actions.check_out(stay, **desk.by())
    assert stay.checked_out_on == day(1)


def test_leaving_on_the_day_of_arrival_is_agreed_as_day_use(desk: Desk, stay: Stay) -> None:
    with pytest.raises(Refused, match="price for the day use") as refusal:
        actions.leave_early(stay, TODAY, **desk.by())
    assert [offer.kind for offer in refusal.value.offers] == ["undo_check_in"]
    actions.leave_early(stay, TODAY, day_use_price=30_000, **desk.by())
    assert (stay.use, ledger.balance(desk.folio(stay))) == (Use.DAY_USE, 30_000)
    desk.settle(stay)
    actions.check_out(stay, **desk.by())


def test_early_is_earlier_and_not_in_the_past(desk: Desk, stay: Stay) -> None:
    with pytest.raises(Refused, match="booked until"):
        actions.leave_early(stay, day(2), **desk.by())
    with pytest.raises(Refused, match="before the business date"):
        actions.leave_early(stay, day(-1), **desk.by())


# --- Late check-out and the calls of 12:00 ---
def test_a_late_check_out_keeps_the_key_until_the_evening(desk: Desk, stay: Stay) -> None:
    actions.grant_late_check_out(stay, **desk.by())
    assert stay.late_check_out
    assert queries.keys_of(stay.id)[-1].valid_until == datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def test_a_late_check_out_respects_who_comes_that_day(desk: Desk, stay: Stay) -> None:
    weber = coming(desk)
    with pytest.raises(Refused, match="Weber, Karl is to have this room") as refusal:
        actions.grant_late_check_out(stay, **desk.by())
    assert [(offer.kind, offer.value) for offer in refusal.value.offers] == [("place", weber.id)]
    assert not stay.late_check_out


@pytest.mark.both_engines
def test_due_outs_are_called_and_the_answer_is_written_down(desk: Desk) -> None:
    stay = desk.guest_in_house("1204", nights=1)
    desk.guest_in_house("1202", nights=3)
    clock.advance_business_date(TODAY, day(1), at=NOON)
    desk.charge(stay, 500)
    (line,) = queries.due_out_calls(day(1))
    assert (line.room, line.guest, line.balance, line.called) == ("1204", "Fischer, Anna", 500, None)
    actions.record_call(stay, CallResult.NO_ANSWER, **desk.by())
    actions.record_call(stay, CallResult.EXTENDS, "one more night", **desk.by())
    (line,) = queries.due_out_calls(day(1))
    assert (line.called, line.note) == (CallResult.EXTENDS, "one more night")
    assert journal_of(stay)[-1] == "due_out_call"


def test_only_who_is_due_out_is_called(desk: Desk, stay: Stay) -> None:
    with pytest.raises(Refused, match="booked until"):
        actions.record_call(stay, CallResult.LEAVES, **desk.by())
