"""`pms serve`: the built-in server, and the small job beside it that seals the journal."""

from __future__ import annotations

import logging
import signal
import threading
from datetime import timedelta
from typing import Any

import click
import structlog
import waitress
from flask import Flask
from sqlalchemy.exc import DBAPIError

from pms import clock, create_app, journal
from pms.accounts import actions as accounts
from pms.db import work
from pms.web import once, sessions
from pms.web.schema import upgrade
from pms.web.settings import SettingsError

log = structlog.get_logger("pms")

SEAL_EVERY = timedelta(seconds=3)
CLEAN_UP_EVERY = timedelta(hours=1)


@click.command()
@click.option("--host", help="Address to listen on (PMS_HOST).")
@click.option("--port", type=click.IntRange(1, 65535), envvar="PORT", help="Port to listen on (PORT, PMS_PORT).")
def serve(host: str | None, port: int | None) -> None:
    """Serve the house to browsers; brings the database to this version first."""
    try:
        app = create_app()
    except SettingsError as error:
        raise click.ClickException(str(error)) from error
    with app.app_context():
        upgrade()
    run(app, host=host, port=port)


def run(app: Flask, *, host: str | None = None, port: int | None = None) -> None:
    """Serve `app` until it is told to stop; in the foreground."""
    host, port = host or app.config["HOST"], port or app.config["PORT"]
    stop = threading.Event()
    keeper = threading.Thread(target=keep_house, args=(app, stop), name="keeper", daemon=True)
    signal.signal(signal.SIGTERM, _leave)
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    server = _listen(app, host, port)
    keeper.start()
    click.echo(f"Innkeep is served on http://{'localhost' if host in ('127.0.0.1', '0.0.0.0') else host}:{port}")
    try:
        server.run()
    finally:
        stop.set()
        keeper.join(timeout=5)


def keep_house(app: Flask, stop: threading.Event) -> None:
    """Seal the journal every few seconds and throw away once an hour what is over, until `stop` is set."""
    cleaned = None
    while not stop.wait(SEAL_EVERY.total_seconds()):
        with app.app_context():
            now = clock.now()
            try:
                with work():
                    journal.seal()
                if cleaned is None or now - cleaned > CLEAN_UP_EVERY:
                    clean_up()
                    cleaned = now
            except DBAPIError as error:
                log.warning("keeper", kind=type(error).__name__)


def clean_up() -> None:
    """Throw away old form tokens, sessions that are over and tries to log in that no longer count."""
    idle, longest = sessions.timeouts()
    with work():
        once.forget_old()
        accounts.clean_up(idle=idle, longest=longest, now=clock.now())


def _listen(app: Flask, host: str, port: int) -> Any:
    try:
        return waitress.create_server(
            app,
            host=host,
            port=port,
            threads=app.config["THREADS"],
            ident=None,
            clear_untrusted_proxy_headers=not app.config["TRUSTED_PROXIES"],
        )
    except OSError as error:
        text = f"Port {port} of {host} cannot be used: {error.strerror}. Choose another: --port"
        raise click.ClickException(text) from error


def _leave(*_: object) -> None:
    raise SystemExit(0)
