"""Sheets that stand both on a page of their own and over the rack: how they are drawn, answered and left."""

from __future__ import annotations

from typing import Any

from flask import Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from pms.errors import Refused
from pms.web.gate import is_htmx, local_path
from pms.web.pages import refused_page


def draw(name: str, status: int = 200, **context: Any) -> Response:
    """The sheet templates/NAME: alone for the rack, else on its page."""
    return make_response(render_template(_template(name), **context), status)


def refuse(no: Refused, name: str, **context: Any) -> Response:
    """The same sheet again with the refusal in it and everything typed."""
    return refused_page(no, _template(name), wrong=True, **context)


def leave(address: str) -> BaseResponse:
    """Done: go on at `address`."""
    if is_htmx():
        return Response(status=200, headers={"HX-Redirect": address})
    return redirect(address, 303)


def way_back(stay_id: int | None = None) -> str:
    """Where the clerk came from: the rack or a list (`back`), else the stay, or the rack without one."""
    asked = local_path(request.values.get("back"))
    return asked or (url_for("bookings.stay", stay_id=stay_id) if stay_id else url_for("rack.show"))


def _template(name: str) -> str:
    folder, _, file = name.partition("/")
    return f"{folder}/_{file}.html" if is_htmx() else f"{folder}/{file}.html"
