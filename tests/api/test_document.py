"""The document keeps its word: a property-based tester sends what it allows and what it forbids, to every operation.

The tester's checks: no error 500, only answers the document names, with their content types, headers and schemas; what
it forbids is refused, what it allows is not; no token, no answer; other methods are refused.
"""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, settings

from pms import create_app
from pms.db import db, work
from pms.guest_services.models_boxes import BoxSize, SafeBox
from tests.api.conftest import NewProgram
from tests.api.program import DAY, Program

CONFIG = schemathesis.Config.from_dict(
    {
        "generation": {"max-examples": 4, "deterministic": True},
        # What the document allows may still be refused by the house: sold out, the past, somebody else's room.
        "checks": {"positive_data_acceptance": {"expected-statuses": ["2xx", "404", "409", "412", "422", "428"]}},
    }
)


class Desk:
    """The program under test: each test brings its own house."""

    app: Flask = create_app({"DATABASE_URL": "sqlite://", "SECRET_KEY": "s" * 48, "LOG_LEVEL": "ERROR"})

    def __call__(self, environ: Any, start_response: Any) -> Any:
        return self.app(environ, start_response)


DESK = Desk()
api = schemathesis.openapi.from_wsgi("/api/openapi.json", DESK, config=CONFIG)


def agreed(manager: Program) -> None:
    """A contract, a wedding, a way to the lake, and a guest with two profiles."""
    for name in ("Wang", "Huang"):
        manager.guest(name, telephone="+8613800138000")
    manager.post("/accounts", {"code": "XINHE", "kind": "company", "name_en": "Xinhe Textile"})
    party = {"code": "W", "name": "Wang", "kind": "wedding", "plan": "GRP", "arrival": DAY, "departure": "2026-11-22"}
    manager.post("/groups", party)
    couple = {"bride": "Li Na", "groom": "Wang Wei", "day": DAY, "starts": "18:08", "place": "Lotus Hall"}
    manager.post("/groups/W/wedding", couple)
    manager.post("/directions", {"title_en": "Lake", "title_zh": "西湖", "text_en": "Bus 7.", "text_zh": "7 路。"})


@pytest.fixture
def secret(app: Flask, program_of: NewProgram, monkeypatch: pytest.MonkeyPatch) -> str:
    """The token of an assistant manager in a house with guests in every state."""
    desk = program_of()
    desk.in_house()
    desk.book(desk.wish(desk.guest("Okafor")))
    desk.post("/stays/1/messages", {"caller": "Mr Li", "text": "Please call back.", "read_back": True})
    desk.post("/calls", {"text": "Two umbrellas", "department": "concierge"})
    desk.post("/kept-things", {"kind": "found", "what": "a scarf", "giver": "Ms Li", "shelf": "f1", "room": "1204"})
    desk.post("/visitors", {"name": "Karin Vogt", "asked_name": "Fischer"})
    with work():
        db.session.add(SafeBox(number="8", size=BoxSize.SMALL))
    desk.post("/safe-boxes/1/uses", {"stay_id": 1, "signed_by": "Fischer, Anna"})
    manager = program_of("assistant_manager")
    agreed(manager)
    monkeypatch.setattr(DESK, "app", app)
    return manager.secret


@api.parametrize()
@settings(suppress_health_check=list(HealthCheck))
@pytest.mark.filterwarnings("ignore::hypothesis.errors.HypothesisWarning")
def test_every_operation_does_what_the_document_says(case: schemathesis.Case, secret: str) -> None:
    case.call_and_validate(headers={"Authorization": f"Bearer {secret}", "Accept-Encoding": "identity"})


def test_the_document_needs_no_token_and_names_every_operation_once(desk: Program) -> None:
    written = desk.client.get("/api/openapi.json").get_json()
    names = [said["operationId"] for path in written["paths"].values() for said in path.values()]
    assert len(names) == len(set(names)) > 40
    assert written["openapi"] == "3.1.0"
