"""The document of the API."""

from __future__ import annotations

from flask import Blueprint, Response, current_app

from pms.api import document
from pms.web.gate import public

bp = Blueprint("api_document", __name__)


@bp.get("/api/openapi.json")
@public
def openapi() -> Response:
    """OpenAPI 3.1, made once."""
    if "openapi" not in current_app.extensions:
        current_app.extensions["openapi"] = document.as_json()
    return Response(current_app.extensions["openapi"], mimetype="application/json")
