"""Bookings a second over HTTP: eight clients, each with connections of its own, against the house as it is served."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

from flask import Flask

from pms import clock, create_app
from pms.access import Role
from pms.accounts.tokens import create_token
from pms.db import db, work
from pms.property.models import Housekeeping, Room
from pms.reservations.models import Booking
from pms.web.schema import upgrade
from tests.builders import House, build_house
from tests.fire.served import Client, serving
from tests.reservations.clerk import day, recounted, sold

CLIENTS = 8
BOOKINGS = 50  # of each client
ROOMS = 500
KINDS = ("STK", "STT", "DLK", "SUI")


def measure(folder: Path) -> Iterator[tuple[str, str]]:
    """On SQLite; nothing lost, nothing sold twice."""
    url = f"sqlite:///{folder / 'http.db'}"
    settings = {"ENVIRONMENT": "development", "SECRET_KEY": "only for measuring", "LOG_LEVEL": "ERROR"}
    app = create_app(settings | {"DATABASE_URL": url, "DATA_DIR": str(folder)})
    with app.app_context():
        upgrade()
        yield "bookings, 8 clients over HTTP", _bookings(app)
        db.session.remove()
        db.engine.dispose()


def _bookings(app: Flask) -> str:
    with work():
        house = build_house()
        _grow(house)
        secret, _ = create_token(Role.ASSISTANT_MANAGER, valid_for=None, now=clock.now())
    with serving(app) as port:
        client = Client(port, secret)
        guest = client.post("/guests", {"surname": "Bench"})["id"]
        began = time.perf_counter()
        threads = [threading.Thread(target=_book, args=(client, guest, number)) for number in range(CLIENTS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        seconds = time.perf_counter() - began
    with work():
        made = db.session.query(Booking).count()
        right = made == CLIENTS * BOOKINGS and sold() == recounted()
    return f"{made / seconds:.0f} a second{'' if right else ', WRONG COUNTS'}"


def _book(client: Client, guest: int, number: int) -> None:
    for turn in range(BOOKINGS):
        arrival = 1 + (turn * CLIENTS + number) % 150
        dates = {"arrival": day(arrival).isoformat(), "departure": day(arrival + 2).isoformat()}
        stay = {"guest_id": guest, "type": KINDS[number % 4], "plan": "BAR"} | dates
        client.post("/reservations", {"stays": [stay]})


def _grow(house: House) -> None:
    for number in range(ROOMS - len(house.rooms)):
        floor = 20 + number // 20
        kind = house.types[KINDS[number % 4]]
        room = Room(number=f"{floor}{number % 20:02}", floor=floor, type=kind, housekeeping=Housekeeping.CLEAN)
        db.session.add(room)
