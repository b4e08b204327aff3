"""The lists of the desk, and what they leave out."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from pms.db import db, work
from pms.front_page import queries
from pms.front_page.desk import Desk, Line, folded
from pms.property.models import Housekeeping
from pms.reservations.models import Group, Guarantee
from pms.reservations.status import Status
from tests.builders import TODAY, House


def desk(hour: int = 15, minute: int = 42, *, day: int = 0) -> Desk:
    midnight = datetime(TODAY.year, TODAY.month, TODAY.day, tzinfo=ZoneInfo("Asia/Shanghai"))
    return Desk(
        TODAY,
        midnight + timedelta(days=day, hours=hour, minutes=minute),
        hold_hour=18,
        stays=queries.stays_of_the_day(TODAY),
    )


def lines(of: Desk, name: str = "to_come") -> list[Line]:
    return of.lines(getattr(of, name)(), {}, {})


def test_a_guest_whose_time_is_over_is_overdue_and_the_wait_is_known(house: House) -> None:
    with work():
        late = house.stay(eta="12:30")
        house.stay(eta="16:00")
    assert [stay.id for stay in desk().overdue()] == [late.id]
    assert desk().longest_wait() == timedelta(hours=3, minutes=12)


def test_without_a_time_only_an_unguaranteed_guest_is_overdue_at_the_hold_hour(house: House) -> None:
    with work():
        unheld = house.stay()
        house.stay(booking=house.booking(guarantee=Guarantee.COMPANY))
    assert desk(17, 59).overdue() == []
    assert [stay.id for stay in desk(18, 1).overdue()] == [unheld.id]


def test_after_midnight_everybody_still_to_come_is_overdue(house: House) -> None:
    with work():
        house.stay(eta="23:30", booking=house.booking(guarantee=Guarantee.DEPOSIT))
        house.stay(booking=house.booking(guarantee=Guarantee.DEPOSIT))
    assert len(desk(0, 10, day=1).overdue()) == 2


def test_cancelled_and_other_days_are_on_no_list(house: House) -> None:
    with work():
        house.stay(status=Status.CANCELLED)
        house.stay(status=Status.NO_SHOW)
        house.stay(arrival=1)
        house.stay(arrival=-9, nights=3, status=Status.CHECKED_OUT)
    assert queries.stays_of_the_day(TODAY) == []


def test_who_leaves_today_is_due_out_until_he_has_left(house: House) -> None:
    with work():
        here = house.stay(arrival=-2, nights=2, room="1201", status=Status.IN_HOUSE)
        gone = house.stay(arrival=-2, nights=2, status=Status.CHECKED_OUT)
        house.stay(arrival=-1, nights=3, room="1202", status=Status.IN_HOUSE)
    assert [stay.id for stay in desk().due_out()] == [here.id]
    assert [stay.id for stay in desk().left()] == [gone.id]
    assert len(desk().in_house()) == 2


def test_who_arrived_today_is_checked_in_and_no_longer_to_come(house: House) -> None:
    with work():
        arrived = house.stay(room="1201", status=Status.IN_HOUSE)
        coming = house.stay()
    assert [stay.id for stay in desk().checked_in()] == [arrived.id]
    assert [stay.id for stay in desk().to_come()] == [coming.id]


def test_a_room_somebody_still_lives_in_is_not_called_clean(house: House) -> None:
    with work():
        house.stay(arrival=-1, nights=1, room="1201", status=Status.IN_HOUSE)
        house.stay(room="1201")
        house.stay(room="1202")
        house.rooms["1202"].housekeeping = Housekeeping.INSPECTED
    assert {line.stay.room: line.room_state for line in lines(desk())} == {"1201": "occupied", "1202": "inspected"}


def test_those_to_come_stand_by_time_and_those_without_one_last(house: House) -> None:
    with work():
        for eta in ("", "18:00", "09:30"):
            house.stay(eta=eta)
    assert [line.stay.eta for line in lines(desk())] == ["09:30", "18:00", ""]


def test_those_in_house_stand_by_room_number(house: House) -> None:
    with work():
        for room in ("1301", "1202"):
            house.stay(room=room, status=Status.IN_HOUSE)
    assert [line.stay.room for line in lines(desk(), "in_house")] == ["1202", "1301"]


@pytest.mark.parametrize(("members", "shown"), [(3, 3), (4, 1)])
def test_a_larger_group_is_one_line(house: House, members: int, shown: int) -> None:
    with work():
        group = _group(house)
        rooms = ["1201", "1202", "1203", "1204"][:members]
        for room in rooms:
            house.stay(room=room, group=group)
        house.rooms["1202"].housekeeping = Housekeeping.DIRTY
    found = folded(lines(desk()))
    assert len(found) == shown
    assert sum(line.rooms for line in found) == members
    if shown == 1:
        assert (found[0].floors, found[0].room_state) == ((12,), "dirty")


def test_the_vip_level_of_the_stay_goes_before_that_of_the_guest(house: House) -> None:
    with work():
        house.stay(guest=house.guest(vip_level=3), vip_level=1)
        house.stay(guest=house.guest(vip_level=2))
    assert sorted(stay.vip for stay in desk().vips()) == [1, 2]


def test_finished_stays_make_a_returning_guest(house: House) -> None:
    with work():
        guest = house.guest()
        for n in range(2):
            house.stay(arrival=-30 - 5 * n, status=Status.CHECKED_OUT, guest=guest)
        house.stay(arrival=-60, status=Status.NO_SHOW, guest=guest)
        stay = house.stay(guest=guest)
    before = queries.stays_before([guest.id])
    (line,) = desk().lines(desk().to_come(), before, {})
    assert (line.stay.id, line.nth) == (stay.id, 3)


def test_ready_rooms_are_clean_empty_and_open(house: House) -> None:
    with work():
        house.stay(arrival=-1, nights=3, room="1201", status=Status.IN_HOUSE)
        house.rooms["1202"].housekeeping = Housekeeping.DIRTY
        house.rooms["1203"].active = False
    assert [room.number for room in queries.ready_rooms(TODAY)] == ["1204", "1205", "1206", "1301", "1302"]


def _group(house: House) -> Group:
    group = Group(code="WLT-21", name="West Lake Tour", arrival=TODAY, departure=TODAY + timedelta(days=2))
    db.session.add(group)
    db.session.flush()
    return group
