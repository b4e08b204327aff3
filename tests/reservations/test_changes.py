"""Changing a booked stay (R2): counters, prices and room follow, the change slip says what was and what is."""

from __future__ import annotations

from typing import Any

import pytest

from pms.access import ALLOWED, Role
from pms.db import db, work
from pms.errors import Conflict, NotAllowed, Refused
from pms.notices import Department, Notice
from pms.property.models import Closure, ClosureKind
from pms.reservations import actions, controls, occupancy
from pms.reservations.changes import Changed
from pms.reservations.controls import Control
from pms.reservations.inventory import SoldOut
from pms.reservations.models import Guarantee, RoomNight, Stay
from pms.reservations.requests import Change
from pms.reservations.status import Status, WrongStatus
from pms.say import from_json
from tests.builders import NOON, House
from tests.reservations.clerk import Clerk, day, journal_of, prices, slip, sold, told


def change(clerk: Clerk, stay: Stay, **values: Any) -> Changed:
    done: Changed = clerk.do(actions.change_stay, stay, Change(**values), version=stay.version)
    return done


def place(house: House, stay: Stay, number: str) -> None:
    with work():
        occupancy.place(stay, house.rooms[number])


def nights_in(house: House, number: str) -> list[Any]:
    rows = db.session.query(RoomNight).filter_by(room_id=house.rooms[number].id).order_by(RoomNight.night)
    return [row.night for row in rows]


@pytest.mark.both_engines
def test_a_stay_moves_to_other_dates_with_counters_and_prices(clerk: Clerk) -> None:
    stay = clerk.book(arrival=1, nights=2)
    change(clerk, stay, arrival=day(2), departure=day(5))
    assert sold() == {("STK", 2): 1, ("STK", 3): 1, ("STK", 4): 1}
    assert prices(stay) == [68_000] * 3
    dates = {"arrival": day(1).isoformat(), "departure": day(3).isoformat()}
    now_is = {"arrival": day(2).isoformat(), "departure": day(5).isoformat()}
    assert slip(stay)[0] == ("dates", dates, now_is)


def test_nights_that_stay_keep_the_price_that_was_fixed(supervisor: Clerk) -> None:
    stay = supervisor.book(arrival=1, nights=2, prices=(10_000, 20_000))
    change(supervisor, stay, arrival=day(2), departure=day(4))
    assert prices(stay) == [20_000, 68_000]


def test_another_type_is_counted_and_priced_anew(clerk: Clerk) -> None:
    stay = clerk.book("STK")
    change(clerk, stay, type_id=clerk.house.types["DLK"].id)
    assert sold() == {("DLK", 1): 1, ("DLK", 2): 1}
    assert prices(stay) == [98_000, 98_000]
    assert [what for what, _, _ in slip(stay)] == ["type", "prices"]


def test_another_plan_prices_every_night_anew(clerk: Clerk) -> None:
    stay = clerk.book()
    change(clerk, stay, plan_id=clerk.house.plans["COR"].id)
    assert prices(stay) == [61_200, 61_200]


def test_a_discount_agreed_later_is_within_authority_too(clerk: Clerk, supervisor: Clerk) -> None:
    stay = clerk.book()
    with pytest.raises(Refused, match="at most 0 %"):
        change(clerk, stay, discount_percent=10)
    db.session.refresh(stay)
    change(supervisor, stay, discount_percent=10)
    assert prices(stay) == [61_200, 61_200]


def test_an_approved_discount_goes_with_the_added_nights(clerk: Clerk, house: House) -> None:
    with work():
        manager = house.user("assistant_manager")
    stay = clerk.book(nights=1, discount_percent=50, approved_by=manager)
    change(clerk, stay, departure=day(3))
    assert (prices(stay), stay.discount_approved_by) == ([34_000, 34_000], manager.id)


def test_prices_by_hand_replace_the_fixed_ones(clerk: Clerk, supervisor: Clerk) -> None:
    stay = clerk.book()
    with pytest.raises(NotAllowed):
        change(clerk, stay, prices=(1, 2))
    change(supervisor, stay, prices=(1, 2))
    assert prices(stay) == [1, 2]


