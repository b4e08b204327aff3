"""`pms night-audit`, `pms backup`, `pms restore`: what they say and how they end."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pms import clock
from pms.cli import main
from pms.db import db, reading, work
from tests.builders import TODAY
from tests.night_audit.conftest import DAY, NIGHT, Night

Pms = Callable[..., Result]


@pytest.fixture
def pms(night: Night, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Pms:
    """The command on the night's house, at two in the morning."""
    monkeypatch.setenv("PMS_ENVIRONMENT", "development")
    monkeypatch.setenv("PMS_DATA_DIR", str(tmp_path / "var"))
    monkeypatch.setattr(clock, "now", lambda: NIGHT)

    def run(*arguments: str, answer: str = "") -> Result:
        db.session.remove()
        return CliRunner().invoke(main, [*arguments, "--database", database_url], input=answer)

    return run


def business_date() -> object:
    with reading():
        return clock.business_date()


def test_rehearsing_shows_what_would_be_posted_and_closes_nothing(full_night: Night, pms: Pms) -> None:
    result = pms("night-audit", "--rehearse")
    assert result.exit_code == 0, result.output
    assert "3,080.00" in result.output
    assert "980.00" in result.output
    assert result.output.count("warning") == 2
    assert business_date() == TODAY


def test_a_rehearsal_of_a_house_that_cannot_be_closed_ends_with_1(night: Night, pms: Pms) -> None:
    with work():
        stay = night.guest_in_house("1201", arrival=-2, nights=2)
    result = pms("night-audit", "--rehearse")
    assert result.exit_code == 1
    assert "BLOCKS" in result.output
    assert f"[stay:{stay.id}]" in result.output


def test_it_asks_before_it_closes_and_takes_no_for_an_answer(full_night: Night, pms: Pms) -> None:
    result = pms("night-audit", "--no-papers", answer="n\n")
    assert (result.exit_code, business_date()) == (1, TODAY)
    assert "in spite of 2 warnings" in result.output
    result = pms("night-audit", "--no-papers", answer="y\n")
    assert (result.exit_code, business_date()) == (0, TODAY + DAY)
    assert "2026-11-21 is closed." in result.output


def test_warnings_are_not_passed_over_by_pressing_enter(full_night: Night, pms: Pms) -> None:
    assert pms("night-audit", "--no-papers", answer="\n").exit_code == 1
    assert business_date() == TODAY


def test_unattended_it_asks_nothing_and_stops_at_what_blocks(full_night: Night, pms: Pms) -> None:
    assert pms("night-audit", "--unattended", "--no-papers").exit_code == 0
    with work():
        full_night.guest_in_house("1202", arrival=-2, nights=2)
    result = pms("night-audit", "--unattended", "--no-papers")
    assert result.exit_code == 1
    assert business_date() == TODAY + DAY


def test_a_date_in_the_future_is_refused(night: Night, pms: Pms) -> None:
    result = pms("night-audit", "--unattended", "--until", "2026-12-24")
    assert result.exit_code == 1
    assert "has not begun" in result.output
    assert business_date() == TODAY


def test_what_is_no_date_is_a_wrong_usage(pms: Pms) -> None:
    assert pms("night-audit", "--until", "tomorrow").exit_code == 2


def test_it_can_be_run_in_the_name_of_somebody_who_may(night: Night, pms: Pms) -> None:
    with work():
        agent = night.house.user("front_desk_agent")
    refused = pms("night-audit", "--rehearse", "--as", agent.login)
    assert refused.exit_code == 1
    assert "Night auditor" in refused.output
    assert pms("night-audit", "--rehearse", "--as", "nobody").exit_code == 1
    assert pms("night-audit", "--rehearse", "--as", night.auditor.login).exit_code == 0


def test_the_steps_are_named_on_the_way(night: Night, pms: Pms) -> None:
    result = pms("night-audit", "--unattended", "--no-papers", "--no-backup")
    *steps, bar = result.stderr.splitlines()
    assert "1/1" in bar
    assert [line.partition("  ")[2] for line in steps] == [
        "Check what stands in the way",
        "No-shows",
        "Room charges, packages and tax",
        "Close the date",
        "Room status",
        "Freeze the figures",
        "Seal the journal",
    ]


def test_a_copy_is_made_and_put_back(night: Night, pms: Pms, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    assert pms("backup", str(copy)).exit_code == 0
    night.close()
    refused = pms("restore", str(copy))
    assert refused.exit_code == 1
    assert "--replace" in refused.output
    assert business_date() == TODAY + DAY
    done = pms("restore", str(copy), "--replace")
    assert done.exit_code == 0, done.output
    assert "What was there is kept as" in done.output
    assert business_date() == TODAY


def test_a_copy_does_not_overwrite_a_file(night: Night, pms: Pms, tmp_path: Path) -> None:
    (tmp_path / "there.db").write_text("mine")
    result = pms("backup", str(tmp_path / "there.db"))
    assert result.exit_code == 1
    assert "is there already" in result.output


def test_without_a_name_the_copy_lies_beside_those_of_the_audit(night: Night, pms: Pms, tmp_path: Path) -> None:
    assert pms("backup").exit_code == 0
    copy = "by-hand-20261121T180000Z.db"
    assert sorted(file.name for file in (tmp_path / "var" / "backups").iterdir()) == [copy, f"{copy}.json"]


def test_a_closed_date_without_its_copy_ends_with_exit_code_1_so_that_a_timer_notices(
    full_night: Night, pms: Pms, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_disk(*_: object, **__: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr("pms.night_audit.backups.copy_to", no_disk)
    result = pms("night-audit", "--unattended", "--no-papers")
    assert (result.exit_code, business_date()) == (1, TODAY + DAY)
    assert "is closed" in result.output
