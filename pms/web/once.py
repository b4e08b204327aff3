"""A form does its work once: double click, refresh and back get the first posting's answer.

Each writing form carries `_token`. Its row is written first, inside the unit of work: a second posting at the same time
waits for the first, and work that fails takes the row with it, so that the same form can be sent again.
"""

from __future__ import annotations

import hashlib
import uuid
from datetime import timedelta

from flask import Flask, Response, g, request, session
from flask_login import current_user

from pms import clock
from pms.errors import Conflict, Refused
from pms.say import Say, say
from pms.web import queries, sessions
from pms.web.gate import current_view, is_program, me
from pms.web.house import READING_METHODS
from pms.web.models import RequestToken

FIELD = "_token"
NOT_TYPED = frozenset({FIELD, "csrf_token"})
KEPT_HEADERS = frozenset({"Content-Type", "ETag", "Location", "HX-Redirect", "HX-Trigger", "HX-Retarget", "HX-Reswap"})
LARGEST_KEPT_BODY = 256 * 1024
KEPT_FOR = timedelta(days=2)
_SENT_BEFORE = say("This form was already sent with other words in it. Nothing was done now; open the page again.")


class WithoutToken(Refused):
    status = 400


def form_token() -> str:
    """A new token for a form."""
    return str(uuid.uuid4())


def init_app(app: Flask) -> None:
    app.add_template_global(form_token)
    app.before_request(_begin)
    app.after_request(_finish)


def forget_old() -> None:
    """Throw away answers nobody will ask for again; inside `work()`."""
    queries.forget_tokens(clock.now() - KEPT_FOR)


def _begin() -> Response | None:
    view = current_view()
    if request.method in READING_METHODS or view is None or is_program():
        return None
    if not current_user.is_authenticated or getattr(view, "harmless_twice", False) or getattr(view, "own_work", False):
        return None
    return claim(_token(), _fingerprint(), _SENT_BEFORE)


def claim(token: str, fingerprint: str, sent_before: Say) -> Response | None:
    """None for whoever comes first with this token; the first one's answer for the others. `token` is 36 characters.

    Raises `Conflict`, saying `sent_before`, when the first one sent something else.
    """
    if queries.claim_token(token, user_id=me().id, path=request.path, fingerprint=fingerprint, at=clock.now()):
        g.claimed_token = token
        return None
    first = queries.answer_of(token)
    if first is None or first.status is None or first.user_id != me().id or first.fingerprint != fingerprint:
        raise Conflict(sent_before)
    return _again(first)


def _token() -> str:
    try:
        return str(uuid.UUID(request.form.get(FIELD, "")))
    except ValueError:
        raise WithoutToken(say("This form came without its token. Nothing was done; open the page again.")) from None


def _again(first: RequestToken) -> Response:
    if first.flashes:
        session["_flashes"] = sessions.serializer.loads(first.flashes)
    response = Response(first.body, status=first.status)
    response.headers.update(first.headers)
    return response


def _finish(response: Response) -> Response:
    token = g.pop("claimed_token", None)
    if token is None or response.status_code >= 400:
        return response
    queries.keep_answer(
        token,
        status=response.status_code,
        headers={name: value for name, value in response.headers if name in KEPT_HEADERS},
        flashes=sessions.serializer.dumps(session.get("_flashes", [])),
        body=_body(response),
    )
    return response


def _body(response: Response) -> str:
    """The page as it was; a large or streamed one is not kept, only its head."""
    if response.is_streamed or (response.content_length or 0) > LARGEST_KEPT_BODY:
        return ""
    return response.get_data(as_text=True)


def _fingerprint() -> str:
    """What was sent, apart from tokens: path, fields in order, files by their content."""
    digest = hashlib.sha256(f"{request.method} {request.full_path}".encode())
    for name, value in sorted(request.form.items(multi=True)):
        if name not in NOT_TYPED:
            digest.update(f"\n{len(name)} {name} {len(value)} {value}".encode())
    for name, file in sorted(request.files.items(multi=True), key=lambda item: item[0]):
        digest.update(f"\n{name} {file.filename} ".encode() + hashlib.sha256(file.stream.read()).digest())
        file.stream.seek(0)
    return digest.hexdigest()
