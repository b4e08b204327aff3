"""A small house behind a real server."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from pms import clock
from pms.access import Role
from pms.accounts.tokens import create_token
from pms.db import work
from tests.builders import House
from tests.fire.served import Client, serving


@pytest.fixture
def client(app: Flask, house: House) -> Iterator[Client]:
    """A program with every right of the desk, over HTTP."""
    with work():
        secret, _ = create_token(Role.ASSISTANT_MANAGER, valid_for=None, now=clock.now())
    with serving(app) as port:
        yield Client(port, secret)
