"""The front-desk agent's browser, and the pages made for these tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from pms import create_app
from pms.db import db
from tests.builders import House
from tests.clients import Browser
from tests.program import new_program
from tests.web.probe import Probe, pages

NewApp = Callable[..., Flask]


@pytest.fixture
def new_app() -> Iterator[NewApp]:
    """The program as it is served to a hotel, on a database and with settings of the test's own."""
    made: list[Flask] = []

    def make(database: str, **settings: object) -> Flask:
        made.append(create_app({"DATABASE_URL": database, "SECRET_KEY": "s" * 48} | settings))
        return made[-1]

    yield make
    for app in made:
        with app.app_context():
            db.engine.dispose()


@pytest.fixture
def app(database_url: str) -> Iterator[Flask]:
    """A program of the test's own, which may plug something into it."""
    app = new_program(database_url)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def probe(app: Flask) -> Probe:
    probe = Probe()
    app.extensions["probe"] = probe
    app.register_blueprint(pages)
    return probe


@pytest.fixture
def browser(app: Flask, house: House, probe: Probe) -> Browser:
    """The front-desk agent's browser, logged in."""
    return Browser(app).log_in_as(house.user())


@pytest.fixture
def crashes_answered(app: Flask) -> None:
    """An error becomes the 500 page, as in production, instead of ending the test."""
    app.config.update(TESTING=False, PROPAGATE_EXCEPTIONS=False)
