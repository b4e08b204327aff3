"""A real hotel's bookings, played through the desk, come out as they were."""

from __future__ import annotations

import csv
import gzip
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result

from pms import journal
from pms.cashier.models import Folio, Posting
from pms.db import db
from pms.night_audit.models import DailyFigures
from pms.replay import cli
from pms.reservations.models import RoomNight, Stay, StayNight
from pms.reservations.status import Status
from tests.replay.truth import daily

MONTH = Path(__file__).parent / "data" / "resort_2017_03.csv.gz"
SHARED = Path(__file__).parents[3] / "shared" / "data"


def replay(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli.replay, [str(argument) for argument in arguments])


def rows_of(path: Path) -> list[list[str]]:
    with path.open(newline="") as file:
        return list(csv.reader(file))


def part_of_the_month(folder: Path, lines: int) -> Path:
    """The first lines of the month, so that a refusal is quick to see."""
    path = folder / "some.csv"
    with gzip.open(MONTH, "rt") as source:
        path.write_text("".join(line for line, _ in zip(source, range(lines + 1), strict=False)))
    return path


@pytest.mark.both_engines
def test_a_real_month_comes_out_equal_in_every_cell(empty_database_url: str, tmp_path: Path) -> None:
    from pms import create_app

    out = tmp_path / "daily.csv"
    result = replay(MONTH, "--database", empty_database_url, "--daily", out, "--from", "2017-03-01")
    assert result.exit_code == 0, result.output
    assert rows_of(out) == daily(MONTH, date(2017, 3, 1), date(2017, 12, 31))
    assert "Bookings taken" in result.output
    app = create_app({"DATABASE_URL": empty_database_url, "ENVIRONMENT": "development", "SECRET_KEY": "only for tests"})
    with app.app_context():
        nobody_is_in_two_beds_and_everything_is_paid()
        db.session.remove()
        db.engine.dispose()


def nobody_is_in_two_beds_and_everything_is_paid() -> None:
    count = sa.func.count()
    nights = sa.select(count).select_from(StayNight).join(Stay, Stay.id == StayNight.stay_id)
    slept = nights.where(Stay.status == Status.CHECKED_OUT)
    assert db.session.scalar(slept) == db.session.scalar(sa.select(count).select_from(RoomNight)) > 5_000
    owing = sa.select(Posting.folio_id).group_by(Posting.folio_id).having(sa.func.sum(Posting.amount) != 0)
    assert db.session.scalars(owing).all() == []
    assert db.session.scalar(sa.select(count).select_from(Folio).where(Folio.closed_on.is_(None))) == 0
    assert journal.verify().intact
    for figures in db.session.scalars(sa.select(DailyFigures)):
        moved = figures.guest_ledger_opening + figures.guest_ledger_debit - figures.guest_ledger_credit
        assert moved == figures.guest_ledger_closing


def test_the_hotel_is_as_large_as_the_peak_of_each_assigned_type() -> None:
    from pms.replay.bookings import read, rooms_needed

    needed = rooms_needed(read(MONTH))
    assert needed["A"] > needed["D"] > needed["B"] > 0
    assert sum(needed.values()) < 210


def test_a_database_that_is_not_empty_is_refused(empty_database_url: str, tmp_path: Path) -> None:
    some = part_of_the_month(tmp_path, 40)
    cut = ("--from", "2017-03-01", "--until", "2017-03-01")
    assert replay(some, "--database", empty_database_url, *cut).exit_code == 0
    again = replay(some, "--database", empty_database_url)
    assert again.exit_code == 1
    assert "not empty" in again.output


def test_a_cut_plays_only_its_dates_with_those_in_house_before_and_earlier_bookings_on_the_books(
    empty_database_url: str, tmp_path: Path
) -> None:
    out = tmp_path / "daily.csv"
    cut = ("--from", "2017-03-14", "--until", "2017-03-16")
    assert replay(MONTH, "--database", empty_database_url, "--daily", out, *cut).exit_code == 0
    assert rows_of(out) == daily(MONTH, date(2017, 3, 14), date(2017, 3, 16))


@pytest.mark.parametrize(
    ("spoil", "complaint"),
    [
        (lambda text: text.replace("lead_time", "lead"), "missing: lead_time"),
        (lambda text: text.replace("March", "Mars"), "Line 2"),
        (lambda text: text.replace("Check-Out", "Gone"), "Gone"),
        (lambda text: text.split("\n")[0], "no bookings"),
    ],
)
def test_a_file_of_another_format_is_refused_with_the_line(spoil: object, complaint: str, tmp_path: Path) -> None:
    path = part_of_the_month(tmp_path, 40)
    path.write_text(spoil(path.read_text()))  # type: ignore[operator]
    result = replay(path)
    assert result.exit_code == 1
    assert complaint in result.output


def test_dates_between_which_nothing_lies_are_refused(tmp_path: Path) -> None:
    result = replay(part_of_the_month(tmp_path, 2), "--from", "2017-03-05", "--until", "2017-03-01")
    assert result.exit_code == 1
    assert "nothing to play" in result.output


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="the whole season of bookings is not beside the project")
def test_the_truth_counted_here_is_the_truth_published_with_the_bookings() -> None:
    counted = daily(SHARED / "hotel_bookings_resort.csv.gz", date.min, date.max)
    assert counted == rows_of(SHARED / "resort_daily.csv")


@pytest.fixture(autouse=True)
def _settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PMS_ENVIRONMENT", "development")
