"""Copies of the database while the house works, and the way back."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.engine import make_url

from pms import clock
from pms.db import db, reading, work
from pms.errors import Refused
from pms.night_audit import backups
from tests.builders import TODAY, House
from tests.night_audit.conftest import DAY, Night

needs_programs = pytest.mark.both_engines


@needs_programs
def test_the_audit_leaves_a_copy_of_the_closed_date(night: Night, engine_name: str) -> None:
    done = night.close(with_backup=True).done["backup"]
    file = backups.directory() / done["file"]
    assert (file.name, done["note"]) == (f"innkeep-2026-11-21{backups.suffix()}", "")
    assert file.stat().st_mode & 0o077 == 0, "nobody else on the machine may read it"
    assert list(backups.directory().glob("*.part")) == []


@needs_programs
def test_a_copy_put_back_is_the_house_as_it_was(night: Night, tmp_path: Path, engine_name: str) -> None:
    file = backups.copy_to(tmp_path / "copy")
    night.close()
    with reading():
        assert clock.business_date() == TODAY + DAY
    backups.restore_from(file)
    with reading():
        assert clock.business_date() == TODAY


def test_a_copy_holds_what_is_only_in_the_log_of_the_database_yet(house: House, tmp_path: Path) -> None:
    """Copying the file itself gave copies that were far behind."""
    with work():
        house.guest("Latecomer")
    file = backups.copy_to(tmp_path / "copy.db")
    with sqlite3.connect(file) as copy:
        assert copy.execute("SELECT count(*) FROM guests WHERE surname = 'Latecomer'").fetchone() == (1,)
    copy.close()


def test_a_copy_can_be_made_while_somebody_writes(house: House, tmp_path: Path) -> None:
    with work():
        house.guest("Unsaved")
        db.session.flush()
        file = backups.copy_to(tmp_path / "copy.db")
    with sqlite3.connect(file) as copy:
        assert copy.execute("SELECT count(*) FROM guests WHERE surname = 'Unsaved'").fetchone() == (0,)
    copy.close()


def test_old_copies_are_thrown_away_and_those_made_by_hand_are_kept(app: Flask) -> None:
    folder = backups.directory()
    folder.mkdir(parents=True)
    for age in (3, 40, 41):
        (folder / f"innkeep-{TODAY - timedelta(days=age)}.db").touch()
    (folder / "by-hand-20200101T000000Z.db").touch()
    (folder / "innkeep-before-the-flood.db").touch()
    gone = backups.throw_away_old(TODAY)
    assert [file.name for file in gone] == [f"innkeep-{TODAY - timedelta(days=40)}.db"]
    assert len(list(folder.iterdir())) == 4


def test_a_house_goes_on_without_a_copy_and_says_so_aloud(night: Night, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_room(_: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backups, "copy_to", no_room)
    done = night.close(with_backup=True).done["backup"]
    assert done["file"] == ""
    assert done["note"] == "No copy of the database was made: [Errno 28] No space left on device"
    assert night.close(now=clock.now() + timedelta(days=2)).day == TODAY + DAY


def test_without_the_programs_of_postgresql_the_reason_is_said(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backups, "is_postgres", lambda: True)
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(Refused, match="pg_dump is not on this machine"):
        backups.copy_to(backups.directory() / "x.dump")
    assert "pg_dump is not on this machine" in str(backups.back_up(TODAY).note)


def test_what_is_no_copy_of_a_house_is_not_put_back(house: House, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear guest, " * 100)
    sqlite3.connect(tmp_path / "empty.db").close()
    for name in ("letter.txt", "empty.db"):
        with pytest.raises(Refused, match="no sound copy"):
            backups.restore_from(tmp_path / name)
    with pytest.raises(Refused, match="There is no file"):
        backups.restore_from(tmp_path / "nothing.db")
    with reading():
        assert clock.business_date() == TODAY


def test_the_password_of_postgresql_is_not_on_the_command_line(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = {}

    class Done:
        returncode, stderr = 0, ""

    def run(command: list[str], env: dict[str, str], **_: object) -> Done:
        seen.update(command=" ".join(command), password=env["PGPASSWORD"])
        return Done()

    monkeypatch.setattr(backups.subprocess, "run", run)
    monkeypatch.setattr(backups.shutil, "which", lambda program: f"/bin/{program}")
    monkeypatch.setattr(backups, "_url", lambda: make_url("postgresql+psycopg://inn:se%40cret@db:5433/house"))
    backups._run("pg_dump", "--file=x")
    assert seen["password"] == "se@cret"
    assert seen["command"] == "/bin/pg_dump --dbname postgresql://inn@db:5433/house --file=x"