def test_persons_wishes_remarks_and_guarantee_change_without_touching_nights(clerk: Clerk) -> None:
    stay = clerk.book()
    before = sold(), prices(stay)
    change(
        clerk,
        stay,
        adults=2,
        needs=("twin",),
        wishes=("high",),
        remarks=" anniversary ",
        eta="22:00",
        guarantee=Guarantee.DEPOSIT,
    )
    db.session.expire_all()
    assert (stay.adults, stay.needs, stay.wishes, stay.remarks, stay.eta) == (2, "twin", "high", "anniversary", "22:00")
    assert stay.booking.guarantee is Guarantee.DEPOSIT
    assert (sold(), prices(stay)) == before
    assert {what for what, _, _ in slip(stay)} == {"persons", "wishes", "remarks", "guarantee"}


def test_another_guest_comes_instead(clerk: Clerk, house: House) -> None:
    stay = clerk.book()
    with work():
        other = house.guest("Meyer", "Ute")
    change(clerk, stay, guest_id=other.id)
    assert stay.guest.name == "Meyer, Ute"
    assert slip(stay) == [("guest", {"guest": "Fischer, Anna"}, {"guest": "Meyer, Ute"})]


def test_a_change_that_changes_nothing_leaves_no_trace(clerk: Clerk) -> None:
    stay = clerk.book()
    change(clerk, stay, departure=stay.departure, adults=1)
    assert (stay.version, slip(stay), journal_of(stay)) == (1, [], [])


# --- The room ---
def test_a_placed_room_is_kept_when_it_is_free_on_the_new_nights(clerk: Clerk, house: House) -> None:
    stay = clerk.book(arrival=1, nights=2)
    place(house, stay, "1201")
    done = change(clerk, stay, arrival=day(2), departure=day(5))
    assert (stay.room_id, done.said) == (house.rooms["1201"].id, ())
    assert nights_in(house, "1201") == [day(2), day(3), day(4)]


@pytest.mark.both_engines
def test_a_placed_room_is_released_and_said_when_somebody_else_has_it(clerk: Clerk, house: House) -> None:
    stay, other = clerk.book(arrival=1, nights=2), clerk.book(arrival=3, nights=1)
    place(house, stay, "1201")
    place(house, other, "1201")
    with work():
        stay.do_not_move = True
    done = change(clerk, stay, departure=day(4))
    assert (stay.room_id, stay.do_not_move) == (None, False)
    assert "Room 1201 was released: Room 1201 is given to Fischer, Anna" in str(done.said[0])
    assert nights_in(house, "1201") == [day(3)]
    assert {Department.FRONT_DESK, Department.HOUSEKEEPING} <= told(stay)


def test_a_placed_room_is_released_for_a_closure(clerk: Clerk, house: House) -> None:
    stay = clerk.book(arrival=1, nights=1)
    place(house, stay, "1201")
    with work():
        closure = Closure(
            room_id=house.rooms["1201"].id,
            kind=ClosureKind.OUT_OF_ORDER,
            first=day(2),
            until=day(4),
            reason="pipe",
            created_at=NOON,
            created_by=1,
        )
        db.session.add(closure)
        db.session.flush()
        occupancy.close_room(closure)
    assert "out of order" in str(change(clerk, stay, departure=day(3)).said[0])


def test_a_room_of_the_old_type_is_released(clerk: Clerk, house: House) -> None:
    stay = clerk.book()
    place(house, stay, "1201")
    done = change(clerk, stay, type_id=house.types["DLK"].id)
    assert str(done.said[0]) == "Room 1201 was released: it is not of the new type"
    assert nights_in(house, "1201") == []


# --- What is refused ---
def test_a_full_night_refuses_the_change_with_offers_and_leaves_everything(clerk: Clerk) -> None:
    stay = clerk.book("DLK", arrival=1, nights=1)
    for _ in range(2):
        clerk.book("DLK", arrival=2, nights=1)
    before = sold()
    with pytest.raises(SoldOut) as no:
        change(clerk, stay, departure=day(3))
    assert no.value.offers
    assert sold() == before
    db.session.refresh(stay)
    assert stay.departure == day(2)


def test_beyond_the_limit_changes_who_may(clerk: Clerk, supervisor: Clerk) -> None:
    stay = clerk.book("DLK", arrival=1, nights=1)
    for _ in range(2):
        clerk.book("DLK", arrival=2, nights=1)
    with pytest.raises(NotAllowed):
        change(clerk, stay, departure=day(3), force=True)
    change(supervisor, stay, departure=day(3), force=True)
    assert sold()["DLK", 2] == 3


