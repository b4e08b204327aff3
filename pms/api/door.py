"""How a request becomes an action: token, permission, checked words, done once, answered.

    @door.does("POST /stays/{stay_id}/cancel", needs="cancel_booking")
    def cancel(stay_id: int, body: Reason) -> StayOut: ...

`body` and `query` are schemas, the return type is the answer's schema. Every POST wants an Idempotency-Key.
"""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, NoReturn, get_type_hints

from flask import Blueprint, Response, g, request
from flask.blueprints import BlueprintSetupState
from pydantic import BaseModel, ValidationError

from pms import access, clock
from pms.accounts import tokens
from pms.api.schemas import LARGEST_ID
from pms.errors import Missing, Refused
from pms.say import Say, say, translate
from pms.web import language, once
from pms.web.gate import me, own_work, public

PREFIX = "/api/v1"

PATH_TEXT = re.compile(r"[A-Za-z0-9._-]{1,24}")
NUMBER = re.compile(r"[1-9][0-9]{0,9}")
KEY = re.compile(r"[\x21-\x7e]{1,64}")
SENT_BEFORE = say("This Idempotency-Key was already used for something else. Nothing was done now; use a new key.")

# What is wrong with a value, by pydantic's name for it; {placeholders} are pydantic's too.
WRONG: dict[str, Say] = {
    "missing": say("This is missing."),
    "extra_forbidden": say("There is no such field."),
    "string_too_long": say("This is too long."),
    "string_too_short": say("This is too short."),
    "enum": say("This is none of the possible values."),
    "json_invalid": say("This is not JSON."),
}
NOT_POSSIBLE = say("This value is not possible here.")


class Unauthorised(Refused):
    """Who asks is not known."""

    status = 401
    kind = "unauthorised"


class NotUnderstood(Refused):
    """The request is not what the document says; `members` name each field that is wrong."""

    kind = "not-understood"

    def __init__(self, reason: Say, *, status: int = 422, field: str = "", errors: list[dict[str, Any]] | None = None):
        super().__init__(reason, field=field)
        self.status = status
        self.members = {"errors": errors} if errors else {}


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing a program may ask for, as the view says it."""

    method: str
    path: str  # with {names}
    needs: str
    name: str
    tag: str
    about: str
    status: int
    body: type[BaseModel] | None
    query: type[BaseModel] | None
    answer: type[BaseModel] | None
    holds: bool  # changes a record that carries a version

    @property
    def is_once(self) -> bool:
        return self.method == "POST"

    @property
    def places(self) -> list[str]:
        return re.findall(r"{(\w+)}", self.path)


OPERATIONS: list[Operation] = []


class Door(Blueprint):
    """The operations on one kind of thing; `name` is the heading they stand under in the document."""

    def __init__(self, name: str) -> None:
        super().__init__(f"api_{name.lower().replace(' ', '_')}", __name__, url_prefix=PREFIX)
        self.tag = name
        self.before_request(_come_in)
        self.record_once(_without_csrf)

    def does(
        self, what: str, *, needs: str, status: int = 200, holds: bool = False, alone: bool = False
    ) -> Callable[[Any], Any]:
        """Mark a function as what `METHOD /path/{id}` does, for roles that may do the action `needs`; `alone` opens its
        units of work itself (a PUT: no key is kept for it).
        """
        method, _, path = what.partition(" ")

        def mark(function: Callable[..., Any]) -> Callable[..., Any]:
            hints = get_type_hints(function)
            answer = hints["return"] if hints["return"] is not type(None) else None
            operation = Operation(
                method, path, needs, function.__name__, self.tag, (function.__doc__ or "").strip(),
                status if answer else 204, hints.get("body"), hints.get("query"), answer, holds,
            )  # fmt: skip
            OPERATIONS.append(operation)
            view = public(_view(operation, function))
            view = own_work(view) if alone else view
            self.add_url_rule(_rule(operation), function.__name__, view, methods=[method])
            return function

        return mark


def _rule(operation: Operation) -> str:
    """Flask's spelling of the path."""
    return operation.path.replace("{", "<").replace("}", ">")


def _without_csrf(state: BlueprintSetupState) -> None:
    """Nothing here looks at a cookie, so nothing can be sent in somebody's name from elsewhere."""
    state.app.extensions["csrf"].exempt(state.blueprint)


def _come_in() -> None:
    """Who asks, by the bearer token alone."""
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    user = tokens.user_of(secret.strip(), now=clock.now()) if scheme.lower() == "bearer" else None
    if user is None:
        raise Unauthorised(say("Send a token that is valid, as Authorization: Bearer. Make one with pms token."))
    g._login_user = user  # whom Flask-Login gives as current_user
    g.who = (user.id, user.role.value)


def _view(operation: Operation, function: Callable[..., Any]) -> Callable[..., Response]:
    @wraps(function)
    def view(**places: Any) -> Response:
        access.require(me(), operation.needs)
        found = {name: _place(name, text) for name, text in places.items()}
        words = _words(operation)
        if operation.is_once and (first := once.claim(_key(), _fingerprint(), SENT_BEFORE)):
            first.headers["Idempotent-Replayed"] = "true"
            return first
        return _respond(operation, function(**found, **words))

    return view


def _place(name: str, text: str) -> int | str:
    """A part of the path: a number where its name ends in _id. Raises `Missing` for what can be nobody's."""
    if not name.endswith("_id") and PATH_TEXT.fullmatch(text):
        return text
    if name.endswith("_id") and NUMBER.fullmatch(text) and int(text) <= LARGEST_ID:
        return int(text)
    raise Missing(say("There is no such record."))


def _words(operation: Operation) -> dict[str, BaseModel]:
    """The checked body and query. Raises `NotUnderstood`."""
    words: dict[str, BaseModel] = {}
    try:
        if operation.query is not None:
            words["query"] = operation.query.model_validate(request.args.to_dict())
        if operation.body is not None:
            if not request.is_json:
                raise NotUnderstood(say("Send JSON, with Content-Type: application/json."), status=415)
            words["body"] = operation.body.model_validate_json(request.get_data(), strict=True)
    except ValidationError as error:
        _not_understood(error)
    return words


def _not_understood(error: ValidationError) -> NoReturn:
    errors = [
        {
            "field": ".".join(str(part) for part in each["loc"]),
            "code": each["type"],
            "detail": translate(WRONG.get(each["type"], NOT_POSSIBLE), language.current()),
        }
        for each in error.errors(include_url=False, include_context=False, include_input=False)
    ]
    broken = errors[0]["code"] == "json_invalid"
    raise NotUnderstood(
        say("The request is not what the document says; see errors."),
        status=400 if broken else 422,
        field=errors[0]["field"],
        errors=errors,
    ) from None


def _key() -> str:
    """The caller's key as the table keeps it: nobody meets another's, whatever keys they choose."""
    key = request.headers.get("Idempotency-Key", "")
    if not KEY.fullmatch(key):
        raise NotUnderstood(
            say("Send an Idempotency-Key of 1 to 64 characters, a new one for each thing that is to happen."),
            status=400,
            field="Idempotency-Key",
        )
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{me().id} {key}"))


def _fingerprint() -> str:
    return hashlib.sha256(f"{request.method} {request.full_path}\n".encode() + request.get_data()).hexdigest()


def _respond(operation: Operation, answer: BaseModel | None) -> Response:
    if answer is None:
        return Response(status=204)
    response = Response(answer.model_dump_json(), status=operation.status, mimetype="application/json")
    if (version := getattr(answer, "version", None)) is not None:
        response.set_etag(str(version))
    return response
