"""An audit that is killed at any point and run again has done everything exactly once (papers.md)."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pms.db import db
from tests.night_audit.conftest import NIGHT, Night

DRIVER = Path(__file__).with_name("killed_driver.py")
ROOT = DRIVER.parents[2]


@pytest.mark.slow
@pytest.mark.both_engines
def test_an_audit_killed_anywhere_goes_on_and_does_everything_once(
    full_night: Night, database_url: str, tmp_path: Path
) -> None:
    db.session.remove()
    db.engine.dispose()  # the last one to leave brings SQLite's log into the file, and PostgreSQL lets it be copied

    tries = drive(database_url, tmp_path, every=11)

    assert len(tries) > 10
    assert {attempt["killed"] for attempt in tries} == {"killed"}
    assert [attempt for attempt in tries if not attempt["resumed"].isdigit()] == []
    end = tries[0]["end"]
    assert [attempt for attempt in tries if attempt["end"] != end] == []
    assert (end["date"], end["postings"], end["no-shows"], end["steps"]) == ("2026-11-22", "7", "2", "9")
    assert (end["unfinished"], end["dirty"], end["slips"], end["papers"]) == ("0", "3", "1", "2")


def drive(url: str, data: Path, *, every: int) -> list[dict[str, Any]]:
    done = subprocess.run(
        [sys.executable, str(DRIVER), url, str(data), NIGHT.isoformat(), str(every)],
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return [json.loads(line) for line in done.stdout.splitlines()]
