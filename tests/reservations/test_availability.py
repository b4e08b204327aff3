"""What can be sold (R3): every figure by type and night, and what a stay would cost."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from pms.db import db, work
from pms.errors import Refused
from pms.property.models import Closure, ClosureKind
from pms.reservations import controls, groups, occupancy
from pms.reservations.controls import Control
from pms.reservations.groups import Block, NewGroup
from pms.reservations.pricing import quote
from pms.reservations.queries_availability import TypeOnNight, arrivals_with_room, availability, left_on_all
from tests.builders import NOON, House
from tests.reservations.clerk import Clerk, day


def on(kind: str, night: int, house: House) -> TypeOnNight:
    return next(row for row in availability(day(night), day(night + 1)) if row.type_id == house.types[kind].id)


def test_a_night_on_which_nothing_happened_has_every_room_left(house: House) -> None:
    row = on("STK", 1, house)
    assert (row.rooms, row.out_of_order, row.sold, row.blocked, row.left, row.oversold) == (3, 0, 0, 0, 3, 0)
    assert (row.stop_sell, row.minimum_stay) == (False, 1)


@pytest.mark.both_engines
def test_stays_blocks_and_closures_are_told_apart(clerk: Clerk, house: House) -> None:
    clerk.book("STK", arrival=1, nights=1)
    new = NewGroup(code="G", name="G", arrival=day(1), departure=day(2), plan_id=house.plans["GRP"].id)
    group = clerk.do(groups.create_group, new)
    clerk.do(groups.change_block, group, Block(type_id=house.types["STK"].id, rooms=1))
    with work():
        close(house, "1202")
    row = on("STK", 1, house)
    assert (row.rooms, row.out_of_order, row.sold, row.blocked, row.left, row.oversold) == (3, 1, 1, 1, 0, 0)


def test_a_closure_after_selling_shows_as_oversold(clerk: Clerk, house: House) -> None:
    for _ in range(2):
        clerk.book("DLK", arrival=1, nights=1)
    with work():
        close(house, "1205")
    row = on("DLK", 1, house)
    assert (row.sold, row.left, row.oversold) == (2, 0, 1)


def test_controls_are_shown_and_a_stopped_night_has_nothing_left(supervisor: Clerk, house: House) -> None:
    control = Control(stop_sell=True, minimum_stay=3, extra=2)
    supervisor.do(controls.control_sales, house.types["STK"].id, day(1), day(2), control)
    row = on("STK", 1, house)
    assert (row.stop_sell, row.minimum_stay, row.left) == (True, 3, 0)
    supervisor.do(controls.control_sales, house.types["STK"].id, day(1), day(2), Control(stop_sell=False))
    assert on("STK", 1, house).left == 5


def test_what_is_left_on_all_nights_is_the_least_of_them(clerk: Clerk, house: House) -> None:
    clerk.book("STK", arrival=2, nights=1)
    left = left_on_all([day(1), day(2), day(3)])
    assert {code: left[house.types[code].id] for code in house.types} == {"STK": 2, "STT": 1, "DLK": 2, "SUI": 2}


def test_other_arrivals_respect_minimum_stay_and_the_business_date(supervisor: Clerk, house: House) -> None:
    supervisor.book("STT", arrival=1, nights=1)
    supervisor.do(controls.control_sales, house.types["STT"].id, day(3), day(4), Control(minimum_stay=4))
    assert arrivals_with_room(house.types["STT"].id, day(1), 2, within=4) == [day(4), day(5)]


def test_a_year_of_availability_takes_two_statements(clerk: Clerk, house: House) -> None:
    clerk.book()
    seen: list[str] = []

    def count(_c: Any, _cur: Any, statement: str, *_: Any) -> None:
        if statement.startswith("SELECT") and "revision" not in statement:
            seen.append(statement)

    sa.event.listen(db.engine, "before_cursor_execute", count)
    rows = availability(day(0), day(365))
    sa.event.remove(db.engine, "before_cursor_execute", count)
    assert (len(rows), len(seen)) == (365 * 4, 2)


def test_a_quote_says_nights_breakfasts_and_total(house: House) -> None:
    package = quote(house.plans["PKG"].id, house.types["DLK"].id, day(1), day(4), persons=2)
    assert [price for _, price in package.nights] == [88_200] * 3
    assert (package.breakfasts, package.total) == (6, 264_600)
    plain = quote(house.plans["BAR"].id, house.types["DLK"].id, day(1), day(2), discount_percent=10)
    assert (plain.breakfasts, plain.total) == (0, 88_200)


def test_no_quote_without_a_night(house: House) -> None:
    with pytest.raises(Refused, match="after arrival"):
        quote(house.plans["BAR"].id, house.types["DLK"].id, day(1), day(1))


def close(house: House, number: str) -> None:
    closure = Closure(
        room_id=house.rooms[number].id,
        kind=ClosureKind.OUT_OF_ORDER,
        first=day(1),
        until=day(2),
        reason="pipe",
        created_at=NOON,
        created_by=1,
    )
    db.session.add(closure)
    db.session.flush()
    occupancy.close_room(closure)
