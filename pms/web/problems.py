"""Refusals and errors for programs: problem+json (RFC 9457) in the language asked for, with what can be done instead.

Members besides the standard's: `field` the refused value belongs to, `offers` as text and data, `errors` by field,
`current` the record as it is when somebody else was faster.
"""

from __future__ import annotations

import json
from typing import Any

from flask import Response, g

from pms.db import db
from pms.errors import Conflict, Missing, NotAllowed, Offer, Refused
from pms.say import Say, translate
from pms.web import language

MEDIA_TYPE = "application/problem+json"
KINDS: tuple[tuple[type[Refused], str], ...] = (
    (NotAllowed, "not-allowed"),
    (Missing, "missing"),
    (Conflict, "conflict"),
    (Refused, "refused"),
)


def refused(no: Refused, title: Say) -> Response:
    """The answer to a refusal; whatever the action had begun is undone first."""
    db.session.rollback()
    kind = getattr(no, "kind", "") or next(name for known, name in KINDS if isinstance(no, known))
    return problem(no.status, kind, title, no.reason, field=no.field, offers=no.offers, **getattr(no, "members", {}))


def problem(
    status: int,
    kind: str,
    title: Say,
    detail: Say,
    *,
    field: str = "",
    offers: tuple[Offer, ...] = (),
    **members: Any,
) -> Response:
    """One problem document; `members` are plain data."""
    lang = language.current()
    body: dict[str, Any] = {
        "type": f"urn:innkeep:problem:{kind}",
        "title": translate(title, lang),
        "status": status,
        "detail": translate(detail, lang),
        "request_id": g.get("request_id", ""),
    }
    if field:
        body["field"] = field
    if offers:
        body["offers"] = [{"text": translate(o.text, lang), "kind": o.kind, "value": _plain(o.value)} for o in offers]
    response = Response(json.dumps(body | members, ensure_ascii=False), status=status, content_type=MEDIA_TYPE)
    response.headers["Content-Language"] = "zh-Hans" if lang == "zh" else "en"
    return response


def _plain(value: Any) -> Any:
    """An offer's value as JSON: numbers and lists as they are, dates and codes as text."""
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value if value is None or isinstance(value, bool | int) else str(value)
