"""The demo is played through the real actions and opens on figures one can believe."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import func, select

from pms import clock, journal
from pms.assignment.models import PlacingLine, PlacingRun, RunStatus
from pms.cashier.models import Folio
from pms.cashier.queries import balances
from pms.console import house
from pms.db import db, reading
from pms.demo import cli
from pms.demo.seed import Extent, seed
from pms.demo.staff import PASSWORD, STAFF
from pms.guest_services.models import Luggage, Message
from pms.guests.models import Guest
from pms.guests.queries_duplicates import pairs
from pms.night_audit.models import DailyFigures, Paper
from pms.property.models import Discrepancy, Housekeeping, Room
from pms.reservations.models import RoomNight, Stay
from pms.reservations.models_events import Event
from pms.reservations.models_letters import Letter
from pms.reservations.models_waitlist import Turnaway
from pms.reservations.status import Status

NOW = datetime(2026, 11, 21, 7, 42, tzinfo=UTC)  # 15:42 in Hangzhou
DAYS = 3


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """A demo of few days, made once for all tests of this file, which only look at it."""
    file = tmp_path_factory.mktemp("demo") / "demo.db"
    with house(f"sqlite:///{file}", migrate=True) as app:
        seed(NOW, Extent(before=DAYS, ahead=3, papers=1))
        with reading():
            yield app


def count(*where: object, of: type = Stay) -> int:
    return db.session.scalar(select(func.count()).select_from(of).where(*where)) or 0  # type: ignore[arg-type]


@pytest.mark.slow
def test_today_is_the_afternoon_of_the_pictures(demo: Flask) -> None:
    today = clock.business_date()
    in_house = Stay.status == Status.IN_HOUSE
    assert str(today) == "2026-11-21"
    assert 30 <= count(Stay.arrival == today, Stay.status == Status.RESERVED) <= 40
    assert 5 <= count(Stay.arrival == today, in_house) <= 14
    assert 60 <= count(in_house) <= 85
    assert 3 <= count(Stay.departure == today, in_house) <= 6
    assert count(Stay.arrival == today, Stay.status == Status.RESERVED, Stay.room_id.is_(None)) == 5


@pytest.mark.slow
def test_the_days_before_are_closed_and_have_papers(demo: Flask) -> None:
    assert count(of=DailyFigures) == DAYS
    assert count(of=Paper) > 10
    assert db.session.scalar(select(DailyFigures.occupied).order_by(DailyFigures.business_date.desc()).limit(1)) > 60


@pytest.mark.slow
def test_no_room_has_two_guests_and_every_guest_in_house_a_room(demo: Flask) -> None:
    assert count(Stay.status == Status.IN_HOUSE, Stay.room_id.is_(None)) == 0
    rooms = [room for (room,) in db.session.execute(select(Stay.room_id).where(Stay.status == Status.IN_HOUSE))]
    assert len(rooms) == len(set(rooms))
    assert count(RoomNight.closure_id.is_not(None), of=RoomNight) > 0


@pytest.mark.slow
def test_who_has_left_has_paid(demo: Flask) -> None:
    left = list(db.session.scalars(select(Stay.id).where(Stay.status == Status.CHECKED_OUT)))
    assert left
    assert set(balances(left).values()) <= {0}


@pytest.mark.slow
def test_everybody_in_house_has_an_open_folio(demo: Flask) -> None:
    with_folio = select(Folio.stay_id).where(Folio.closed_on.is_(None))
    assert count(Stay.status == Status.IN_HOUSE, Stay.id.not_in(with_folio)) == 0


@pytest.mark.slow
def test_shelves_rack_and_rooms_have_something_to_look_at(demo: Flask) -> None:
    assert count(Luggage.released_at.is_(None), Luggage.due_at < NOW, of=Luggage) == 4
    assert count(of=Luggage) > 30
    assert count(of=Message) >= 3
    assert count(of=Discrepancy) == 1
    states = set(db.session.scalars(select(Room.housekeeping)))
    assert states == set(Housekeeping)


@pytest.mark.slow
def test_a_plan_for_tomorrow_lies_there_to_be_looked_at(demo: Flask) -> None:
    run = db.session.scalars(select(PlacingRun)).one()
    assert (run.status, run.first) == (RunStatus.PLANNED, date(2026, 11, 22))
    assert count(PlacingLine.run_id == run.id, PlacingLine.room_id.is_not(None), of=PlacingLine) > 0


@pytest.mark.slow
def test_one_of_the_due_outs_still_owes(demo: Flask) -> None:
    owing = select(Stay.id).join(Guest, Guest.id == Stay.guest_id).where(Guest.name_zh == "邓超")
    stay = db.session.scalars(owing.where(Stay.status == Status.IN_HOUSE)).one()
    assert balances([stay]) == {stay: 124_000}


@pytest.mark.slow
def test_everything_is_in_the_journal_and_sealed(demo: Flask) -> None:
    report = journal.verify()
    assert report.intact
    assert report.unsealed == 0
    assert report.sealed > 1000


@pytest.mark.slow
def test_one_of_each_role_can_log_in(demo: Flask) -> None:
    client = demo.test_client()
    client.get("/login")
    assert len({person.role for person in STAFF}) == len(STAFF) == 12
    assert all(PASSWORD not in person.login for person in STAFF)


def test_the_key_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "demo.key"
    key = cli.secret_key(file)
    assert len(key) > 40
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert cli.secret_key(file) == key


def test_a_second_start_keeps_the_data_and_reset_begins_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Path] = []

    def make(path: Path) -> None:
        made.append(path)
        path.write_text("a hotel")

    monkeypatch.setattr(cli, "make", make)
    words = ["--prepare", "--database", str(tmp_path / "deep" / "demo.db")]
    for more in ([], [], ["--reset"]):
        assert CliRunner().invoke(cli.demo, [*words, *more]).exit_code == 0
    assert len(made) == 2


def test_the_demo_is_no_production_and_works_over_plain_http(tmp_path: Path) -> None:
    app = cli.app_of(tmp_path / "demo.db", 5341)
    assert app.config["ENVIRONMENT"] == "demo"
    assert app.config["SESSION_COOKIE_SECURE"] is False


@pytest.mark.slow
def test_no_list_of_the_reservations_office_is_empty(demo: Flask) -> None:
    assert count(Event.day == clock.business_date(), of=Event) == 2
    assert count(of=Turnaway) == 3
    assert count(Letter.sent_at.is_(None), of=Letter) == 2
    assert [pair.elder.surname for pair in pairs(see_incognito=False)] == ["Lindqvist"]
