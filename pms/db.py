"""The database: engine settings that were measured (docs/decisions.md) and one commit per unit of work.

Every change happens inside one unit of work: a request that writes, or `with work():` in a command or a test.
Nothing else commits.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

import sqlalchemy as sa
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.orm.attributes import manager_of_class, set_committed_value
from sqlalchemy.orm.exc import StaleDataError
from sqlalchemy.types import TypeDecorator

from pms import prepared
from pms.turn import Turn

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

M = TypeVar("M")

_writing: ContextVar[bool] = ContextVar("pms_writing", default=True)

PATIENCE = 10  # seconds a writer waits for the others

# SQLite has one writer at a time and lets the others sleep, ever longer, before they look again: the database idled
# meanwhile. The writers of one process queue here; those of other processes meet in the database as before.
_turn = Turn()


class Database(SQLAlchemy):
    """Begins each transaction as its kind of work wants. In the dialect, not as an event of the engine: with one of
    those SQLAlchemy calls its hooks around every statement.
    """

    def _make_engine(self, bind_key: str | None, options: dict[str, Any], app: Flask) -> sa.Engine:
        engine = super()._make_engine(bind_key, options, app)
        begin = _begin_sqlite if engine.dialect.name == "sqlite" else _begin_postgresql
        setattr(engine.dialect, "do_begin", begin)  # noqa: B010  (a method, as far as mypy knows)
        return engine


def _begin_sqlite(connection: Any) -> None:
    # IMMEDIATE for reads would make every reader queue behind a writer; a late upgrade from read to write fails.
    writing = _writing.get()
    # The pragma makes SQLite compile every statement anew, so it is given only when the kind of work changes.
    if connection.info.get("writing") is not writing:
        connection.driver_connection.execute("PRAGMA query_only=" + ("OFF" if writing else "ON"))
        connection.info["writing"] = writing
    connection.driver_connection.execute("BEGIN IMMEDIATE" if writing else "BEGIN")


def _begin_postgresql(connection: Any) -> None:
    if not _writing.get():
        connection.driver_connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")


db = Database(metadata=sa.MetaData(naming_convention=NAMING), session_options={"expire_on_commit": False})

# Amounts are integer minor units (fen, cents): SQLite keeps Numeric as REAL and 0.10 + 0.20 comes back wrong.
Money = sa.BigInteger

POSTGRES_TIMEOUTS = "-c lock_timeout=5s -c statement_timeout=15s -c idle_in_transaction_session_timeout=30s"


def engine_options(url: str) -> dict[str, Any]:
    """Options for SQLALCHEMY_ENGINE_OPTIONS that suit the engine named by `url`."""
    if url.startswith("postgresql"):
        return {"pool_pre_ping": True, "connect_args": {"options": POSTGRES_TIMEOUTS}}
    return {"connect_args": {"timeout": PATIENCE, "cached_statements": 1000}, "query_cache_size": 2000}


@event.listens_for(Engine, "connect")
def _on_connect(connection: Any, _record: Any) -> None:
    if type(connection).__module__.partition(".")[0] != "sqlite3":
        return
    connection.isolation_level = None  # the driver's own transactions lost 1,300 of 1,600 updates in a trial
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "busy_timeout=10000",
        "cache_size=-32000",
    ):
        connection.execute(f"PRAGMA {pragma}")


@contextmanager
def reading() -> Iterator[None]:
    """A read-only unit of work: sees one state of the database and holds no writer up."""
    token = _writing.set(False)
    try:
        yield
    finally:
        db.session.rollback()
        _writing.reset(token)


@contextmanager
def work() -> Iterator[None]:
    """A writing unit of work: everything inside is saved together, or nothing is."""
    # Who is in a transaction already has the database; to wait here for one who waits there would be a deadlock.
    in_turn = not is_postgres() and not db.session().in_transaction() and _turn.take(PATIENCE)
    token = _writing.set(True)
    try:
        yield
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise
    finally:
        _writing.reset(token)
        if in_turn:
            _turn.pass_on()


def is_writing() -> bool:
    """True in a unit of work that may change things (also outside any, where nothing is known yet)."""
    return _writing.get()


def is_postgres() -> bool:
    return db.engine.dialect.name == "postgresql"


def connection() -> sa.Connection:
    """The connection of this unit of work. The session finds it anew each time, at the price of a short statement, and
    sets its savepoint only then: what is known holds for this unit of work or savepoint.
    """
    session = db.session()
    known = session.info.get("connection")
    if known is not None and known[0] is _transaction(session):
        found: sa.Connection = known[1]
        return found
    found = session.connection()
    session.info["connection"] = (_transaction(session), found)
    return found


def run(statement: Any, values: prepared.Values | Sequence[prepared.Values] = prepared.EMPTY) -> prepared.Answer:
    """Run a statement that is a constant of its module, in this unit of work (pms/prepared.py)."""
    return prepared.run(connection(), statement, values)


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware in Python, UTC without zone in the database (SQLite has no zones)."""

    impl = sa.DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A moment needs a time zone; use clock.now().")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)

    def bind_processor(self, dialect: Any) -> Any:
        """SQLite keeps text: the same as SQLAlchemy writes, in a third of the time."""
        if dialect.name != "sqlite":
            return super().bind_processor(dialect)

        def process(value: datetime | None) -> str | None:
            plain = self.process_bind_param(value, dialect)
            return None if plain is None else plain.isoformat(" ", "microseconds")

        return process


