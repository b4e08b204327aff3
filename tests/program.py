"""The program under test: built once a worker and pointed at each test's database, or built anew."""

from __future__ import annotations

from functools import cache

from flask import Flask

from pms.db import db
from pms.web.settings import load

SETTINGS = {
    "ENVIRONMENT": "development",
    "SECRET_KEY": "only for tests",
    "SESSION_COOKIE_SECURE": False,
    "TESTING": True,
}


def new_program(database_url: str) -> Flask:
    """For a test that plugs something into the program."""
    from pms import create_app

    return create_app(SETTINGS | {"DATABASE_URL": database_url})


@cache
def shared_program() -> Flask:
    """For all others: its two hundred addresses take longer to compile than most tests to run."""
    return new_program("sqlite://")


def use_database(app: Flask, url: str) -> None:
    """Point a program at another database, as Flask-SQLAlchemy does when the program is built."""
    app.config.update(load(SETTINGS | {"DATABASE_URL": url}))
    options = {"url": app.config["SQLALCHEMY_DATABASE_URI"]} | app.config["SQLALCHEMY_ENGINE_OPTIONS"]
    db._apply_driver_defaults(options, app)
    db._app_engines[app] = {None: db._make_engine(None, options, app)}
