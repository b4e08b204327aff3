"""`pms doctor`: is everything as it was left? Reads only; exit code 1 when something is not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import click
import sqlalchemy as sa
from flask import current_app
from sqlalchemy.exc import DBAPIError

from pms import journal
from pms.cashier import queries as cashier
from pms.console import database_option, house
from pms.db import db, is_postgres, reading
from pms.web import queries, schema
from pms.web.settings import unsafe

NAMED = 10
OLDEST_POSTGRES = 150_000
SQLITE_SETTINGS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 10_000}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: well or not, and what was seen."""

    well: bool
    subject: str
    text: str


@click.command()
@database_option
def doctor(database: str | None) -> None:
    """Check journal, money, database and settings; name what is wrong. Exit code 1 when something is."""
    wrong = 0
    with house(database):
        for finding in examine():
            wrong += not finding.well
            click.secho("ok   " if finding.well else "BAD  ", fg="green" if finding.well else "red", nl=False)
            click.echo(f"{finding.subject}: {finding.text}")
    if wrong:
        raise click.ClickException(f"{wrong} of the checks failed.")


def examine() -> Iterator[Finding]:
    """All checks in order; without a database of this version only the first ones."""
    yield from _settings()
    try:
        with reading():
            db.session.execute(sa.text("SELECT 1"))
    except DBAPIError as error:
        yield Finding(False, "Database", f"cannot be reached ({type(error).__name__})")
        return
    if not schema.is_current():
        yield Finding(False, "Tables", "are not of this version; run: pms db upgrade")
        return
    yield Finding(True, "Tables", "are of this version")
    for check in CHECKS:
        with reading():
            yield from check()


def _settings() -> Iterator[Finding]:
    problems = unsafe(current_app.config)
    for problem in problems:
        yield Finding(False, "Settings", problem)
    if not problems:
        yield Finding(True, "Settings", f"fit for {current_app.config['ENVIRONMENT']}")


def _database() -> Iterator[Finding]:
    if is_postgres():
        version = int(db.session.scalar(sa.text("SHOW server_version_num")))
        encoding = db.session.scalar(sa.text("SHOW server_encoding"))
        yield Finding(version >= OLDEST_POSTGRES and encoding == "UTF8", "PostgreSQL", f"{version}, {encoding}")
        return
    seen = {name: db.session.scalar(sa.text(f"PRAGMA {name}")) for name in SQLITE_SETTINGS}
    yield Finding(seen == SQLITE_SETTINGS, "SQLite", ", ".join(f"{name}={value}" for name, value in seen.items()))
    sound = db.session.scalar(sa.text("PRAGMA quick_check(1)"))
    yield Finding(sound == "ok", "SQLite file", str(sound))


def _journal() -> Iterator[Finding]:
    chain = journal.verify()
    if chain.bad_seq is None:
        yield Finding(True, "Journal", f"{chain.sealed} lines sealed and unchanged, {chain.unsealed} not sealed yet")
        return
    line = queries.journal_line(chain.bad_seq)
    what = f" ({line.at:%Y-%m-%d %H:%M:%S} UTC, {line.action}, {line.subject})" if line is not None else ""
    yield Finding(False, "Journal", f"line {chain.bad_seq}{what} is {chain.problem}; the lines before it are unchanged")


def _money() -> Iterator[Finding]:
    _, today, _ = queries.house()
    if today is None:
        yield Finding(True, "House", "not set up yet; run: pms init --hotel hotel.toml")
        return
    unsettled = cashier.closed_unsettled()
    text = (
        f"closed at another balance than zero: {', '.join(unsettled[:NAMED])}"
        if unsettled
        else "closed ones are settled"
    )
    yield Finding(not unsettled, "Folios", text)
    trial = cashier.trial_balance(today.date)
    totals = f"guests {trial.guest.closing} + deposits {trial.deposit.closing}, folios {trial.folios} (minor units)"
    yield Finding(trial.ties, "Trial balance", totals)


CHECKS: tuple[Callable[[], Iterator[Finding]], ...] = (_database, _journal, _money)
