"""Innkeep: the front office of a hotel."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flask import Flask


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """The application, wired. `config` wins over the environment (PMS_*), which wins over config.py.

    Raises `pms.web.settings.SettingsError` when it would be unsafe to start, such as production without SECRET_KEY.
    Nothing heavy is imported before: `pms --help` needs no Flask.
    """
    from pms.web.application import build
    from pms.web.settings import load

    return build(load(config))
