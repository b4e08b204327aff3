"""Users with passwords that are quick to check."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from argon2 import PasswordHasher
from argon2.profiles import CHEAPEST
from flask import Flask

from pms.accounts import passwords
from pms.accounts.models import User
from pms.db import work
from tests.builders import House
from tests.clients import Browser

PASSWORD = "a quiet harbour"


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "hasher", PasswordHasher.from_parameters(CHEAPEST))
    passwords._nobodys_hash.cache_clear()


@pytest.fixture
def li_na(house: House) -> User:
    """A front-desk agent who can log in."""
    with work():
        return house.user(
            "front_desk_agent", login="li.na", name="Li Na", name_zh="李娜", password_hash=passwords.make_hash(PASSWORD)
        )


@pytest.fixture
def admin(house: House) -> User:
    with work():
        return house.user("admin", login="root", name="Root", password_hash=passwords.make_hash(PASSWORD))


@pytest.fixture
def log_in(app: Flask) -> Callable[..., Browser]:
    """A new browser that tries to log in; `.answer` is what it got."""

    def try_it(
        login: str = "li.na", password: str = PASSWORD, address: str = "10.0.0.1", path: str = "/login"
    ) -> Browser:
        browser = Browser(app)
        browser.post(path, {"login": login, "password": password}, environ_overrides={"REMOTE_ADDR": address})
        return browser

    return try_it
