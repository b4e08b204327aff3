"""`pms worker`: a Huey consumer whose clock ticks every minute; what is due is decided by the house's own rows."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pms.console import database_option, house

if TYPE_CHECKING:
    from flask import Flask

SECONDS = 55  # a tick that waited longer than this is dropped: the next one does its work as well


@click.command()
@click.option("--once", is_flag=True, help="Do what is due now and end, for cron.")
@database_option
def worker(once: bool, database: str | None) -> None:
    """Make the papers at their hour, the downtime pack, seal the journal. Several workers share the work."""
    with house(database, migrate=True) as app:
        if once:
            _say(_tick(app))
            return
        serve(app)


def serve(app: Flask) -> None:
    """Work until it is told to stop (SIGTERM, Ctrl+C); a job that runs is finished first."""
    from huey import crontab

    queue = _queue(app)

    @queue.periodic_task(crontab(minute="*"), expires=SECONDS)
    def tick() -> None:
        with app.app_context():
            _say(_tick(app))

    signal.signal(signal.SIGTERM, _leave)  # until the consumer listens itself
    consumer = queue.create_consumer(workers=1, periodic=True, graceful_signal="TERM")
    click.echo("The worker works. Stop it with Ctrl+C.")
    _say(_tick(app))
    consumer.run()


def _tick(app: Flask) -> list[str]:
    from pms import clock
    from pms.db import db
    from pms.worker.jobs import run_due

    try:
        return run_due(clock.now())
    finally:
        db.session.remove()


def _queue(app: Flask) -> Any:
    """Huey's queue: a file of its own beside the data, or PostgreSQL where that is the database.

    It holds ticks only. Nothing is lost with it, and it decides nothing: each job is claimed in `worker_runs`.
    """
    from huey import PostgresHuey, SqliteHuey

    from pms.db import db, is_postgres

    if is_postgres():
        dsn = db.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        return PostgresHuey("innkeep", dsn=dsn, results=False)
    folder = Path(app.config["DATA_DIR"]).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return SqliteHuey("innkeep", filename=str(folder / "worker.db"), results=False)


def _say(done: list[str]) -> None:
    for name in done:
        click.echo(f"done: {name}")


def _leave(*_: object) -> None:
    raise SystemExit(0)
