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
EMPTY: Values = {}
COUNTED = {"preserve_rowcount": True}  # else it is asked of a cursor that is closed, and psycopg's knows nothing then


class Answer:
    """What a statement gave: named rows, or how many rows it changed and, on SQLite, the id of the one it inserted."""

    __slots__ = ("_rows", "inserted_id", "rowcount")

    def __init__(self, rows: list[Any], rowcount: int, inserted_id: int | None = None) -> None:
        self._rows = rows
        self.rowcount = rowcount
        self.inserted_id = inserted_id

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


class _Ready(NamedTuple):
    """The statement in the engine's words; `process` are the places whose values the driver wants in another form."""

    sql: str
    names: tuple[str, ...]
    constants: dict[str, Any]
    process: tuple[tuple[int, Callable[[Any], Any]], ...]
    positional: bool
    row: Callable[[Sequence[Any]], Any] | None


_ready: dict[tuple[Any, str], _Ready | None] = {}


def run(connection: sa.Connection, statement: Any, values: Values | Sequence[Values] = EMPTY) -> Answer:
    """Run a constant statement with `values` for its parameters; a list of them runs it once for each.

    A statement with lists (`IN`) goes SQLAlchemy's own way.
    """
    key = statement, connection.dialect.name
    if key not in _ready:
        _ready[key] = _prepare(statement, connection.dialect)
    ready = _ready[key]
    if ready is None:
        return _answer(connection.execute(statement, values, execution_options=COUNTED))
    if isinstance(values, list):
        return _send(connection, ready, [_parameters(ready, each) for each in values], many=True)
    return _send(connection, ready, _parameters(ready, values), many=False)


def _parameters(ready: _Ready, values: Any) -> Any:
    given = {**ready.constants, **values} if ready.constants else values
    found = [given[name] for name in ready.names]
    for place, process in ready.process:
        found[place] = process(found[place])
    return tuple(found) if ready.positional else dict(zip(ready.names, found, strict=True))


def _send(connection: sa.Connection, ready: _Ready, parameters: Any, *, many: bool) -> Answer:
    if connection._has_events or connection.engine._has_events:  # somebody counts or traces statements
        answer = _answer(connection.exec_driver_sql(ready.sql, parameters, execution_options=COUNTED))
        return Answer(_named(ready, answer.all()), answer.rowcount, answer.inserted_id)
    cursor = connection.connection.cursor()
    try:
        (cursor.executemany if many else cursor.execute)(ready.sql, parameters)
        rows = cursor.fetchall() if cursor.description is not None and not many else []
        return Answer(_named(ready, rows), cursor.rowcount, getattr(cursor, "lastrowid", None))
    except connection.dialect.loaded_dbapi.Error as error:
        raise _as_sqlalchemy(connection, ready.sql, parameters, error) from error
    finally:
        cursor.close()


def _answer(result: sa.CursorResult[Any]) -> Answer:
    rows = list(result.fetchall()) if result.returns_rows else []
    return Answer(rows, result.rowcount, getattr(result, "lastrowid", None))


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
    names = tuple(compiled.positiontup if compiled.positional else compiled.bind_names.values())
    binds = [compiled.binds[name] for name in names]
    makers = [bind.type.dialect_impl(dialect).bind_processor(dialect) for bind in binds]
    return _Ready(
        str(compiled),
        names,
        {name: bind.effective_value for name, bind in zip(names, binds, strict=True) if not bind.required},
        tuple((place, process) for place, process in enumerate(makers) if process),
        compiled.positional,
        _row_maker(statement, dialect),
    )


def _row_maker(statement: Any, dialect: sa.Dialect) -> Callable[[Sequence[Any]], Any] | None:
    columns = getattr(statement, "exported_columns", ())
    if not columns:
        return None
    keys = [column.key for column in columns]
    kind: Any = namedtuple("Row", keys, rename=True)  # type: ignore[misc]
    makers = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns]
    process = [(place, make) for place, make in enumerate(makers) if make]
    if not process:
        return kind._make

    def row(values: Sequence[Any]) -> Any:
        found = list(values)
        for place, make in process:
            found[place] = make(found[place])
        return kind._make(found)

    return row
