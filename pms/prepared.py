"""Statements compiled once and handed to the driver in the engine's own words.

Around each execution SQLAlchemy looks the statement up and builds a context and a result: 65 microseconds, of which the
database needs ten (bench/). The desk's busiest statements are constants of their modules, with plain parameters, and
run here instead. Events, errors and types stay SQLAlchemy's.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, MultipleResultsFound, NoResultFound

Values = Mapping[str, Any]


class Answer:
    """What a statement gave: named rows, or how many rows it changed."""

    __slots__ = ("_rows", "rowcount")

    def __init__(self, rows: list[Any], rowcount: int) -> None:
        self._rows = rows
        self.rowcount = rowcount

    def __iter__(self) -> Iterator[Any]:
        return iter(self._rows)

    def all(self) -> list[Any]:
        return self._rows

    def first(self) -> Any:
        """The first row, or None."""
        return self._rows[0] if self._rows else None

    def one(self) -> Any:
        """The only row. Raises `NoResultFound`, `MultipleResultsFound`."""
        if len(self._rows) != 1:
            raise (MultipleResultsFound if self._rows else NoResultFound)("One row was required.")
        return self._rows[0]

    def scalar(self) -> Any:
        """The first value of the first row, or None."""
        return self._rows[0][0] if self._rows else None

    def scalar_one(self) -> Any:
        return self.one()[0]

    def scalars(self) -> list[Any]:
        return [row[0] for row in self._rows]


class _Bind(NamedTuple):
    name: str
    process: Callable[[Any], Any] | None
    constant: bool
    value: Any


class _Ready(NamedTuple):
    sql: str
    binds: tuple[_Bind, ...]
    positional: bool
    row: Callable[[Sequence[Any]], Any] | None


_ready: dict[tuple[Any, str], _Ready | None] = {}


def run(connection: sa.Connection, statement: Any, values: Values | Sequence[Values] = ()) -> Answer:
    """Run a constant statement with `values` for its parameters; a list of them runs it once for each.

    A statement with lists (`IN`) goes SQLAlchemy's own way.
    """
    key = statement, connection.dialect.name
    if key not in _ready:
        _ready[key] = _prepare(statement, connection.dialect)
    ready = _ready[key]
    if ready is None:
        return _answer(connection.execute(statement, values or None))
    if isinstance(values, list):
        return _send(connection, ready, [_parameters(ready, each) for each in values], many=True)
    return _send(connection, ready, _parameters(ready, values), many=False)


def _parameters(ready: _Ready, values: Any) -> Any:
    found = [
        bind.value if bind.constant else bind.process(values[bind.name]) if bind.process else values[bind.name]
        for bind in ready.binds
    ]
    return tuple(found) if ready.positional else dict(zip([bind.name for bind in ready.binds], found, strict=True))


def _send(connection: sa.Connection, ready: _Ready, parameters: Any, *, many: bool) -> Answer:
    if connection._has_events or connection.engine._has_events:  # somebody counts or traces statements
        answer = _answer(connection.exec_driver_sql(ready.sql, parameters))
        return Answer(_named(ready, answer.all()), answer.rowcount)
    cursor = connection.connection.cursor()
    try:
        (cursor.executemany if many else cursor.execute)(ready.sql, parameters)
        rows = cursor.fetchall() if cursor.description is not None and not many else []
        return Answer(_named(ready, rows), cursor.rowcount)
    except connection.dialect.loaded_dbapi.Error as error:
        raise _as_sqlalchemy(connection, ready.sql, parameters, error) from error
    finally:
        cursor.close()


def _answer(result: sa.CursorResult[Any]) -> Answer:
    return Answer(list(result.fetchall()) if result.returns_rows else [], result.rowcount)


def _named(ready: _Ready, rows: Sequence[Any]) -> list[Any]:
    return [ready.row(row) for row in rows] if ready.row and rows else []


def _as_sqlalchemy(connection: sa.Connection, sql: str, parameters: Any, error: Any) -> BaseException:
    return DBAPIError.instance(
        sql,
        parameters,
        error,
        connection.dialect.loaded_dbapi.Error,
        hide_parameters=connection.engine.hide_parameters,
        dialect=connection.dialect,
    )


def _prepare(statement: Any, dialect: sa.Dialect) -> _Ready | None:
    compiled: Any = statement.compile(dialect=dialect)
    if any(bind.expanding for bind in compiled.bind_names):
        return None
    names = compiled.positiontup if compiled.positional else list(compiled.bind_names.values())
    binds = tuple(_bind(name, compiled.binds[name], dialect) for name in names)
    return _Ready(str(compiled), binds, compiled.positional, _row_maker(statement, dialect))


def _bind(name: str, bind: Any, dialect: sa.Dialect) -> _Bind:
    process = bind.type.dialect_impl(dialect).bind_processor(dialect)
    if bind.required:
        return _Bind(name, process, False, None)
    value = bind.effective_value
    return _Bind(name, None, True, process(value) if process else value)


def _row_maker(statement: Any, dialect: sa.Dialect) -> Callable[[Sequence[Any]], Any] | None:
    columns = getattr(statement, "exported_columns", ())
    if not columns:
        return None
    keys = [column.key for column in columns]
    kind: Any = namedtuple("Row", keys, rename=True)  # type: ignore[misc]
    processors = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns]
    if not any(processors):
        return kind._make

    def row(values: Sequence[Any]) -> Any:
        return kind._make([p(v) if p else v for p, v in zip(processors, values, strict=True)])

    return row
