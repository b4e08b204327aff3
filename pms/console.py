"""What the commands share: the house opened for one command, progress, clear ends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from flask import Flask
    from rich.progress import Progress


@contextmanager
def house(database: str | None = None, *, migrate: bool = False) -> Iterator[Flask]:
    """The application with its context, for one command.

    `database` is an SQLAlchemy address that wins over the settings; `migrate` brings the tables to this version first.
    Settings that are wrong end the command with exit code 1.
    """
    import secrets

    from pms import create_app
    from pms.db import db
    from pms.web.schema import upgrade
    from pms.web.settings import SettingsError

    try:
        # A command signs nothing that outlives it; only serving needs the house's own key.
        app = create_app({"SECRET_KEY": secrets.token_urlsafe(48)} | ({"DATABASE_URL": database} if database else {}))
    except SettingsError as error:
        raise click.ClickException(str(error)) from error
    with app.app_context():
        try:
            if migrate:
                upgrade()
            yield app
        finally:
            db.session.remove()
            db.engine.dispose()


@contextmanager
def progress() -> Iterator[Progress]:
    """A bar with count and time left, on stderr so that output can be piped.

    with progress() as bar:
        job = bar.add_task("Bookings", total=40_060)
        bar.advance(job)
    """
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        yield bar


database_option = click.option("--database", metavar="URL", help="SQLAlchemy address; wins over PMS_DATABASE_URL.")
