"""Pages travel compressed: the rack of a large house is a megabyte of HTML that says little new in each line.

The built-in server compresses nothing, and a proxy in front need not be there. Files under static/ are kept by the
browser for a year and stay as they are. What a page repeats of a request cannot be measured against its secrets from
elsewhere (BREACH): the session cookie is SameSite=Lax, so another site's requests are those of a stranger.
"""

from __future__ import annotations

import gzip

from flask import Flask, Response, request

LEVEL = 3  # the rack of 500 rooms: a third of the time of level 6 for a tenth more bytes (bench/)
SHORTEST = 1024  # bytes; less travels in one packet anyway
COMPRESSED = frozenset({"text/html", "application/json", "application/problem+json", "text/csv"})


def init_app(app: Flask) -> None:
    """Call before everything else that looks at answers: what is plugged in first sees them last."""
    app.after_request(_compress)


def _compress(response: Response) -> Response:
    if response.mimetype not in COMPRESSED or response.is_streamed or response.direct_passthrough:
        return response
    body = response.get_data()
    if len(body) < SHORTEST or response.status_code in (204, 304):
        return response
    response.vary.add("Accept-Encoding")
    if "Content-Encoding" not in response.headers and request.accept_encodings["gzip"]:
        response.set_data(gzip.compress(body, LEVEL, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response
