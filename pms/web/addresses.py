"""Addresses in pages. The frame of a page names 50 of them, a list one or two a row; building each by the rules of
routing took a quarter of a page's time (bench/). So an address without arguments, of a file, or with one whole number
is built once and kept as a pattern.
"""

from __future__ import annotations

from typing import Any

import flask
from flask import Flask, current_app, has_request_context, request

from pms.web.headers import version_of

PROBE = 7_340_196_852  # stands in a pattern where the number goes


def init_app(app: Flask) -> None:
    app.extensions["addresses"] = {}
    app.jinja_env.globals["url_for"] = url_for


def url_for(endpoint: str, **values: Any) -> str:
    """As Flask's."""
    if len(values) > 1 or endpoint[0] == "." or not has_request_context():
        return flask.url_for(endpoint, **values)
    if not values:
        return _pattern(endpoint, "", {})
    ((name, value),) = values.items()
    if endpoint == "static" and name == "filename":
        version = version_of(current_app.static_folder or "", value)
        return _pattern(value, version, {"filename": value, "v": version}, of="static")
    if type(value) is int and value >= 0 and not name.startswith("_"):
        return _pattern(endpoint, name, {name: PROBE}).replace(str(PROBE), str(value))
    return flask.url_for(endpoint, **values)


def _pattern(what: str, more: str, values: dict[str, Any], of: str = "") -> str:
    known: dict[tuple[str, ...], str] = current_app.extensions["addresses"]
    key = request.root_path, of, what, more
    if key not in known:
        known[key] = flask.url_for(of or what, **values)
    return known[key]
