"""Tomorrow's arrivals have rooms before the 18:00 paper; the AM hears which rooms of VIPs to inspect first."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from pms.accounts.actions import system_user
from pms.accounts.models import User
from pms.assignment import planning, runs
from pms.assignment import queries_runs as queries
from pms.assignment.models import PlacingRun, RunStatus
from pms.cli import main
from pms.db import db, reading, work
from pms.departments import Department
from pms.notices import Notice, NoticeTo
from pms.reservations.models import Stay
from tests.builders import NOON, TODAY, House


def room_of(stay_id: int) -> str:
    with reading():
        room = db.session.get_one(Stay, stay_id, populate_existing=True).room
        return room.number if room else ""


@pytest.fixture
def worker(house: House) -> User:
    with work():
        by = system_user("worker", "Worker", now=NOON)
    db.session.expunge(by)
    return by


@pytest.mark.both_engines
def test_tomorrows_arrivals_are_placed_in_a_run_that_can_be_taken_back(house: House, worker: User) -> None:
    with work():
        tomorrow, today = house.stay(arrival=1).id, house.stay().id
        placed = house.stay(arrival=1, room="1204", guest=house.guest("B")).id
    found = planning.pre_place(TODAY, by=worker, now=NOON)
    assert found is not None and found[1].count == 1
    assert room_of(tomorrow) and room_of(today) == "" and room_of(placed) == "1204"
    assert planning.pre_place(TODAY, by=worker, now=NOON) is None
    with work():
        runs.undo(found[0], by=worker, now=NOON)
    assert room_of(tomorrow) == ""


def test_the_am_is_told_which_rooms_of_vips_to_inspect(house: House, worker: User) -> None:
    with work():
        vip = house.stay(arrival=1, vip_level=2).id
        house.stay(arrival=1, guest=house.guest("B"))
    planning.pre_place(TODAY, by=worker, now=NOON)
    with reading():
        notice = db.session.scalars(sa.select(Notice)).one()
        told = db.session.scalars(sa.select(NoticeTo.department)).all()
    assert notice.text["with"]["rooms"] == {"list": [room_of(vip)]} and list(told) == [Department.ASSISTANT_MANAGER]


def test_who_cannot_be_placed_stays_and_is_in_the_run(house: House, worker: User) -> None:
    with work():
        stays = [house.stay(arrival=1, kind="STT", guest=house.guest(name)).id for name in ("Adler", "Brandt")]
    found = planning.pre_place(TODAY, by=worker, now=NOON)
    assert found is not None and found[1].count == 1
    with reading():
        left = [line.stay_id for line in queries.lines_shown(found[0]) if line.room_id is None]
    assert len(left) == 1 and left[0] in stays


def test_what_breaks_off_can_be_planned_again(house: House, worker: User, monkeypatch: pytest.MonkeyPatch) -> None:
    with work():
        run = runs.ask([house.stay().id], by=worker, now=NOON).id

    def broken(*_: object) -> None:
        raise RuntimeError("the search broke")

    with monkeypatch.context() as patch:
        patch.setattr(runs, "think", broken)
        with pytest.raises(RuntimeError):
            planning.plan_run(run, by=worker)
    with reading():
        assert queries.load_run(run).status is RunStatus.FAILED
    assert planning.plan_run(run, by=worker)
    assert not planning.plan_run(run, by=worker)


def test_the_command_places_and_says_how_many(house: House, database_url: str) -> None:
    with work():
        stay = house.stay(arrival=1).id
    first = CliRunner().invoke(main, ["pre-place", "--database", database_url])
    assert first.exit_code == 0, first.output
    assert "1 guests of tomorrow have rooms now" in first.output and room_of(stay)
    second = CliRunner().invoke(main, ["pre-place", "--database", database_url])
    assert "Everybody who arrives tomorrow has a room." in second.output
    with reading():
        assert db.session.scalars(sa.select(PlacingRun.first)).one() == TODAY + timedelta(days=1)
