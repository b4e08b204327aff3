"""Tokens for programs: shown once, hashed, of one role, ended at once."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result

from pms.access import Role
from pms.accounts import queries, tokens
from pms.accounts.actions import disable_user
from pms.accounts.models import ApiToken
from pms.cli import main
from pms.db import db, work
from pms.departments import Department
from pms.errors import Refused
from pms.journal import JournalLine
from tests.builders import NOON, House

YEAR = timedelta(days=365)


def make(role: Role = Role.CASHIER, name: str = "kiosk", valid_for: timedelta | None = YEAR) -> tuple[str, int]:
    with work():
        secret, token = tokens.create_token(role, name=name, valid_for=valid_for, now=NOON)
        return secret, token.id


def who(secret: str, after: timedelta = timedelta(0)) -> str | None:
    with work():
        user = tokens.user_of(secret, now=NOON + after)
        return user.login if user else None


def test_a_token_acts_as_a_service_user_of_its_role(house: House) -> None:
    secret, _ = make()
    with work():
        user = tokens.user_of(secret, now=NOON)
        assert user is not None
        assert (user.login, user.role, user.is_system, user.password_hash) == ("api.kiosk", Role.CASHIER, False, None)


def test_the_database_keeps_no_secret(house: House) -> None:
    secret, token_id = make()
    with work():
        assert secret not in repr(db.session.execute(sa.text("SELECT * FROM api_tokens")).all())
        lines = db.session.scalars(sa.select(JournalLine).where(JournalLine.subject == f"token:{token_id}")).all()
        assert [line.action for line in lines] == ["create_token"]
        assert secret not in repr([line.details for line in lines])


def test_two_tokens_of_one_program_are_different_secrets_of_one_user(house: House) -> None:
    (first, _), (second, _) = make(), make()
    assert first != second
    assert who(first) == who(second) == "api.kiosk"


def test_a_program_works_for_the_department_it_was_made_for(house: House) -> None:
    with work():
        secret, _ = pager(Department.HOUSEKEEPING)
        pager(None)
        user = tokens.user_of(secret, now=NOON)
        assert user is not None
        assert user.department is Department.HOUSEKEEPING
    with work(), pytest.raises(Refused, match="another department"):
        pager(Department.SALON)


def pager(department: Department | None) -> tuple[str, ApiToken]:
    return tokens.create_token(Role.HOUSEKEEPING, name="pager", department=department, valid_for=YEAR, now=NOON)


def test_a_program_has_one_role(house: House) -> None:
    make(Role.CASHIER)
    with pytest.raises(Refused, match="another role"):
        make(Role.MANAGER)
    with pytest.raises(Refused, match="letters"):
        make(name="no spaces")


def test_a_token_ends_when_it_is_revoked_expired_or_its_user_disabled(house: House) -> None:
    (first, number), (second, _) = make(), make(name="other")
    assert (who(first, YEAR - timedelta(1)), who(first, YEAR)) == ("api.kiosk", None)
    with work():
        tokens.revoke_token(queries.token_by_id(number), now=NOON)
    assert who(first) is None
    with work():
        user = queries.user_by_login("api.other")
        assert user is not None
        disable_user(user, by=None, now=NOON)
    assert who(second) is None
    assert who("pms_unknown") is None
    assert who("") is None


def test_the_command_makes_lists_and_revokes(empty_database_url: str) -> None:
    def run(*words: str) -> Result:
        return CliRunner().invoke(main, ["token", *words, "--database", empty_database_url])

    made = run("--role", "front_desk_agent", "--name", "kiosk")
    assert made.exit_code == 0
    assert made.stdout.startswith("pms_")
    listed = run("list").output
    assert "api.kiosk" in listed
    assert made.stdout.strip() not in listed
    assert run("revoke", "1").exit_code == 0
    assert "no longer valid" in run("list").output
    assert (run("revoke", "1").exit_code, run("revoke", "7").exit_code, run().exit_code) == (1, 1, 2)
