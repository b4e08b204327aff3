"""The migrations make the tables that the models describe."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from pms.db import db, reading
from pms.web import schema
from tests.web.conftest import NewApp

pytestmark = pytest.mark.both_engines


def test_migrations_from_empty_equal_the_models(empty_database_url: str, new_app: NewApp) -> None:
    with new_app(empty_database_url).app_context():
        assert not schema.is_current()
        schema.upgrade()
        assert schema.is_current()
        with reading():
            context = MigrationContext.configure(db.session.connection(), opts={"compare_type": True})
            assert compare_metadata(context, db.metadata) == []
            assert _checks(sa.inspect(db.session.connection())) == _checks_of_models()
        schema.upgrade()  # nothing to do the second time


def _checks(inspector: sa.Inspector) -> set[str]:
    return {
        str(check["name"]) for table in inspector.get_table_names() for check in inspector.get_check_constraints(table)
    }


def _checks_of_models() -> set[str]:
    return {
        str(constraint.name)
        for table in db.metadata.tables.values()
        for constraint in table.constraints
        if isinstance(constraint, sa.CheckConstraint)
    }
