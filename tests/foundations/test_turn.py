"""Writers queue for SQLite: one at a time, none for ever, and never crosswise with the database's own lock."""

from __future__ import annotations

import threading
import time

import pytest
import sqlalchemy as sa
from flask import Flask

from pms.db import db, work
from pms.turn import OVERTAKEN, Turn


@pytest.fixture
def turn() -> Turn:
    return Turn()


class Waiter(threading.Thread):
    """Takes the turn once and keeps it."""

    def __init__(self, turn: Turn, timeout: float = 10) -> None:
        super().__init__(daemon=True)
        self.turn, self.timeout, self.got = turn, timeout, None
        self.start()

    def run(self) -> None:
        self.got = self.turn.take(self.timeout)


def test_one_at_a_time(turn: Turn) -> None:
    inside, most, rounds = 0, 0, []

    def write() -> None:
        nonlocal inside, most
        for _ in range(50):
            assert turn.take(10)
            inside += 1
            most = max(most, inside)
            time.sleep(0)
            inside -= 1
            rounds.append(1)
            turn.pass_on()

    crowd = [threading.Thread(target=write) for _ in range(8)]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join()
    assert (most, len(rounds)) == (1, 400)


def test_who_has_waited_long_is_not_overtaken_again(turn: Turn) -> None:
    turn.take(1)
    waiter = Waiter(turn)
    time.sleep(2 * OVERTAKEN)
    turn.pass_on()
    assert not turn.take(0), "the next turn is the waiter's, however soon another comes"
    waiter.join(5)
    assert waiter.got is True


def test_who_has_only_come_may_be_overtaken_and_comes_next(turn: Turn) -> None:
    turn.take(1)
    waiter = Waiter(turn)
    turn.pass_on()
    overtook = turn.take(0)
    if overtook:
        turn.pass_on()
    waiter.join(5)
    assert waiter.got is True


def test_who_waits_in_vain_leaves_the_queue(turn: Turn) -> None:
    turn.take(1)
    waiter = Waiter(turn, timeout=0.01)
    waiter.join(5)
    assert waiter.got is False
    time.sleep(2 * OVERTAKEN)
    turn.pass_on()
    assert turn.take(0), "it is kept for nobody"


def test_who_has_the_database_does_not_wait_for_who_waits_for_it(app: Flask) -> None:
    """A command looked something up outside any unit of work and then writes, while a desk wants to write."""
    at_the_desk = threading.Event()
    went_wrong: list[Exception] = []

    def desk() -> None:
        with app.app_context():
            try:
                with work():
                    at_the_desk.set()
                    db.session.execute(sa.text("SELECT 1"))
            except Exception as error:
                went_wrong.append(error)

    db.session.execute(sa.text("SELECT 1"))
    other = threading.Thread(target=desk)
    other.start()
    at_the_desk.wait(5)
    began = time.monotonic()
    with work():
        db.session.execute(sa.text("SELECT 1"))
    assert time.monotonic() - began < 5
    other.join(10)
    assert went_wrong == []
