"""The OpenAPI document, made from the operations and their schemas: it says what the views do and nothing else."""

from __future__ import annotations

import json
from importlib.metadata import version
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from pms.api.door import LARGEST_ID, OPERATIONS, PATH_TEXT, PREFIX, Operation
from pms.api.schemas import Problem
from pms.web.problems import MEDIA_TYPE

ABOUT = """The hotel's actions for other programs. Amounts are whole minor units of the house's currency.

Send `Authorization: Bearer` with a token of `pms token`. Each POST needs an `Idempotency-Key`: the same key with the \
same words gets the first answer again, so that a request whose answer was lost is simply sent again. Refusals are \
problem+json in the language of `Accept-Language` (en, zh), with `offers`: what can be done instead, as text and data. \
Lists go on with `cursor`, the `next` of the page before."""

REFERENCE = "#/components/schemas/{model}"
MEANS = {
    200: "Done.",
    201: "Made.",
    400: "Not JSON, or without an Idempotency-Key.",
    401: "The token is missing or no longer valid.",
    403: "This role may not do that; the detail says who may.",
    404: "There is no such record.",
    409: "Somebody else was faster, or the key was used for something else.",
    412: "The record is no longer as If-Match says; `current` is how it is now.",
    413: "The request is too large.",
    415: "The body is not JSON.",
    422: "Refused, or not understood; `offers` and `errors` say what would be possible.",
    428: "If-Match is missing.",
    503: "Another job is being saved; try again after Retry-After seconds.",
}


def as_json() -> str:
    """The document as it is sent."""
    return json.dumps(build(), ensure_ascii=False)


def build() -> dict[str, Any]:
    """The document as plain data."""
    schemas = _schemas()
    paths: dict[str, Any] = {}
    for operation in OPERATIONS:
        paths.setdefault(PREFIX + operation.path, {})[operation.method.lower()] = _operation(operation, schemas)
    for asked in {operation.query.__name__ for operation in OPERATIONS if operation.query}:
        schemas.pop(asked, None)  # their fields stand with the operations
    return {
        "openapi": "3.1.0",
        "info": {"title": "Innkeep", "version": version("innkeep"), "description": ABOUT},
        "servers": [{"url": "/"}],
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "responses": {f"problem_{status}": _problem(status) for status in MEANS if status >= 400},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _schemas() -> dict[str, Any]:
    asked = {model for operation in OPERATIONS for model in (operation.body, operation.query) if model}
    given = {operation.answer for operation in OPERATIONS if operation.answer} | {Problem}
    wanted: list[Any] = [(model, "validation") for model in asked] + [(model, "serialization") for model in given]
    wanted.sort(key=lambda entry: entry[0].__name__)
    _, definitions = models_json_schema(wanted, ref_template=REFERENCE)
    return dict(sorted(definitions["$defs"].items()))


def _operation(operation: Operation, schemas: dict[str, Any]) -> dict[str, Any]:
    summary, _, more = operation.about.partition("\n")
    said: dict[str, Any] = {
        "operationId": operation.name,
        "tags": [operation.tag],
        "summary": summary,
        "description": f"{more.strip()}\n\nFor roles that may `{operation.needs}`.".strip(),
        "parameters": [*_places(operation), *_headers(operation), *_asked(operation, schemas)],
        "responses": {str(status): _answer(operation, status) for status in _statuses(operation)},
    }
    if operation.body:
        said["requestBody"] = {"required": True, "content": {"application/json": {"schema": _ref(operation.body)}}}
    return said


def _places(operation: Operation) -> list[dict[str, Any]]:
    number = {"type": "integer", "minimum": 1, "maximum": LARGEST_ID}
    text = {"type": "string", "pattern": f"^{PATH_TEXT.pattern}$"}
    return [
        {"name": name, "in": "path", "required": True, "schema": number if name.endswith("_id") else text}
        for name in operation.places
    ]


def _headers(operation: Operation) -> list[dict[str, Any]]:
    found = []
    if operation.is_once:
        key = {"type": "string", "pattern": "^[!-~]{1,64}$"}
        found.append({"name": "Idempotency-Key", "in": "header", "required": True, "schema": key})
    if operation.holds:
        about = "The ETag that was read; else `version` in the body."
        tag = {"type": "string", "pattern": '^"[0-9a-f]{1,16}"$'}
        found.append({"name": "If-Match", "in": "header", "required": False, "schema": tag, "description": about})
    return found


def _asked(operation: Operation, schemas: dict[str, Any]) -> list[dict[str, Any]]:
    if operation.query is None:
        return []
    schema = schemas[operation.query.__name__]
    return [
        {"name": name, "in": "query", "required": name in schema.get("required", ()), **_parameter(value)}
        for name, value in schema["properties"].items()
    ]


def _parameter(value: dict[str, Any]) -> dict[str, Any]:
    """A query has no null: what may be left out is just not required."""
    schema = {name: each for name, each in value.items() if name not in ("title", "description")}
    if "anyOf" in schema:
        (schema,) = (each for each in schema["anyOf"] if each != {"type": "null"})
    about = value.get("description", schema.get("description"))
    schema = {name: each for name, each in schema.items() if name not in ("default", "description")}
    return {"schema": schema} | ({"description": about} if about else {})


def _statuses(operation: Operation) -> list[int]:
    statuses = {operation.status, 401, 403, 422, 503}
    if operation.is_once:
        statuses |= {400, 409}
    if operation.places or operation.body:
        statuses |= {404}
    if operation.body:
        statuses |= {400, 409, 413, 415}
    if operation.holds:
        statuses |= {412, 428}
    if operation.method in ("PUT", "DELETE"):
        statuses |= {409}
    return sorted(statuses)


def _answer(operation: Operation, status: int) -> dict[str, Any]:
    if status >= 400:
        return {"$ref": f"#/components/responses/problem_{status}"}  # said once: it was half of the document
    assert operation.answer is not None
    answer: dict[str, Any] = {
        "description": MEANS[status],
        "content": {"application/json": {"schema": _ref(operation.answer)}},
    }
    if "version" in operation.answer.model_fields:
        answer["headers"] = {"ETag": {"schema": {"type": "string"}, "description": "Its version, for If-Match."}}
    return answer


def _problem(status: int) -> dict[str, Any]:
    return {"description": MEANS[status], "content": {MEDIA_TYPE: {"schema": _ref(Problem)}}}


def _ref(model: type[BaseModel]) -> dict[str, str]:
    return {"$ref": REFERENCE.format(model=model.__name__)}
