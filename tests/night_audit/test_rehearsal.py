"""The rehearsal says what would be done, is right about it, and writes nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from pms.db import db, reading, work
from pms.night_audit import actions
from pms.reservations.models import Guarantee
from tests.builders import TODAY
from tests.night_audit.conftest import NIGHT, Night
from tests.web.statements import counted


def rehearse(night: Night) -> actions.Rehearsal:
    with reading():
        return actions.rehearse(night.auditor, NIGHT)


def everything() -> dict[str, list[Any]]:
    """Every row of every table."""
    with reading():
        connection = db.session.connection()
        return {
            table.name: sorted(map(str, connection.execute(sa.select(table)))) for table in db.metadata.sorted_tables
        }


@pytest.mark.both_engines
def test_it_writes_nothing(full_night: Night, engine_name: str) -> None:
    before = everything()
    with work():  # even where writing would be possible
        actions.rehearse(full_night.auditor, NIGHT)
    assert everything() == before


@pytest.mark.both_engines
def test_what_it_says_is_what_is_posted(full_night: Night, engine_name: str) -> None:
    said = rehearse(full_night)
    done = full_night.close().done
    assert (said.charges, said.total) == (done["charges"]["count"], done["charges"]["total"]) == (4, 308_000)
    assert (len(said.no_shows), said.fees) == (done["no_shows"]["count"], done["no_shows"]["fees"]) == (2, 98_000)


def test_it_names_who_will_be_a_no_show_and_what_each_pays(full_night: Night) -> None:
    assert [(one.guest, one.confirmation, one.fee) for one in rehearse(full_night).no_shows] == [
        ("Fischer, Anna", "T-00005", 98_000),
        ("Fischer, Anna", "T-00006", 0),
    ]


def test_it_names_what_blocks_and_what_warns(full_night: Night) -> None:
    with work():
        full_night.guest_in_house("1202", arrival=-2, nights=2)
    said = rehearse(full_night)
    assert (said.day, len(said.blockers), len(said.warnings), said.begun) == (TODAY, 1, 2, False)


def test_of_an_audit_that_was_stopped_it_says_what_is_left(
    full_night: Night, stop_before: Callable[[Night, str], None]
) -> None:
    stop_before(full_night, "rooms")
    said = rehearse(full_night)
    assert (said.day, said.begun) == (TODAY, True)
    assert [step.name for step in said.to_do] == ["rooms", "figures", "papers", "seal", "backup"]


def test_it_asks_no_more_for_many_no_shows_than_for_two(full_night: Night) -> None:
    rehearse(full_night)
    with counted() as for_two:
        rehearse(full_night)
    with work():
        for _ in range(10):
            full_night.expected(Guarantee.COMPANY)
    with counted() as for_many:
        said = rehearse(full_night)
    assert len(said.no_shows) == 12
    assert len(for_many) == len(for_two)
