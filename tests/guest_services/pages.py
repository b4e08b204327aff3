"""What the tests of these pages share: somebody at a desk, and his page without what is new on each drawing."""

from __future__ import annotations

import re

from flask import Flask

from pms.access import Role
from pms.accounts.models import User
from pms.db import work
from tests.builders import House
from tests.clients import Browser

# What every drawing has anew: the form's tokens, and how much has happened in the house so far (live.js).
NEW = re.compile(r'name="(_token|csrf_token)" value="[^"]*"|data-mark="[^"]*"')


def at_desk(app: Flask, house: House, role: str = "concierge", language: str = "en") -> Browser:
    with work():
        user: User = house.user(Role(role).value)
        user.language = language
    return Browser(app).log_in_as(user)


def main_of(page: str) -> str:
    """What stands between the frame's bars."""
    return page.partition("<main")[2].partition("</main>")[0]


def without_tokens(page: str) -> str:
    return NEW.sub("", page)
