"""The waitlist 候补 (R6): who waits, who is called first, who is told when a room is free, and what was lost."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from pms import access, notices
from pms.access import Role
from pms.db import db, work
from pms.errors import Conflict, NotAllowed, Refused
from pms.notices import Department
from pms.property.models import ClosureKind
from pms.reservations import actions, closures, queries_waitlist, rules, waitlist
from pms.reservations.controls import Control, control_sales
from pms.reservations.groups import Block, NewGroup, create_group, release_block
from pms.reservations.inventory import SoldOut
from pms.reservations.models import Source, Stay
from pms.reservations.models_waitlist import Turnaway, WaitCall, Waiting, WaitStatus, Why
from pms.reservations.requests import Change
from pms.reservations.status import Status
from pms.reservations.waitlist import Lost, Wish
from tests.builders import NOON, TODAY, House
from tests.reservations.clerk import Clerk, day, journal_of

TELEPHONE = "+8613800138000"


@pytest.fixture
def full(clerk: Clerk) -> list[Any]:
    """Both suites are sold from Friday for two nights."""
    return [clerk.book("SUI", arrival=6, nights=2) for _ in range(2)]


def wish(house: House, kind: str | None = "SUI", surname: str = "Okafor", **values: Any) -> Wish:
    with work():
        guest = values.pop("guest", None) or house.guest(surname, "Chidi")
    row = {"guest_id": guest.id, "telephone": TELEPHONE, "plan_id": house.plans["BAR"].id}
    dates = {"arrival": day(6), "departure": day(8), "type_id": house.types[kind].id if kind else None}
    return Wish(**(row | dates | values))


def told() -> list[str]:
    return [str(notice.text) for notice in notices.open_for(Department.RESERVATIONS)]


def names(today: date = TODAY) -> list[str]:
    return [line.surname for line in queries_waitlist.waitlist(today)]


def test_a_caller_waits_with_a_number_and_it_is_on_record(clerk: Clerk, house: House, full: list[Any]) -> None:
    waiting = clerk.do(waitlist.put_on, wish(house, telephone="138 0013 8000"))
    assert waiting.telephone == TELEPHONE
    assert [action for action, _ in journal_of(waiting)] == ["wait"]
    assert names() == ["Okafor"]


def test_nobody_waits_without_a_telephone_number(clerk: Clerk, house: House, full: list[Any]) -> None:
    with pytest.raises(Refused, match="Under which number") as no:
        clerk.do(waitlist.put_on, wish(house, telephone=""))
    assert no.value.field == "telephone"


def test_the_number_of_the_profile_is_enough(clerk: Clerk, house: House, full: list[Any]) -> None:
    with work():
        guest = house.guest("Li", "Mei", telephone=TELEPHONE)
    assert clerk.do(waitlist.put_on, wish(house, guest=guest, telephone="")).telephone == TELEPHONE


def test_nobody_waits_for_a_room_that_can_be_booked(clerk: Clerk, house: House) -> None:
    with pytest.raises(Refused, match="book it instead"):
        clerk.do(waitlist.put_on, wish(house))


def test_one_room_left_is_not_enough_for_two(clerk: Clerk, house: House) -> None:
    clerk.book("SUI", arrival=6, nights=2)
    assert clerk.do(waitlist.put_on, wish(house, rooms=2))


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"arrival": day(-1)}, "arrival"),
        ({"departure": day(6)}, "departure"),
        ({"rooms": 0}, "rooms"),
        ({"adults": 9}, "adults"),
        ({"note": "x" * 201}, "note"),
    ],
)
def test_a_senseless_wish_is_refused(
    clerk: Clerk, house: House, full: list[Any], values: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refused) as no:
        clerk.do(waitlist.put_on, wish(house, **values))
    assert no.value.field == field


def test_in_peak_season_returning_guests_are_called_first_then_by_time() -> None:
    calls = [("first", 0), ("second", 3), ("third", 0)]
    peak = sorted(calls, key=lambda call: rules.comes_later(call[1], peak=True))
    assert [name for name, _ in peak] == ["second", "first", "third"]
    assert sorted(calls, key=lambda call: rules.comes_later(call[1], peak=False)) == calls


@pytest.mark.parametrize(("month", "order"), [(5, ["Back", "New"]), (9, ["New", "Back"])])
def test_the_list_stands_in_the_order_of_calls(house: House, month: int, order: list[str]) -> None:
    arrival = date(2027, month, 1)
    with work():
        back = house.guest("Back", "Anna")
        house.stay(arrival=-30, status=Status.CHECKED_OUT, guest=back)
        _written(house, house.guest("New", "Ann"), arrival, 0)
        _written(house, back, arrival, 5)
    assert names() == order


def _written(house: House, guest: Any, arrival: date, minutes: int, **values: Any) -> Waiting:
    row = {
        "guest_id": guest.id,
        "telephone": TELEPHONE,
        "plan_id": house.plans["BAR"].id,
        "type_id": house.types["SUI"].id,
        "arrival": arrival,
        "departure": arrival + timedelta(days=2),
        "asked_at": NOON + timedelta(minutes=minutes),
        "asked_by": house.user("reservation_clerk").id,
    }
    waiting = Waiting(**(row | values))
    db.session.add(waiting)
    db.session.flush()
    return waiting


def test_a_call_and_what_came_of_it_is_kept(clerk: Clerk, house: House, full: list[Any]) -> None:
    waiting = clerk.do(waitlist.put_on, wish(house))
    clerk.do(waitlist.called, waiting, WaitCall.NO_ANSWER)
    (line,) = queries_waitlist.waitlist(TODAY)
    assert (line.outcome, line.called_at) == (WaitCall.NO_ANSWER, NOON)


def test_cancelling_tells_reservations_whom_to_call_first(clerk: Clerk, house: House, full: list[Any]) -> None:
    clerk.do(waitlist.put_on, wish(house))
    clerk.do(waitlist.put_on, wish(house, surname="Tanaka"))
    clerk.do(actions.cancel, full[0], "Flu")
    (text,) = told()
    assert text.startswith("Room freed: SUI, Fri 27 Nov 2026 to Sun 29 Nov 2026. Call first: Okafor, Chidi, +86138")
    assert text.endswith("Waiting for it: 2.")


def test_who_wants_no_disclosure_has_no_name_on_the_notice(clerk: Clerk, house: House, full: list[Any]) -> None:
    with work():
        guest = house.guest("Secret", "Sam", incognito=True)
    clerk.do(waitlist.put_on, wish(house, guest=guest))
    clerk.do(actions.cancel, full[0], "Flu")
    assert "Secret" not in told()[0] and "A guest" in told()[0]


def test_nobody_is_told_while_one_night_is_still_full(clerk: Clerk, house: House, full: list[Any]) -> None:
    clerk.do(waitlist.put_on, wish(house, arrival=day(5), departure=day(7)))  # Thursday is free, Friday is not
    clerk.do(actions.change_stay, full[0], Change(departure=day(7)), version=full[0].version)
    assert told() == []
    clerk.do(actions.change_stay, full[0], Change(arrival=day(12), departure=day(13)), version=full[0].version)
    assert len(told()) == 1


def test_shortening_a_stay_frees_its_last_nights_for_who_waits(clerk: Clerk, house: House, full: list[Any]) -> None:
    clerk.do(waitlist.put_on, wish(house, arrival=day(7), departure=day(8)))
    clerk.do(actions.change_departure, full[0], day(7))
    assert len(told()) == 1


def test_a_room_that_is_open_again_is_told(clerk: Clerk, house: House) -> None:
    leader = clerk.as_("shift_leader")
    order = ClosureKind.OUT_OF_ORDER
    shut = [leader.do(closures.close, house.rooms[n], order, day(6), day(9), "Paint") for n in ("1301", "1302")]
    with work():
        for notice in notices.open_for(Department.RESERVATIONS):
            notices.acknowledge(notice.id, Department.RESERVATIONS, by=house.user("reservation_clerk"), now=NOON)
    clerk.do(waitlist.put_on, wish(house))
    leader.do(closures.reopen, shut[0])
    assert len(told()) == 1


def test_a_raised_limit_is_told(supervisor: Clerk, house: House, full: list[Any]) -> None:
    supervisor.do(waitlist.put_on, wish(house))
    supervisor.do(control_sales, house.types["SUI"].id, day(6), day(8), Control(extra=1))
    assert len(told()) == 1


def test_a_released_block_is_told(supervisor: Clerk, house: House) -> None:
    block = Block(type_id=house.types["SUI"].id, rooms=2)
    new = NewGroup(
        code="CITS", name="CITS", arrival=day(6), departure=day(8), plan_id=house.plans["GRP"].id, blocks=(block,)
    )
    group = supervisor.do(create_group, new)
    supervisor.do(waitlist.put_on, wish(house))
    supervisor.do(release_block, group)
    assert len(told()) == 1


def test_one_key_makes_a_booking_at_the_day_s_price(clerk: Clerk, house: House, full: list[Any]) -> None:
    waiting = clerk.do(waitlist.put_on, wish(house, note="with a dog"))
    clerk.do(actions.cancel, full[0], "Flu")
    booking = clerk.do(waitlist.book_waiting, waiting)
    (stay,) = booking.stays
    assert (stay.arrival, stay.type_id, stay.remarks) == (day(6), house.types["SUI"].id, "with a dog")
    assert booking.telephone == TELEPHONE
    assert (waiting.status, waiting.booking_id) == (WaitStatus.BOOKED, booking.id)
    assert names() == []


def test_who_takes_any_type_gets_the_lowest_there_is(clerk: Clerk, house: House) -> None:
    for kind, rooms in (("STK", 3), ("STT", 1), ("DLK", 2), ("SUI", 2)):
        clerk.take(*[clerk.room(kind, 6, 2) for _ in range(rooms)])
    waiting = clerk.do(waitlist.put_on, wish(house, None))
    with pytest.raises(SoldOut, match="No type has a room on all these nights yet"):
        clerk.do(waitlist.book_waiting, waiting)
    stays = {stay.type_id: stay for stay in db.session.scalars(sa.select(Stay))}
    clerk.do(actions.cancel, stays[house.types["SUI"].id], "Flu")
    clerk.do(actions.cancel, stays[house.types["DLK"].id], "Flu")
    assert clerk.do(waitlist.book_waiting, waiting).stays[0].type_id == house.types["DLK"].id


def test_still_full_is_refused_with_what_could_be_offered(clerk: Clerk, house: House, full: list[Any]) -> None:
    waiting = clerk.do(waitlist.put_on, wish(house))
    with pytest.raises(SoldOut) as no:
        clerk.do(waitlist.book_waiting, waiting)
    assert {offer.kind for offer in no.value.offers} >= {"type", "dates"}
    assert waiting.status is WaitStatus.WAITING


def test_nobody_is_booked_or_called_twice(clerk: Clerk, house: House, full: list[Any]) -> None:
    waiting = clerk.do(waitlist.put_on, wish(house))
    clerk.do(actions.cancel, full[0], "Flu")
    booking = clerk.do(waitlist.book_waiting, waiting)
    for again in (waitlist.book_waiting, waitlist.give_up):
        with pytest.raises(Refused, match=f"booked as {booking.confirmation}"):
            clerk.do(again, waiting)
    with pytest.raises(Refused, match="waits no more"):
        clerk.do(waitlist.called, waiting, WaitCall.THINKS)


def test_two_clerks_at_once_end_a_wait_once(clerk: Clerk, house: House, full: list[Any]) -> None:
    waiting = clerk.do(waitlist.put_on, wish(house))
    with work():
        db.session.execute(sa.update(Waiting).values(version=Waiting.version + 1).execution_options(
            synchronize_session=False))  # fmt: skip
    with pytest.raises(Conflict):
        clerk.do(waitlist.give_up, waiting)


@pytest.mark.both_engines
def test_the_database_keeps_a_booked_line_and_its_booking_together(house: House) -> None:
    with pytest.raises(IntegrityError), work():
        _written(house, house.guest(), day(6), 0, status=WaitStatus.BOOKED)
    with pytest.raises(IntegrityError), work():
        _written(house, house.guest(), day(6), 0, telephone="")


def test_who_has_gone_elsewhere_is_lost_business(clerk: Clerk, house: House, full: list[Any]) -> None:
    waiting = clerk.do(waitlist.put_on, wish(house, rooms=2))
    clerk.do(waitlist.give_up, waiting)
    (line,) = queries_waitlist.turnaways(TODAY, TODAY)
    assert (line.why, line.type, line.rooms, line.nights) == (Why.FULL, "SUI", 2, 4)
    assert names() == []


def test_a_caller_who_finds_it_too_dear_is_written_down(clerk: Clerk, house: House) -> None:
    lost = Lost(why=Why.PRICE, arrival=day(6), departure=day(8), rooms=3, source=Source.COMPANY, note="asked for 500")
    turnaway = clerk.do(waitlist.turn_away, lost)
    assert (turnaway.business_date, turnaway.by_id) == (TODAY, clerk.by.id)
    assert [action for action, _ in journal_of(turnaway)] == ["turn_away"]
    assert queries_waitlist.turnaways(day(1), day(2)) == []


@pytest.mark.parametrize("values", [{"departure": day(6)}, {"rooms": 0}, {"note": "x" * 201}])
def test_senseless_lost_business_is_refused(clerk: Clerk, house: House, values: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        clerk.do(waitlist.turn_away, Lost(**({"why": Why.FULL, "arrival": day(6), "departure": day(8)} | values)))
    assert not db.session.scalars(sa.select(Turnaway)).all()


@pytest.mark.parametrize("role", sorted(set(Role) - access.ALLOWED["keep_waitlist"]))
def test_other_roles_do_not_keep_the_waitlist(clerk: Clerk, house: House, full: list[Any], role: Role) -> None:
    waiting = clerk.do(waitlist.put_on, wish(house))
    other = clerk.as_(role.value)
    lost = Lost(why=Why.FULL, arrival=day(6), departure=day(8))
    tries = [(waitlist.put_on, wish(house)), (waitlist.called, waiting, WaitCall.THINKS), (waitlist.turn_away, lost),
             (waitlist.book_waiting, waiting), (waitlist.give_up, waiting)]  # fmt: skip
    for action, *what in tries:
        with pytest.raises(NotAllowed):
            other.do(action, *what)
