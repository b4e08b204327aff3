"""Bookings of one party under one number 并房 (R2)."""

from __future__ import annotations

import pytest

from pms.access import ALLOWED, Role
from pms.db import db
from pms.errors import NotAllowed, Refused
from pms.notices import Department
from pms.reservations import actions
from pms.reservations.groups import NewGroup, create_group
from pms.reservations.models import Guarantee
from pms.reservations.queries import changes_of
from pms.reservations.queries_find import stays_by_confirmation
from tests.reservations.clerk import Clerk, day, journal_of, sold, told


@pytest.mark.both_engines
def test_all_rooms_are_found_under_one_number_afterwards(clerk: Clerk) -> None:
    into, other = clerk.take(clerk.room()), clerk.take(clerk.room("STT"), clerk.room("SUI"))
    before = sold()
    clerk.do(actions.merge, into, other)
    db.session.expire_all()
    assert (len(into.stays), other.stays, other.merged_into) == (3, [], into.id)
    assert sold() == before
    assert [row.what for row in changes_of(into.id)] == ["merge"]
    assert [row.was for row in changes_of(other.id)] == [{"confirmation": other.confirmation}]
    assert journal_of(into)[-1][0] == "merge"


def test_the_number_the_guest_was_given_still_finds_him_also_when_merged_on(clerk: Clerk) -> None:
    first, second, third = (clerk.take(clerk.room(arrival=n)) for n in (1, 2, 3))
    clerk.do(actions.merge, second, first)
    clerk.do(actions.merge, third, second)
    found = stays_by_confirmation(first.confirmation, see_incognito=True)
    assert {stay.confirmation for stay in found} == {third.confirmation}
    assert len(found) == 3


def test_who_has_prepared_something_hears_that_the_number_is_another(clerk: Clerk) -> None:
    into, other, far = clerk.take(clerk.room()), clerk.take(clerk.room(arrival=1)), clerk.take(clerk.room(arrival=30))
    clerk.do(actions.merge, into, far)
    assert told(into) == set()
    clerk.do(actions.merge, into, other)
    assert told(into) == {Department.FRONT_DESK}


def test_a_guarantee_is_not_lost(clerk: Clerk) -> None:
    into, other = clerk.take(clerk.room()), clerk.take(clerk.room(), guarantee=Guarantee.DEPOSIT)
    assert clerk.do(actions.merge, into, other).guarantee is Guarantee.DEPOSIT


def test_the_guarantee_there_is_holds(clerk: Clerk) -> None:
    into = clerk.take(clerk.room(), guarantee=Guarantee.COMPANY)
    other = clerk.take(clerk.room(), guarantee=Guarantee.DEPOSIT)
    assert clerk.do(actions.merge, into, other).guarantee is Guarantee.COMPANY


def test_a_booking_is_not_merged_with_itself_or_twice(clerk: Clerk) -> None:
    into, other, third = (clerk.take(clerk.room()) for _ in range(3))
    with pytest.raises(Refused, match="itself"):
        clerk.do(actions.merge, into, into)
    clerk.do(actions.merge, into, other)
    for pair in ((third, other), (other, third)):
        with pytest.raises(Refused, match="was merged"):
            clerk.do(actions.merge, *pair)


def test_bookings_of_different_groups_stay_apart(clerk: Clerk) -> None:
    new = NewGroup(code="G1", name="Tour", arrival=day(1), departure=day(3), plan_id=clerk.house.plans["GRP"].id)
    group = clerk.do(create_group, new)
    grouped, single = clerk.take(clerk.room(), group_id=group.id), clerk.take(clerk.room())
    with pytest.raises(Refused, match="different groups"):
        clerk.do(actions.merge, grouped, single)


def test_who_may_not_change_bookings_may_not_merge_them(clerk: Clerk) -> None:
    into, other = clerk.take(clerk.room()), clerk.take(clerk.room())
    for role in set(Role) - ALLOWED["change_booking"]:
        with pytest.raises(NotAllowed):
            clerk.as_(role.value).do(actions.merge, into, other)
