"""Several clerks at once: every one in a thread, a session and a unit of work of his own."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

from flask import Flask

from pms.db import db, work


def race(app: Flask, clerks: int, act: Callable[[int], Any]) -> list[Any]:
    """Let `clerks` call `act(number)` at the same moment; returns what each got, an exception included."""
    results: list[Any] = [None] * clerks
    start = Barrier(clerks)

    def run(number: int) -> None:
        with app.app_context():
            start.wait()
            try:
                with work():
                    results[number] = act(number)
            except Exception as error:
                results[number] = error
            finally:
                db.session.remove()

    threads = [Thread(target=run, args=(number,)) for number in range(clerks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.expire_all()
    return results
