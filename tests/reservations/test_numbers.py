"""Numbers that people read aloud: no two the same, and nobody waits for one."""

from __future__ import annotations

import threading

import pytest
from flask import Flask

from pms.db import db, work
from pms.reservations.numbers import next_number
from tests.races import race

CLERKS = 6


@pytest.mark.both_engines
def test_each_kind_counts_from_one(app: Flask, engine_name: str) -> None:
    with work():
        assert [next_number("folio") for _ in range(3)] == [1, 2, 3]
        assert next_number("confirmation") == 1


@pytest.mark.both_engines
def test_no_two_clerks_get_the_same(app: Flask, engine_name: str) -> None:
    numbers = race(app, CLERKS, lambda _: next_number("confirmation"))
    assert sorted(numbers) == list(range(1, CLERKS + 1))


@pytest.mark.parametrize("engine_name", ["postgresql"])
def test_on_postgresql_nobody_waits_until_anothers_booking_is_done(app: Flask, engine_name: str) -> None:
    taken, go_on = threading.Event(), threading.Event()

    def slow_clerk() -> None:
        with app.app_context(), work():
            next_number("confirmation")
            taken.set()
            go_on.wait(10)

    slow = threading.Thread(target=slow_clerk)
    slow.start()
    taken.wait(10)
    with work():
        db.session.connection().exec_driver_sql("SET LOCAL lock_timeout = '200ms'")
        assert next_number("confirmation") == 2
    go_on.set()
    slow.join()
