"""What one job takes on the server, from the request to the answer: a hotel of 500 rooms with a year of bookings on the
books, SQLite, and how that grows from 100 to 3,000 rooms.
"""

from __future__ import annotations

import gzip
import itertools
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import sqlalchemy as sa

from bench.year import NOW, TODAY, house
from pms.access import Role
from pms.accounts.actions import add_user
from pms.accounts.models import User
from pms.db import db, reading, work
from pms.night_audit import actions as night_audit
from pms.reservations.models import Booking, Stay
from pms.reservations.status import Status
from tests.api.program import Program
from tests.clients import Browser

SIZES = (100, 300, 1000, 3000)
TIMES = 60
LIMITS = {  # ms
    "create a booking": 10,
    "availability, 14 nights, every type": 6,
    "room rack, 31 days": 70,
    "arrivals of today": 10,
    "open a reservation": 8,
    "check in": 12,
    "list of 200 stays": 25,
    "bookings, the page": 40,
    "search, the page": 50,
    "open a stay, the page": 15,
    "night audit, 300 in house, without papers": 2000,
}


def speed(folder: Path) -> Iterator[tuple[str, str]]:
    with house(f"sqlite:///{folder / 'year.db'}", str(folder), 500):
        for name, took, more in _jobs():
            limit = f" (at most {LIMITS[name]})" if name in LIMITS else ""
            yield name, f"p50 {took:.1f} ms{limit}{more}"


def growth(folder: Path) -> Iterator[tuple[str, str]]:
    """The same jobs in hotels of 100 to 3,000 rooms, each with a year of bookings."""
    for rooms in SIZES:
        with house(f"sqlite:///{folder / f'year-{rooms}.db'}", str(folder), rooms):
            for name, took, _ in _jobs():
                yield f"{rooms:,} rooms: {name}", f"p50 {took:.1f} ms"


def _jobs() -> Iterator[tuple[str, float, str]]:
    """(what, median in ms, something to add) of every job."""
    program, browser = Program(_app(), "manager"), _browser()
    desk = Program(_app(), "shift_leader")
    yield "create a booking", _median(_booking(program)), ""
    span = {"arrival": TODAY.isoformat(), "departure": (TODAY + timedelta(days=14)).isoformat()}
    yield (
        "availability, 14 nights, every type",
        _median(lambda: _answer(program, "/availability", plan="BAR", **span)),
        "",
    )
    yield "room rack, 31 days", _median(lambda: _page(browser, "/rack?days=31")), _size(browser, "/rack?days=31")
    tomorrow = (TODAY + timedelta(days=1)).isoformat()
    due = {"arrival_from": TODAY.isoformat(), "arrival_until": tomorrow, "limit": 200}
    yield "arrivals of today", _median(lambda: _answer(program, "/stays", **due)), ""
    yield "arrivals of today, the page", _median(lambda: _page(browser, "/?list=to_come")), ""
    yield from _pages()
    number = _one(sa.select(Booking.confirmation).order_by(Booking.id.desc()).offset(20))
    yield "open a reservation", _median(lambda: _answer(program, f"/reservations/{number}")), ""
    yield "list of 200 stays", _median(lambda: _answer(program, "/stays", limit=200)), ""
    arrivals = _arrivals()
    yield "check in", _median(_check_in(desk, iter(arrivals)), min(TIMES, len(arrivals) - 1)), ""
    in_house = _one(sa.select(sa.func.count()).where(Stay.status == Status.IN_HOUSE))
    yield "night audit, 300 in house, without papers", _audit(), f", {in_house} in house"


def _pages() -> Iterator[tuple[str, float, str]]:
    """What the desk opens all day, as a shift leader, who may open every one of them."""
    browser = Browser(_app()).log_in_as(_user("leader", Role.SHIFT_LEADER))
    here = _one(sa.select(Stay.id).where(Stay.status == Status.IN_HOUSE))
    due = _one(sa.select(Stay.id).where(Stay.status == Status.RESERVED, Stay.arrival == TODAY))
    for name, path in {
        "bookings": "/reservations",
        "search": "/search?q=silva",
        "open a stay": f"/stays/{here}",
        "check-in sheet": f"/stays/{due}/check-in",
        "check-out sheet": f"/stays/{here}/check-out",
        "folio": f"/stays/{here}/folio",
        "cashier": "/cashier",
        "due-outs": "/due-outs",
        "groups": "/groups",
        "housekeeping board": "/housekeeping",
        "luggage desk": "/luggage",
        "message rack": "/messages",
    }.items():
        yield f"{name}, the page", _median(partial(_page, browser, path)), ""


def _app() -> Any:
    from flask import current_app

    return current_app._get_current_object()  # type: ignore[attr-defined]


def _browser() -> Browser:
    return Browser(_app()).log_in_as(db.session.query(User).filter_by(login="bench").one())


def _user(login: str, role: Role) -> User:
    with work():
        return add_user(login, login.title(), role, password="correct horse battery", by=None, now=NOW)


def _answer(program: Program, path: str, **query: Any) -> None:
    """Without reading its JSON, which is the program's own time."""
    assert program.call("GET", path, **query).status_code == 200, path


def _page(browser: Browser, path: str) -> None:
    assert browser.get(path).status_code == 200, path


def _size(browser: Browser, path: str) -> str:
    answer = browser.get(path)
    packed = answer.data if answer.headers.get("Content-Encoding") else gzip.compress(answer.data, 6)
    return f", {len(packed) / 1000:.0f} KB compressed"


def _one(wanted: Any) -> Any:
    with reading():
        return db.session.scalars(wanted.limit(1)).one()


def _booking(program: Program) -> Callable[[], Any]:
    guest = program.guest("Wallace")
    days = itertools.cycle(range(60, 300))

    def book() -> None:
        arrival = TODAY + timedelta(days=next(days))
        departure = arrival + timedelta(days=3)
        program.book(program.wish(guest, "STT", arrival.isoformat(), departure.isoformat()))

    return book


def _arrivals() -> list[tuple[int, int]]:
    """(stay, guest) of those who have not come yet."""
    with reading():
        wanted = sa.select(Stay.id, Stay.guest_id).where(Stay.status == Status.RESERVED, Stay.arrival == TODAY)
        return [(stay, guest) for stay, guest in db.session.execute(wanted)]


def _check_in(desk: Program, arrivals: Iterator[tuple[int, int]]) -> Callable[[], Any]:
    """With the document put on file before: the check-in itself is measured."""
    sheets = [(stay, desk.sheet(guest)) for stay, guest in arrivals]
    waiting = iter(sheets)

    def check_in() -> None:
        stay, sheet = next(waiting)
        desk.post(f"/stays/{stay}/check-in", sheet)

    return check_in


def _audit() -> float:
    with reading():
        clerk = db.session.query(User).filter_by(login="bench").one()
    began = time.perf_counter()
    night_audit.run(by=clerk, now=NOW + timedelta(hours=8), with_papers=False, with_backup=False)
    return (time.perf_counter() - began) * 1000


def _median(job: Callable[[], object], times: int = TIMES) -> float:
    """Milliseconds, after one run to warm up."""
    job()
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        job()
        taken.append((time.perf_counter() - began) * 1000)
    return median(taken)
