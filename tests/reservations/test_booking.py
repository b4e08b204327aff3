"""Taking bookings: what is written down, what it costs, what is refused and what is offered instead (R1, R3, R4)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from pms.access import ALLOWED, Role
from pms.db import db, work
from pms.errors import Missing, NotAllowed, Refused
from pms.guests.models import Guest
from pms.notices import Department, open_for
from pms.property.models import RatePrice, SeasonKind
from pms.property.queries import settings_changed
from pms.reservations import actions
from pms.reservations.inventory import SoldOut
from pms.reservations.models import Guarantee, Source, StayGuest, Use
from pms.reservations.status import Status
from tests.builders import NOON, TODAY, House
from tests.reservations.clerk import Clerk, day, journal_of, prices, sold, told


def test_a_booking_has_a_confirmation_number_of_hotel_year_and_running_number(clerk: Clerk) -> None:
    first, second = clerk.take(clerk.room()), clerk.take(clerk.room(kind="DLK"))
    assert (first.confirmation, second.confirmation) == ("LT-26-00001", "LT-26-00002")


def test_a_booking_says_who_took_it_and_when(clerk: Clerk) -> None:
    booking = clerk.take(clerk.room(), booker=" Ms Weber ", telephone="138 0013 8000", guarantee=Guarantee.COMPANY)
    assert (booking.booked_on, booking.booked_at, booking.taken_by) == (TODAY, NOON, clerk.by.id)
    assert (booking.booker, booking.telephone, booking.guarantee) == ("Ms Weber", "+8613800138000", Guarantee.COMPANY)
    assert journal_of(booking) == [("book", {"confirmation": "LT-26-00001", "rooms": 1})]


def test_nightly_prices_are_fixed_from_the_plan(clerk: Clerk) -> None:
    stay = clerk.book("STK", nights=3)
    assert prices(stay) == [68_000] * 3


@pytest.mark.both_engines
def test_a_party_the_placing_rules_do_not_know_is_refused(clerk: Clerk) -> None:
    with pytest.raises(Refused, match="circus") as refused:
        clerk.book(party="circus")
    assert refused.value.field == "party"
    assert clerk.book(party="guide").party == "guide"


def test_a_stay_is_saved_as_it_was_asked_for(clerk: Clerk, house: House) -> None:
    stay = clerk.book(
        adults=2,
        needs=("non_smoking",),
        wishes=("high", "quiet", "high"),
        eta="18:30",
        remarks=" late ",
        party="family",
    )
    db.session.expire_all()
    assert (stay.status, stay.adults, stay.needs, stay.wishes) == (Status.RESERVED, 2, "non_smoking", "high,quiet")
    assert (stay.eta, stay.remarks, stay.party, stay.room_id) == ("18:30", "late", "family", None)
    assert stay.guest.surname == "Fischer"
    assert stay.booking.stays == [stay]


@pytest.mark.both_engines
def test_every_night_of_every_room_is_counted_as_sold(clerk: Clerk) -> None:
    clerk.take(
        clerk.room("STK", arrival=1, nights=2),
        clerk.room("STK", arrival=2, nights=2),
        clerk.room("SUI", arrival=1, nights=1),
    )
    assert sold() == {("STK", 1): 1, ("STK", 2): 2, ("STK", 3): 1, ("SUI", 1): 1}


def test_those_who_share_the_room_are_kept_with_the_stay(clerk: Clerk, house: House) -> None:
    with work():
        friend = house.guest("Meyer", "Ute")
    stay = clerk.book(adults=2, sharers=(friend.id,))
    assert [row.guest_id for row in db.session.query(StayGuest).filter_by(stay_id=stay.id)] == [friend.id]


def test_day_use_takes_no_night(clerk: Clerk) -> None:
    stay = clerk.book(arrival=0, nights=0, use=Use.DAY_USE)
    assert (stay.departure, sold(), prices(stay)) == (TODAY, {}, [])


def test_a_vip_of_the_house_is_a_vip_on_every_stay(clerk: Clerk, house: House) -> None:
    with work():
        minister = house.guest("Chen", "Wei", vip_level=1)
    assert clerk.book(guest_id=minister.id).vip_level == 1


# --- Who is told -----------------------------------------------------------------------------------------------------
def test_the_desk_is_told_of_a_booking_for_today_that_it_did_not_take_itself(clerk: Clerk) -> None:
    assert told(clerk.take(clerk.room(arrival=0))) == {Department.FRONT_DESK}
    assert told(clerk.as_("front_desk_agent").take(clerk.room(arrival=0))) == set()
    assert told(clerk.take(clerk.room("DLK", arrival=1))) == set()


def test_the_assistant_manager_is_told_of_a_vip(supervisor: Clerk) -> None:
    assert told(supervisor.take(supervisor.room(vip_level=2))) == {Department.ASSISTANT_MANAGER}


def test_a_wedding_is_told_to_housekeeping_desk_and_salon(clerk: Clerk) -> None:
    booking = clerk.take(clerk.room(), source=Source.WEDDING)
    assert told(booking) == {Department.HOUSEKEEPING, Department.FRONT_DESK, Department.SALON}


# --- What is refused -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("wish", "why"),
    [
        ({"arrival": -1}, "before the business date"),
        ({"arrival": 2000}, "too far ahead"),
        ({"nights": -1}, "Departure .* is before arrival"),
        ({"nights": 0}, "after arrival, except for day use"),
        ({"nights": 1, "use": Use.DAY_USE}, "ends on the day it begins"),
        ({"nights": 366}, "at most 365 nights"),
        ({"adults": 0}, "how many persons"),
        ({"adults": -1, "children": 2}, "how many persons"),
        ({"adults": 2, "children": 1}, "too many for type STK, which holds 2"),
        ({"eta": "25:00"}, "not a time"),
        ({"plan_id": 999}, "plan is not offered"),
        ({"sharers": (999,)}, "no such guest"),
        ({"remarks": "x" * 301}, "at most 300 characters"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_sold(clerk: Clerk, wish: dict[str, Any], why: str) -> None:
    with pytest.raises(Refused, match=why):
        clerk.book(**wish)
    assert sold() == {}


def test_a_stay_of_a_year_is_just_possible(clerk: Clerk) -> None:
    assert clerk.book(nights=365).departure == day(366)


def test_a_booking_without_a_room_is_refused(clerk: Clerk) -> None:
    with pytest.raises(Refused, match="at least one room"):
        clerk.take()


def test_an_unknown_guest_or_type_is_refused(clerk: Clerk) -> None:
    with pytest.raises(Missing, match="no such guest"):
        clerk.book(guest_id=999)
    with pytest.raises(Refused, match="type is not sold"):
        clerk.take(clerk.room(type_id=999))


def test_a_telephone_that_is_none_is_refused(clerk: Clerk) -> None:
    with pytest.raises(Refused, match="not a telephone number") as no:
        clerk.take(clerk.room(), telephone="call me")
    assert no.value.field == "telephone"


def test_a_name_of_the_booker_that_does_not_fit_is_refused(clerk: Clerk) -> None:
    with pytest.raises(Refused, match="at most 80") as no:
        clerk.take(clerk.room(), booker="x" * 81)
    assert no.value.field == "booker"


def test_a_plan_that_is_offered_no_longer_is_not_booked(clerk: Clerk, house: House) -> None:
    with work():
        house.plans["BAR"].active = False
        settings_changed()
    with pytest.raises(Refused, match="plan is not offered"):
        clerk.book()


@pytest.mark.both_engines
def test_a_full_type_is_refused_with_what_is_free_instead(clerk: Clerk) -> None:
    for _ in range(2):
        clerk.book("DLK", arrival=2, nights=1)
    with pytest.raises(SoldOut, match="Nothing of type DLK is left on Mon 23 Nov 2026") as no:
        clerk.book("DLK", arrival=1, nights=3)
    types = [str(offer.text) for offer in no.value.offers if offer.kind == "type"]
    assert types == [
        "Type STK: 3 left on all nights.",
        "Type STT: 1 left on all nights.",
        "Type SUI: 2 left on all nights.",
    ]
    dates = [offer.value for offer in no.value.offers if offer.kind == "dates"]
    assert dates[0] == [day(3).isoformat(), day(6).isoformat()]
    assert "Reservation supervisor" in str(no.value.offers[-1].text)


def test_no_date_before_the_business_date_is_offered(clerk: Clerk) -> None:
    for _ in range(2):
        clerk.book("DLK", arrival=0, nights=1)
    with pytest.raises(SoldOut) as no:
        clerk.book("DLK", arrival=0, nights=1)
    assert all(offer.value[0] > TODAY.isoformat() for offer in no.value.offers if offer.kind == "dates")


def test_a_refused_booking_leaves_nothing_behind(clerk: Clerk) -> None:
    for _ in range(2):
        clerk.book("DLK", arrival=2, nights=1)
    before = sold()
    with pytest.raises(SoldOut):
        clerk.take(clerk.room("STK", nights=3), clerk.room("DLK", nights=3))
    assert sold() == before


# --- Prices by hand, free rooms, VIP levels ---
def test_prices_by_hand_need_the_authority(clerk: Clerk, supervisor: Clerk) -> None:
    with pytest.raises(NotAllowed):
        clerk.book(prices=(50_000, 60_000))
    stay = supervisor.book(prices=(50_000, 60_000))
    assert prices(stay) == [50_000, 60_000]
    assert journal_of(stay.booking)[0][1]["prices_by_hand"] is True


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"prices": (1,)}, "nights 2, prices 1"),
        ({"prices": (1, -1)}, "not negative"),
        ({"prices": (1, 1), "discount_percent": 5}, "not both"),
    ],
)
def test_wrong_prices_by_hand_are_refused(supervisor: Clerk, given: dict[str, Any], why: str) -> None:
    with pytest.raises(Refused, match=why):
        supervisor.book(**given)


@pytest.mark.parametrize("use", [Use.COMPLIMENTARY, Use.HOUSE_USE])
def test_a_free_room_costs_nothing_and_needs_the_authority(clerk: Clerk, supervisor: Clerk, use: Use) -> None:
    with pytest.raises(NotAllowed):
        clerk.book(use=use)
    assert prices(supervisor.book(use=use)) == [0, 0]


def test_a_plan_without_a_price_is_refused(clerk: Clerk, house: House) -> None:
    with work():
        db.session.query(RatePrice).filter_by(season=SeasonKind.NORMAL, type_id=house.types["SUI"].id).delete()
        settings_changed()
    with pytest.raises(Refused, match="has no price"):
        clerk.book("SUI")


def test_a_vip_level_needs_the_authority(clerk: Clerk, supervisor: Clerk) -> None:
    with pytest.raises(NotAllowed):
        clerk.book(vip_level=1)
    assert supervisor.book(vip_level=1).vip_level == 1


@pytest.mark.parametrize("role", [role for role in Role if role not in ALLOWED["book"]])
def test_who_may_not_book_is_told_who_may(clerk: Clerk, role: Role) -> None:
    with pytest.raises(NotAllowed, match="Ask: Reservation clerk"):
        clerk.as_(role.value).book()


# --- More rooms for a booking ----------------------------------------------------------------------------------------
@pytest.mark.both_engines
def test_rooms_are_added_to_a_booking_under_the_same_number(clerk: Clerk) -> None:
    booking = clerk.take(clerk.room())
    added = clerk.do(actions.add_stays, booking, [clerk.room("STT"), clerk.room("SUI")])
    assert [stay.booking_id for stay in added] == [booking.id] * 2
    assert len(booking.stays) == 3
    assert sold()["STT", 1] == sold()["SUI", 2] == 1
    assert [action for action, _ in journal_of(booking)] == ["book", "add_stays"]


def test_the_desk_hears_of_rooms_that_are_added_for_today(clerk: Clerk) -> None:
    booking = clerk.take(clerk.room(arrival=5))
    clerk.do(actions.add_stays, booking, [clerk.room("STT", arrival=0)])
    (notice,) = open_for(Department.FRONT_DESK)
    assert str(notice.text).startswith(f"More rooms for booking {booking.confirmation}: Fischer, Anna, rooms: 1")


def test_adding_nothing_or_to_a_merged_booking_is_refused(clerk: Clerk) -> None:
    booking, other = clerk.take(clerk.room()), clerk.take(clerk.room())
    with pytest.raises(Refused, match="which rooms"):
        clerk.do(actions.add_stays, booking, [])
    clerk.do(actions.merge, booking, other)
    with pytest.raises(Refused, match="was merged"):
        clerk.do(actions.add_stays, other, [clerk.room()])


def test_the_guest_of_a_booking_made_in_one_go_is_found_again(clerk: Clerk, house: House) -> None:
    stay = clerk.book()
    db.session.expire_all()
    assert db.session.get(Guest, stay.guest_id).name == "Fischer, Anna"
    assert stay.departure - stay.arrival == timedelta(days=2)
