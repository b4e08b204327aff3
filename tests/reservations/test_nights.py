"""Another departure and an agreed upgrade: counter, room and prices move together (E2, P7, P8)."""

from __future__ import annotations

import pytest

from pms.access import ALLOWED, Role
from pms.db import db, work
from pms.errors import NotAllowed, Refused
from pms.reservations import actions, occupancy
from pms.reservations.inventory import SoldOut
from pms.reservations.models import RoomNight, Stay
from pms.reservations.occupancy import Taken
from pms.reservations.status import Status
from tests.builders import TODAY, House
from tests.reservations.clerk import Clerk, day, journal_of, prices, recounted, slip, sold


@pytest.fixture
def desk(house: House) -> Clerk:
    return Clerk(house, "front_desk_agent")


def in_house(house: House, **values: object) -> Stay:
    with work():
        return house.stay(**({"arrival": 0, "nights": 2, "room": "1201", "status": Status.IN_HOUSE} | values))  # type: ignore[arg-type]


def nights_in_rooms() -> list[tuple[int, int]]:
    rows = db.session.query(RoomNight).order_by(RoomNight.night)
    return [(row.room_id, (row.night - TODAY).days) for row in rows]


def test_more_nights_are_sold_priced_and_slept_in_the_same_room(desk: Clerk, house: House) -> None:
    stay = in_house(house)
    desk.do(actions.change_departure, stay, day(4))
    room = house.rooms["1201"].id
    assert stay.departure == day(4)
    assert nights_in_rooms() == [(room, 0), (room, 1), (room, 2), (room, 3)]
    assert prices(stay) == [68_000] * 4
    assert sold() == recounted() == {("STK", n): 1 for n in range(4)}
    assert slip(stay) == [("dates", {"departure": day(2).isoformat()}, {"departure": day(4).isoformat()})]
    assert journal_of(stay)[0][0] == "change_departure"


def test_added_nights_may_have_a_price_by_hand(house: House) -> None:
    stay = in_house(house)
    Clerk(house, "shift_leader").do(actions.change_departure, stay, day(3), prices=(50_000,))
    assert prices(stay) == [68_000, 68_000, 50_000]


def test_nights_not_slept_are_free_again(desk: Clerk, house: House) -> None:
    stay = in_house(house, nights=4)
    desk.do(actions.change_departure, stay, day(1))
    assert (nights_in_rooms(), sold()) == ([(house.rooms["1201"].id, 0)], {("STK", 0): 1})
    assert prices(stay) == [68_000]


def test_a_guest_who_leaves_on_the_day_of_arrival_keeps_the_room_until_then(desk: Clerk, house: House) -> None:
    stay = in_house(house)
    desk.do(actions.change_departure, stay, TODAY)
    assert (stay.departure, stay.room_id, sold(), prices(stay)) == (TODAY, house.rooms["1201"].id, {}, [])


def test_a_reserved_stay_is_shortened_and_lengthened_with_its_room(clerk: Clerk, house: House) -> None:
    stay = clerk.book(arrival=1, nights=3)
    with work():
        occupancy.place(stay, house.rooms["1202"])
    clerk.do(actions.change_departure, stay, day(2))
    clerk.do(actions.change_departure, stay, day(3))
    assert [night for _, night in nights_in_rooms()] == [1, 2]
    assert sold() == {("STK", 1): 1, ("STK", 2): 1}


def test_the_guest_who_stands_against_it_is_named(desk: Clerk, house: House) -> None:
    stay = in_house(house)
    with work():
        house.stay(arrival=2, room="1201", guest=house.guest("Okafor", "Ada"))
    with pytest.raises(Taken, match="Okafor, Ada"):
        desk.do(actions.change_departure, stay, day(3))
    assert sold()["STK", 2] == 1


def test_a_full_type_refuses_with_offers_unless_somebody_may_go_beyond(desk: Clerk, house: House) -> None:
    stay = in_house(house, room="1205")
    with work():
        for _ in range(2):
            house.stay(arrival=2, kind="DLK")
    with pytest.raises(SoldOut) as no:
        desk.do(actions.change_departure, stay, day(3))
    assert no.value.offers
    with pytest.raises(NotAllowed):
        desk.do(actions.change_departure, stay, day(3), force=True)
    db.session.refresh(stay)
    Clerk(house, "assistant_manager").do(actions.change_departure, stay, day(3), force=True)
    assert sold()["DLK", 2] == 3