def test_a_minimum_stay_holds_for_changes_too(clerk: Clerk, supervisor: Clerk, house: House) -> None:
    stay = clerk.book(arrival=1, nights=1)
    supervisor.do(controls.control_sales, house.types["STK"].id, day(2), day(3), Control(minimum_stay=3))
    with pytest.raises(Refused, match="3 nights or more"):
        change(clerk, stay, departure=day(3))
    db.session.refresh(stay)
    assert change(clerk, stay, departure=day(4)).stay.departure == day(4)


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"arrival": day(-1)}, "before the business date"),
        ({"departure": day(1)}, "after arrival"),
        ({"departure": day(400)}, "at most 365"),
        ({"adults": 3}, "too many"),
        ({"type_id": 999}, "not sold"),
        ({"guest_id": 999}, "no such guest"),
        ({"eta": "late"}, "not a time"),
        ({"plan_id": 999}, "plan is not offered"),
        ({"remarks": "x" * 301}, "at most 300 characters"),
    ],
)
def test_what_cannot_be_is_refused(clerk: Clerk, values: dict[str, Any], why: str) -> None:
    with pytest.raises(Refused, match=why):
        change(clerk, clerk.book(), **values)


def test_a_vip_level_needs_the_authority_and_exists(clerk: Clerk, supervisor: Clerk) -> None:
    stay = clerk.book()
    with pytest.raises(NotAllowed):
        change(clerk, stay, vip_level=1)
    with pytest.raises(Refused, match="1, 2 or 3"):
        change(supervisor, stay, vip_level=4)
    assert change(supervisor, stay, vip_level=3).stay.vip_level == 3


def test_in_house_only_persons_wishes_and_remarks_are_changed_here(clerk: Clerk, house: House) -> None:
    with work():
        stay = house.stay(room="1201", status=Status.IN_HOUSE)
    change(clerk, stay, adults=2, remarks="extra pillow")
    with pytest.raises(Refused, match="extend, shorten or move the stay at the desk"):
        change(clerk, stay, departure=day(5))


@pytest.mark.parametrize("status", [Status.CHECKED_OUT, Status.CANCELLED, Status.NO_SHOW])
def test_what_is_over_is_not_changed(clerk: Clerk, house: House, status: Status) -> None:
    with work():
        stay = house.stay(status=status)
    with pytest.raises(WrongStatus, match="is over"):
        change(clerk, stay, remarks="x")


def test_who_may_not_change_bookings_is_refused(clerk: Clerk) -> None:
    stay = clerk.book()
    for role in set(Role) - ALLOWED["change_booking"]:
        with pytest.raises(NotAllowed):
            change(clerk.as_(role.value), stay, remarks="x")


def test_a_clerk_who_saw_an_older_state_is_told_what_changed(clerk: Clerk) -> None:
    stay = clerk.book()
    seen = stay.version
    change(clerk, stay, departure=day(4), remarks="later")
    with pytest.raises(
        Conflict, match=r"meanwhile: Dates, Prices, Remarks. It is now: Reserved, .* to Wed 25 Nov 2026"
    ):
        clerk.do(actions.change_stay, stay, Change(adults=2), version=seen)


def test_a_clerk_is_told_also_when_the_change_slip_knows_nothing(clerk: Clerk, house: House) -> None:
    stay = clerk.book()
    seen = stay.version
    place(house, stay, "1201")
    with pytest.raises(Conflict, match="worked on this stay meanwhile"):
        clerk.do(actions.change_stay, stay, Change(adults=2), version=seen)


def test_a_notice_names_no_guest_who_wants_no_disclosure(clerk: Clerk, house: House) -> None:
    with work():
        hidden = house.guest("Diva", "Ada", incognito=True)
    stay = clerk.book(arrival=0, guest_id=hidden.id)
    change(clerk, stay, remarks="back door")
    clerk.do(actions.cancel, stay, "ill")
    texts = [str(from_json(notice.text)) for notice in db.session.query(Notice)]
    assert len(texts) == 3
    assert not any("Diva" in text for text in texts)
