"""Bookings a second over HTTP: eight clients with connections they keep, against a hotel of 500 rooms with a year of
bookings, served by processes of its own; on SQLite by `pms serve`, on PostgreSQL by gunicorn.
"""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from bench.measures import Figure
from bench.year import TODAY, TYPES, house
from pms import clock
from pms.access import Role
from pms.accounts.tokens import create_token
from pms.api.door import PREFIX
from pms.db import db, reading, work
from pms.guests.models import Guest
from pms.reservations.models import Booking
from tests.reservations.clerk import recounted, sold
from tools.throwaway_postgres import CannotRun, Cluster

ROOMS = 500
CLIENTS = 8
BOOKINGS = 100  # of each client
KINDS = tuple(TYPES)[:4]
PATIENCE = 30  # seconds until the server answers

BUILT_IN = ("-m", "pms", "serve", "--port", "{port}")
GUNICORN = (
    "-m", "gunicorn", "pms:create_app()", "--bind", "127.0.0.1:{port}", "--workers", "2", "--worker-class", "gthread",
    "--threads", "8", "--log-level", "warning",
)  # fmt: skip


def measure(folder: Path) -> Iterator[Figure]:
    """Nothing lost, nothing sold twice, on either engine."""
    yield "bookings, 8 clients over HTTP, SQLite", _bookings(f"sqlite:///{folder / 'http.db'}", folder, BUILT_IN)
    try:
        cluster = Cluster.start(durable=True)
    except CannotRun as no:
        yield "bookings, 8 clients over HTTP, PostgreSQL", f"not measured: {no}"
        return
    try:
        yield "bookings, 8 clients over HTTP, PostgreSQL", _bookings(cluster.url(), folder, GUNICORN)
    finally:
        cluster.stop()


def _bookings(url: str, folder: Path, server: Sequence[str]) -> str:
    with house(url, str(folder), ROOMS):
        with work():
            secret, _ = create_token(Role.ASSISTANT_MANAGER, valid_for=None, now=clock.now())
            guest = db.session.query(Guest).first().id  # type: ignore[union-attr]
            before = db.session.query(Booking).count()
        with _serving(url, folder, server) as port:
            seconds = _race([Client(port, secret, guest, number) for number in range(CLIENTS)])
        with reading():
            made = db.session.query(Booking).count() - before
            right = made == CLIENTS * BOOKINGS and sold() == recounted()
    return f"{made / seconds:.0f} a second{'' if right else ', WRONG COUNTS'}"


@contextmanager
def _serving(url: str, folder: Path, server: Sequence[str]) -> Iterator[int]:
    """The port on which the house answers, in a process of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    settings = {
        "PMS_ENVIRONMENT": "development",
        "PMS_SECRET_KEY": "only for measuring",
        "PMS_LOG_LEVEL": "ERROR",
        "PMS_DATABASE_URL": url,
        "PMS_DATA_DIR": str(folder),
    }
    command = [sys.executable, *(word.format(port=port) for word in server)]
    process = subprocess.Popen(command, env=os.environ | settings, stdout=subprocess.DEVNULL)
    try:
        _wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)


def _wait_for(port: int) -> None:
    """Until somebody answers there. Raises `OSError` when nobody does."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def _race(clients: Sequence[Client]) -> float:
    """Seconds until every client has made its bookings, after one each to warm the server up."""
    for client in clients:
        client.book(0)
    threads = [threading.Thread(target=client.work) for client in clients]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.perf_counter() - began


class Client:
    """A program somewhere else: one connection, one booking after the other."""

    def __init__(self, port: int, secret: str, guest: int, number: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self.headers = {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"}
        self.guest, self.number = guest, number

    def work(self) -> None:
        for turn in range(1, BOOKINGS):
            self.book(turn)

    def book(self, turn: int) -> None:
        """Two nights; a house that is busy (503) is asked again, with the same key."""
        arrival = TODAY + timedelta(days=1 + (turn * CLIENTS + self.number) % 150)
        stay = {
            "guest_id": self.guest,
            "type": KINDS[self.number % len(KINDS)],
            "plan": "BAR",
            "arrival": arrival.isoformat(),
            "departure": (arrival + timedelta(days=2)).isoformat(),
        }
        body, headers = json.dumps({"stays": [stay]}), self.headers | {"Idempotency-Key": uuid.uuid4().hex}
        while (status := self._send(body, headers)) == 503:
            time.sleep(0.1)
        if status != 201:
            raise AssertionError(f"a booking was answered {status}")

    def _send(self, body: str, headers: dict[str, str]) -> int:
        self.connection.request("POST", f"{PREFIX}/reservations", body, headers)
        answer = self.connection.getresponse()
        answer.read()
        return answer.status
