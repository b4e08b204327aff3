"""The application: what is plugged into what."""

from __future__ import annotations

import importlib
from typing import Any

from flask_babel import Babel
from flask_migrate import Migrate
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from pms import home
from pms.db import db
from pms.web import (
    addresses,
    compression,
    frame,
    gate,
    headers,
    health,
    language,
    live,
    logs,
    once,
    pages,
    sessions,
)
from pms.web.house import House


def build(settings: dict[str, Any]) -> House:
    """The application for checked settings (`pms.web.settings.load`)."""
    app = House(
        "pms", template_folder=str(home.templates()), static_folder=str(home.static()), static_url_path="/static"
    )
    app.config.update(settings)
    if settings["TRUSTED_PROXIES"]:
        hops = settings["TRUSTED_PROXIES"]
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    logs.init_app(app)
    compression.init_app(app)
    home.ensure_compiled()
    _database(app)
    Babel(app, locale_selector=language.locale_code)
    language.init_app(app)
    sessions.init_app(app)
    # In this order before a view: is the form ours, who are you, may you, have you done it already.
    CSRFProtect(app)
    gate.init_app(app)
    once.init_app(app)
    headers.init_app(app)
    addresses.init_app(app)
    frame.init_app(app)
    pages.init_app(app)
    app.register_blueprint(health.bp)
    app.register_blueprint(live.bp)
    _register_pages(app)
    return app


def _database(app: House) -> None:
    import_models()
    db.init_app(app)
    Migrate(app, db, directory=str(home.migrations()), compare_type=True, render_as_batch=True)


def import_models() -> None:
    """Every table known to SQLAlchemy, whichever feature is asked for first."""
    for file in sorted(home.PACKAGE.glob("*/models*.py")):
        importlib.import_module(f"pms.{file.parent.name}.{file.stem}")
    importlib.import_module("pms.clock")
    importlib.import_module("pms.journal")
    importlib.import_module("pms.notices")


def _register_pages(app: House) -> None:
    """Every feature's blueprints: `bp` of each `pms/<feature>/views*.py`. The pages of one may lie in several files."""
    files = sorted(home.PACKAGE.glob("*/views*.py"))
    found = [importlib.import_module(f"pms.{file.parent.name}.{file.stem}").bp for file in files]
    for bp in dict.fromkeys(found):
        app.register_blueprint(bp)
