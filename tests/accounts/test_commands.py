"""`pms user` on the machine itself."""

from __future__ import annotations

import pytest
from click.testing import CliRunner, Result

from pms.cli import main
from tests.accounts.conftest import PASSWORD


@pytest.fixture
def run(empty_database_url: str):
    """Run `pms ...` on a database of its own, with a password on stdin."""

    def command(*words: str, typed: str = PASSWORD) -> Result:
        return CliRunner().invoke(main, [*words, "--database", empty_database_url], input=f"{typed}\n")

    return command


def test_the_first_administrator_is_added_on_the_machine(run) -> None:
    added = run("user", "add", "root", "--name", "Root", "--role", "admin")
    assert (added.exit_code, added.output) == (0, "root can log in now.\n")
    assert "root" in run("user", "list").output


def test_a_bad_password_is_refused_with_exit_code_1(run) -> None:
    refused = run("user", "add", "root", "--name", "Root", "--role", "admin", typed="too short")
    assert refused.exit_code == 1
    assert "at least 10" in refused.output


def test_an_unknown_role_is_wrong_usage(run) -> None:
    assert run("user", "add", "root", "--name", "Root", "--role", "king").exit_code == 2


def test_disabling_and_a_new_password(run) -> None:
    run("user", "add", "root", "--name", "Root", "--role", "admin")
    run("user", "add", "li.na", "--name", "Li Na", "--role", "cashier")
    assert run("user", "disable", "li.na").exit_code == 0
    assert "disabled" in run("user", "list").output
    assert run("user", "password", "li.na", typed="eleven grey herons").exit_code == 0
    last = run("user", "disable", "root")
    assert (last.exit_code, "last administrator" in last.output) == (1, True)
    unknown = run("user", "disable", "nobody")
    assert (unknown.exit_code, "no user nobody" in unknown.output) == (1, True)