def test_the_same_departure_is_no_change(desk: Clerk, house: House) -> None:
    stay = in_house(house)
    desk.do(actions.change_departure, stay, stay.departure)
    assert (journal_of(stay), slip(stay)) == ([], [])


def test_a_departure_before_today_or_without_a_night_is_refused(desk: Clerk, clerk: Clerk, house: House) -> None:
    stay = in_house(house, arrival=-2, nights=4)
    with pytest.raises(Refused, match="before the business date"):
        desk.do(actions.change_departure, stay, day(-1))
    with pytest.raises(Refused, match="after arrival"):
        clerk.do(actions.change_departure, clerk.book(), day(1))


@pytest.mark.parametrize("status", [Status.CHECKED_OUT, Status.CANCELLED, Status.NO_SHOW])
def test_what_is_over_keeps_its_departure_and_type(supervisor: Clerk, house: House, status: Status) -> None:
    with work():
        stay = house.stay(status=status)
    with pytest.raises(Refused, match="is over"):
        supervisor.do(actions.change_departure, stay, day(5))
    with pytest.raises(Refused, match="is over"):
        supervisor.do(actions.agree_upgrade, stay, house.types["SUI"].id)


def test_who_may_extend_depends_on_where_the_guest_is(clerk: Clerk, house: House) -> None:
    living, coming = in_house(house), clerk.book()
    for role in set(Role) - ALLOWED["extend"]:
        with pytest.raises(NotAllowed):
            clerk.as_(role.value).do(actions.change_departure, living, day(3))
    for role in set(Role) - ALLOWED["change_booking"]:
        with pytest.raises(NotAllowed):
            clerk.as_(role.value).do(actions.change_departure, coming, day(5))


# --- Upgrades --------------------------------------------------------------------------------------------------------
@pytest.mark.both_engines
def test_an_upgrade_is_counted_on_the_better_type_at_the_price_of_the_booked_one(supervisor: Clerk) -> None:
    stay = supervisor.book("STK")
    supervisor.do(actions.agree_upgrade, stay, supervisor.house.types["DLK"].id)
    db.session.expire_all()
    assert (stay.type.code, stay.assign_type.code) == ("STK", "DLK")
    assert sold() == recounted() == {("DLK", 1): 1, ("DLK", 2): 1}
    assert prices(stay) == [68_000, 68_000]
    assert journal_of(stay) == [("agree_upgrade", {"was": "STK", "now_is": "DLK"})]


def test_an_upgrade_is_taken_back_by_agreeing_the_booked_type(supervisor: Clerk) -> None:
    stay = supervisor.book("STK")
    for kind in ("DLK", "STK"):
        supervisor.do(actions.agree_upgrade, stay, supervisor.house.types[kind].id)
    assert (stay.assign_type_id, sold()) == (None, {("STK", 1): 1, ("STK", 2): 1})


def test_in_house_the_nights_already_slept_stay_as_they_were(supervisor: Clerk, house: House) -> None:
    stay = in_house(house, arrival=-1, nights=3)
    supervisor.do(actions.agree_upgrade, stay, house.types["SUI"].id)
    assert sold() == recounted() == {("STK", -1): 1, ("SUI", 0): 1, ("SUI", 1): 1}


def test_placing_is_not_bound_by_selling_limits(supervisor: Clerk, house: House) -> None:
    for _ in range(2):
        supervisor.book("SUI")
    stay = supervisor.book("STK")
    supervisor.do(actions.agree_upgrade, stay, house.types["SUI"].id)
    assert sold()["SUI", 1] == 3


def test_a_cancelled_upgrade_gives_the_better_type_back(supervisor: Clerk, house: House) -> None:
    stay = supervisor.book("STK")
    supervisor.do(actions.agree_upgrade, stay, house.types["SUI"].id)
    supervisor.do(actions.cancel, stay, "ill")
    assert sold() == {}
    supervisor.do(actions.reinstate, stay)
    assert sold() == recounted() == {("SUI", 1): 1, ("SUI", 2): 1}


def test_who_may_not_approve_upgrades_is_refused(clerk: Clerk) -> None:
    stay = clerk.book()
    for role in set(Role) - ALLOWED["approve_upgrade"]:
        with pytest.raises(NotAllowed):
            clerk.as_(role.value).do(actions.agree_upgrade, stay, clerk.house.types["SUI"].id)


def test_an_upgrade_to_a_type_that_is_not_sold_is_refused(supervisor: Clerk) -> None:
    with pytest.raises(Refused, match="not sold"):
        supervisor.do(actions.agree_upgrade, supervisor.book(), 999)
