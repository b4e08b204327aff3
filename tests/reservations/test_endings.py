"""Cancelled, not come, come after all: nights, room and counters, and when it is too late."""

from __future__ import annotations

import pytest

from pms.access import ALLOWED, Role
from pms.clock import advance_business_date
from pms.db import db, work
from pms.errors import NotAllowed, Refused
from pms.notices import Department
from pms.reservations import actions, occupancy
from pms.reservations.inventory import SoldOut
from pms.reservations.models import RoomNight, Stay, Use
from pms.reservations.status import MOVES, Status, WrongStatus, after, moves_from
from tests.builders import NOON, TODAY, House
from tests.reservations.clerk import Clerk, day, journal_of, prices, slip, sold, told


def place(house: House, stay: Stay, number: str = "1201") -> None:
    with work():
        occupancy.place(stay, house.rooms[number])


def test_a_cancelled_stay_gives_its_nights_back(clerk: Clerk) -> None:
    stay = clerk.book()
    clerk.do(actions.cancel, stay, " flight cancelled ")
    assert (stay.status, sold()) == (Status.CANCELLED, {})
    assert (stay.ended_on, stay.ended_at, stay.ended_by) == (TODAY, NOON, clerk.by.id)
    assert stay.end_reason == "flight cancelled"
    assert slip(stay) == [("cancel", "reserved", "cancelled")]
    assert journal_of(stay) == [("cancel", {"reason": "flight cancelled"})]


@pytest.mark.both_engines
def test_what_is_saved_is_what_the_record_says(clerk: Clerk) -> None:
    stay = clerk.book()
    clerk.do(actions.cancel, stay, "plans changed")
    version = stay.version
    db.session.expire_all()
    assert (stay.status, stay.version, stay.end_reason) == (Status.CANCELLED, version, "plans changed")


def test_cancelling_needs_a_reason(clerk: Clerk) -> None:
    stay = clerk.book()
    with pytest.raises(Refused, match="why") as no:
        clerk.do(actions.cancel, stay, "  ")
    assert no.value.field == "reason"
    assert stay.status is Status.RESERVED


def test_the_room_of_a_cancelled_stay_is_free_and_no_longer_promised(clerk: Clerk, house: House) -> None:
    stay = clerk.book()
    place(house, stay)
    with work():
        stay.do_not_move, stay.do_not_move_why = True, "promised"
    clerk.do(actions.cancel, stay, "ill")
    assert (stay.room_id, stay.do_not_move, db.session.query(RoomNight).count()) == (None, False, 0)
    assert {Department.FRONT_DESK, Department.HOUSEKEEPING} <= told(stay)


def test_nobody_is_bothered_with_a_cancellation_far_ahead(clerk: Clerk) -> None:
    stay = clerk.book(arrival=30)
    clerk.do(actions.cancel, stay, "ill")
    assert told(stay) == set()


def test_assistant_manager_and_concierge_hear_that_a_vip_does_not_come(supervisor: Clerk) -> None:
    stay = supervisor.book(arrival=30, vip_level=1)
    supervisor.do(actions.cancel, stay, "ill")
    assert told(stay) == {Department.ASSISTANT_MANAGER, Department.CONCIERGE}


def test_a_no_show_is_marked_on_the_day_of_arrival_not_before(clerk: Clerk) -> None:
    today, tomorrow = clerk.book(arrival=0), clerk.book("DLK", arrival=1)
    clerk.do(actions.mark_no_show, today)
    assert (today.status, today.ended_on) == (Status.NO_SHOW, TODAY)
    with pytest.raises(Refused, match="due on"):
        clerk.do(actions.mark_no_show, tomorrow)
    assert sold() == {("DLK", 1): 1, ("DLK", 2): 1}


