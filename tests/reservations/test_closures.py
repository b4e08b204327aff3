"""A room is closed and given back; guests go before repairs, repairs before selling."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from pms import access, journal, notices
from pms.access import Role
from pms.db import db
from pms.errors import NotAllowed, Refused
from pms.notices import Department
from pms.property.models import Closure, ClosureKind, Housekeeping
from pms.reservations import closures, queries_closures
from pms.reservations.models import RoomNight, TypeNight
from pms.reservations.status import Status
from tests.builders import NOON, TODAY, House

ORDER, SERVICE = ClosureKind.OUT_OF_ORDER, ClosureKind.OUT_OF_SERVICE


def shut(house: House, number: str = "1204", kind: ClosureKind = ORDER, first: int = 0, nights: int = 2) -> Closure:
    start = TODAY + timedelta(days=first)
    return closures.close(
        house.rooms[number],
        kind,
        start,
        start + timedelta(days=nights),
        "Shower leaks",
        by=house.user("housekeeping"),
        now=NOON,
    )


def nights_taken() -> int:
    return db.session.scalar(select(func.count()).select_from(RoomNight)) or 0


@pytest.mark.both_engines
def test_an_out_of_order_room_takes_its_nights_and_cannot_be_sold(house: House) -> None:
    closure = shut(house)
    night = db.session.get_one(TypeNight, (house.types["STK"].id, TODAY))
    assert nights_taken() == 2
    assert night.rooms == 2
    assert closure.reason == "Shower leaks"


def test_an_out_of_service_room_may_still_be_sold(house: House) -> None:
    house.stay(room="1204")
    shut(house, kind=SERVICE)
    assert nights_taken() == 2  # the guest's


def test_the_departments_that_need_to_know_are_told(house: House) -> None:
    shut(house)
    for department in (Department.HOUSEKEEPING, Department.FRONT_DESK, Department.ENGINEERING):
        assert [str(n.text) for n in notices.open_for(department)] == [
            "Room 1204 is out of order from Sat 21 Nov 2026 to Mon 23 Nov 2026: Shower leaks"
        ]


def test_a_room_with_a_guest_is_not_closed_and_free_rooms_are_offered(house: House) -> None:
    house.stay(room="1204", status=Status.IN_HOUSE, guest=house.guest("Okafor", "Chidi"))
    house.stay(room="1201")
    with pytest.raises(Refused, match="Okafor, Chidi has room 1204") as no:
        shut(house)
    assert [offer.value for offer in no.value.offers] == [house.rooms["1202"].id]


def test_a_guest_due_in_later_stops_a_closure_of_those_nights(house: House) -> None:
    house.stay(arrival=3, room="1204")
    assert shut(house, nights=3)
    with pytest.raises(Refused, match="has room 1204"):
        shut(house, first=4)


def test_the_day_a_guest_leaves_the_room_may_be_closed(house: House) -> None:
    house.stay(arrival=-2, nights=2, room="1204", status=Status.IN_HOUSE)
    assert shut(house)


def test_a_shortage_is_allowed_shown_and_told(house: House) -> None:
    for _ in range(3):
        house.stay(kind="STK")
    shut(house)
    short = queries_closures.oversold(house.types["STK"].id, TODAY, TODAY + timedelta(days=5))
    assert [(s.night, s.missing) for s in short] == [(TODAY, 1), (TODAY + timedelta(days=1), 1)]
    told = [str(n.text) for n in notices.open_for(Department.RESERVATIONS)]
    assert told == ["Type STK is oversold on 2 nights, first on Sat 21 Nov 2026, because room 1204 is closed."]


def test_a_closed_room_is_not_closed_again(house: House) -> None:
    shut(house)
    with pytest.raises(Refused, match="already out of order"):
        shut(house, first=1, kind=SERVICE)


@pytest.mark.parametrize(
    ("first", "nights", "match"), [(-1, 3, "is over"), (0, 0, "after the first day"), (2, -1, "after the first day")]
)
def test_dates_that_make_no_sense_are_refused(house: House, first: int, nights: int, match: str) -> None:
    with pytest.raises(Refused, match=match):
        shut(house, first=first, nights=nights)


def test_a_closure_needs_a_reason(house: House) -> None:
    with pytest.raises(Refused, match="Say why"):
        closures.close(
            house.rooms["1204"], ORDER, TODAY, TODAY + timedelta(days=1), " ", by=house.user("housekeeping"), now=NOON
        )


def test_a_room_given_back_early_can_be_sold_again_and_is_dirty(house: House) -> None:
    closure = shut(house, nights=5)
    closures.reopen(closure, by=house.user("housekeeping"), now=NOON)
    assert nights_taken() == 0
    assert db.session.get_one(TypeNight, (house.types["STK"].id, TODAY), populate_existing=True).rooms == 3
    assert house.rooms["1204"].housekeeping is Housekeeping.DIRTY
    with pytest.raises(Refused, match="open already"):
        closures.reopen(closure, by=house.user("housekeeping"), now=NOON)


def test_a_closure_that_has_not_begun_leaves_the_room_as_it_is(house: House) -> None:
    closure = shut(house, first=3)
    closures.reopen(closure, by=house.user("housekeeping"), now=NOON)
    assert house.rooms["1204"].housekeeping is Housekeeping.CLEAN


def test_a_closure_that_runs_out_brings_the_room_back_in_the_state_agreed(house: House) -> None:
    shut(house, nights=2)
    assert closures.bring_back(TODAY + timedelta(days=1), now=NOON) == []
    assert closures.bring_back(TODAY + timedelta(days=2), now=NOON) == [house.rooms["1204"]]
    assert house.rooms["1204"].housekeeping is Housekeeping.DIRTY


def test_closing_and_reopening_are_written_down(house: House) -> None:
    closures.reopen(shut(house), by=house.user("housekeeping"), now=NOON)
    room = journal.name_of(house.rooms["1204"])
    lines = db.session.scalars(select(journal.JournalLine.action).where(journal.JournalLine.subject == room))
    assert list(lines) == ["close_room", "reopen_room"]


@pytest.mark.parametrize("role", sorted(set(Role) - access.ALLOWED["close_room"]))
def test_other_roles_close_and_reopen_nothing(house: House, role: Role) -> None:
    closure = shut(house)
    user = house.user(role.value)
    with pytest.raises(NotAllowed):
        closures.close(house.rooms["1202"], ORDER, TODAY, TODAY + timedelta(days=1), "x", by=user, now=NOON)
    with pytest.raises(NotAllowed):
        closures.reopen(closure, by=user, now=NOON)
