"""`pms init`: one command from an empty database to a house with an administrator."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import create_engine, inspect, text

from pms import home
from pms.cli import main
from tests.setup.test_hotel_file import SMALL

PASSWORD = "river stone lantern 42"

Init = Callable[..., Result]


@pytest.fixture
def init(empty_database_url: str, tmp_path: Path) -> Init:
    def run(content: str = SMALL, *more: str, password: str = PASSWORD) -> Result:
        file = tmp_path / "hotel.toml"
        file.write_text(content, "utf-8")
        words = ["init", "--hotel", str(file), "--admin", "wang", "--password-stdin", "--database", empty_database_url]
        return CliRunner().invoke(main, [*words, *more], input=password + "\n")

    return run


def ask(url: str, question: str) -> list[tuple[object, ...]]:
    engine = create_engine(url)
    with engine.connect() as connection:
        rows = [tuple(row) for row in connection.execute(text(question))]
    engine.dispose()
    return rows


@pytest.mark.both_engines
def test_a_hotel_file_becomes_a_house(init: Init, empty_database_url: str) -> None:
    done = init(SMALL, "--date", "2026-11-21")
    assert done.exit_code == 0, done.output
    assert "Small House is set up: 2 rooms, business date 2026-11-21." in done.output
    assert ask(empty_database_url, "SELECT number FROM rooms ORDER BY number") == [("1201",), ("1202",)]
    assert ask(empty_database_url, "SELECT login, role FROM users WHERE NOT is_system") == [("wang", "admin")]
    # the closure of the file takes its two nights
    assert ask(empty_database_url, "SELECT count(*) FROM room_nights WHERE closure_id IS NOT NULL") == [(2,)]
    assert ask(empty_database_url, "SELECT action FROM journal WHERE action = 'set_up'") == [("set_up",)]


def test_a_bad_file_sets_nothing_up_and_names_every_mistake(init: Init, empty_database_url: str) -> None:
    bad = SMALL.replace("condition = 80", "condition = 800").replace('currency = "CNY"', 'currency = "RMB"')
    done = init(bad)
    assert done.exit_code == 1
    assert "line 8: hotel: unknown currency RMB" in done.stderr
    assert "line 28: room 1201: condition must be a whole number" in done.stderr
    assert "The hotel file has 2 mistakes; nothing was set up." in done.stderr
    engine = create_engine(empty_database_url)
    assert inspect(engine).get_table_names() == []
    engine.dispose()


def test_a_house_is_not_set_up_over_another(init: Init) -> None:
    assert init().exit_code == 0
    again = init()
    assert again.exit_code == 1
    assert "Small House is set up in this database already" in again.stderr


def test_a_weak_password_sets_nothing_up(init: Init, empty_database_url: str) -> None:
    done = init(password="short")
    assert done.exit_code == 1
    assert "at least 10 characters" in done.stderr
    assert ask(empty_database_url, "SELECT count(*) FROM hotel") == [(0,)]


def test_a_file_can_be_checked_without_a_database(init: Init, empty_database_url: str) -> None:
    done = init(SMALL, "--check")
    assert (done.exit_code, "no mistakes" in done.output) == (0, True)
    engine = create_engine(empty_database_url)
    assert inspect(engine).get_table_names() == []
    engine.dispose()


def test_a_file_that_is_not_there_is_wrong_usage() -> None:
    assert CliRunner().invoke(main, ["init", "--hotel", "nowhere.toml"]).exit_code == 2


def test_a_file_that_is_not_text_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "hotel.toml").write_bytes(b"name = \xff")
    done = CliRunner().invoke(main, ["init", "--hotel", str(tmp_path / "hotel.toml")])
    assert done.exit_code == 1
    assert "not UTF-8" in done.stderr


def test_the_demo_hotel_can_be_set_up_for_real(init: Init, empty_database_url: str) -> None:
    done = init((home.PACKAGE / "demo" / "hotel.toml").read_text("utf-8"))
    assert done.exit_code == 0, done.output
    assert ask(empty_database_url, "SELECT count(*) FROM rooms") == [(120,)]
