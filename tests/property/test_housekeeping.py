"""Housekeeping states, and what happens when the attendant sees something else than the front office."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pms import access, notices
from pms.access import Role
from pms.db import db
from pms.errors import NotAllowed, Refused
from pms.notices import Department
from pms.property import rules
from pms.property.actions import set_housekeeping
from pms.property.models import DiscrepancyKind, Housekeeping
from pms.reservations import queries_closures
from pms.reservations.discrepancies import report_occupancy, resolve
from pms.reservations.status import Status
from tests.builders import NOON, House


def test_housekeeping_says_a_room_is_being_cleaned_and_when_it_is_ready(house: House) -> None:
    room, ready = house.rooms["1204"], NOON + timedelta(minutes=40)
    set_housekeeping(room, Housekeeping.CLEANING, ready_at=ready, by=house.user("housekeeping"), now=NOON)
    assert (room.housekeeping, room.ready_at, room.housekeeping_since) == (Housekeeping.CLEANING, ready, NOON)


def test_a_clean_room_promises_nothing_any_more(house: House) -> None:
    room, maid = house.rooms["1204"], house.user("housekeeping")
    set_housekeeping(room, Housekeeping.CLEANING, ready_at=NOON + timedelta(hours=1), by=maid, now=NOON)
    set_housekeeping(room, Housekeeping.CLEAN, by=maid, now=NOON + timedelta(minutes=30))
    assert room.ready_at is None


def test_a_promise_in_the_past_is_refused(house: House) -> None:
    with pytest.raises(Refused, match="ahead"):
        set_housekeeping(
            house.rooms["1204"], Housekeeping.CLEANING, ready_at=NOON, by=house.user("housekeeping"), now=NOON
        )


def test_a_dirty_room_cannot_be_inspected(house: House) -> None:
    room, maid = house.rooms["1204"], house.user("housekeeping")
    set_housekeeping(room, Housekeeping.DIRTY, by=maid, now=NOON)
    with pytest.raises(Refused, match="cleaned before"):
        set_housekeeping(room, Housekeeping.INSPECTED, by=maid, now=NOON)


def test_a_desk_agent_may_call_a_room_clean_but_not_inspected(house: House) -> None:
    agent, room = house.user("front_desk_agent"), house.rooms["1204"]
    set_housekeeping(room, Housekeeping.CLEAN, by=agent, now=NOON)
    with pytest.raises(NotAllowed):
        set_housekeeping(room, Housekeeping.INSPECTED, by=agent, now=NOON)


@pytest.mark.parametrize("role", sorted(set(Role) - access.ALLOWED["set_housekeeping"]))
def test_other_roles_do_not_touch_room_states(house: House, role: Role) -> None:
    with pytest.raises(NotAllowed):
        set_housekeeping(house.rooms["1204"], Housekeeping.DIRTY, by=house.user(role.value), now=NOON)


@pytest.mark.parametrize(
    ("seen", "known", "kind"),
    [(0, 0, None), (2, 2, None), (1, 0, "sleep"), (0, 1, "skip"), (1, 2, "persons"), (3, 2, "persons")],
)
def test_sleep_skip_and_persons(seen: int, known: int, kind: str | None) -> None:
    assert rules.discrepancy(seen, known) == kind


def test_somebody_in_a_room_the_front_office_calls_vacant_is_a_sleep(house: House) -> None:
    found = report_occupancy(house.rooms["1204"], True, 1, by=house.user("housekeeping"), now=NOON)
    assert found is not None
    assert (found.kind, found.housekeeping_persons, found.front_office_persons) == (DiscrepancyKind.SLEEP, 1, 0)
    assert [n.about for n in notices.open_for(Department.FRONT_DESK)] == [f"discrepancy:{found.id}"]


def test_an_empty_room_of_a_guest_in_house_is_a_skip(house: House) -> None:
    house.stay(room="1204", status=Status.IN_HOUSE, adults=2)
    found = report_occupancy(house.rooms["1204"], False, 0, by=house.user("housekeeping"), now=NOON)
    assert found is not None
    assert found.kind is DiscrepancyKind.SKIP


def test_a_third_person_in_a_room_for_two_is_told(house: House) -> None:
    house.stay(room="1204", status=Status.IN_HOUSE, adults=2)
    found = report_occupancy(house.rooms["1204"], True, 3, by=house.user("housekeeping"), now=NOON)
    assert found is not None
    assert found.kind is DiscrepancyKind.PERSONS


def test_occupied_without_a_count_agrees_with_any_number_of_guests(house: House) -> None:
    house.stay(room="1204", status=Status.IN_HOUSE, adults=2, children=1)
    assert report_occupancy(house.rooms["1204"], True, by=house.user("housekeeping"), now=NOON) is None


def test_a_second_look_that_agrees_settles_the_discrepancy(house: House) -> None:
    room, maid = house.rooms["1204"], house.user("housekeeping")
    found = report_occupancy(room, True, 1, by=maid, now=NOON)
    assert found is not None
    report_occupancy(room, False, 0, by=maid, now=NOON + timedelta(minutes=5))
    assert found.resolved_at == NOON + timedelta(minutes=5)
    assert queries_closures.open_discrepancies() == []


def test_the_same_report_twice_is_one_discrepancy(house: House) -> None:
    room, maid = house.rooms["1204"], house.user("housekeeping")
    first = report_occupancy(room, True, 1, by=maid, now=NOON)
    assert report_occupancy(room, True, 2, by=maid, now=NOON) is first


def test_occupied_by_nobody_is_refused(house: House) -> None:
    with pytest.raises(Refused, match="does not fit"):
        report_occupancy(house.rooms["1204"], True, 0, by=house.user("housekeeping"), now=NOON)


def test_the_desk_settles_a_discrepancy_with_a_word_and_only_once(house: House) -> None:
    found = report_occupancy(house.rooms["1204"], True, 1, by=house.user("housekeeping"), now=NOON)
    assert found is not None
    with pytest.raises(Refused, match="Say what"):
        resolve(found, " ", by=house.user(), now=NOON)
    resolve(found, "Luggage of a guest who moved to 1206", by=house.user(), now=NOON)
    with pytest.raises(Refused, match="settled already"):
        resolve(found, "again", by=house.user(), now=NOON)


@pytest.mark.parametrize("role", sorted(set(Role) - access.ALLOWED["resolve_discrepancy"]))
def test_other_roles_settle_no_discrepancy(house: House, role: Role) -> None:
    found = report_occupancy(house.rooms["1204"], True, 1, by=house.user("housekeeping"), now=NOON)
    assert found is not None
    db.session.flush()
    with pytest.raises(NotAllowed):
        resolve(found, "seen", by=house.user(role.value), now=NOON)
