"""The settings: config.py, over it the environment (PMS_<NAME>), over it what the caller gives."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy.engine import make_url

from pms import home
from pms.db import engine_options

SWITCH = {"1": True, "yes": True, "true": True, "on": True, "0": False, "no": False, "false": False, "off": False}
ENVIRONMENTS = ("production", "demo", "development")
SHORTEST_SECRET = 32
WITHOUT_SECRET = (
    f"PMS_SECRET_KEY is missing or shorter than {SHORTEST_SECRET} characters. Production does not start without it."
    ' Make one: python -c "import secrets; print(secrets.token_urlsafe(48))"'
)


class SettingsError(Exception):
    """The settings are wrong or unsafe; the text says which one and what to do."""


def load(given: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """All settings, checked, with Flask's and SQLAlchemy's own derived from ours."""
    defaults = home.load_config()
    settings = defaults | {name: _from_environment(name, value) for name, value in defaults.items()} | dict(given or {})
    _check(settings)
    settings["SECRET_KEY"] = settings["SECRET_KEY"] or secrets.token_urlsafe(48)
    return _derived(settings) | settings | {"TRUSTED_HOSTS": settings["TRUSTED_HOSTS"] or None}


def unsafe(settings: Mapping[str, Any]) -> list[str]:
    """What should be mended before the house is served, one sentence each; nothing outside production."""
    if settings["ENVIRONMENT"] != "production":
        return []
    problems = []
    if len(os.environ.get("PMS_SECRET_KEY", home.load_config()["SECRET_KEY"])) < SHORTEST_SECRET:
        problems.append(WITHOUT_SECRET)
    if not settings["SESSION_COOKIE_SECURE"]:
        problems.append("PMS_SESSION_COOKIE_SECURE is off: session cookies travel unprotected.")
    return problems


def _from_environment(name: str, default: Any) -> Any:
    text = os.environ.get(f"PMS_{name}")
    if text is None:
        return default
    try:
        return _typed(text, default)
    except (ValueError, KeyError) as error:
        raise SettingsError(f"PMS_{name} must be {_kind(default)}, not {text!r}.") from error


def _typed(text: str, default: Any) -> Any:
    if isinstance(default, bool):
        return SWITCH[text.strip().lower()]
    if isinstance(default, int):
        return int(text)
    if isinstance(default, list | tuple):
        return [part.strip() for part in text.split(",") if part.strip()]
    return text


def _kind(default: Any) -> str:
    return "yes or no" if isinstance(default, bool) else "a whole number"


def _check(settings: dict[str, Any]) -> None:
    if settings["ENVIRONMENT"] not in ENVIRONMENTS:
        raise SettingsError(f"PMS_ENVIRONMENT must be one of {', '.join(ENVIRONMENTS)}.")
    if settings["ENVIRONMENT"] == "production" and len(settings["SECRET_KEY"]) < SHORTEST_SECRET:
        raise SettingsError(WITHOUT_SECRET)


def _derived(settings: dict[str, Any]) -> dict[str, Any]:
    url = _absolute(settings["DATABASE_URL"])
    return {
        "SQLALCHEMY_DATABASE_URI": url,
        # A failed statement would otherwise carry guests' data into the log.
        "SQLALCHEMY_ENGINE_OPTIONS": engine_options(url) | {"hide_parameters": True},
        "SESSION_COOKIE_NAME": "pms_session",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "PERMANENT_SESSION_LIFETIME": timedelta(hours=settings["SESSION_HOURS"]),
        "SEND_FILE_MAX_AGE_DEFAULT": timedelta(days=365),  # static addresses carry a version
        "WTF_CSRF_TIME_LIMIT": None,  # as long as the session
        "BABEL_TRANSLATION_DIRECTORIES": str(home.translations()),
    }


def _absolute(url: str) -> str:
    """Relative SQLite files lie where the command was called; Flask would put them into its instance folder."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or parsed.database in (None, "", ":memory:"):
        return url
    path = Path(parsed.database).resolve()
    path.parent.mkdir(parents=True, exist_ok=True)
    return parsed.set(database=str(path)).render_as_string(hide_password=False)
