"""The house on a real server, as `pms serve` runs it, and clients that all press at the same moment."""

from __future__ import annotations

import http.client
import json
import logging
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import waitress
from flask import Flask
from waitress.wasyncore import close_all

from pms.api.door import PREFIX

THREADS = 8  # as PMS_THREADS
BUSY = 503
PATIENCE = 30


@dataclass(frozen=True)
class Answer:
    status: int
    json: Any
    headers: dict[str, str]


@dataclass(frozen=True)
class Client:
    """A program somewhere else, with a connection of its own for each request."""

    port: int
    secret: str

    def call(
        self, method: str, path: str, body: Any = None, *, key: str = "", headers: dict[str, str] | None = None
    ) -> Answer:
        """One answer; while the house is busy (503) the same is sent again, with the same key, as a program does."""
        sent = {"Authorization": f"Bearer {self.secret}", "Content-Type": "application/json"} | (headers or {})
        if method == "POST":
            sent["Idempotency-Key"] = key or uuid.uuid4().hex
        answer = self._send(method, path, body, sent)
        for _ in range(PATIENCE):
            if answer.status != BUSY:
                break
            time.sleep(float(answer.headers["Retry-After"]))
            answer = self._send(method, path, body, sent)
        return answer

    def get(self, path: str) -> Any:
        return self._done(self.call("GET", path))

    def post(self, path: str, body: Any = None) -> Any:
        return self._done(self.call("POST", path, body))

    def put(self, path: str, body: Any) -> Any:
        return self._done(self.call("PUT", path, body))

    def _send(self, method: str, path: str, body: Any, headers: dict[str, str]) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        try:
            connection.request(method, PREFIX + path, json.dumps(body) if body is not None else None, headers)
            answer = connection.getresponse()
            return Answer(answer.status, json.loads(answer.read()), dict(answer.headers))
        finally:
            connection.close()

    @staticmethod
    def _done(answer: Answer) -> Any:
        assert answer.status < 300, answer
        return answer.json


@contextmanager
def serving(app: Flask) -> Iterator[int]:
    """The port on which `app` answers, eight requests at a time."""
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # as pms.web.serve
    server: Any = waitress.create_server(app, host="127.0.0.1", port=0, threads=THREADS)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield int(server.effective_port)
    finally:
        server.task_dispatcher.shutdown()
        # By the thread that waits on the sockets, which then has nothing more to wait for and ends.
        server.trigger.pull_trigger(lambda: close_all(server._map))
        thread.join(timeout=5)


def at_once(clients: int, act: Callable[[int], Answer]) -> list[Answer]:
    """What each of so many clients got who all called `act(number)` at the same moment; none of it is an error 500."""
    answers: list[Any] = [None] * clients
    start = threading.Barrier(clients)

    def run(number: int) -> None:
        start.wait()
        try:
            answers[number] = act(number)
        except Exception as error:
            answers[number] = error

    threads = [threading.Thread(target=run, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    broken = [answer for answer in answers if not isinstance(answer, Answer) or answer.status >= 500]
    assert not broken, broken
    return answers


def won(answers: list[Answer]) -> list[Answer]:
    return [answer for answer in answers if answer.status < 300]


def lost(answers: list[Answer]) -> list[Answer]:
    return [answer for answer in answers if answer.status >= 400]
