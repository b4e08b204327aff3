"""One JSON line per request. Nothing of a guest: no names, no form values, no search words, no addresses with text."""

from __future__ import annotations

import logging
import sys
import time
import uuid
from typing import Any

import structlog
from flask import Flask, Response, g, request

log = structlog.get_logger("pms")

HANDLER = "pms"


def init_app(app: Flask) -> None:
    configure(app.config["LOG_LEVEL"], as_json=app.config["LOG_JSON"])
    app.before_request(_begin)
    app.after_request(_line)


def configure(level: str, *, as_json: bool) -> None:
    """Our own lines and those of the libraries in one form on stderr."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    renderer: Any = structlog.processors.JSONRenderer() if as_json else structlog.dev.ConsoleRenderer()
    structlog.configure(
        processors=[*shared, structlog.processors.format_exc_info, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        logger_factory=lambda *_: structlog.WriteLogger(sys.stderr),
    )
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(processors=[_drop_meta, renderer], foreign_pre_chain=shared)
    )
    handler.setLevel(logging.WARNING)
    handler.set_name(HANDLER)
    root = logging.getLogger()
    for old in [old for old in root.handlers if old.get_name() == HANDLER]:
        root.removeHandler(old)
    root.addHandler(handler)


def _drop_meta(logger: Any, name: str, event: Any) -> Any:
    return structlog.stdlib.ProcessorFormatter.remove_processors_meta(logger, name, event)


def _begin() -> None:
    g.request_id = uuid.uuid4().hex[:12]
    g.began = time.perf_counter()


def _line(response: Response) -> Response:
    response.headers["X-Request-ID"] = g.get("request_id", "")
    if request.endpoint in ("static", "health.alive", "health.ready", "live.news"):
        return response
    user, role = g.get("who", (None, None))
    log.info(
        "request",
        request_id=g.get("request_id"),
        method=request.method,
        route=request.url_rule.rule if request.url_rule else None,
        ids={name: value for name, value in (request.view_args or {}).items() if isinstance(value, int)} or None,
        user=user,
        role=role,
        status=response.status_code,
        ms=round((time.perf_counter() - g.get("began", time.perf_counter())) * 1000, 1),
    )
    return response
