"""The lists of the papers out of the database, the same on SQLite and PostgreSQL, one statement each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from pms.db import db, reading
from pms.night_audit.snapshots import RECORDS, SNAPSHOTS, pack, read, row_type, unpack
from tests.builders import TODAY
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
    live("messages")  # the business date and the zone are read before
    sa.event.listen(db.engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    QUERIES[name](TODAY)

    assert len([text for text in statements if "business_day" not in text]) == 1
