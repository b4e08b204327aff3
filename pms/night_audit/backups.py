"""Copies of the whole database, made while the house works: SQLite by its own online backup, PostgreSQL by pg_dump.

Copying the file of a busy SQLite database gave a copy up to 1,250 rows stale (DESIGN 4); the online backup was right.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from flask import current_app
from sqlalchemy.engine import URL

from pms.db import db, is_postgres
from pms.errors import Refused
from pms.night_audit import manifest
from pms.night_audit.manifest import Contents
from pms.night_audit.rules import to_throw_away
from pms.say import Say, say

PREFIX = "innkeep-"
DUMP_TIMEOUT = 3600  # seconds


@dataclass(frozen=True, slots=True)
class Made:
    """The copy, or why there is none."""

    file: Path | None
    note: Say | None = None


def directory() -> Path:
    return Path(current_app.config["DATA_DIR"]).resolve() / "backups"


def suffix() -> str:
    return ".dump" if is_postgres() else ".db"


def place_of(day: date) -> Path:
    """Where the copy of a closed date lies."""
    return directory() / f"{PREFIX}{day}{suffix()}"


def back_up(day: date) -> Made:
    """The copy of a closed date, in place of one made before; old ones are thrown away (rules.to_throw_away).

    A house goes on without a copy when none can be made: the note says why.
    """
    try:
        file = copy_to(place_of(day))
    except (OSError, sqlite3.Error, Refused) as problem:
        return Made(None, say("No copy of the database was made: {why}", why=_reason(problem)))
    throw_away_old(day)
    return Made(file)


def copy_to(file: Path) -> Path:
    """A checked copy of the database as `file`, there as a whole or not at all.

    Raises `Refused` when PostgreSQL's programs are missing or fail, OSError when there is no room.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f"{file.name}.part")
    part.unlink(missing_ok=True)
    contents = (_dump if is_postgres() else _copy)(part)
    with part.open("rb") as written:
        os.fsync(written.fileno())
    part.chmod(0o600)  # it holds everything about every guest
    manifest.place_of(file).unlink(missing_ok=True)  # of a copy made before under this name
    fingerprint = manifest.fingerprint(part)
    part.replace(file)
    manifest.write(file, contents, sha256=fingerprint)
    return file


def restore_from(file: Path) -> None:
    """Put the contents of a copy into the database, in place of what is there.

    Raises `Refused` for no good copy, and for one that is not as its manifest says it was made.
    """
    if not file.is_file():
        raise Refused(say("There is no file {file}.", file=str(file)))
    made = manifest.read(file)
    if made is not None and made.sha256 != manifest.fingerprint(file):
        raise Refused(say("{file} is not as it was when it was made: its SHA-256 is another.", file=file.name))
    db.session.remove()
    db.engine.dispose()
    if is_postgres():
        _run("pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error", str(file))
    else:
        _restore_sqlite(file)


def throw_away_old(today: date) -> list[Path]:
    """Copies that are no longer kept; returns those removed."""
    dated = {}
    for file in directory().glob(f"{PREFIX}*{suffix()}"):
        try:
            dated[date.fromisoformat(file.stem.removeprefix(PREFIX))] = file
        except ValueError:
            continue  # made by hand under another name
    gone = [dated[day] for day in to_throw_away(dated, today=today)]
    for file in gone:
        file.unlink(missing_ok=True)
        manifest.place_of(file).unlink(missing_ok=True)
    return gone


def _copy(target: Path) -> Contents:
    with closing(sqlite3.connect(_sqlite_file())) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
        _check(copy, target)
        return manifest.contents_of(lambda sql: copy.execute(sql).fetchall(), manifest.SQLITE_TABLES)


def _restore_sqlite(file: Path) -> None:
    with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as source:
        _check(source, file)
        with closing(sqlite3.connect(_sqlite_file(), timeout=10)) as target:
            source.backup(target)


def _check(copy: sqlite3.Connection, file: Path) -> None:
    """Raises `Refused` unless the copy is sound and a house of ours."""
    try:
        sound = copy.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
        ours = copy.execute("SELECT count(*) FROM sqlite_master WHERE name IN ('business_day', 'postings')").fetchone()
    except sqlite3.DatabaseError:
        sound, ours = False, (0,)
    if not sound or ours[0] != 2:
        raise Refused(say("{file} is no sound copy of a house's database.", file=file.name))


def _sqlite_file() -> str:
    name = _url().database
    if not name or name == ":memory:":
        raise Refused(say("A database in memory cannot be copied."))
    return name


def _dump(target: Path) -> Contents:
    """Dump and count see one and the same moment: the snapshot of the transaction that counts."""
    _path_of("pg_dump")
    with db.engine.connect().execution_options(isolation_level="REPEATABLE READ") as counting:
        # However long counting and dumping take.
        counting.exec_driver_sql("SET LOCAL statement_timeout = 0")
        counting.exec_driver_sql("SET LOCAL idle_in_transaction_session_timeout = 0")
        snapshot = counting.exec_driver_sql("SELECT pg_export_snapshot()").scalar_one()
        _run("pg_dump", "--format=custom", "--no-owner", f"--snapshot={snapshot}", f"--file={target}")
        return manifest.contents_of(lambda sql: counting.exec_driver_sql(sql).fetchall(), manifest.POSTGRES_TABLES)


def _run(program: str, *arguments: str) -> None:
    """One of PostgreSQL's programs on our database; the password goes by the environment, not the command line."""
    path = _path_of(program)
    url = _url()
    bare = URL.create("postgresql", url.username, None, url.host, url.port, url.database, url.query)
    environment = dict(os.environ) | ({"PGPASSWORD": str(url.password)} if url.password else {})
    command = [path, "--dbname", bare.render_as_string(), *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=DUMP_TIMEOUT, check=False)
    if done.returncode:
        raise Refused(say("{program} failed: {why}", program=program, why=done.stderr.strip()[-300:]))


def _path_of(program: str) -> str:
    path = shutil.which(program)
    if path is None:
        raise Refused(say("{program} is not on this machine. Install PostgreSQL's client programs.", program=program))
    return path


def _url() -> URL:
    return db.engine.url


def _reason(problem: Exception) -> Say | str:
    return problem.reason if isinstance(problem, Refused) else str(problem)
