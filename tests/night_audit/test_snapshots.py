"""The lists of a closed date stay as they were when it was closed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

import pytest
import sqlalchemy as sa

from pms import clock
from pms.cashier.queries_papers_rates import high_balances
from pms.db import db, reading, work
from pms.errors import Missing
from pms.night_audit import snapshots
from pms.night_audit.models import Snapshot
from pms.reservations.models import Stay
from pms.reservations.queries_papers_stays import breakfasts, complimentary_and_house_use
from pms.reservations.status import Status
from tests.builders import TODAY
from tests.night_audit.conftest import DAY, Night


class Line(NamedTuple):
    name: str
    day: date
    at: datetime | None
    amount: int | None = None


MOMENT = datetime(2026, 11, 21, 18, 5, 7, 123456, tzinfo=UTC)


def test_rows_come_back_as_they_were_kept() -> None:
    rows = [Line("王芳", TODAY, MOMENT, 5), Line("O'Brien", TODAY, None, None)]
    assert snapshots.unpack(snapshots.pack(rows), Line) == rows
    assert snapshots.unpack(snapshots.pack([]), Line) == []


def test_an_old_list_is_read_when_its_row_has_changed_since() -> None:
    class Older(NamedTuple):
        gone: str
        name: str

    assert snapshots.unpack(snapshots.pack([Older("x", "Li")]), Line) == [Line("Li", None, None, None)]


def test_every_list_can_be_frozen_and_read_back_as_it_was(full_night: Night) -> None:
    with reading():
        live = {name: list(query(TODAY)) for name, query in snapshots.SNAPSHOTS.items()}
    for name, rows in live.items():
        assert snapshots.unpack(snapshots.pack(rows), snapshots.row_type(name)) == rows


@pytest.mark.both_engines
def test_a_guest_who_leaves_after_closing_is_still_in_that_nights_list(full_night: Night, engine_name: str) -> None:
    full_night.close()
    with work():
        for stay in db.session.query(Stay).filter_by(status=Status.IN_HOUSE):
            stay.status, stay.checked_out_on = Status.CHECKED_OUT, TODAY + DAY
    with reading():
        assert {row.room for row in snapshots.read("in_house", TODAY)} == {"1201", "1203", "1301"}
        assert snapshots.read("in_house", TODAY + DAY) == []


def test_every_list_is_kept_for_every_date(full_night: Night) -> None:
    full_night.close()
    with reading():
        kept = db.session.query(Snapshot).filter_by(business_date=TODAY)
        assert {row.name for row in kept} == set(snapshots.SNAPSHOTS)


def test_the_open_date_is_read_live(full_night: Night) -> None:
    with reading():
        assert len(snapshots.read("arrivals", TODAY)) == 4
        assert clock.business_date() == TODAY


def test_dates_without_lists_are_refused_with_the_reason(night: Night) -> None:
    with reading():
        with pytest.raises(Missing, match="has not come yet"):
            snapshots.read("arrivals", TODAY + DAY)
        with pytest.raises(Missing, match="were not kept"):
            snapshots.read("arrivals", TODAY - DAY)
        with pytest.raises(Missing, match="no list called breakfast"):
            snapshots.read("breakfast", TODAY)


def test_what_cannot_be_kept_is_noticed() -> None:
    with pytest.raises(TypeError, match="cannot be kept"):
        snapshots.pack([Line("x", object(), None)])


@pytest.mark.parametrize("paper", [high_balances, breakfasts, complimentary_and_house_use])
def test_a_paper_of_tonight_looks_only_at_those_in_house(night: Night, paper: Callable[[date], object]) -> None:
    steps: list[str] = []

    def explain(_connection: Any, cursor: Any, statement: str, values: Any, *_: Any) -> None:
        if "FROM stays" in statement:
            steps.extend(row[3] for row in cursor.connection.execute(f"EXPLAIN QUERY PLAN {statement}", values))

    with reading():
        sa.event.listen(db.engine, "before_cursor_execute", explain)
        paper(TODAY)
        sa.event.remove(db.engine, "before_cursor_execute", explain)
    assert "SEARCH stays USING INTEGER PRIMARY KEY (rowid=?)" in steps
    assert not [
        step for step in steps if step.startswith("SCAN") and "COVERING INDEX" not in step and "anon" not in step
    ]