@pytest.mark.both_engines
def test_a_reinstated_stay_has_its_nights_and_prices_again_but_no_room(clerk: Clerk, house: House) -> None:
    stay = clerk.book()
    place(house, stay)
    clerk.do(actions.cancel, stay, "ill")
    clerk.do(actions.reinstate, stay)
    assert (stay.status, stay.room_id, stay.ended_on, stay.ended_by, stay.end_reason) == (
        Status.RESERVED,
        None,
        None,
        None,
        "",
    )
    assert sold() == {("STK", 1): 1, ("STK", 2): 1}
    assert prices(stay) == [68_000, 68_000]


def test_a_no_show_may_still_come_on_the_day_of_arrival(clerk: Clerk) -> None:
    stay = clerk.book(arrival=0)
    clerk.do(actions.mark_no_show, stay)
    assert clerk.do(actions.reinstate, stay).status is Status.RESERVED


def test_after_the_day_of_arrival_a_new_booking_is_needed(clerk: Clerk) -> None:
    stay = clerk.book(arrival=0)
    clerk.do(actions.cancel, stay, "ill")
    with work():
        advance_business_date(TODAY, day(1), at=NOON)
    with pytest.raises(Refused, match="is over") as refusal:
        clerk.do(actions.reinstate, stay)
    assert [(offer.kind, offer.value) for offer in refusal.value.offers] == [("book", day(1))]


def test_a_stay_whose_nights_were_sold_since_is_not_reinstated(clerk: Clerk, supervisor: Clerk) -> None:
    stay = clerk.book("DLK")
    clerk.do(actions.cancel, stay, "ill")
    for _ in range(2):
        clerk.book("DLK")
    with pytest.raises(SoldOut) as no:
        clerk.do(actions.reinstate, stay)
    assert no.value.offers
    with pytest.raises(NotAllowed):
        clerk.do(actions.reinstate, stay, force=True)
    db.session.refresh(stay)
    supervisor.do(actions.reinstate, stay, force=True)
    assert sold()["DLK", 1] == 3
    assert journal_of(stay)[-1] == ("reinstate", {"forced": True})


def test_day_use_is_cancelled_and_reinstated_without_nights(clerk: Clerk) -> None:
    stay = clerk.book(arrival=0, nights=0, use=Use.DAY_USE)
    clerk.do(actions.cancel, stay, "ill")
    clerk.do(actions.reinstate, stay)
    assert (stay.status, sold()) == (Status.RESERVED, {})


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("move", MOVES)
def test_a_stay_moves_only_from_the_states_its_life_allows(status: Status, move: str) -> None:
    if status in MOVES[move].sources:
        assert after(status, move) is MOVES[move].target
        assert move in moves_from(status)
    else:
        with pytest.raises(WrongStatus):
            after(status, move)
        assert move not in moves_from(status)


@pytest.mark.parametrize("status", [Status.IN_HOUSE, Status.CHECKED_OUT, Status.CANCELLED, Status.NO_SHOW])
def test_only_a_reserved_stay_is_cancelled_or_a_no_show(clerk: Clerk, house: House, status: Status) -> None:
    with work():
        stay = house.stay(status=status)
    before = sold()
    for ending in (actions.cancel, actions.mark_no_show):
        with pytest.raises(WrongStatus):
            clerk.do(ending, stay, "why")
    assert sold() == before


@pytest.mark.parametrize("status", [Status.RESERVED, Status.IN_HOUSE, Status.CHECKED_OUT])
def test_only_what_ended_is_reinstated(clerk: Clerk, house: House, status: Status) -> None:
    with work():
        stay = house.stay(status=status)
    with pytest.raises(WrongStatus):
        clerk.do(actions.reinstate, stay)


@pytest.mark.parametrize(
    ("action", "permission", "args"),
    [
        (actions.cancel, "cancel_booking", ("why",)),
        (actions.mark_no_show, "cancel_booking", ()),
        (actions.reinstate, "reinstate", ()),
    ],
)
def test_who_may_not_end_a_stay_is_refused(
    clerk: Clerk, action: object, permission: str, args: tuple[str, ...]
) -> None:
    stay = clerk.book(arrival=0)
    for role in set(Role) - ALLOWED[permission]:
        with pytest.raises(NotAllowed):
            clerk.as_(role.value).do(action, stay, *args)
