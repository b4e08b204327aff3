"""A copy is proved by putting it back: into a database of its own, which is thrown away afterwards."""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from flask import current_app
from sqlalchemy.exc import DBAPIError

from pms import journal
from pms.console import house
from pms.db import db, is_postgres, reading
from pms.errors import Refused
from pms.night_audit import backups, manifest
from pms.night_audit.manifest import Contents, Manifest
from pms.say import Say, say
from pms.web import schema

MOST_OF_A_NAME = 40
"""Characters of the house's database in the name of its copy; PostgreSQL takes 63 in all."""


@dataclass(frozen=True, slots=True)
class Looked:
    """One thing that was looked at: well or not, and what was seen."""

    well: bool
    text: Say


@contextmanager
def throw_away() -> Iterator[str]:
    """The address of an empty database of the same kind; it is gone at the end, whatever happened.

    Raises `Refused` when this user of PostgreSQL may not make one.
    """
    if is_postgres():
        with _on_postgres() as url:
            yield url
        return
    folder = Path(current_app.config["DATA_DIR"]).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="verify-", dir=folder) as place:
        yield f"sqlite:///{place}/house.db"


@contextmanager
def _on_postgres() -> Iterator[str]:
    whose = (db.engine.url.database or "")[:MOST_OF_A_NAME]
    name = f"{whose}_verify_{secrets.token_hex(4)}"
    engine = sa.create_engine(db.engine.url, isolation_level="AUTOCOMMIT")
    quoted = engine.dialect.identifier_preparer.quote_identifier(name)
    try:
        with engine.connect() as here:
            here.exec_driver_sql(f"CREATE DATABASE {quoted} TEMPLATE template0")
        try:
            yield db.engine.url.set(database=name).render_as_string(hide_password=False)
        finally:
            with engine.connect() as here:
                here.exec_driver_sql(f"DROP DATABASE IF EXISTS {quoted} WITH (FORCE)")
    except sa.exc.ProgrammingError as no:
        raise Refused(
            say("This user may not create a database to verify in. On PostgreSQL: ALTER ROLE ... CREATEDB.")
        ) from no
    finally:
        engine.dispose()


def prove(file: Path) -> list[Looked]:
    """Everything that was looked at, the copy having been put back and thrown away; the house works on meanwhile."""
    with throw_away() as url, house(url):
        return list(look(file))


def look(file: Path) -> Iterator[Looked]:
    """Put the copy into the database of this application, an empty one, and compare what came out with its manifest."""
    made = manifest.read(file)
    if made is None:
        yield Looked(False, say("No manifest lies beside {file}: what should be in it is not known.", file=file.name))
    try:
        backups.restore_from(file)
    except Refused as no:
        yield Looked(False, no.reason)
        return
    yield Looked(True, say("{file} could be put back.", file=file.name))
    found = _contents()
    yield from _integrity()
    if made is not None:
        yield from _compared(made, found)
    yield from _of_this_version(found)
    with reading():
        chain = journal.verify()
    if chain.intact:
        yield Looked(True, say("The journal is whole: {count} sealed lines.", count=chain.sealed))
    else:
        yield Looked(False, say("The journal is broken at line {seq}.", seq=chain.bad_seq))


def _contents() -> Contents:
    tables = manifest.POSTGRES_TABLES if is_postgres() else manifest.SQLITE_TABLES
    with db.engine.connect() as here:
        return manifest.contents_of(lambda sql: here.exec_driver_sql(sql).fetchall(), tables)


def _integrity() -> Iterator[Looked]:
    """SQLite says whether the file and its references are sound; PostgreSQL did when it built every key anew."""
    if not is_postgres():
        with db.engine.connect() as here:
            sound = here.exec_driver_sql("PRAGMA integrity_check(1)").scalar() == "ok"
            dangling = here.exec_driver_sql("PRAGMA foreign_key_check").first()
        if not sound or dangling:
            yield Looked(False, say("The database is damaged: SQLite's own check fails."))
            return
    yield Looked(True, say("The database is sound, every reference leads somewhere."))


def _compared(made: Manifest, found: Contents) -> Iterator[Looked]:
    was = made.contents
    if found.version == was.version:
        yield Looked(True, say("Its tables are of version {version}.", version=found.version))
    else:
        yield Looked(
            False, say("Its tables are of version {found}, not {made}.", found=found.version, made=was.version)
        )
    others = [name for name in sorted(was.rows | found.rows) if was.rows.get(name) != found.rows.get(name)]
    if not others:
        total = sum(found.rows.values())
        yield Looked(True, say("Every row is there: {rows} in {tables} tables.", rows=total, tables=len(found.rows)))
    for name in others:
        words = {"table": name, "found": found.rows.get(name, 0), "made": was.rows.get(name, 0)}
        yield Looked(False, say("Table {table} has {found} rows, not {made}.", **words))
    if (found.journal_seq, found.journal_hash) != (was.journal_seq, was.journal_hash):
        yield Looked(False, say("The journal ends otherwise than when the copy was made."))


def _of_this_version(found: Contents) -> Iterator[Looked]:
    """A copy of an older version is brought to this one, as the way back would."""
    if schema.is_current():
        return
    try:
        schema.upgrade()
    except (DBAPIError, SystemExit) as error:  # Flask-Migrate ends the process over a version it does not know
        words = {"version": found.version, "why": type(error).__name__}
        yield Looked(False, say("From version {version} it cannot be brought to this one: {why}.", **words))
        return
    yield Looked(True, say("It is of an older version and could be brought to this one."))
