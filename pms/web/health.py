"""For the machine that watches the house: is the process alive, can it work."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify
from sqlalchemy.exc import SQLAlchemyError

from pms.web import schema
from pms.web.gate import public

bp = Blueprint("health", __name__)


@bp.get("/healthz")
@public
def alive() -> Response:
    """The process answers."""
    return jsonify(status="ok")


@bp.get("/readyz")
@public
def ready() -> tuple[Response, int]:
    """The database can be reached and has this version's tables."""
    try:
        migrated = schema.is_current()
    except SQLAlchemyError:
        return jsonify(status="database not reachable"), 503
    if not migrated:
        return jsonify(status="database not migrated"), 503
    return jsonify(status="ok"), 200