_as_text = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


class Json(TypeDecorator[Any]):
    """Plain data as text, the same bytes on both engines, Chinese readable."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Any) -> str | None:
        return None if value is None else _as_text(value)

    def process_result_value(self, value: str | None, dialect: Any) -> Any:
        return None if value is None else json.loads(value)


def choice(kind: type[StrEnum], name: str = "") -> sa.Enum:
    """A column that holds the value of one member of `kind`; the database refuses any other word. A second one of the
    same kind in a table has a `name` of its own.
    """
    return sa.Enum(
        kind,
        native_enum=False,
        length=24,
        create_constraint=True,
        name=name or kind.__name__.lower(),
        values_callable=lambda members: [member.value for member in members],
    )


def partial_index(name: str, *columns: str, where: str, unique: bool = False) -> sa.Index:
    """An index of those rows only that are looked for: what most rows leave empty costs a page at every insert."""
    return sa.Index(name, *columns, unique=unique, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


# Rows that lie in the order of their key, not in two trees: for tables that are nothing but a key and a little more.
BY_KEY = {"sqlite_with_rowid": False}


@cache
def _insert(model: Any, returning: bool = False) -> sa.Insert:
    table = model.__table__
    statement = sa.insert(table).values(_binds(table, _defaults(model)))
    return statement.returning(table.c.id) if returning else statement


def insert_all(model: Any, rows: list[dict[str, Any]]) -> None:
    """Many rows of one table in one statement, past the unit-of-work bookkeeping (nights, notices)."""
    if rows:
        run(_insert(model), [_row(model, row) for row in rows])


def insert_one(model: Any, **values: Any) -> int:
    """One row of a table with an `id`, which comes back; plain defaults of the columns apply. For rows nobody changes
    again in this unit of work.
    """
    return _insert_row(model, _row(model, values))


def _insert_row(model: Any, row: dict[str, Any]) -> int:
    here = connection()
    if here.dialect.name == "sqlite":  # which gives the id for nothing, and is twice as slow with RETURNING
        return int(prepared.run(here, _insert(model), row).inserted_id or 0)
    return int(prepared.run(here, _insert(model, returning=True), row).scalar_one())


def _row(model: Any, values: dict[str, Any]) -> dict[str, Any]:
    """A value for every column but `id`: those given, else the default."""
    row = _defaults(model) | values
    if len(row) != len(_defaults(model)):
        raise TypeError(f"{model.__name__} has no {', '.join(sorted(set(row) - set(_defaults(model))))}")
    return row


def insert_missing(model: Any, rows: list[dict[str, Any]]) -> int:
    """Insert the rows whose key is not there yet; the others stay as they are. Safe against others doing the same.

    Returns how many were not there.
    """
    if not rows:
        return 0
    return run(_insert_missing(model, connection().dialect.name), [_row(model, row) for row in rows]).rowcount


@cache
def _insert_missing(model: Any, dialect: str) -> sa.Insert:
    from sqlalchemy.dialects import postgresql, sqlite

    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    return insert(model.__table__).values(_binds(model.__table__, _defaults(model))).on_conflict_do_nothing()


def _binds(table: sa.Table, names: Iterable[str]) -> dict[str, Any]:
    return {name: sa.bindparam(name, type_=table.c[name].type) for name in names}


# --- Records past the unit of work's bookkeeping ----------------------------------------------------------------------
# A flush of the session cost a millisecond a record, the statement itself a twentieth (bench/). The desk's busiest
# actions therefore write their records with the two functions here; everything else just lets the session flush.


def insert_record(model: type[M], **values: Any) -> M:
    """One new record with an `id`, inserted at once and then known to the session as if it had been loaded.

    Columns not given get their default; relationships load when they are asked for (or see `know`).
    """
    row = _row(model, values)
    row["id"] = _insert_row(model, row)
    session = db.session()
    record = _adopt(session, model, row)
    _transaction(session)._new[sa.inspect(record)] = True  # a rollback forgets it
    return record


def load(model: type[M], record_id: int, *, held: bool = False) -> M:
    """The record with this `id`, read in one plain statement unless the session knows it; relationships load when they
    are asked for. Whoever wants to lock a record that is `held` waits until this unit of work ends. Raises
    `NoResultFound`.
    """
    session = db.session()
    known: M | None = session.identity_map.get((model, (record_id,), None))
    if known is not None and not sa.inspect(known).expired:
        return known
    return _adopt(session, model, run(_by_id(model, held), {"id": record_id}).one()._asdict())  # type: ignore[arg-type]


def _adopt(session: Any, model: type[M], row: dict[str, Any]) -> M:
    """A record of the session out of its row: what loading it does, without walking the relationships."""
    record: M = manager_of_class(model).new_instance()
    state = sa.inspect(record)
    state.dict.update(row)
    state.key = (model, (row["id"],), None)
    state.session_id = session.hash_key
    session.identity_map.replace(state)  # a row that was rolled back may have had this id
    return record


def save(record: Any) -> None:
    """Write what has changed of one record, now, in one statement. Raises `StaleDataError` when its `version` is no
    longer the one that was read, as a flush would.
    """
    state = sa.inspect(record)
    columns = record.__table__.c
    changed = tuple(sorted(state.committed_state))
    if not changed:
        return
    if state.session is None or not all(name in columns for name in changed):
        db.session.flush()
        return
    values = {name: state.dict[name] for name in changed}
    statement = _update(type(record), changed)  # type: ignore[arg-type]
    keys = {"this_id": record.id, "this_version": record.version} if "version" in columns else {"this_id": record.id}
    if run(statement, values | keys).rowcount != 1:
        raise StaleDataError(f"{type(record).__name__} {record.id} has been changed by somebody else")
    if "version" in columns:
        state.dict["version"] += 1
    state._commit_all(state.dict, state.session.identity_map)  # what a flush does when it is through
    _transaction(state.session)._dirty[state] = True  # a rollback, also to a savepoint, reads it again


def know(record: Any, **related: Any) -> None:
    """Tell a record what its relationships hold, so that nobody loads what is at hand."""
    for name, value in related.items():
        set_committed_value(record, name, value)


def _transaction(session: Any) -> Any:
    return session.get_nested_transaction() or session.get_transaction()


@cache
def _defaults(model: Any) -> dict[str, Any]:
    columns = [column for column in model.__table__.c if column.name != "id"]
    computed = [c.name for c in columns if c.default is not None and not c.default.is_scalar]
    if computed:
        raise TypeError(f"{model.__name__} is not written row by row: {', '.join(computed)} is computed")
    return {c.name: None if c.default is None else c.default.arg for c in columns}


@cache
def _by_id(model: Any, held: bool) -> sa.Select[Any]:
    wanted = sa.select(model.__table__).where(model.__table__.c.id == sa.bindparam("id"))
    return wanted.with_for_update(read=True, key_share=True) if held else wanted


@cache
def _update(model: Any, names: tuple[str, ...]) -> sa.Update:
    table = model.__table__
    values = _binds(table, names)
    statement = sa.update(table).where(table.c.id == sa.bindparam("this_id"))
    if "version" in table.c:
        statement = statement.where(table.c.version == sa.bindparam("this_version"))
        values["version"] = table.c.version + 1
    return statement.values(values)
