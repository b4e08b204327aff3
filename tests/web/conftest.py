"""The front-desk agent's browser, and the pages made for these tests."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.builders import House
from tests.clients import Browser
from tests.web.probe import Probe, pages


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
