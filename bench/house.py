"""A full house of 300 rooms: each day 100 guests leave and 100 arrive for three nights, booked a week ahead."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from flask import Flask

from pms import clock, create_app
from pms.db import db, work
from pms.replay import hotel
from pms.replay.bookings import Fate, Line
from pms.replay.play import DAY, Replay, diary_of
from pms.web.schema import upgrade

OPENS = date(2026, 11, 18)
NIGHTS = 3
ARRIVALS = 100  # a day
DAYS = 20


@contextmanager
def house_of_300(folder: Path) -> Iterator[tuple[Flask, Replay]]:
    """The house after three closed dates; the fourth is open."""
    settings = {"ENVIRONMENT": "development", "SECRET_KEY": "only for measuring", "LOG_LEVEL": "ERROR"}
    app = create_app(settings | {"DATABASE_URL": f"sqlite:///{folder / 'house.db'}", "DATA_DIR": str(folder)})
    with app.app_context():
        upgrade()
        yield app, _played(3)
        db.session.remove()
        db.engine.dispose()


def _played(days: int) -> Replay:
    lines = list(_lines())
    diary, _ = diary_of(lines)
    with work():
        hotel.build(lines, OPENS, now=clock.now())
    replay = Replay(diary)
    replay.start()
    for day in range(days):
        replay.play_day(OPENS + day * DAY)
    return replay


def _lines() -> Iterator[Line]:
    """Bookings made a week ahead, half of them for the plainest of three types."""
    for number in range(DAYS * ARRIVALS):
        day, place = divmod(number, ARRIVALS)
        yield _line(number, OPENS + timedelta(days=day), "AABC"[place % 4])


def _line(number: int, arrival: date, kind: str) -> Line:
    return Line(
        number=number,
        booked_on=max(OPENS, arrival - timedelta(days=7)),
        arrival=arrival,
        departure=arrival + timedelta(days=NIGHTS),
        fate=Fate.STAYED,
        cancelled_on=None,
        reserved=kind,
        assigned=kind,
        price={"A": 7_800, "B": 9_800, "C": 14_800}[kind],
        adults=1 + number % 2,
        children=0,
        country=("PT", "CN", "GB", "DE")[number % 4],
        segment=("Direct", "Online TA", "Groups")[number % 3],
        channel="Direct",
        deposit="",
        agent="",
        company=("", "7")[number % 2],
    )
