"""`pms demo`: a hotel to look at, made on the first start and kept for the next ones."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pms import clock, console

if TYPE_CHECKING:
    from flask import Flask

LEFTOVERS = ("", "-wal", "-shm")


@click.command()
@click.option(
    "--port", type=click.IntRange(1, 65535), envvar="PORT", default=5000, show_default=True, help="Port to listen on."
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--reset", is_flag=True, help="Throw the demo's data away and begin anew.")
@click.option("--prepare", is_flag=True, help="Only make the data; serve nothing.")
@click.option(
    "--database",
    "path",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("var/demo.db"),
    show_default=True,
    help="SQLite file of the demo.",
)
def demo(port: int, host: str, reset: bool, prepare: bool, path: Path) -> None:
    """Serve a bilingual 120-room demo hotel with a believable week around today.

    The first start makes it (about a minute); later ones keep what was done in it. Not for a real house: everybody who
    can open the page can log in.
    """
    path = path.resolve()
    path.parent.mkdir(parents=True, exist_ok=True)
    if reset:
        remove(path)
    if not path.exists():
        make(path)
    if not prepare:
        serve(path, host, port)


def make(path: Path) -> None:
    """Fill `path` with the demo hotel; killed on the way, nothing is there."""
    from pms.demo.plan import DAYS_BEFORE
    from pms.demo.seed import seed

    unfinished = path.with_name(path.name + ".unfinished")
    remove(unfinished)
    with console.house(f"sqlite:///{unfinished}", migrate=True), console.progress() as bar:
        _without_waiting_for_the_disk()
        job = bar.add_task("Making the demo hotel", total=DAYS_BEFORE + 1)
        seed(
            clock.now(),
            tell=lambda day, done: bar.update(job, completed=done, description=f"Making the demo hotel: {day}"),
        )
        bar.update(job, completed=DAYS_BEFORE + 1)
        _into_one_file()
    with unfinished.open("rb") as file:
        os.fsync(file.fileno())
    unfinished.rename(path)
    remove(unfinished)


def _without_waiting_for_the_disk() -> None:
    """Some thousand commits; a file that is not finished is thrown away anyway."""
    from sqlalchemy import event

    from pms.db import db

    db.session.remove()
    db.engine.dispose()
    event.listen(db.engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous=OFF"))


def _into_one_file() -> None:
    """What stands in SQLite's journal goes into the file, so that it can be renamed."""
    from pms.db import db

    db.session.remove()
    with db.engine.connect() as connection:
        connection.connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # type: ignore[union-attr]


def remove(path: Path) -> None:
    for ending in LEFTOVERS:
        path.with_name(path.name + ending).unlink(missing_ok=True)


def serve(path: Path, host: str, port: int) -> None:
    from pms.web.schema import upgrade
    from pms.web.serve import run

    app = app_of(path, port)
    with app.app_context():
        upgrade()
        _say_when_old()
    _print_logins(host, port)
    run(app, host=host, port=port)


def app_of(path: Path, port: int) -> Flask:
    """The program on the demo's database: no production, so cookies travel over plain HTTP."""
    from pms import create_app

    return create_app(
        {
            "ENVIRONMENT": "demo",
            "DATABASE_URL": f"sqlite:///{path}",
            "DATA_DIR": str(path.parent),
            "SECRET_KEY": secret_key(path.with_suffix(".key")),
            "SESSION_COOKIE_SECURE": False,
            "PORT": port,
            "LOG_LEVEL": "WARNING",
        }
    )


def secret_key(file: Path) -> str:
    """Made once and kept beside the database, readable for its owner alone."""
    if not file.exists():
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as target:
            target.write(secrets.token_urlsafe(48))
    return file.read_text()


def _say_when_old() -> None:
    from pms.db import reading
    from pms.property.queries import hotel

    with reading():
        day, today = clock.business_date(), clock.local(clock.now()).date()
        if day < today:
            click.echo(f"{hotel().name_en} is at {day}, as you left it. A new week around today: make demo-reset")


def _print_logins(host: str, port: int) -> None:
    from rich.console import Console
    from rich.table import Table

    from pms.demo.staff import PASSWORD, STAFF

    table = Table("Login", "Name", "Role", title="Everybody's password: " + PASSWORD, title_style="bold")
    for person in STAFF:
        table.add_row(person.login, f"{person.name} {person.name_zh}", str(person.job))
    console_ = Console()
    console_.print(table)
    shown = "localhost" if host in ("127.0.0.1", "0.0.0.0") else host
    console_.print(f"Open [bold]http://{shown}:{port}[/bold] and log in as one of them. Ctrl+C ends the demo.")
