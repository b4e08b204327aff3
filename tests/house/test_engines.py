"""Each test has a database of its own, on either engine."""

from __future__ import annotations

import pytest
import sqlalchemy as sa


@pytest.mark.both_engines
@pytest.mark.parametrize("time", ["first", "second"])
def test_every_test_finds_its_database_empty(database_url: str, engine_name: str, time: str) -> None:
    engine = sa.create_engine(database_url)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE left_behind (id INTEGER)")
    assert engine.dialect.name == engine_name
    assert "users" in sa.inspect(engine).get_table_names()
    engine.dispose()
