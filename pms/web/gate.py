"""Who comes in: nobody without logging in, unless the view says so; a view's action asks the access table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, Response, current_app, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as BaseResponse

from pms import access
from pms.accounts.models import User

View = TypeVar("View", bound=Callable[..., Any])

PROGRAMS = "/api/"


def public(view: View) -> View:
    """Mark a view that may be seen without logging in."""
    view.public = True  # type: ignore[attr-defined]
    return view


def needs(action: str) -> Callable[[View], View]:
    """Mark a view with its action in the access table; other roles get 403 before it runs."""
    if action not in access.ALLOWED:
        raise ValueError(f"{action!r} is not in the access table")

    def mark(view: View) -> View:
        view.action = action  # type: ignore[attr-defined]
        return view

    return mark


def harmless_twice(view: View) -> View:
    """Mark a writing view that needs no idempotency token, because doing it again changes nothing more."""
    view.harmless_twice = True  # type: ignore[attr-defined]
    return view


def own_work(view: View) -> View:
    """Mark a writing view that opens its units of work itself (slow hashing must not hold up other writers)."""
    view.own_work = True  # type: ignore[attr-defined]
    return view


def me() -> User:
    """The user who acts in this request."""
    user: User = current_user._get_current_object()
    return user


def is_program() -> bool:
    """Does a program ask, over the API? It comes in with a token of its own (pms.api.door), never with a cookie."""
    return request.path.startswith(PROGRAMS)


def is_htmx() -> bool:
    return request.headers.get("HX-Request") == "true"


def current_view() -> Callable[..., Any] | None:
    return current_app.view_functions.get(request.endpoint or "")


def local_path(path: str | None) -> str | None:
    """`path` if it stays in this house, else None: no open redirects."""
    if path and path.startswith("/") and not path.startswith("//") and not set(path) & set("\\\r\n\t"):
        return path
    return None


def init_app(app: Flask) -> None:
    public(app.view_functions["static"])
    app.before_request(_check)


def _check() -> BaseResponse | None:
    view = current_view()
    if view is None or getattr(view, "public", False) or is_program():
        return None
    if not current_user.is_authenticated:
        return _to_login()
    action = getattr(view, "action", None)
    if action is not None:
        access.require(me(), action)
    return None


def _to_login() -> BaseResponse:
    """The way in, and from there to the page that was wanted. A post is not repeated after logging in."""
    wanted = request.full_path.rstrip("?") if request.method == "GET" and not is_htmx() else None
    address = url_for("accounts.login", next=wanted)
    if is_htmx():
        return Response(status=401, headers={"HX-Redirect": address})
    return redirect(address, 303)
