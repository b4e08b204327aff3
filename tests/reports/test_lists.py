"""The lists of the papers out of the database, the same on SQLite and PostgreSQL, one statement each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from pms.cashier.models import Preauthorisation
from pms.db import db, reading, work
from pms.night_audit.snapshots import RECORDS, SNAPSHOTS, pack, read, row_type, unpack
from pms.reservations.models import Group, GroupBlock, Stay, Use
from pms.reservations.status import Status
from tests.builders import NOON, TODAY, House
from tests.reports.conftest import Evening

pytestmark = pytest.mark.both_engines
QUERIES = {**SNAPSHOTS, **RECORDS}


@pytest.fixture
def live(evening: Evening) -> Any:
    """`live("arrivals")`: the rows of a list on TODAY."""
    with reading():
        yield lambda name: read(name, TODAY)


Live = Callable[[str], Any]


def test_in_house_shows_who_lives_here_with_balance_and_price(live: Live) -> None:
    rows = {row.room: row for row in live("in_house")}

    assert set(rows) == {"1201", "1204", "1205"}
    assert rows["1204"].guest == "Liu Zhe 刘喆"
    assert (rows["1204"].balance, rows["1204"].rate, rows["1204"].persons) == (45_000, 68_000, 2)
    assert (rows["1204"].vip, rows["1204"].company, rows["1204"].payment) == (2, "Xinhe Textile", "card")
    assert [room for room, row in rows.items() if row.incognito] == ["1205"]


def test_arrivals_of_the_day_are_those_who_came_and_those_who_may_still_come(live: Live) -> None:
    assert [(row.room, row.state) for row in live("arrivals")] == [("1201", "in_house")]


def test_next_day_arrivals_are_those_of_tomorrow(live: Live) -> None:
    [row] = live("next_day_arrivals")

    assert (row.guest, row.state) == ("Novák, Tomáš", "due_in")
    assert (row.group_code, row.group, row.group_zh) == ("SURG", "Congress", "外科年会")
    assert (row.guarantee, row.wishes, row.eta, row.nights) == ("order", "high,quiet", "17:00", 2)


def test_departures_are_those_who_left_and_who_should(live: Live) -> None:
    assert [(row.room, row.state) for row in live("departures")] == [("1203", "checked_out")]


def test_a_departure_overdue_since_yesterday_is_due_out_today(live: Live) -> None:
    rows = SNAPSHOTS["departures"](TODAY + timedelta(days=1))

    assert ("1205", "due_out") in {(row.room, row.state) for row in rows}


def test_what_happened_to_stays(live: Live) -> None:
    [move], [extension] = live("room_changes"), live("extensions")

    assert (move.guest, move.from_room, move.to_room, move.asked_by_house) == ("Liu Zhe 刘喆", "1202", "1204", False)
    assert (extension.price, extension.approved_by) == (68_000, "Reservation Clerk")
    assert extension.new_departure - extension.old_departure == timedelta(days=1)


def test_no_shows_stand_before_cancellations(live: Live) -> None:
    assert [row.status for row in live("no_shows_and_cancellations")] == ["no_show", "cancelled"]


def test_room_states_know_stays_closures_and_cleaning(live: Live) -> None:
    rows = {row.room: row for row in live("room_states")}

    assert len(rows) == 8
    assert (rows["1204"].front, rows["1204"].persons) == ("occupied", 2)
    assert (rows["1302"].front, rows["1302"].reason) == ("out_of_order", "Water")
    assert (rows["1301"].front, rows["1301"].housekeeping) == ("vacant", "clean")


def test_discrepancies_luggage_and_messages(live: Live) -> None:
    [row], [bag], [message] = live("discrepancies"), live("luggage_held"), live("messages")

    assert (row.room, row.kind, row.guest, row.guest_incognito) == ("1205", "skip", "Raghunathan, Priya", True)
    assert (bag.tag, bag.overdue, bag.guest_incognito) == ("L0001", True, True)
    assert (message.room, message.guest, message.status) == ("1204", "Liu Zhe 刘喆", "on_rack")


def test_forecast_counts_the_nights_to_come(live: Live) -> None:
    first = live("forecast")[0]

    assert first.night == TODAY + timedelta(days=1)
    assert (first.rooms, first.groups, first.definite, first.house) == (2, 1, 2, 8)
    assert (first.arrivals, first.departures, first.revenue) == (1, 2, 68_000 + 98_000)


def test_business_source_and_origin_share_out_the_days_room_revenue(live: Live) -> None:
    sources = {row.code: row for row in live("business_source")}
    origins = {row.code: row for row in live("geographic_origin")}

    assert (sources["agent"].day_rooms, sources["agent"].day_revenue) == (1, 68_000)
    assert (sources["agent"].month_rooms, sources["agent"].month_revenue) == (2, 136_000)
    assert (origins["IN"].day_rooms, origins["IN"].day_sold) == (1, 0)
    assert origins["CN"].year_persons == 4


def test_complimentary_and_house_use_names_who_stands_behind_a_free_room(live: Live) -> None:
    [row] = live("complimentary_and_house_use")

    assert (row.room, row.use, row.guest_incognito, row.approved_by) == (
        "1205",
        "complimentary",
        True,
        "Reservation Clerk",
    )


def test_high_balances_are_those_no_pre_authorisation_stands_behind(evening: Evening) -> None:
    with work():
        secure(evening.liu, 20_000)
    with reading():
        [row] = read("high_balances", TODAY)
    assert (row.room, row.balance, row.authorised, row.gap) == ("1204", 45_000, 20_000, 25_000)
    with work():
        secure(evening.liu, 25_000)
    with reading():
        assert read("high_balances", TODAY) == []


def secure(stay: Stay, amount: int) -> None:
    db.session.add(
        Preauthorisation(stay_id=stay.id, amount=amount, reference="A1", at=NOON, by_id=stay.booking.taken_by)
    )


def test_a_released_pre_authorisation_secures_nothing(evening: Evening) -> None:
    with work():
        secure(evening.liu, 45_000)
        db.session.flush()
        db.session.query(Preauthorisation).one().released_at = NOON
    with reading():
        assert [row.authorised for row in read("high_balances", TODAY)] == [0]


def test_breakfast_is_for_those_who_have_it_in_the_rate(house: House) -> None:
    with work():
        house.stay(0, 2, room="1201", status=Status.IN_HOUSE, plan="PKG", adults=2, children=1)
        house.stay(0, 2, room="1202", status=Status.IN_HOUSE)
        house.stay(1, 2, room="1205", plan="PKG")
    with reading():
        rows = read("breakfasts", TODAY)
    assert [(row.room, row.persons, row.breakfasts, row.package) for row in rows] == [("1201", 3, 3, "PKG")]
    assert [row.date for row in rows] == [TODAY + timedelta(days=1)]


def test_rate_variance_names_nights_that_were_not_sold_at_the_price_of_the_plan(house: House) -> None:
    with work():
        house.stay(0, 2, room="1201", status=Status.IN_HOUSE)
        house.stay(0, 2, room="1202", status=Status.IN_HOUSE, price=50_000, discount_percent=26)
        house.stay(0, 2, room="1205", status=Status.IN_HOUSE, price=0, use=Use.HOUSE_USE)
    with reading():
        [row] = read("rate_variance", TODAY)
    assert (row.room, row.posted, row.expected, row.difference) == ("1202", 50_000, 68_000, -18_000)
    assert (row.discount_percent, row.by) == (26, "Reservation Clerk")


def test_a_group_at_its_agreed_price_is_no_variance(house: House) -> None:
    with work():
        group = Group(code="WLT", name="Tour", arrival=TODAY, departure=TODAY + timedelta(days=2))
        db.session.add(group)
        db.session.flush()
        agreed = {"group_id": group.id, "type_id": house.types["STK"].id, "night": TODAY, "blocked": 1, "price": 50_000}
        db.session.add(GroupBlock(**agreed))
        house.stay(0, 1, room="1201", status=Status.IN_HOUSE, price=50_000, group_id=group.id)
        house.stay(0, 1, room="1202", status=Status.IN_HOUSE, price=55_000, group_id=group.id)
    with reading():
        rows = read("rate_variance", TODAY)
    assert [(row.room, row.expected) for row in rows] == [("1202", 50_000)]


def test_trial_balance_names_three_ledgers_and_ties(live: Live) -> None:
    rows = live("trial_balance")

    assert [row.ledger for row in rows] == ["guest", "deposit", "city"]
    assert rows[0].closing + rows[1].closing == rows[0].folios == 45_000
    assert all(row.opening + row.debit - row.credit == row.closing for row in rows)


@pytest.mark.parametrize("name", [name for name, query in SNAPSHOTS.items() if "papers" in query.__module__])
def test_a_list_survives_being_frozen(live: Live, name: str) -> None:
    rows = live(name)

    assert unpack(pack(rows), row_type(name)) == rows


@pytest.mark.parametrize(
    "name", [name for name, query in QUERIES.items() if "papers" in query.__module__ and name != "trial_balance"]
)
def test_a_list_is_one_statement(live: Live, name: str) -> None:
    statements: list[str] = []
    live(name)  # the business date, the zone and what a process keeps of the house are read before
    sa.event.listen(db.engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    QUERIES[name](TODAY)

    assert len([text for text in statements if "business_day" not in text]) == 1
