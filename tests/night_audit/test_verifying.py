"""A copy is put back into a database of its own and compared with its manifest before anybody relies on it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result
from flask_migrate import stamp

from pms import clock, home, journal
from pms.cli import main
from pms.db import db, reading, work
from pms.night_audit import backups, manifest, verifying
from tests.builders import TODAY
from tests.night_audit.conftest import Night

pytestmark = pytest.mark.both_engines

Pms = Callable[..., Result]


@pytest.fixture
def pms(night: Night, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Pms:
    """The command on a house of this version with some sealed lines in its journal."""
    monkeypatch.setenv("PMS_ENVIRONMENT", "development")
    monkeypatch.setenv("PMS_DATA_DIR", str(tmp_path / "var"))
    stamp(directory=str(home.migrations()))
    with work():
        for number in range(3):
            journal.write(night.auditor, "look", f"stay:{number}", now=clock.now())
        journal.seal()

    def run(*arguments: str) -> Result:
        db.session.remove()
        return CliRunner().invoke(main, [*arguments, "--database", database_url])

    return run


@pytest.fixture
def copy(pms: Pms, tmp_path: Path) -> Path:
    file = tmp_path / f"copy{backups.suffix()}"
    assert pms("backup", str(file)).exit_code == 0
    return file


def change(copy: Path, **contents: Any) -> None:
    """As if another house had been copied."""
    data = json.loads(manifest.place_of(copy).read_text())
    data["contents"] |= contents
    manifest.place_of(copy).write_text(json.dumps(data))


def test_a_whole_copy_is_proved_and_the_house_is_left_alone(pms: Pms, copy: Path, tmp_path: Path) -> None:
    with work():
        db.session.execute(sa.text("UPDATE hotel SET name_en = 'Changed since'"))
    before = databases()
    result = pms("restore", str(copy), "--verify")
    assert result.exit_code == 0, result.output
    for said in ("could be put back", "Every row is there", "journal is whole: 3 sealed lines", "can be relied on"):
        assert said in result.output
    with reading():
        assert clock.business_date() == TODAY
        assert db.session.scalar(sa.text("SELECT name_en FROM hotel")) == "Changed since"
    assert databases() == before and list((tmp_path / "var").glob("verify-*")) == []


def databases() -> list[str]:
    """Those made to verify this house in, where there is a server; other tests make theirs meanwhile."""
    if db.engine.dialect.name == "sqlite":
        return []
    with reading():
        wanted = sa.text("SELECT datname FROM pg_database WHERE starts_with(datname, current_database() || '_verify')")
        return list(db.session.scalars(wanted))


def test_the_manifest_counts_every_row_of_the_same_moment(copy: Path) -> None:
    made = manifest.read(copy)
    assert made is not None
    assert made.contents.rows["rooms"] == 8 and made.contents.rows["journal"] >= 3
    assert (made.contents.journal_seq, made.sha256) == (3, manifest.fingerprint(copy))
    assert manifest.place_of(copy).stat().st_mode & 0o077 == 0


def test_a_byte_that_fell_over_is_noticed_before_anything_is_put_back(pms: Pms, copy: Path) -> None:
    content = bytearray(copy.read_bytes())
    content[len(content) // 2] ^= 1
    copy.write_bytes(content)
    for options in (("--verify",), ("--replace",)):
        result = pms("restore", str(copy), *options)
        assert result.exit_code == 1
        assert "SHA-256 is another" in result.output


def test_rows_that_are_missing_are_named_by_their_table(pms: Pms, copy: Path) -> None:
    made = manifest.read(copy)
    assert made is not None
    change(copy, rows=made.contents.rows | {"rooms": 9, "gone": 2})
    result = pms("restore", str(copy), "--verify")
    assert result.exit_code == 1
    assert "Table rooms has 8 rows, not 9." in result.output and "Table gone has 0 rows, not 2." in result.output
    assert "is no copy to rely on" in result.output


def test_a_copy_whose_journal_ends_otherwise_is_not_relied_on(pms: Pms, copy: Path) -> None:
    change(copy, journal_seq=4)
    assert "The journal ends otherwise" in pms("restore", str(copy), "--verify").output


def test_a_line_of_the_journal_altered_before_the_copy_is_found_in_it(pms: Pms, tmp_path: Path) -> None:
    with work():
        db.session.execute(sa.text("UPDATE journal SET action = 'other' WHERE seq = 2"))
    file = tmp_path / f"altered{backups.suffix()}"
    assert pms("backup", str(file)).exit_code == 0
    result = pms("restore", str(file), "--verify")
    assert result.exit_code == 1 and "The journal is broken at line 2." in result.output


def test_a_copy_without_its_manifest_proves_nothing(pms: Pms, copy: Path) -> None:
    manifest.place_of(copy).unlink()
    result = pms("restore", str(copy), "--verify")
    assert result.exit_code == 1 and "No manifest lies beside" in result.output
    manifest.place_of(copy).write_text("[]")
    assert pms("restore", str(copy), "--verify").exit_code == 1


def test_a_copy_of_a_later_version_cannot_be_brought_to_this_one(pms: Pms, tmp_path: Path) -> None:
    with work():
        db.session.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    file = tmp_path / f"later{backups.suffix()}"
    assert pms("backup", str(file)).exit_code == 0
    result = pms("restore", str(file), "--verify")
    assert result.exit_code == 1 and "From version 9999 it cannot be brought to this one" in result.output


def test_what_is_no_copy_is_said_to_be_none(pms: Pms, tmp_path: Path) -> None:
    letter = tmp_path / "letter.db"
    letter.write_text("Dear guest, " * 100)
    assert pms("restore", str(letter), "--verify").exit_code == 1


def test_old_manifests_go_with_their_copies(copy: Path) -> None:
    old = backups.place_of(TODAY.replace(year=2020))
    old.parent.mkdir(parents=True, exist_ok=True)
    manifest.place_of(old).touch()
    old.touch()
    assert backups.throw_away_old(TODAY) == [old]
    assert not manifest.place_of(old).exists()


def test_the_throw_away_database_is_called_after_its_house(night: Night) -> None:
    with verifying.throw_away() as url:
        assert len(databases()) == (db.engine.dialect.name == "postgresql"), url


def test_the_throw_away_database_goes_also_when_something_breaks(night: Night) -> None:
    with pytest.raises(ZeroDivisionError), verifying.throw_away():
        raise ZeroDivisionError
    assert databases() == []
