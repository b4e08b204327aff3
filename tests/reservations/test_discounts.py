"""Discounts within authority (R5): every night's season counts, beyond it somebody with the authority approves."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pms.db import work
from pms.errors import Refused
from pms.money import percent_off
from pms.reservations.rules import lowest_limit
from tests.builders import House
from tests.reservations.clerk import Clerk, journal_of, prices

# tests/builders.py: supervisor 30 % (peak 20), desk agent 15 % (peak 5), AM 50 % (peak 40), clerk nothing.
PEAK_ARRIVAL = (date(2027, 4, 20) - date(2026, 11, 21)).days
INTO_PEAK = (date(2027, 4, 14) - date(2026, 11, 21)).days  # one normal night, then peak


def test_a_discount_within_the_limit_needs_nobody(supervisor: Clerk) -> None:
    stay = supervisor.book(discount_percent=30)
    assert prices(stay) == [47_600, 47_600]
    assert (stay.discount_percent, stay.discount_approved_by) == (30, None)


def test_in_peak_season_the_supervisor_gives_at_most_twenty_percent(supervisor: Clerk) -> None:
    assert prices(supervisor.book(arrival=PEAK_ARRIVAL, discount_percent=20)) == [54_400, 54_400]
    with pytest.raises(Refused, match="Reservation supervisor may give at most 20 % in the peak season; 21 %"):
        supervisor.book(arrival=PEAK_ARRIVAL, discount_percent=21)


def test_one_peak_night_is_enough_for_the_peak_limit(supervisor: Clerk) -> None:
    assert supervisor.book(arrival=INTO_PEAK, nights=1, discount_percent=30)
    with pytest.raises(Refused, match="peak season"):
        supervisor.book(arrival=INTO_PEAK, nights=2, discount_percent=30)


def test_the_refusal_names_who_may_approve(clerk: Clerk) -> None:
    with pytest.raises(Refused, match="at most 0 %") as no:
        clerk.book(discount_percent=40)
    assert no.value.field == "discount_percent"
    assert [str(offer.text) for offer in no.value.offers] == ["Ask for approval: Assistant manager (AM)."]


def test_nobody_is_offered_where_nobody_may(clerk: Clerk) -> None:
    with pytest.raises(Refused) as no:
        clerk.book(discount_percent=99)
    assert no.value.offers == ()


def test_an_approved_discount_is_given_and_on_record(clerk: Clerk, house: House) -> None:
    with work():
        manager = house.user("assistant_manager")
    stay = clerk.book(discount_percent=45, approved_by=manager)
    assert (prices(stay), stay.discount_approved_by) == ([37_400, 37_400], manager.id)
    details = journal_of(stay.booking)[0][1]
    assert (details["discount_percent"], details["discount_approved_by"]) == (45, [manager.id])


def test_an_approval_that_was_not_needed_is_not_claimed(supervisor: Clerk, house: House) -> None:
    with work():
        manager = house.user("assistant_manager")
    assert supervisor.book(discount_percent=10, approved_by=manager).discount_approved_by is None


@pytest.mark.parametrize(
    ("role", "values", "percent", "why"),
    [
        ("assistant_manager", {}, 51, "Assistant manager .* at most 50 %"),
        ("front_desk_agent", {}, 10, "may not approve discounts"),
        ("assistant_manager", {"active": False}, 10, "may not approve discounts"),
    ],
)
def test_an_approval_must_come_from_somebody_with_the_authority(
    clerk: Clerk, house: House, role: str, values: dict[str, Any], percent: int, why: str
) -> None:
    with work():
        approver = house.user(role, **values)
    with pytest.raises(Refused, match=why):
        clerk.book(discount_percent=percent, approved_by=approver)


@pytest.mark.parametrize("percent", [-1, 101])
def test_a_discount_is_between_one_and_a_hundred(supervisor: Clerk, percent: int) -> None:
    with pytest.raises(Refused, match="between 1 and 100"):
        supervisor.book(discount_percent=percent)


@given(price=st.integers(0, 10**9), percent=st.integers(0, 100))
def test_a_discounted_price_is_right_to_half_a_minor_unit(price: int, percent: int) -> None:
    reduced = percent_off(price, percent)
    assert abs(reduced * 100 - price * (100 - percent)) <= 50
    assert 0 <= reduced <= price


@given(st.lists(st.integers(0, 100), min_size=1))
def test_the_lowest_limit_of_all_nights_holds(limits: list[int]) -> None:
    assert all(lowest_limit(limits) <= limit for limit in limits)
    assert lowest_limit(limits) in limits
