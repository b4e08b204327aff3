"""Control of sales 控制售房 (R3): overbooking limits, stopped nights, minimum stays, and who may go beyond."""

from __future__ import annotations

import pytest

from pms.access import ALLOWED, Role
from pms.db import work
from pms.errors import NotAllowed, Refused
from pms.reservations import controls
from pms.reservations.controls import Control
from pms.reservations.inventory import SoldOut
from tests.builders import House
from tests.reservations.clerk import Clerk, day, journal_of, sold


def test_overbooking_sells_as_many_more_as_the_house_allows(supervisor: Clerk, house: House) -> None:
    with work():
        house.types["DLK"].overbooking = 1
    for _ in range(3):
        supervisor.book("DLK")
    with pytest.raises(SoldOut):
        supervisor.book("DLK")


def test_an_overbooking_limit_may_be_set_for_some_nights(supervisor: Clerk, house: House) -> None:
    supervisor.do(controls.control_sales, house.types["DLK"].id, day(1), day(2), Control(extra=1))
    for _ in range(3):
        supervisor.book("DLK", arrival=1, nights=1)
    with pytest.raises(SoldOut):
        supervisor.book("DLK", arrival=1, nights=1)


def test_a_stopped_night_is_not_sold(supervisor: Clerk, house: House) -> None:
    supervisor.do(controls.control_sales, house.types["STK"].id, day(2), day(3), Control(stop_sell=True))
    with pytest.raises(SoldOut, match="Mon 23 Nov"):
        supervisor.book("STK", arrival=1, nights=3)
    assert supervisor.book("STK", arrival=1, nights=1)


def test_a_short_stay_over_a_night_with_minimum_stay_is_refused(supervisor: Clerk, house: House) -> None:
    supervisor.do(controls.control_sales, house.types["STK"].id, day(2), day(3), Control(minimum_stay=3))
    with pytest.raises(Refused, match="only to stays of 3 nights or more") as no:
        supervisor.book("STK", arrival=1, nights=2)
    assert [offer.value for offer in no.value.offers if offer.kind == "nights"] == [3]
    assert supervisor.book("STK", arrival=1, nights=3)
    assert supervisor.book("STK", arrival=3, nights=1)


@pytest.mark.parametrize(
    ("first", "until", "control"),
    [
        (-1, 2, Control(stop_sell=True)),
        (2, 2, Control(stop_sell=True)),
        (1, 2, Control(minimum_stay=0)),
        (1, 2, Control(extra=-1)),
    ],
)
def test_a_senseless_control_is_refused(
    supervisor: Clerk, house: House, first: int, until: int, control: Control
) -> None:
    with pytest.raises(Refused):
        supervisor.do(controls.control_sales, house.types["STK"].id, day(first), day(until), control)


def test_only_those_who_control_sales_may_stop_them(clerk: Clerk, house: House) -> None:
    for role in set(Role) - ALLOWED["control_sales"]:
        with pytest.raises(NotAllowed):
            clerk.as_(role.value).do(
                controls.control_sales, house.types["STK"].id, day(1), day(2), Control(stop_sell=True)
            )


def test_what_is_controlled_is_on_record(supervisor: Clerk, house: House) -> None:
    kind = house.types["STK"]
    supervisor.do(controls.control_sales, kind.id, day(1), day(3), Control(stop_sell=True, minimum_stay=2))
    details = {"type": "STK", "first": day(1).isoformat(), "until": day(3).isoformat()}
    assert journal_of(kind) == [("control_sales", details | {"stop_sell": True, "minimum_stay": 2})]


def test_a_control_that_says_nothing_leaves_no_trace(supervisor: Clerk, house: House) -> None:
    supervisor.do(controls.control_sales, house.types["STK"].id, day(1), day(3), Control())
    assert journal_of(house.types["STK"]) == []


def test_beyond_the_limit_sells_who_may_and_it_is_on_record(clerk: Clerk, supervisor: Clerk) -> None:
    for _ in range(2):
        clerk.book("DLK")
    with pytest.raises(NotAllowed, match="Reservation supervisor"):
        clerk.book("DLK", force=True)
    stay = supervisor.book("DLK", force=True)
    assert journal_of(stay.booking)[0][1]["forced"] is True
    assert sold()["DLK", 1] == 3
