"""Runs the migrations on SQLite and PostgreSQL, all of them in one transaction: a failed upgrade changes nothing."""

from typing import Any, Literal

from alembic import context
from flask import current_app
from sqlalchemy import text
from sqlalchemy.types import TypeDecorator

UPGRADE_LOCK = 74_200  # two processes that start at once upgrade one after the other

database = current_app.extensions["migrate"].db


def plain_type(kind: str, item: Any, _: Any) -> str | Literal[False]:
    """Write our own column types into a migration as what they are in the database, so that it outlives our code."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl_instance.__class__.__name__}()"
    return False


def run_migrations() -> None:
    """On the application's own engine, with its settings."""
    with database.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL statement_timeout = 0"))
            connection.execute(text("SET LOCAL lock_timeout = 0"))
            connection.execute(text(f"SELECT pg_advisory_xact_lock({UPGRADE_LOCK})"))
        context.configure(
            connection=connection,
            target_metadata=database.metadata,
            render_item=plain_type,
            transactional_ddl=True,  # SQLite can too, once the driver is kept from its own transactions (pms/db.py)
            **current_app.extensions["migrate"].configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()


run_migrations()
