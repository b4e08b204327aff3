"""Runs the migrations on SQLite and PostgreSQL, all of them in one transaction: a failed upgrade changes nothing."""

from alembic import context
from flask import current_app
from sqlalchemy import text

UPGRADE_LOCK = 74_200  # two processes that start at once upgrade one after the other

database = current_app.extensions["migrate"].db


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
            transactional_ddl=True,  # SQLite can too, once the driver is kept from its own transactions (pms/db.py)
            **current_app.extensions["migrate"].configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()


run_migrations()
