"""What makes a password good enough, and changing it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pms.accounts import passwords
from pms.accounts.models import User
from pms.accounts.rules import password_problem
from pms.db import db
from tests.accounts.conftest import PASSWORD
from tests.clients import Browser

NEW = "twelve brown sparrows"


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("short one", "at least 10"),
        ("x" * 201, "at most 200"),
        ("li.na is my login", "user's name"),
        ("my colleague WANG Jun", "user's name"),
        ("aaaaaaaaaaaa", "too easy"),
        ("Password2026!", "too easy"),
        ("1234567890", "too easy"),
    ],
)
def test_a_bad_password_is_told_why(password: str, words: str) -> None:
    assert words in str(password_problem(password, login="li.na", name="Li Wang"))


@pytest.mark.parametrize("password", [PASSWORD, NEW, "海风吹过十二只麻雀的窗台", "Tz8#mQ2!vLp0"])
def test_a_sentence_or_a_jumble_is_good(password: str) -> None:
    assert password_problem(password, login="li.na", name="Li Na") is None


def test_a_hash_fits_its_own_password_only() -> None:
    stored = passwords.make_hash(PASSWORD)
    assert stored.startswith("$argon2id$")
    assert passwords.fits(stored, PASSWORD)
    assert not passwords.fits(stored, NEW)
    assert not passwords.fits(None, "nobody's password")
    assert not passwords.fits("not a hash", PASSWORD)


def test_a_changed_password_ends_the_other_browsers(li_na: User, log_in: Callable[..., Browser]) -> None:
    here, elsewhere = log_in(), log_in()
    assert here.post("/password", {"current": PASSWORD, "new": NEW}).status_code == 303
    assert here.get("/password").status_code == 200
    assert elsewhere.get("/password").status_code == 303
    assert log_in(password=PASSWORD).answer.status_code == 422
    assert log_in(password=NEW).answer.status_code == 303


@pytest.mark.parametrize(
    ("current", "new", "words"),
    [
        ("not this one", NEW, "The current password is not right."),
        (PASSWORD, "too short", "at least 10"),
        (PASSWORD, PASSWORD, "same as the old one"),
        ("", NEW, "This is missing."),
    ],
)
def test_a_refused_change_says_why_and_changes_nothing(
    li_na: User, log_in: Callable[..., Browser], current: str, new: str, words: str
) -> None:
    answer = log_in().post("/password", {"current": current, "new": new})
    assert answer.status_code == 422
    assert words in answer.text.replace("&#39;", "'")
    db.session.refresh(li_na)
    assert passwords.fits(li_na.password_hash, PASSWORD)
