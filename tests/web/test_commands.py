"""The command `pms`: help at once, exit codes, serving, and the doctor who names what is wrong."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from urllib.error import URLError
from urllib.request import urlopen

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result
from flask import Flask

from pms import home, journal
from pms.cashier.models import Folio, Posting, PostingKind
from pms.cli import COMMANDS, main
from pms.db import db, work
from pms.journal import JournalLine
from pms.reservations.status import Status
from pms.web import schema
from pms.web.serve import clean_up
from tests.builders import NOON, House, build_house
from tests.web.conftest import NewApp

SECRET = "s" * 48
IMPORT = "from pms.cli import main"


def run(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


def environment(**settings: str) -> dict[str, str]:
    """That of a new process, with no settings but these."""
    outside = {name: value for name, value in os.environ.items() if not name.startswith("PMS_")}
    return outside | {"PYTHONPATH": str(home.PACKAGE.parent)} | settings


def python(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *words], env=environment(), capture_output=True, text=True, timeout=60, check=False
    )


def test_help_names_every_command_without_loading_flask() -> None:
    probe = f"import sys\n{IMPORT}\ntry: main(['--help'])\nexcept SystemExit: print('flask' in sys.modules)"
    shown = python("-c", probe)
    assert shown.stdout.splitlines()[-1] == "False", shown.stderr
    for name in COMMANDS:
        assert f"  {name} " in shown.stdout


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str) -> None:
    shown = run(name, "--help")
    assert shown.exit_code == 0, shown.output
    assert "Usage:" in shown.output


def test_an_unknown_command_is_wrong_usage() -> None:
    shown = run("fly")
    assert shown.exit_code == 2
    assert "There is no command 'fly'" in shown.output


def test_production_does_not_serve_without_a_secret_key() -> None:
    shown = python("-m", "pms", "serve")
    assert shown.returncode == 1
    assert "PMS_SECRET_KEY is missing" in shown.stderr
    assert "Traceback" not in shown.stderr


@pytest.fixture
def port() -> int:
    """A port nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture
def served(empty_database_url: str, port: int) -> Iterator[subprocess.Popen[str]]:
    """`pms serve` on an empty database."""
    server = subprocess.Popen(
        [sys.executable, "-m", "pms", "serve"],
        env=environment(PMS_DATABASE_URL=empty_database_url, PMS_SECRET_KEY=SECRET, PORT=str(port)),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    yield server
    server.kill()
    server.communicate()


def _answer(address: str) -> dict[str, str]:
    for _ in range(150):
        try:
            with urlopen(address, timeout=5) as answer:
                found: dict[str, str] = json.load(answer)
                return found
        except URLError:
            time.sleep(0.1)
    raise AssertionError("The server did not answer.")


def test_serving_brings_the_tables_and_leaves_when_told(served: subprocess.Popen[str], port: int) -> None:
    assert _answer(f"http://127.0.0.1:{port}/readyz") == {"status": "ok"}
    served.send_signal(signal.SIGTERM)
    assert served.wait(timeout=10) == 0
    assert served.stdout is not None
    assert f"http://localhost:{port}" in served.stdout.read()


def test_clearing_up_works_on_an_empty_house(app: Flask) -> None:
    clean_up()


@pytest.fixture
def migrated_url(empty_database_url: str, new_app: NewApp) -> str:
    with new_app(empty_database_url).app_context():
        schema.upgrade()
    return empty_database_url


@pytest.mark.both_engines
def test_the_doctor_finds_a_new_house_well(migrated_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PMS_SECRET_KEY", SECRET)
    shown = run("doctor", "--database", migrated_url)
    assert shown.exit_code == 0, shown.output
    assert "BAD" not in shown.output
    assert "0 lines sealed" in shown.output
    assert "not set up yet" in shown.output


@pytest.mark.both_engines
def test_the_doctor_names_the_first_bad_line_of_the_journal(
    migrated_url: str, new_app: NewApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PMS_SECRET_KEY", SECRET)
    with new_app(migrated_url).app_context():
        with work():
            user = House().user()
            for number in range(5):
                journal.write(user, "room_move", f"stay:{number}", now=NOON)
            journal.seal()
        with work():
            db.session.execute(sa.update(JournalLine).where(JournalLine.seq >= 3).values(subject="stay:99"))
    shown = run("doctor", "--database", migrated_url)
    assert shown.exit_code == 1
    assert "line 3 (2026-11-21 04:00:00 UTC, room_move, stay:99) is altered" in shown.output


def test_the_doctor_finds_a_folio_closed_at_another_balance_than_zero(
    migrated_url: str, new_app: NewApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PMS_SECRET_KEY", SECRET)
    with new_app(migrated_url).app_context(), work():
        house = build_house()
        stay = house.stay(status=Status.CHECKED_OUT, arrival=-2)
        folio = Folio(number="F-1", stay_id=stay.id, opened_on=stay.arrival, closed_on=stay.departure)
        db.session.add(folio)
        db.session.flush()
        row = {"folio_id": folio.id, "stay_id": stay.id, "business_date": stay.arrival, "by_id": house.user().id}
        db.session.add(Posting(kind=PostingKind.LAUNDRY, amount=80_00, at=NOON, text={}, reference="", **row))
    shown = run("doctor", "--database", migrated_url)
    assert shown.exit_code == 1
    assert "BAD  Folios: closed at another balance than zero: F-1" in shown.output


def test_the_doctor_misses_tables_and_secret(empty_database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PMS_SECRET_KEY", raising=False)
    monkeypatch.setenv("PMS_ENVIRONMENT", "production")
    shown = run("doctor", "--database", empty_database_url)
    assert shown.exit_code == 1
    assert "PMS_SECRET_KEY is missing" in shown.output
    assert "run: pms db upgrade" in shown.output


def test_a_database_that_is_not_there_is_one_line_and_exit_code_1() -> None:
    shown = run("user", "list", "--database", "postgresql+psycopg://nobody@127.0.0.1:1/none")
    assert shown.exit_code == 1
    assert shown.output.startswith("Error: The database cannot do that: ")
    assert len(shown.output.splitlines()) == 1


def test_the_state_of_the_tables_is_told_by_exit_code(empty_database_url: str) -> None:
    assert run("db", "status", "--database", empty_database_url).exit_code == 1
    assert run("db", "upgrade", "--database", empty_database_url).exit_code == 0
    assert run("db", "status", "--database", empty_database_url).exit_code == 0
