"""A week of a real hotel over HTTP leaves what the replay leaves: there is no other way into the house."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from pms import clock, create_app
from pms.cashier.models import Posting
from pms.db import db, reading, work
from pms.journal import JournalLine
from pms.notices import Notice, NoticeTo
from pms.replay import hotel
from pms.replay.bookings import read
from pms.replay.play import Replay, diary_of
from pms.reservations.models import RoomNight, StayNight
from tests.engines import sqlite_template
from tests.replay.over_http import OverHttp

MONTH = Path(__file__).parent / "data" / "resort_2017_03.csv.gz"
FIRST, LAST = date(2017, 3, 6), date(2017, 3, 12)
WHO_ACTS = ("by_id", "seq", "hash")  # a program here, the replay there; the seal hangs on it


@pytest.mark.slow
def test_a_week_over_http_leaves_the_same_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    played = {}
    for name in ("replay", "http"):
        app = _house(tmp_path / f"{name}.db")
        with app.app_context():
            played[name] = _play_week(app, over_http=name == "http", monkeypatch=monkeypatch)
            db.session.remove()
            db.engine.dispose()
    for table, rows in played["replay"].items():
        assert rows, table
        assert played["http"][table] == rows, table


def _house(file: Path) -> Flask:
    file.write_bytes(sqlite_template().read_bytes())
    settings = {"DATABASE_URL": f"sqlite:///{file}", "ENVIRONMENT": "development", "SECRET_KEY": "only for tests"}
    return create_app(settings | {"DATA_DIR": str(file.parent), "LOG_LEVEL": "ERROR"})


def _play_week(app: Flask, *, over_http: bool, monkeypatch: pytest.MonkeyPatch) -> dict[str, list[Any]]:
    lines = read(MONTH)
    diary, opens_on = diary_of(lines, FIRST)
    with work():
        hotel.build(lines, opens_on, now=clock.now())
    week = OverHttp(diary, app=app) if over_http else Replay(diary)
    week.start()
    with monkeypatch.context() as patch:
        patch.setattr(clock, "now", lambda: week.now)
        for day in range((LAST - opens_on).days + 1):
            week.play_day(opens_on + timedelta(days=day))
    with reading():
        return _left_behind()


def _left_behind() -> dict[str, list[Any]]:
    told = sa.select(Notice.at, Notice.about, Notice.text, NoticeTo.department, NoticeTo.acknowledged_at)
    done = sa.select(*_columns(JournalLine)).where(JournalLine.subject.not_like("user:%"))
    return {
        "journal": _rows(done.where(JournalLine.subject.not_like("token:%"))),
        "notices": _rows(told.join(NoticeTo, NoticeTo.notice_id == Notice.id)),
        "nights": _rows(sa.select(StayNight.__table__)),
        "room nights": _rows(sa.select(RoomNight.__table__)),
        "postings": _rows(sa.select(*_columns(Posting))),
    }


def _columns(model: Any) -> list[Any]:
    return [column for column in model.__table__.c if column.name not in (*WHO_ACTS, "id")]


def _rows(wanted: Any) -> list[str]:
    """Each row as text, in order: numbers of lines do not matter, what they say does."""
    return sorted(repr(tuple(row)) for row in db.session.execute(wanted))
