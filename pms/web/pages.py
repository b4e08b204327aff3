"""Refusals and errors as pages a clerk can act on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask, Response, flash, g, make_response, render_template
from flask_login import AnonymousUserMixin
from flask_wtf.csrf import CSRFError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, InternalServerError, SecurityError

from pms.db import db, reading
from pms.errors import Conflict, Refused
from pms.say import Say, say
from pms.web import problems
from pms.web.gate import is_htmx, is_program

NOTHING_DONE = say("Nothing was changed.")
TITLES = {
    400: say("This could not be understood"),
    403: say("Not allowed"),
    404: say("Not found"),
    405: say("Not possible this way"),
    409: say("Somebody was faster"),
    413: say("The file is too large"),
    422: say("Not possible"),
    429: say("Too many tries"),
    503: say("The house is busy"),
    500: say("Something broke"),
}
TEXTS = {
    400: say("Go back, open the page again and send the form once more."),
    404: say("There is no such page. Search with / or start from the desk."),
    405: say("Go back and use the button on the page."),
    413: say("Choose a smaller file."),
    503: say("Another job is being saved. Wait two seconds and send it again; nothing was changed."),
    500: say("Nothing was changed. Try again; if it happens once more, tell the administrator the number below."),
}


def refused_page(
    no: Refused, template: str | None = None, shown: Callable[[], dict[str, Any]] | None = None, **context: Any
) -> Response:
    """The answer to a refusal: `template` (a form, with what was typed) or the general page, with `refusal` in it.

    Whatever the action had begun is undone first; the page itself only reads. `shown` gives what the page shows of
    the records as they are then.
    """
    db.session.rollback()
    name = template or ("errors/_refused.html" if is_htmx() else "errors/refused.html")
    with reading():
        more = shown() if shown else {}
        page = render_template(name, refusal=no, title=title_of(no.status), status=no.status, **more, **context)
    return make_response(page, no.status)


def toast(text: Say, undo: str = "") -> None:
    """Say on the next page what was done; it is translated there (`TagSay` carries it through the session).

    `undo` is the address to post to for taking it back; the toast then offers Undo on `z`.
    """
    flash(text, f"undo:{undo}" if undo else "message")  # type: ignore[arg-type]


def title_of(status: int) -> Say:
    return TITLES.get(status, TITLES[422])


def init_app(app: Flask) -> None:
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(StaleDataError, _meanwhile)
    app.register_error_handler(CSRFError, _expired_form)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(InternalServerError, _broken)


def _refused(no: Refused) -> Response:
    return problems.refused(no, title_of(no.status)) if is_program() else refused_page(no)


def _meanwhile(_: StaleDataError) -> Response:
    """Two at once wrote the same record, and the action has no better word for it."""
    return _refused(Conflict(say("Somebody else has just changed this. Please look at it again.")))


def _expired_form(_: CSRFError) -> Response:
    return _page(400, say("This form is too old or came from elsewhere. Open the page again and send it once more."))


def _http_error(error: HTTPException) -> Response:
    if error.code is None or error.code < 400 or isinstance(error, SecurityError):
        return make_response(error.get_response())  # under a foreign host name no page of ours can be drawn
    text = TEXTS.get(error.code, NOTHING_DONE)
    response = _problem(error.code, text) if is_program() else _page(error.code, text)
    if allowed := getattr(error, "valid_methods", None):
        response.headers["Allow"] = ", ".join(sorted(allowed))
    if retry := getattr(error, "retry_after", None):
        response.headers["Retry-After"] = str(retry)
    return response


def _broken(_: InternalServerError) -> Response:
    """Drawn without the database, which may be what broke."""
    if is_program():
        return _problem(500, TEXTS[500])
    g.database_failed = True
    g._login_user = AnonymousUserMixin()
    g.pop("frame", None)
    return _page(500, TEXTS[500])


def _problem(status: int, text: Say) -> Response:
    return problems.problem(status, "http", title_of(status), text)


def _page(status: int, text: Say) -> Response:
    db.session.rollback()
    with reading():
        page = render_template(
            "errors/error.html", title=title_of(status), text=text, status=status, request_id=g.get("request_id", "")
        )
    return make_response(page, status)
