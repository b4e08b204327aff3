"""An empty database for every test, quickly: SQLite as a copied file, PostgreSQL as a copied database.

Tests marked `both_engines` run once on each. One throw-away PostgreSQL serves all workers of a run: the first that
needs it starts it, the run's end stops it. Set PMS_TEST_POSTGRES_URL to use a server of your own instead.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy as sa

from pms.db import db
from pms.web.application import import_models
from tools.throwaway_postgres import CannotRun, Cluster

RUN_DIR = "PMS_TEST_RUN_DIR"
SERVER = "PMS_TEST_POSTGRES_URL"
ENGINES = ("sqlite", "postgresql")


def pytest_configure(config: pytest.Config) -> None:
    """The first process of a run makes the directory that all its workers share."""
    if not hasattr(config, "workerinput"):
        for killed in _runs_without_process():
            _clear(killed)
        os.environ[RUN_DIR] = tempfile.mkdtemp(prefix=f"innkeep-test-{os.getpid()}-", dir=_memory())


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput") and RUN_DIR in os.environ:
        _clear(Path(os.environ.pop(RUN_DIR)))


def _runs_without_process() -> list[Path]:
    """What runs left behind that were killed before they could tidy up."""
    left = Path(_memory() or tempfile.gettempdir()).glob("innkeep-test-*-*")
    return [run for run in left if not _alive(int(run.name.split("-")[2]))]


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _clear(run: Path) -> None:
    if (run / "cluster").exists():
        with suppress(CannotRun):
            Cluster(Path((run / "cluster").read_text())).stop()
    shutil.rmtree(run, ignore_errors=True)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if not metafunc.definition.get_closest_marker("both_engines"):
        return
    if "engine_name" not in metafunc.fixturenames:
        raise pytest.UsageError(f"{metafunc.definition.nodeid} is marked both_engines but uses no database")
    metafunc.parametrize("engine_name", ENGINES)


@pytest.fixture
def engine_name() -> str:
    return "sqlite"


@pytest.fixture
def empty_database_url(engine_name: str) -> Iterator[str]:
    """A database without any table, for tests of migrations and of `pms init`."""
    yield from _sqlite(None) if engine_name == "sqlite" else _postgresql("template1")


@pytest.fixture
def database_url(engine_name: str) -> Iterator[str]:
    """A database with all tables and no row."""
    yield from _sqlite(sqlite_template()) if engine_name == "sqlite" else _postgresql(postgresql_template())


def _sqlite(template: Path | None) -> Iterator[str]:
    file = Path(os.environ[RUN_DIR], f"{uuid4().hex}.db")
    if template:
        shutil.copyfile(template, file)
    yield f"sqlite:///{file}"
    for leftover in file.parent.glob(f"{file.name}*"):
        leftover.unlink()


def _postgresql(template: str) -> Iterator[str]:
    name = f"test_{uuid4().hex}"
    with maintenance() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE {template}")
    yield sa.make_url(server_url()).set(database=name).render_as_string(hide_password=False)
    with maintenance() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")


@cache
def sqlite_template() -> Path:
    file = Path(os.environ[RUN_DIR], f"template-{os.getpid()}.db")
    create_tables(f"sqlite:///{file}")
    return file


@cache
def postgresql_template() -> str:
    """One per worker: PostgreSQL cannot copy a database while another worker copies it."""
    name = f"template_{os.getpid()}"
    with maintenance() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    create_tables(sa.make_url(server_url()).set(database=name).render_as_string(hide_password=False))
    return name


def create_tables(url: str) -> None:
    import_models()
    engine = sa.create_engine(url)
    db.metadata.create_all(engine)
    engine.dispose()


@cache
def server_url() -> str:
    """The PostgreSQL of this run; skips the test, aloud, where there is none."""
    if SERVER in os.environ:
        return os.environ[SERVER]
    run = Path(os.environ[RUN_DIR])
    with (run / "cluster.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        started = run / "cluster"
        try:
            if not started.exists():
                started.write_text(str(Cluster.start().directory))
        except CannotRun as reason:
            pytest.skip(f"PostgreSQL: {reason}")
        return Cluster(Path(started.read_text())).url()


@cache
def maintenance_engine() -> sa.Engine:
    return sa.create_engine(server_url(), isolation_level="AUTOCOMMIT")


def maintenance() -> sa.Connection:
    return maintenance_engine().connect()


def _memory() -> str | None:
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
