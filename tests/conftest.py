"""What every test may ask for: a database per test (tests/engines.py) and the program on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import settings
from time_machine import escape_hatch

from pms import clock
from pms.db import db, work
from tests.builders import NOON, House, build_house
from tests.program import shared_program, use_database

pytest_plugins = ["tests.engines", "tests.browser.chromium"]

# Without a deadline a busy machine fails no test; the same examples every time, so that a red run can be repeated.
settings.register_profile("house", deadline=None, derandomize=True)
settings.load_profile("house")


def pytest_configure() -> None:
    """It is noon at the hotel when tests begin: the hour somebody runs them does not decide who is late at 18:00."""
    wall, began = clock.now, datetime.now(UTC)
    to_noon = began.replace(hour=NOON.hour, minute=NOON.minute) - began

    def by_day() -> datetime:
        return wall() if escape_hatch.is_travelling() else wall() + to_noon

    pytest.MonkeyPatch().setattr(clock, "now", by_day)


@pytest.fixture
def app(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """The program on an empty database, with an application context for the actions called directly."""
    app = shared_program()
    as_built = dict(app.config)
    use_database(app, database_url)
    app.config["DATA_DIR"] = str(tmp_path / "var")
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()
    app.config.clear()
    app.config.update(as_built)


@pytest.fixture
def house(app: Flask) -> House:
    """A small hotel ready for work (tests/builders.py), saved."""
    with work():
        return build_house()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What could not run is said aloud, once per reason, after everything else."""
    skipped = terminalreporter.stats.get("skipped", [])
    reasons = Counter(str(report.longrepr[2]).removeprefix("Skipped: ") for report in skipped)
    if reasons:
        terminalreporter.section("could not run here", yellow=True, bold=True)
    for reason, count in reasons.most_common():
        terminalreporter.line(f"{count} tests: {reason}", yellow=True)
