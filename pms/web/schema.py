"""The tables of the database and the migrations that bring them to this version."""

from __future__ import annotations

import click
import flask_migrate
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from pms import home
from pms.console import database_option, house
from pms.db import db, reading


def upgrade() -> None:
    """Bring the tables to this version; one process at a time, nothing to do when they are."""
    if not is_current():
        flask_migrate.upgrade(directory=str(home.migrations()))


def is_current() -> bool:
    """Does the database have exactly the tables of this version?"""
    with reading():
        there = MigrationContext.configure(db.session.connection()).get_current_heads()
    return set(there) == set(_scripts().get_heads())


def _scripts() -> ScriptDirectory:
    return ScriptDirectory(str(home.migrations()))


@click.group("db")
def commands() -> None:
    """Bring the database to this version."""


@commands.command("upgrade")
@database_option
def upgrade_command(database: str | None) -> None:
    """Bring the tables to this version. `pms init` and `pms serve` do it by themselves."""
    with house(database, migrate=True):
        click.echo("The database has the tables of this version.")


@commands.command("status")
@database_option
def status_command(database: str | None) -> None:
    """Say whether the tables are of this version; exit code 1 when not."""
    with house(database):
        if not is_current():
            raise click.ClickException("The database has not the tables of this version. Run: pms db upgrade")
        click.echo("The database has the tables of this version.")
